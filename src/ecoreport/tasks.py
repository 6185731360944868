"""What each verb of the command line does, in terms of the modules that do it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue, load_sound
from ecoreport.elsewhere import maker, run_cluster
from ecoreport.errors import InputError
from ecoreport.i18n import _, use_locale
from ecoreport.locks import exclusive, exclusive_batch
from ecoreport.produce import produce, report_folder, require_plan
from ecoreport.progress import WHY, log_file
from ecoreport.project import Pair, Project
from ecoreport.unchanged import GIVEN
from ecoreport.wishes import (
    asked,
    districts_of,
    needed,
    pair_of,
    paths_of,
    progress_of,
    voided_approval,
    wish_of,
    years_of,
)


def report(options: Namespace) -> int:
    """Make one report."""
    project = Project.here()
    wish = wish_of(project, options, pair_of(project, options))
    progress = progress_of(options)
    with log_file(project.root / "logs", f"report-{wish.pair.district}-{wish.pair.year}"):
        WHY.info("%s", _("{pair}：{why}").format(pair=wish.pair, why=options.changed))
        product = produce(project, _catalogue(project, wish.pair), wish, progress)
        for line in (*voided_approval(project, wish), *product.remarks(project)):
            progress.say(line)
    return 0


def _catalogue(project: Project, pair: Pair) -> Catalogue:
    from ecoreport.inputs import sound_catalogue  # noqa: PLC0415 - many verbs read no tables

    return sound_catalogue(project, pair)


def reports(options: Namespace) -> int:
    """Make many reports; one that fails does not keep the others from being made."""
    project = Project.here()
    with exclusive_batch(project):
        return _reports(project, options)


def _reports(project: Project, options: Namespace) -> int:
    progress = progress_of(options)
    left = resumed(project, options) if options.resume and not options.districts else None
    catalogue = load_sound(project)
    options.given = {name: getattr(options, name) for name in GIVEN}
    pairs = left or [
        project.pair(district, year)
        for district in districts_of(options.districts, catalogue)
        for year in years_of(options.years)
    ]
    wishes = [wish_of(project, options, pair) for pair in dict.fromkeys(pairs)]
    with log_file(project.root / "logs", "reports"):
        return maker(options)(project, catalogue, wishes, progress)


def resumed(project: Project, options: Namespace) -> list[Pair]:
    """Return what the last batch has left, and take over the words that it was started with.

    Raises
    ------
    InputError
        If it came to its end.
    """
    from ecoreport.outcomes import interrupted  # noqa: PLC0415

    pairs, given = interrupted(project)
    if not pairs:
        raise InputError(_("没有要续做的批量任务。请用 DISTRICTS 和 YEARS 给出要做的报告。"))
    for name, value in given.items():
        setattr(options, name, value)
    use_locale(options.locale)
    return [project.pair(*text.split("/")) for text in pairs]


def prepare(options: Namespace) -> int:
    """Bring judgements up to date without running a notebook."""
    from ecoreport.prepare import keep  # noqa: PLC0415
    from ecoreport.prepare import prepare as prepared  # noqa: PLC0415

    project = Project.here()
    wish = wish_of(project, options, pair_of(project, options))
    progress = progress_of(options)
    with exclusive(project, wish.pair):
        catalogue = _catalogue(project, wish.pair)
        require_plan(catalogue, wish.pair)
        known = prepared(
            project, catalogue, wish.pair, wish.as_of, progress, is_public=wish.is_public
        )
        keep(project, known)
    return 0


def check(options: Namespace) -> int:
    """Validate the data of a pair and show what is wrong, row by row."""
    from ecoreport.ingest.correct import ingest_corrected  # noqa: PLC0415
    from ecoreport.validate.examine import validate  # noqa: PLC0415
    from ecoreport.validate.present import present  # noqa: PLC0415

    project = Project.here()
    pair = pair_of(project, options)
    catalogue = _catalogue(project, pair)
    with exclusive(project, pair):
        ingested = ingest_corrected(project, pair, catalogue)
        validation = validate(project, pair, catalogue, ingested)
        return present(project, pair, catalogue, ingested, validation)


def import_files(options: Namespace) -> int:
    """Bring files of a public source into data/raw."""
    from ecoreport.ingest.imports import import_source  # noqa: PLC0415

    project = Project.here()
    pair = pair_of(project, options)
    paths = paths_of(options)
    with exclusive(project, pair):
        imported = import_source(project, pair, options.source, paths, _catalogue(project, pair))
    progress = progress_of(options)
    for remark in imported.remarks():
        progress.say(remark)
    return 0


def archive(options: Namespace) -> int:
    """Take in the public archive of the whole country: hours, days and the year's statistics."""
    try:
        from ecoreport.archive.take_in import NAME, take_in  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise InputError(
            _("读全国存档需要 polars：请用 make archive，或先运行 scripts/bootstrap.py run archive")
        ) from error
    from rich.progress import track  # noqa: PLC0415

    from ecoreport.ingest.imports import expanded  # noqa: PLC0415

    project = Project.here()
    paths = expanded(paths_of(options))
    year, *others = years_of(options.year)
    if others:
        raise InputError(_("全国存档一次读一年，请用 YEAR 指明一个年份。"))
    progress = progress_of(options)
    watch = partial(
        track, description=_("读取存档"), console=progress.console, disable=options.quiet
    )
    with exclusive(project, Pair(NAME, year)):
        taken = take_in(project, year, paths, watch)
    for remark in taken.remarks():
        progress.say(remark)
    progress.say(_("已写入 {path}").format(path=project.relative(taken.folder)))
    return 0


def templates(options: Namespace) -> int:
    """Write the tables that departments fill in; with PERIOD that month's progress as well."""
    from ecoreport.ingest.templates import write_templates  # noqa: PLC0415
    from ecoreport.observe.period import parse_month  # noqa: PLC0415
    from ecoreport.remind import received, write_workbook  # noqa: PLC0415

    project = Project.here()
    pair = pair_of(project, options)
    period = parse_month(options.period, pair) if options.period else ""
    progress = progress_of(options)
    catalogue = _catalogue(project, pair)
    written = write_templates(project, pair, catalogue)
    if period:
        known = received(project, pair, catalogue).frame
        path = write_workbook(project, pair, catalogue, period, known)
        written += [path] if path else []
    for path in written:
        progress.say(_("已写入 {path}").format(path=project.relative(path)))
    if not written:
        progress.say(_("空白表都已存在，未覆盖：{folder}").format(folder=project.raw(pair)))
    return 0


def remind(options: Namespace) -> int:
    """List what departments have not reported in a month, and write a letter for each."""
    from ecoreport.observe.period import parse_month  # noqa: PLC0415
    from ecoreport.remind import outstanding, received, write_reminders  # noqa: PLC0415
    from ecoreport.remind.terminal import print_outstanding  # noqa: PLC0415

    project = Project.here()
    pair = pair_of(project, options)
    if not options.period:
        raise InputError(_("请用 PERIOD 给出月份，例如 PERIOD={year}-06").format(year=pair.year))
    period = parse_month(options.period, pair)
    catalogue, progress = _catalogue(project, pair), progress_of(options)
    with exclusive(project, pair):
        known = received(project, pair, catalogue)
        owed = outstanding(catalogue, pair, known.frame, period)
        letters = write_reminders(project, pair, catalogue, owed, period)
    print_outstanding(catalogue, owed, period)
    if known.n_faults:
        progress.say(
            _(
                "另有 {n} 处读不出，按未报送计。"
                "请运行 make check DISTRICT={district} YEAR={year} 查看"
            ).format(n=known.n_faults, district=pair.district, year=pair.year)
        )
    if letters:
        folder = project.relative(letters[0].parent)
        progress.say(_("已写入 {n} 份催报单：{folder}").format(n=len(letters), folder=folder))
    return 1 if letters else 0


def demonstration(options: Namespace) -> int:
    """Make the demonstration data anew."""
    from ecoreport.demonstration import write_demonstration  # noqa: PLC0415

    project = Project.here()
    progress = progress_of(options)
    folders = (project.root / "data" / "demonstration").glob("*/20??")
    years: dict[str, list[int]] = {}
    for folder in sorted(folders):
        years.setdefault(folder.parent.name, []).append(int(folder.name))
    for district, found in years.items():
        with ExitStack() as stack:
            for year in found:
                stack.enter_context(exclusive(project, project.pair(district, year)))
            written = write_demonstration(project, district, found)
        for path in written:
            progress.say(_("已写入 {path}").format(path=path))
    return 0


def verify(options: Namespace) -> int:
    """Hold a finished report against its manifest, its executed notebooks and its observations."""
    from ecoreport.reverify import verify_finished  # noqa: PLC0415

    project = Project.here()
    wish = wish_of(project, options, pair_of(project, options))
    with exclusive(project, wish.pair):
        n_pages = verify_finished(project, _catalogue(project, wish.pair), wish)
    progress_of(options).say(_("核对通过：{n} 页").format(n=n_pages))
    return 0


def approve(options: Namespace) -> int:
    """Record who drew up, checked and released a report."""
    from ecoreport.issuing import approve as approve_report  # noqa: PLC0415

    return approve_report(*asked(options), options)


def publish(options: Namespace) -> int:
    """Bring approved reports, and the site around them, to a folder or another machine."""
    from ecoreport.issuing import publish as publish_reports  # noqa: PLC0415

    return publish_reports(Project.here(), progress_of(options), options)


def diff(options: Namespace) -> int:
    """Tell how a report differs from what was published last, or from another year."""
    from ecoreport.issuing import diff as compare  # noqa: PLC0415

    return compare(*asked(options), options)


def word(options: Namespace) -> int:
    """Make a Word document: the annual report, a self-assessment, a bulletin."""
    from ecoreport.documents import word as make_word  # noqa: PLC0415

    return make_word(*asked(options), options)


def pdf(options: Namespace) -> int:
    """Make the PDF of the whole report."""
    from ecoreport.documents import pdf as print_pdf  # noqa: PLC0415

    return print_pdf(*asked(options), options)


def serve(options: Namespace) -> int:
    """Show in the browser on this machine: the site, what TARGET has, or one report."""
    from ecoreport.issuing import serve as serve_site  # noqa: PLC0415

    if options.district or options.year:
        project, wish, _progress_of_it = asked(options)
        return serve_site(project, report_folder(project, wish), options)
    return serve_site(Project.here(), None, options)


def ledger(options: Namespace) -> int:
    """Make the ledger of evidence: folders, registers, and the index of what is there."""
    from ecoreport.evidence.make import make_ledger, summary_lines  # noqa: PLC0415
    from ecoreport.evidence.required import evidence_plan, years_asked  # noqa: PLC0415

    project = Project.here()
    catalogue = load_catalogue(project)
    district = project.known_district(needed(options.district, "DISTRICT", "hailing"))
    of_plan = years_asked(evidence_plan(catalogue, district))
    years = of_plan if of_plan and not options.years else years_of(options.years)
    made = make_ledger(project, catalogue, district, years)
    progress = progress_of(options)
    for line in summary_lines(made):
        progress.say(line)
    progress.say(_("已写入 {path}").format(path=project.relative(made.path)))
    return 0


TASKS: dict[str, Callable[[Namespace], int]] = {
    "report": report,
    "reports": reports,
    "prepare": prepare,
    "check": check,
    "import": import_files,
    "archive": archive,
    "templates": templates,
    "demonstration": demonstration,
    "verify": verify,
    "approve": approve,
    "publish": publish,
    "diff": diff,
    "word": word,
    "pdf": pdf,
    "serve": serve,
    "cluster": run_cluster,
    "ledger": ledger,
    "remind": remind,
}
