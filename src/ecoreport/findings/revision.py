"""What a report tells otherwise than its last published issue."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ecoreport.i18n import current_locale
from ecoreport.message import N_
from ecoreport.narrative import sentence
from ecoreport.publications import Publication, base_for, issues_of
from ecoreport.report import Report
from ecoreport.revised import Group, essence, groups, version_of_assessment
from ecoreport.revision import Revision, revision

TOLD_IN_FULL = ("verdicts", "values", "targets", "standards")
"""What the overview lists; the rest it counts."""


@dataclass(frozen=True)
class SincePublished:
    """An issue, and what has changed since."""

    publication: Publication
    revision: Revision


def since_published(report: Report) -> SincePublished | None:
    """Return what changed since the last issue that tells anything else; None before the first.

    What reads internal data is not held against what was published without them.
    """
    address = report.project.address(report.pair, current_locale(), report.as_of)
    issues = issues_of(report.project, address)
    if not issues or report.assessment.internal_datasets:
        return None
    now = version_of_assessment(report.assessment)
    base = base_for(issues, now)
    if base is None:
        return None
    return SincePublished(base.publication, revision(base.version(), now))


def heading(since: SincePublished) -> Markup:
    """Say how much changed since that issue."""
    return sentence(
        N_("与{day}发布的第{n}版相比，{essence}"),
        day=since.publication.published_at.date().isoformat(),
        n=since.publication.number,
        essence=essence(since.revision),
    )


def listed(report: Report, since: SincePublished) -> tuple[Group, ...]:
    """Return the changes that the overview lists one by one."""
    return tuple(
        one for one in groups(report.catalogue, since.revision) if one.name in TOLD_IN_FULL
    )
