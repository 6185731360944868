"""One report from raw files to verified pages: every step in order, and nothing half-written."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from ecoreport.assessment import Assessment, assessment_path
from ecoreport.config.catalogue import Catalogue
from ecoreport.errors import BusyError, InputError, ValidationStoppedError
from ecoreport.i18n import SOURCE_LOCALE, _, use_locale
from ecoreport.progress import Progress
from ecoreport.project import Pair, Project
from ecoreport.render.site import Site
from ecoreport.run import (
    JobResult,
    NotebookJob,
    check_parameters,
    choose_engine,
    raise_if_failed,
    run_notebooks,
)

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from ecoreport.validate.worker import Validator

RENDER = "ecoreport.rendered:page_of"


@dataclass(frozen=True)
class Wish:
    """What a person asked for."""

    pair: Pair
    as_of: dt.date | None = None
    locale: str = SOURCE_LOCALE
    is_draft: bool = False
    is_public: bool = False
    """Whether internal data are not read, so that the report may be published."""
    engine: str = ""
    validator: Validator | None = None
    """Process that has begun to import what validation needs."""


@dataclass(frozen=True)
class Product:
    """What came of it."""

    index: Path
    """The page that opens the report."""
    assessment: Assessment


def produce(project: Project, catalogue: Catalogue, wish: Wish, progress: Progress) -> Product:
    """Make one report, whole and verified, or leave what stood before.

    Raises
    ------
    BusyError
        If another run works on the same district and year.
    ValidationStoppedError
        If validation stopped a dataset and no draft was asked for.
    NotebookFailedError, VerificationFailedError, InputError
    """
    from ecoreport.prepare import keep, prepare  # noqa: PLC0415 - pandas loads while children warm up
    from ecoreport.validate.present import returned  # noqa: PLC0415

    # From here on garbage is made; what was imported is none.
    gc.freeze()
    gc.enable()
    use_locale(wish.locale)
    require_plan(catalogue, wish.pair)
    _check_notebooks(project, catalogue, wish)
    with exclusive(project, wish.pair):
        prepared = prepare(
            project,
            catalogue,
            wish.pair,
            wish.as_of,
            progress,
            validator=wish.validator,
            is_public=wish.is_public,
        )
        validation = prepared.assessment.validation
        if validation.stopped_datasets:
            message = returned(project, wish.pair, catalogue, prepared.ingested, validation)
            if not wish.is_draft:
                raise ValidationStoppedError(message)
            progress.say(message)
        keep(project, prepared)
        index = _bind(project, catalogue, wish, prepared.assessment, progress)
    return Product(index, prepared.assessment)


def require_plan(catalogue: Catalogue, pair: Pair) -> None:
    """Stop before anything is read where no plan asks anything of a district.

    Raises
    ------
    InputError
        It names the districts that plans bind.
    """
    if catalogue.plans_binding(pair.district):
        return
    bound = [one.id for one in catalogue.districts.values() if catalogue.plans_binding(one.id)]
    raise InputError(
        _(
            "{district} 没有适用的方案，无从评价：请在 params/districts/{district}/district.yml "
            "的 plans 中写明。有方案的区域：{bound}"
        ).format(district=pair.district, bound=_("、").join(bound))
    )


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
            _("另一个任务正在处理 {pair}，请等它结束后再运行。").format(pair=pair)
        ) from None
    try:
        yield
    finally:
        lock.release()


def report_folder(project: Project, wish: Wish) -> Path:
    """Return where a report goes."""
    return project.report(wish.pair, wish.locale, wish.as_of)


def _bind(
    project: Project,
    catalogue: Catalogue,
    wish: Wish,
    assessment: Assessment,
    progress: Progress,
) -> Path:
    from ecoreport.executed import chart_data, executed  # noqa: PLC0415
    from ecoreport.export import downloads  # noqa: PLC0415
    from ecoreport.render.assemble import OPENING, assemble, write_run  # noqa: PLC0415
    from ecoreport.site import chapters, site_of  # noqa: PLC0415
    from ecoreport.verify.check import raise_if_any, verify_report  # noqa: PLC0415

    names = chapters(project)
    site = site_of(project, catalogue, assessment, wish.locale)
    with progress.stage("notebooks", _("运行笔记本")), ThreadPoolExecutor(1) as beside:
        # Children compute while this process waits: the downloads need no notebook.
        exported = beside.submit(
            copy_context().run,
            partial(downloads, is_internal=not wish.is_public),
            assessment,
            catalogue,
            wish.locale,
        )
        results = _run(project, wish, site, list(names))
    pages = {
        site.file_name(chapter): str(result.after)
        for chapter, result in zip(names.values(), results, strict=True)
    }
    notebooks: dict[str, NotebookNode] = {
        name: executed(result.job.output) for name, result in zip(pages, results, strict=True)
    }
    data = exported.result() | chart_data(notebooks.values())
    with progress.stage("verify", _("核对页面")):
        budget = catalogue.report.page_budget_bytes
        raise_if_any(verify_report(notebooks, pages, assessment.numbers(), budget, data))
    folder = report_folder(project, wish)
    files = {name: page.encode() for name, page in pages.items()} | data
    with progress.stage("assemble", _("装订报告")):
        assemble(folder, files, site, wish.pair.district, is_verified=True)
    write_run(folder, _run_record(progress, results))
    return folder / OPENING


def _check_notebooks(project: Project, catalogue: Catalogue, wish: Wish) -> None:
    """Find what is wrong with the notebooks before anything is read."""
    from ecoreport.site import chapters, require_chapters  # noqa: PLC0415

    names = chapters(project)
    require_chapters(catalogue, names.values())
    for name in names:
        check_parameters(project.notebooks / name, _parameters(wish))


def _parameters(wish: Wish) -> dict[str, object]:
    return {
        "district": wish.pair.district,
        "year": wish.pair.year,
        "as_of": wish.as_of.isoformat() if wish.as_of else "",
        "locale": wish.locale,
    }


def _run(project: Project, wish: Wish, site: Site, names: Sequence[str]) -> list[JobResult]:
    folder = assessment_path(project, wish.pair, wish.as_of).parent / "executed" / wish.locale
    jobs = [
        NotebookJob(
            notebook=project.notebooks / name,
            output=folder / name,
            parameters=_parameters(wish),
            options={"site": site},
        )
        for name in names
    ]
    results = run_notebooks(jobs, engine=choose_engine(wish.engine), after=RENDER)
    raise_if_failed(results)
    return results


def _run_record(progress: Progress, results: Sequence[JobResult]) -> dict[str, Any]:
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
