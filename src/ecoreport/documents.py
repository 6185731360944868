"""What the verbs do that make documents to hand up: Word and PDF, from a verified report."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ecoreport.assessment import Assessment, read_assessment
from ecoreport.config.catalogue import Catalogue
from ecoreport.errors import BusyError, InputError
from ecoreport.i18n import _
from ecoreport.inputs import sound_catalogue
from ecoreport.locks import exclusive
from ecoreport.produce import Wish, produce
from ecoreport.progress import Progress
from ecoreport.project import Project
from ecoreport.wishes import voided_approval

DEFAULT_KIND = "annual"


def word(project: Project, wish: Wish, progress: Progress, options: Namespace) -> int:
    """Make a Word document of one kind."""
    from ecoreport.word.make import make_document  # noqa: PLC0415
    from ecoreport.word.models import read_kind  # noqa: PLC0415

    kind = options.kind or DEFAULT_KIND
    read_kind(project, kind)
    catalogue = sound_catalogue(project, wish.pair)
    assessment = _assessed(project, catalogue, wish, progress)
    with kept_as_it_is(project, wish, assessment):
        made = make_document(project, catalogue, wish, assessment, kind, progress)
    if made.earlier is not None:
        progress.say(
            _("原有的 Word 文件在生成后改动过，已保留为 {name}").format(name=made.earlier.name)
        )
    return _told(project, progress, made.path)


def pdf(project: Project, wish: Wish, progress: Progress, options: Namespace) -> int:
    """Make the PDF of the whole report."""
    from ecoreport.pdf.browser import find_browser  # noqa: PLC0415
    from ecoreport.pdf.make import make_pdf  # noqa: PLC0415

    if options.kind:
        raise InputError(_("PDF 是整份报告，不分种类；KIND 只用于 make word。"))
    # Before anything is made that could not be printed.
    find_browser()
    catalogue = sound_catalogue(project, wish.pair)
    assessment = _assessed(project, catalogue, wish, progress)
    with kept_as_it_is(project, wish, assessment):
        path = make_pdf(project, catalogue, wish, assessment, progress)
    return _told(project, progress, path)


def _assessed(project: Project, catalogue: Catalogue, wish: Wish, progress: Progress) -> Assessment:
    """Bring a report up to date, and return what was computed for it."""
    assessment = produce(project, catalogue, wish, progress).assessment
    for line in voided_approval(project, wish):
        progress.say(line)
    return assessment


@contextmanager
def kept_as_it_is(project: Project, wish: Wish, assessment: Assessment) -> Iterator[None]:
    """Keep other runs off while a document is made from what was kept of a report.

    Raises
    ------
    BusyError
        If another run works on the same district and year, or has just replaced what was kept:
        the document would tell of both.
    """
    with exclusive(project, wish.pair):
        kept = read_assessment(project, wish.pair, wish.as_of)
        if kept is None or kept.model_dump(mode="json") != assessment.model_dump(mode="json"):
            raise BusyError(
                _("另一个任务刚刚重新处理了 {pair}，请再运行一次。").format(pair=wish.pair)
            )
        yield


def _told(project: Project, progress: Progress, path: Path) -> int:
    progress.say(_("已写入 {path}").format(path=project.relative(path)))
    return 0
