"""What all pages of a report share, read off its assessment and its notebooks."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from ecoreport.assessment import Assessment
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Maturity
from ecoreport.errors import InputError
from ecoreport.i18n import _, current_locale
from ecoreport.labels import basis_text, localized
from ecoreport.observe.period import period_of
from ecoreport.project import Project
from ecoreport.render.site import Chapter, Site


def chapters(project: Project) -> dict[str, Chapter]:
    """Return the chapters by file name of their notebook, as the notebooks' metadata say.

    Raises
    ------
    InputError
        If there is none, one is no notebook, or does not say which chapter it is.
    """
    found = {}
    for path in sorted(project.notebooks.glob("*.ipynb")):
        try:
            about = json.loads(path.read_text("utf-8"))["metadata"]["ecoreport"]
            chapter = Chapter(
                int(about["order"]), str(about["chapter"]), str(about[current_locale()])
            )
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                _(
                    "笔记本 {file} 的元数据应有 ecoreport：chapter、order、zh、en"
                    "（见 docs/notebooks.md）：{reason}"
                ).format(file=path.name, reason=error)
            ) from None
        found[path.name] = chapter
    if not found:
        raise InputError(_("文件夹 {folder} 中没有笔记本。").format(folder=project.notebooks))
    return found


def require_chapters(catalogue: Catalogue, found: Iterable[Chapter]) -> None:
    """Stop where a chapter that every report has is not among the notebooks.

    Raises
    ------
    InputError
    """
    missing = set(catalogue.report.chapters) - {chapter.id for chapter in found}
    if missing:
        raise InputError(
            _("缺少章节 {names} 的笔记本。请恢复，或在 params/report.yml 中调整。").format(
                names=_("、").join(sorted(missing))
            )
        )


def site_of(project: Project, catalogue: Catalogue, assessment: Assessment, locale: str) -> Site:
    """Return the frame of a report's pages."""
    district = catalogue.districts[assessment.district]
    return Site(
        district=localized(district),
        year=assessment.year,
        plans=tuple(localized(plan) for plan in catalogue.plans_binding(district.id)),
        chapters=tuple(chapters(project).values()),
        verdicts=tuple(catalogue.verdicts.values()),
        locale=locale,
        as_of=assessment.as_of,
        edition=edition_name(catalogue, assessment.as_of),
        is_draft=assessment.is_draft,
        rests_on_demonstration=assessment.rests_on_demonstration,
        internal_datasets=tuple(
            localized(catalogue.datasets[name]) for name in assessment.internal_datasets
        ),
        facts=_facts(catalogue, assessment),
    )


def edition_name(catalogue: Catalogue, as_of: dt.date | None) -> str:
    """Return what a report up to `as_of` is called (一季度通报); empty on other days."""
    review = catalogue.assessment.review_on(as_of)
    return localized(review) if review else ""


def data_until(assessment: Assessment) -> str:
    """Return the day up to which data of the year count; a dash where none came."""
    if not assessment.has_data:
        return "—"
    return period_of(assessment.pair, assessment.as_of).last_day.isoformat()


def _facts(catalogue: Catalogue, assessment: Assessment) -> tuple[tuple[str, str], ...]:
    judged = {name for one in assessment.judgements for name in one.observations}
    own = [
        one
        for one in assessment.observations
        if one.year == assessment.year and (one.district == assessment.district or one.id in judged)
    ]
    used = {one.maturity for one in own}
    maturities = [localized(catalogue.terms["maturities"][one]) for one in Maturity if one in used]
    particulates = next((one for one in own if one.indicator == "air.pm25_annual_mean"), None)
    lines = (
        (_("数据性质"), _("、").join(maturities) or _("未收到数据")),
        (_("空气口径"), basis_text(particulates) if particulates else ""),
        (_("数据截至"), data_until(assessment)),
    )
    return tuple(line for line in lines if line[1])
