"""Hold a finished report, as it lies on disk, against what it was made from."""

from __future__ import annotations

from ecoreport.assessment import assessment_path, read_assessment
from ecoreport.config.catalogue import Catalogue
from ecoreport.current import read_current
from ecoreport.errors import InputError
from ecoreport.executed import executed
from ecoreport.i18n import _
from ecoreport.produce import Wish, report_folder
from ecoreport.project import Project
from ecoreport.site import chapters, site_of
from ecoreport.verify.check import raise_if_any, verify_report


def verify_finished(project: Project, catalogue: Catalogue, wish: Wish) -> int:
    """Check a report's files against its manifest, notebooks and observations.

    Returns
    -------
    int
        Number of pages checked.

    Raises
    ------
    InputError
        If there is no report, or what it was made from was deleted.
    VerificationFailedError
        If a page does not show what was computed.
    """
    manifest, files = read_current(report_folder(project, wish))
    assessment = read_assessment(project, wish.pair, wish.as_of)
    folder = assessment_path(project, wish.pair, wish.as_of).parent / "executed" / wish.locale
    names = chapters(project)
    if assessment is None or not all((folder / name).exists() for name in names):
        raise InputError(
            _("{pair} 的计算结果已被删除，请重新运行 make report。").format(pair=wish.pair)
        )
    site = site_of(project, catalogue, assessment, wish.locale)
    notebooks = {
        site.file_name(chapter): executed(folder / name) for name, chapter in names.items()
    }
    pages = {name: files[name].decode() for name in manifest.files if name.endswith(".html")}
    others = {name: content for name, content in files.items() if name not in pages}
    budget = catalogue.report.page_budget_bytes
    raise_if_any(verify_report(notebooks, pages, assessment.numbers(), budget, others))
    return len(pages)
