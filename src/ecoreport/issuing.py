"""What the verbs do by which a report is released, published, compared and shown."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from ecoreport import difference
from ecoreport.approve import ROLES, edition_name, remarks
from ecoreport.approve import approve as approve_report
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.current import report_folders
from ecoreport.distribute import CURRENT, shown
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.produce import Wish, report_folder
from ecoreport.progress import Progress
from ecoreport.project import Project
from ecoreport.publish import publish as publish_reports
from ecoreport.publish import refusals
from ecoreport.revised import essence
from ecoreport.serve import open_server, open_site
from ecoreport.serve import serve as serve_pages
from ecoreport.website.preview import Preview
from ecoreport.wishes import asked, districts_of, refuse_other_edition, years_of

DEFAULT_PORT = "8000"


def approve(project: Project, wish: Wish, progress: Progress, options: Namespace) -> int:
    """Record who drew up, checked and released a report."""
    refuse_other_edition(project, wish)
    names = {role: getattr(options, role) for role in ROLES}
    approval = approve_report(project, _address(project, wish), names, _now())
    people = " · ".join(getattr(approval, role) for role in ROLES)
    progress.say(
        _("已签发《{title}》（{edition}）：{people}。内容如有改动，签发即失效。").format(
            title=approval.title,
            edition=edition_name(is_public=wish.is_public),
            people=people,
        )
    )
    for line in remarks(approval):
        progress.say(line)
    return 0


def publish(project: Project, progress: Progress, options: Namespace) -> int:
    """Bring approved reports, and the site around them, to their readers.

    The one that DISTRICT and YEAR name, or else all that may go, in one step; what stays is named.
    """
    if not options.target:
        raise InputError(_("请用 TARGET 指明发布到的文件夹，或 用户@主机:路径。"))
    catalogue = load_catalogue(project)
    done = publish_reports(
        project,
        catalogue,
        _addresses(project, catalogue, options),
        options.target,
        _now(),
        options.why_revised,
    )
    for one in done.published:
        title, number = one.publication.manifest.title, one.publication.number
        told = (
            _("已发布《{title}》第{n}版") if one.is_new else _("《{title}》内容未变，仍为第{n}版")
        )
        progress.say(told.format(title=title, n=number))
        if one.is_new and number > 1:
            progress.say(essence(one.publication.revision))
    for line in (*refusals(done.refused), *done.site.remarks):
        progress.say(line)
    progress.say(_("网站：{opening}").format(opening=done.site.opening))
    return 0


def _addresses(project: Project, catalogue: Catalogue, options: Namespace) -> list[str]:
    """Return the addresses of the reports asked for."""
    if options.district or options.year:
        _project, wish, _progress = asked(options)
        refuse_other_edition(project, wish)
        return [_address(project, wish)]
    reports = project.root / "reports"
    known = [folder.relative_to(reports).as_posix() for folder in report_folders(project)]
    years = {str(year) for year in years_of(options.years)} if options.years else None
    districts = districts_of(options.districts, catalogue) if options.districts else None
    for district in districts or ():
        project.known_district(district)
    return [
        address
        for address in known
        for district, year, *_below in [address.split("/")]
        if (districts is None or district in districts) and (years is None or year in years)
    ]


def diff(project: Project, wish: Wish, progress: Progress, options: Namespace) -> int:
    """Tell how a report differs from what was published last, or from another year."""
    refuse_other_edition(project, wish)
    address = _address(project, wish)
    if options.against:
        pair = project.pair(wish.pair.district, options.against)
        other = _address(project, replace(wish, pair=pair, as_of=None))
        found = difference.against_year(project, address, other, pair.year)
    else:
        since = difference.since_published(project, address)
        if since is None:
            progress.say(_("尚未发布过，没有可比的版本；与另一年相比请用 AGAINST=2017"))
            return 0
        found = since
    catalogue = load_catalogue(project)
    for line in difference.lines(catalogue, found):
        progress.say(line)
    for path in difference.write_difference(catalogue, found, report_folder(project, wish)):
        progress.say(_("已写入 {path}").format(path=project.relative(path)))
    return 0


def serve(project: Project, report: Path | None, options: Namespace) -> int:
    """Show in the browser on this machine: what TARGET has, one report, or the site to be.

    Parameters
    ----------
    report : Path or None
        Folder of the report that was asked for.
    """
    port = options.port or DEFAULT_PORT
    if not (port.isascii() and port.isdecimal()):
        raise InputError(_("PORT 应为数字；收到的是 {port!r}").format(port=port[:20]))
    if options.target:
        server = open_server(_shown(Path(options.target)), int(port))
    elif report:
        server = open_server(report, int(port))
    else:
        site = Preview(project, load_catalogue(project), print)
        site.tree()
        server = open_site(site.tree, int(port))
    serve_pages(server, print)
    return 0


def _shown(target: Path) -> Path:
    """Return what a server of a folder shows: through the link, so that the next issue is seen."""
    release = shown(target)
    if release is None:
        raise InputError(
            _("{target} 中没有发布过的网站，请先发布：make publish TARGET={target}").format(
                target=target
            )
        )
    return target / CURRENT if (target / CURRENT).is_dir() else release


def _address(project: Project, wish: Wish) -> str:
    return project.address(wish.pair, wish.locale, wish.as_of)


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()
