"""Make a document: bring the report up to date, draw its charts for print, compose, write."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode

from ecoreport.approve import Approval, approval_of
from ecoreport.assessment import Assessment
from ecoreport.config.catalogue import Catalogue
from ecoreport.current import current_manifest
from ecoreport.executed import executed
from ecoreport.findings.wording import period_name
from ecoreport.i18n import SOURCE_LOCALE, _
from ecoreport.labels import localized
from ecoreport.produce import Wish, notebook_parameters, report_folder
from ecoreport.progress import Progress
from ecoreport.project import Project
from ecoreport.report import open_report
from ecoreport.run import NotebookJob, choose_engine, raise_if_failed, run_notebooks
from ecoreport.show import PICTURES
from ecoreport.site import chapters, data_until
from ecoreport.word.compose import compose
from ecoreport.word.models import DocumentKind, read_format, read_kind
from ecoreport.word.put import Document, put
from ecoreport.word.write import write

FOLDER = "documents"


def make_document(
    project: Project,
    catalogue: Catalogue,
    wish: Wish,
    assessment: Assessment,
    kind_name: str,
    progress: Progress,
) -> Document:
    """Write one document beside the report whose numbers it tells.

    Parameters
    ----------
    assessment : Assessment
        Of the report, which was produced and verified just before.
    kind_name : str
        Of ``params/word/documents.yml``.

    Raises
    ------
    InputError
        If there is no such kind.
    NotebookFailedError
        If a chapter cannot be executed.
    """
    kind, form = read_kind(project, kind_name), read_format(project)
    wanted = {part.chapter for section in kind.sections for part in section.parts}
    with (
        progress.stage("figures", _("绘制印刷用图")),
        tempfile.TemporaryDirectory(prefix="ecoreport-") as folder,
    ):
        notebooks, pictures = _drawn(project, wish, wanted, Path(folder))
    title = _title(project, catalogue, wish, kind)
    content = write(
        title,
        compose(kind, notebooks, wish.locale),
        pictures,
        form,
        marks=marks_of(project, wish, assessment),
        note=note_of(project, wish, assessment),
    )
    path = report_folder(project, wish) / FOLDER / f"{''.join(title.splitlines())}.docx"
    return put(path, content)


def _drawn(
    project: Project, wish: Wish, wanted: set[str], folder: Path
) -> tuple[dict[str, NotebookNode], dict[str, bytes]]:
    """Execute chapters once more, each chart also as a picture for print."""
    names = {name: one.id for name, one in chapters(project).items() if one.id in wanted}
    jobs = [
        NotebookJob(project.notebooks / name, folder / name, notebook_parameters(wish))
        for name in names
    ]
    with _pictures_in(folder):
        raise_if_failed(run_notebooks(jobs, engine=choose_engine(wish.engine)))
    notebooks = {chapter: executed(folder / name) for name, chapter in names.items()}
    return notebooks, {path.stem: path.read_bytes() for path in folder.glob("*.png")}


@contextmanager
def _pictures_in(folder: Path) -> Iterator[None]:
    """Let children, and kernels of theirs, put pictures into a folder."""
    os.environ[PICTURES] = str(folder)
    try:
        yield
    finally:
        del os.environ[PICTURES]


def _title(project: Project, catalogue: Catalogue, wish: Wish, kind: DocumentKind) -> str:
    words = kind.title_zh if wish.locale == SOURCE_LOCALE else kind.title_en
    return words.format(
        district=localized(catalogue.districts[wish.pair.district]),
        period=_period(project, wish),
    )


def _period(project: Project, wish: Wish) -> str:
    if wish.as_of is None:
        return _("{year}年度").format(year=wish.pair.year)
    as_of = wish.as_of.isoformat()
    report = open_report(wish.pair.district, wish.pair.year, as_of, wish.locale, project)
    return period_name(report, wish.pair.year)


def _approval(project: Project, wish: Wish) -> Approval | None:
    folder = report_folder(project, wish)
    address = folder.relative_to(project.root / "reports").as_posix()
    return approval_of(project, address, current_manifest(folder))


def marks_of(project: Project, wish: Wish, assessment: Assessment) -> Sequence[str]:
    """Return what every page must bear: 演示数据, 草稿, 内部资料."""
    marks = []
    if assessment.rests_on_demonstration:
        marks.append(_("演示数据，不得作为评价依据"))
    if assessment.is_draft or _approval(project, wish) is None:
        marks.append(_("草稿"))
    if assessment.internal_datasets:
        marks.append(_("内部资料"))
    return marks


def note_of(project: Project, wish: Wish, assessment: Assessment) -> str:
    """Return up to which day the data go, and who answers for the report."""
    approval = _approval(project, wish)
    said = [_("数据截至{date}").format(date=data_until(assessment))]
    if approval is not None:
        said.append(
            _("编制：{compiled}　审核：{checked}　签发：{released}").format(
                compiled=approval.compiled_by,
                checked=approval.checked_by,
                released=approval.released_by,
            )
        )
    return _("；").join(said)
