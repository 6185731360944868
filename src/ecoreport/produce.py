"""One report from raw files to verified pages: every step in order, and nothing half-written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecoreport import garbage
from ecoreport.config.catalogue import Catalogue
from ecoreport.errors import InputError, ValidationStoppedError
from ecoreport.i18n import SOURCE_LOCALE, _, use_locale
from ecoreport.locks import exclusive
from ecoreport.progress import Progress
from ecoreport.project import Pair, Project
from ecoreport.render.site import Site
from ecoreport.run import (
    JobResult,
    NotebookJob,
    Pool,
    Step,
    check_parameters,
    choose_engine,
    raise_if_failed,
)

if TYPE_CHECKING:
    from ecoreport.assessment import Assessment
    from ecoreport.made import Due
    from ecoreport.report import Report
    from ecoreport.unchanged import Start
    from ecoreport.validate.check import Validator

BEFORE = "ecoreport.rendered:open_run"
AFTER = "ecoreport.rendered:write_page"
AGAIN = "ecoreport.rendered:render_again"
NAMES_MOST = 3
"""Templates named of those that nobody filled in."""


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
    given: Mapping[str, Any] = field(default_factory=dict)
    """The words of the command that it was made of, but for district and year."""
    validator: Validator | None = None
    """Whatever checks tables elsewhere; without it, they are checked where they are read."""


@dataclass(frozen=True)
class Product:
    """What came of it."""

    index: Path
    """The page that opens the report."""
    version: Path
    """The folder of its files."""
    assessment: Assessment
    left_out: tuple[str, ...] = ()
    """What is wrong with neighbours that it goes without."""

    def remarks(self, project: Project) -> list[str]:
        """Return what people have to be told of it."""
        known, said = self.assessment, list(self.left_out)
        if not known.has_data:
            folder = project.relative(project.raw(known.pair))
            words = _("没有收到 {pair} 的任何数据表。请放入 {folder}，再重新运行。")
            said.append(words.format(pair=known.pair, folder=folder))
        if known.is_draft:
            said.append(_("草稿：未通过校验的数据没有参与评价，不得发布。"))
        compared = [one for one in known.compared_sources if not one.is_demonstration]
        sources = (*known.sources, *compared)
        for source in sources:
            if source.ignored_because and not source.is_unfilled:
                said.append(source.path + _("：") + source.ignored_because)
        said += unfilled_lines([one.path for one in sources if one.is_unfilled])
        for correction in known.corrections:
            if correction.ignored_because:
                place = f"{correction.filed_in}:{correction.line} {correction.letter}"
                said.append(place + _("：") + correction.ignored_because)
        counted = {one.id: one.value for one in known.facts}
        if n_warnings := counted.get(f"{known.pair}/count/warnings"):
            text = _("提醒 {warnings} 条，涉及 {places} 处（见总体评价的数据一节）")
            n_places = counted[f"{known.pair}/count/warnings/places"]
            said.append(text.format(warnings=n_warnings, places=n_places))
        return [*said, _("报告：{path}").format(path=project.relative(self.index))]


def unfilled_lines(paths: Iterable[str]) -> list[str]:
    """Return one line a folder of templates that nobody filled in: how many, and a few names."""
    folders: dict[str, list[str]] = {}
    for folder, _slash, name in (one.rpartition("/") for one in paths):
        folders.setdefault(folder, []).append(name)
    lines = []
    for folder, names in folders.items():
        text = _("{folder}：{n} 个文件没有填写任何数据（{names}）")
        if len(names) > NAMES_MOST:
            text = _("{folder}：{n} 个文件没有填写任何数据（{names}等）")
        named = _("、").join(names[:NAMES_MOST])
        lines.append(text.format(folder=folder, n=len(names), names=named))
    return lines


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
    garbage.look_seldom()
    use_locale(wish.locale)
    require_plan(catalogue, wish.pair)
    check_notebooks(project, catalogue, wish)
    with exclusive(project, wish.pair):
        start = begin(project, catalogue, wish)
        report = judge(project, catalogue, wish, progress)
        with progress.stage("notebooks", _("运行笔记本")), ThreadPoolExecutor(1) as beside:
            # Children compute while this process waits: the downloads need no notebook.
            exported = beside.submit(copy_context().run, partial(export, report, wish))
            work = plan_work(report, wish)
            results = _run(work, wish)
        product = bind(report, wish, work, results, exported, progress)
        finish(start, wish, product)
    return product


def begin(project: Project, catalogue: Catalogue, wish: Wish) -> Start:
    """Look at all that a report will be made from, before anything is read."""
    from ecoreport.inputs import pairs_read  # noqa: PLC0415
    from ecoreport.unchanged import Start  # noqa: PLC0415

    pairs = pairs_read(project, catalogue, wish.pair)
    return Start.now(project, wish.pair, wish.given, pairs)


def finish(start: Start, wish: Wish, product: Product) -> None:
    """Keep what a report was made from: as long as that stays as it is, nothing is to be done."""
    from ecoreport.assessment import assessment_path  # noqa: PLC0415

    made = assessment_path(start.project, wish.pair, wish.as_of).parent
    start.keep(made, product.version, product.index, product.remarks(start.project))


def judge(project: Project, catalogue: Catalogue, wish: Wish, progress: Progress) -> Report:
    """Bring a pair up to its judgements, and keep them; the report's lock is held.

    Raises
    ------
    ValidationStoppedError
        If validation stopped a dataset and no draft was asked for; what was kept stays.
    """
    from ecoreport.prepare import keep, prepare  # noqa: PLC0415 - pandas loads while children warm up
    from ecoreport.report import Report  # noqa: PLC0415
    from ecoreport.validate.present import returned  # noqa: PLC0415

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
        message = returned(
            project,
            wish.pair,
            catalogue,
            prepared.ingested,
            validation,
            is_public=wish.is_public,
        )
        if not wish.is_draft:
            raise ValidationStoppedError(message)
        progress.say(message)
    keep(project, prepared)
    return Report(project, wish.pair, catalogue, prepared.assessment)


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


def report_folder(project: Project, wish: Wish) -> Path:
    """Return where a report goes."""
    return project.report(wish.pair, wish.locale, wish.as_of)


def check_notebooks(project: Project, catalogue: Catalogue, wish: Wish) -> None:
    """Find what is wrong with the notebooks before anything is read.

    Raises
    ------
    InputError
    """
    from ecoreport.site import chapters, require_chapters  # noqa: PLC0415

    names = chapters(project)
    require_chapters(catalogue, names.values())
    for name in names:
        check_parameters(project.notebooks / name, notebook_parameters(wish))


@dataclass(frozen=True)
class Work:
    """The chapters of one report, and what has to be done for each."""

    site: Site
    jobs: Mapping[str, NotebookJob]
    """By the file name of the page."""
    due: Mapping[str, Due]

    def steps(self) -> dict[str, NotebookJob | Step]:
        """Return what has to be run, by the file name of the page."""
        return {
            name: job if self.due[name].is_to_run else self._again(job)
            for name, job in self.jobs.items()
            if not self.due[name].stands
        }

    def _again(self, job: NotebookJob) -> Step:
        return Step(
            name=f"render-{job.name}",
            call=AGAIN,
            arguments={"job": job, "site": self.site},
            log=job.log,
        )


def plan_work(report: Report, wish: Wish) -> Work:
    """Find out which chapters stand as an earlier run made them."""
    from ecoreport.assessment import assessment_path  # noqa: PLC0415
    from ecoreport.handed import hand_over  # noqa: PLC0415
    from ecoreport.keys import told  # noqa: PLC0415
    from ecoreport.made import Chapters  # noqa: PLC0415
    from ecoreport.site import chapters, site_of  # noqa: PLC0415

    project = report.project
    names = chapters(project)
    site = site_of(project, report.catalogue, report.assessment, wish.locale)
    folder = assessment_path(project, wish.pair, wish.as_of).parent / "executed" / wish.locale
    handed = hand_over(report)
    jobs = {
        site.file_name(chapter): NotebookJob(
            notebook=project.notebooks / name,
            output=folder / name,
            parameters=notebook_parameters(wish),
            options={"site": site, "report": handed},
        )
        for name, chapter in names.items()
    }
    made = Chapters(report, site)
    due = {name: made.due(job) for name, job in jobs.items()}
    for name, one in due.items():
        if not one.stands:
            what = _("章节 {name}") if one.is_to_run else _("页面 {name}")
            told(what.format(name=f"{wish.pair} {jobs[name].name}"), one.why)
    return Work(site, jobs, due)


def export(report: Report, wish: Wish) -> dict[str, bytes]:
    """Return the report's downloads."""
    from ecoreport.export import downloads  # noqa: PLC0415

    is_internal = not wish.is_public
    return downloads(report.assessment, report.catalogue, wish.locale, is_internal=is_internal)


def bind(
    report: Report,
    wish: Wish,
    work: Work,
    results: Mapping[str, JobResult],
    exported: Future[dict[str, bytes]],
    progress: Progress,
) -> Product:
    """Verify what the notebooks gave and make it the report that opens.

    Raises
    ------
    VerificationFailedError
        If a page does not show what was computed; the report before stays.
    """
    from ecoreport.executed import chart_data, executed  # noqa: PLC0415
    from ecoreport.inputs import faults_beside  # noqa: PLC0415
    from ecoreport.made import Chapters, page_path  # noqa: PLC0415
    from ecoreport.render.assemble import OPENING, assemble, write_run  # noqa: PLC0415
    from ecoreport.verify.check import raise_if_any, verify_report  # noqa: PLC0415

    made = Chapters(report, work.site)
    for name, job in work.jobs.items():
        if work.due[name].is_to_run:
            made.keep(job, _cost(results[name]))
        elif work.due[name].is_to_render:
            made.keep_page(job)
    pages = {name: page_path(job).read_text("utf-8") for name, job in work.jobs.items()}
    notebooks = {name: executed(job.output) for name, job in work.jobs.items()}
    data = exported.result() | chart_data(notebooks.values())
    with progress.stage("verify", _("核对页面")):
        budget = report.catalogue.report.page_budget_bytes
        raise_if_any(verify_report(notebooks, pages, report.assessment.numbers(), budget, data))
    folder = report_folder(report.project, wish)
    files = {name: page.encode() for name, page in pages.items()} | data
    with progress.stage("assemble", _("装订报告")):
        version = assemble(
            folder,
            files,
            work.site,
            wish.pair.district,
            is_verified=True,
            is_public=wish.is_public,
        )
    write_run(folder, run_record(progress.seconds, work, results))
    left_out = faults_beside(report.catalogue, wish.pair.district)
    return Product(folder / OPENING, version, report.assessment, tuple(left_out))


def run_record(
    seconds: Mapping[str, float], work: Work, results: Mapping[str, JobResult]
) -> dict[str, Any]:
    """Return what a run cost: each stage, each notebook, each cell; what stood cost nothing."""
    from ecoreport.run.child import peak_memory_mib  # noqa: PLC0415

    return {
        "stages_seconds": {name: round(spent, 3) for name, spent in seconds.items()},
        "peak_memory_mib": peak_memory_mib(),
        "notebooks": [
            {
                "notebook": job.notebook.name,
                "is_reused": not work.due[name].is_to_run,
                **(_cost(results[name]) if work.due[name].is_to_run else work.due[name].cost),
            }
            for name, job in work.jobs.items()
        ],
    }


def notebook_parameters(wish: Wish) -> dict[str, object]:
    """Return what the cell of parameters of every chapter is given."""
    return {
        "district": wish.pair.district,
        "year": wish.pair.year,
        "as_of": wish.as_of.isoformat() if wish.as_of else "",
        "locale": wish.locale,
    }


def _run(work: Work, wish: Wish) -> dict[str, JobResult]:
    steps = work.steps()
    if not steps:
        return {}
    with Pool(engine=choose_engine(wish.engine)) as pool:
        futures = {
            name: pool.submit(step, before=BEFORE, after=AFTER) for name, step in steps.items()
        }
        results = {name: future.result() for name, future in futures.items()}
    raise_if_failed(results.values())
    return results


def _cost(result: JobResult) -> dict[str, Any]:
    return {
        "wall_seconds": round(result.wall_seconds, 3),
        "cell_seconds": [round(spent, 3) for spent in result.cell_seconds],
        "peak_memory_mib": result.peak_memory_mib,
    }
