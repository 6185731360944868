"""Make the PDF of a report that was produced and verified just before."""

from __future__ import annotations

from pathlib import Path

from ecoreport import store
from ecoreport.assessment import Assessment
from ecoreport.config.catalogue import Catalogue
from ecoreport.current import read_current
from ecoreport.i18n import _
from ecoreport.pdf.bind import bind
from ecoreport.pdf.browser import find_browser
from ecoreport.produce import Wish, report_folder
from ecoreport.progress import Progress
from ecoreport.project import Project
from ecoreport.render.assemble import VERSIONS
from ecoreport.site import chapters, site_of
from ecoreport.word.make import FOLDER, marks_of, note_of


def make_pdf(
    project: Project,
    catalogue: Catalogue,
    wish: Wish,
    assessment: Assessment,
    progress: Progress,
) -> Path:
    """Write the whole report as one PDF beside it.

    Raises
    ------
    InputError
        If there is no browser to print with, it fails, or a page was changed by hand.
    """
    browser = find_browser()
    folder = report_folder(project, wish)
    manifest, _files = read_current(folder)
    version = folder / VERSIONS / manifest.version
    site = site_of(project, catalogue, assessment, wish.locale)
    pages = [
        (chapter.title, version / site.file_name(chapter))
        for chapter in sorted(chapters(project).values())
    ]
    with progress.stage("print", _("打印为 PDF")):
        about = [*marks_of(project, wish, assessment), note_of(project, wish, assessment)]
        content = bind(project, browser, manifest.title, pages, about)
    path = folder / FOLDER / f"{manifest.title}.pdf"
    store.write_aside(path, lambda aside: aside.write_bytes(content))
    return path
