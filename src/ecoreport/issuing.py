"""What the verbs do by which a report is released, published, compared and shown."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from ecoreport import difference
from ecoreport.approve import ROLES
from ecoreport.approve import approve as approve_report
from ecoreport.config.load import load_catalogue
from ecoreport.distribute import CURRENT
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.produce import Wish, report_folder
from ecoreport.progress import Progress
from ecoreport.project import Project
from ecoreport.publish import publish as publish_report
from ecoreport.revised import essence
from ecoreport.serve import open_server, open_site
from ecoreport.serve import serve as serve_pages
from ecoreport.website.preview import Preview

DEFAULT_PORT = "8000"


def approve(project: Project, wish: Wish, progress: Progress, options: Namespace) -> int:
    """Record who drew up, checked and released a report."""
    names = {role: getattr(options, role) for role in ROLES}
    approval = approve_report(project, _address(project, wish), names, _now())
    people = " · ".join(getattr(approval, role) for role in ROLES)
    progress.say(
        _("已签发《{title}》：{people}。内容如有改动，签发即失效。").format(
            title=approval.title, people=people
        )
    )
    return 0


def publish(project: Project, wish: Wish, progress: Progress, options: Namespace) -> int:
    """Bring an approved report, and the site around it, to its readers."""
    if not options.target:
        raise InputError(_("请用 TARGET 指明发布到的文件夹，或 用户@主机:路径。"))
    done = publish_report(
        project,
        load_catalogue(project),
        _address(project, wish),
        options.target,
        _now(),
        options.why_revised,
    )
    publication = done.publication
    told = _("已发布第{n}版：{opening}") if done.is_new else _("内容未变，仍为第{n}版：{opening}")
    progress.say(told.format(n=publication.number, opening=done.opening))
    if done.is_new and publication.number > 1:
        progress.say(essence(publication.revision))
    return 0


def diff(project: Project, wish: Wish, progress: Progress, options: Namespace) -> int:
    """Tell how a report differs from what was published last, or from another year."""
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
        server = open_server(Path(options.target) / CURRENT, int(port))
    elif report:
        server = open_server(report, int(port))
    else:
        site = Preview(project, load_catalogue(project), print)
        site.tree()
        server = open_site(site.tree, int(port))
    serve_pages(server, print)
    return 0


def _address(project: Project, wish: Wish) -> str:
    return project.address(wish.pair, wish.locale, wish.as_of)


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()
