"""What the verbs do that make documents to hand up: Word and PDF, from a verified report."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ecoreport.config.load import load_catalogue
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.produce import Wish, produce
from ecoreport.progress import Progress
from ecoreport.project import Project

DEFAULT_KIND = "annual"


def word(project: Project, wish: Wish, progress: Progress, options: Namespace) -> int:
    """Make a Word document of one kind."""
    from ecoreport.word.make import make_document  # noqa: PLC0415
    from ecoreport.word.models import read_kind  # noqa: PLC0415

    kind = options.kind or DEFAULT_KIND
    read_kind(project, kind)
    catalogue = load_catalogue(project)
    assessment = produce(project, catalogue, wish, progress).assessment
    return _told(
        project, progress, make_document(project, catalogue, wish, assessment, kind, progress)
    )


def pdf(project: Project, wish: Wish, progress: Progress, options: Namespace) -> int:
    """Make the PDF of the whole report."""
    from ecoreport.pdf.browser import find_browser  # noqa: PLC0415
    from ecoreport.pdf.make import make_pdf  # noqa: PLC0415

    if options.kind:
        raise InputError(_("PDF 是整份报告，不分种类；KIND 只用于 make word。"))
    # Before anything is made that could not be printed.
    find_browser()
    catalogue = load_catalogue(project)
    assessment = produce(project, catalogue, wish, progress).assessment
    return _told(project, progress, make_pdf(project, catalogue, wish, assessment, progress))


def _told(project: Project, progress: Progress, path: Path) -> int:
    progress.say(_("已写入 {path}").format(path=project.relative(path)))
    return 0
