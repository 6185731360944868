"""One report from raw files to verified pages: every step in its order, and nothing half-written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ecoreport.assessment import Assessment, assessment_path
from ecoreport.config.catalogue import Catalogue
from ecoreport.errors import BusyError, ValidationStoppedError, VerificationFailedError
from ecoreport.i18n import SOURCE_LOCALE, _, use_locale
from ecoreport.prepare import prepare
from ecoreport.progress import Progress
from ecoreport.project import Pair, Project
from ecoreport.rows import localized
from ecoreport.run import NotebookJob, NotebookResult, raise_if_failed, run_notebooks
from ecoreport.site import site_of

RENDER = "ecoreport.produce:render_executed"
PRELOADED = (
    "ecoreport.produce",
    "ecoreport.render.page",
    "ecoreport.drawings.air",
    "ecoreport.show",
)


@dataclass(frozen=True)
class Wish:
    """What a person asked for."""

    pair: Pair
    as_of: dt.date | None = None
    locale: str = SOURCE_LOCALE
    is_draft: bool = False
    engine: str = ""


def produce(project: Project, catalogue: Catalogue, wish: Wish, progress: Progress) -> Path:
    """Make one report, whole and verified, or leave what stood before.

    Returns
    -------
    Path
        The page that opens it.

    Raises
    ------
    BusyError
        If another run works on the same district and year.
    ValidationStoppedError
        If validation stopped a dataset and no draft was asked for.
    NotebookFailedError, VerificationFailedError, InputError
    """
    use_locale(wish.locale)
    with exclusive(project, wish.pair):
        assessment = prepare(project, catalogue, wish.pair, wish.as_of, progress, wish.is_draft)
        if assessment.validation.stopped_datasets and not wish.is_draft:
            raise ValidationStoppedError(stop_text(catalogue, assessment))
        return _publishable(project, catalogue, wish, assessment, progress)


@contextmanager
def exclusive(project: Project, pair: Pair) -> Iterator[None]:
    """Let one run at a time work on a pair; the lock goes with the process.

    Raises
    ------
    BusyError
        If another process holds it.
    """
    path = project.root / "data" / "processed" / ".locks" / f"{pair.district}-{pair.year}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            _("另一个任务正在处理 {pair},请等它结束后再运行。").format(pair=pair)
        ) from None
    try:
        yield
    finally:
        lock.release()


def stop_text(catalogue: Catalogue, assessment: Assessment) -> str:
    """Say which datasets validation stopped, and what can be done."""
    names = "、".join(
        localized(catalogue.datasets[name])
        for name in sorted(assessment.validation.stopped_datasets)
    )
    return _(
        "数据未通过校验,没有生成报告:{names}。请按退回表改正后重新报送;"
        "或用 DRAFT=1 先出草稿(这些数据不参与评价,报告不得发布)。"
    ).format(names=names)


def render_executed(notebook: Any, job: NotebookJob) -> str:
    """Render an executed notebook; runs in the child that executed it."""
    from ecoreport.render.page import page  # noqa: PLC0415 - the parent never renders

    return page(notebook, job.options["site"])


def _publishable(
    project: Project,
    catalogue: Catalogue,
    wish: Wish,
    assessment: Assessment,
    progress: Progress,
) -> Path:
    from ecoreport.export import downloads  # noqa: PLC0415 - not needed until there is a report
    from ecoreport.render.assemble import OPENING, assemble, write_run  # noqa: PLC0415
    from ecoreport.verify import verify_report  # noqa: PLC0415

    site = site_of(project, catalogue, assessment, wish.locale)
    with progress.stage("notebooks", _("运行笔记本")):
        results = _run(project, wish, site)
    with progress.stage("exports", _("写出数据")):
        files = (
            pages_of(results) | downloads(assessment, catalogue, wish.locale) | _chart_data(results)
        )
    with progress.stage("verify", _("核对页面")):
        faults = verify_report(
            {f"{chapter_of(result)}": result.job.output for result in results},
            {name: content for name, content in files.items() if name.endswith(".html")},
            _known_numbers(assessment),
            catalogue.report,
        )
        if faults:
            lines = "\n".join(str(fault) for fault in faults)
            raise VerificationFailedError(_("页面核对未通过:\n{faults}").format(faults=lines))
    folder = project.reports(wish.pair, wish.locale)
    if wish.as_of:
        folder = folder / f"as-of-{wish.as_of.isoformat()}"
    with progress.stage("assemble", _("装订报告")):
        assemble(folder, files, site, wish.pair.district, is_verified=True)
    write_run(folder, run_record(progress, results))
    return folder / OPENING


def _run(project: Project, wish: Wish, site: Site) -> list[NotebookResult]:
    folder = assessment_path(project, wish.pair, wish.as_of).parent / "executed" / wish.locale
    parameters: dict[str, object] = {
        "district": wish.pair.district,
        "year": wish.pair.year,
        "as_of": wish.as_of.isoformat() if wish.as_of else "",
        "locale": wish.locale,
    }
    jobs = [
        NotebookJob(
            notebook=project.notebooks / name,
            output=folder / name,
            parameters=parameters,
            options={"site": site},
        )
        for name in chapters(project)
    ]
    results = run_notebooks(jobs, engine=choose_engine(wish.engine), after=RENDER)
    raise_if_failed(results)
    return results


def _pages(
    site: Site, results: Sequence[NotebookResult], names: Sequence[Chapter]
) -> dict[str, bytes]:
    return {
        site.file_name(chapter): str(result.after).encode()
        for chapter, result in zip(names, results, strict=True)
    }


def _chart_data(results: Sequence[NotebookResult]) -> dict[str, bytes]:
    """Return what each chart drew as a table, by the address that its page links to."""
    found = {}
    for result in results:
        notebook = json.loads(result.job.output.read_text("utf-8"))
        for cell in notebook["cells"]:
            for output in cell.get("outputs", ()):
                known = output.get("metadata", {}).get("ecoreport", {})
                if "data" in known:
                    found[f"data/{known['id']}.csv"] = known["data"].encode("utf-8-sig")
    return found


def _known_numbers(assessment: Assessment) -> dict[str, Decimal]:
    """Return every number that a sentence may name."""
    known = {one.id: one.value for one in assessment.observations if one.value is not None}
    return known | {fact.id: fact.value for fact in assessment.facts}


def run_record(progress: Progress, results: Sequence[NotebookResult]) -> Mapping[str, Any]:
    """Return what ``run.json`` tells of a run."""
    return {
        "stages_seconds": {name: round(spent, 3) for name, spent in progress.seconds.items()},
        "notebooks": [
            {
                "notebook": result.job.notebook.name,
                "wall_seconds": round(result.wall_seconds, 3),
                "cell_seconds": [round(spent, 3) for spent in result.cell_seconds],
                "peak_memory_mib": result.peak_memory_mib,
            }
            for result in results
        ],
    }
