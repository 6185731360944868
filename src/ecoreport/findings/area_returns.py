"""What is known of each period of the returns of an area."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ecoreport.assess.recurring import FAILED, MISSING, UNSIGNED, periods_of_year
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Kind
from ecoreport.findings.area import Chapter
from ecoreport.i18n import _
from ecoreport.numbers import format_number, plain_decimal
from ecoreport.observe.period import period_of
from ecoreport.observe.reported import NIL_RETURNS, months_of

FINE, WRONG, ABSENT, AHEAD = "fine", "wrong", "missing", "ahead"
STATES = {FAILED: WRONG, MISSING: ABSENT, UNSIGNED: WRONG}
"""How a period stands that a note of the judgement names."""


@dataclass(frozen=True)
class PartOfYear:
    """One period of a return: its months, and how it stands."""

    first: int
    last: int
    state: str
    text: str = ""
    """What was reported, where there is more to say than the state."""


def parts(chapter: Chapter, commitment: Commitment) -> list[PartOfYear]:
    """Return the periods of a return in their order."""
    if commitment.kind is Kind.EVENT_FREE:
        return _months(chapter, commitment)
    year = chapter.report.year
    notes = {
        period: note.text
        for note in chapter.judgement(commitment).notes
        if note.text in STATES
        for period in note.values["periods"]
    }
    states = {one.period: FINE for one in chapter.observed([commitment])}
    states |= {period: STATES[text] for period, text in notes.items()}
    n_over = _n_over(chapter)
    return [
        PartOfYear(
            min(months_of(name, year)),
            last,
            states.get(name, AHEAD),
            _("没有认定人") if notes.get(name) == UNSIGNED else "",
        )
        for name, last in periods_of_year(commitment, year)
        if name in states or last > n_over
    ]


def _n_over(chapter: Chapter) -> int:
    return period_of(chapter.report.pair, chapter.report.as_of).n_whole_months


def _months(chapter: Chapter, commitment: Commitment) -> list[PartOfYear]:
    """Return the months of the year: events reported, signed nil returns, and what is missing."""
    n_over, events = _n_over(chapter), _events(chapter, commitment)
    found = []
    for month in range(1, 13):
        if month not in events:
            found.append(PartOfYear(month, month, ABSENT if month <= n_over else AHEAD))
        else:
            state = WRONG if events[month] else FINE
            text = format_number(plain_decimal(events[month]))
            found.append(PartOfYear(month, month, state, text))
    return found


def _events(chapter: Chapter, commitment: Commitment) -> dict[int, float]:
    """Return the events of each month that a signed return covers, or that had any."""
    frame = chapter.report.frame(NIL_RETURNS)
    if frame is None:
        return {}
    own = frame[(frame["indicator"] == commitment.indicator) & frame["events"].notna()]
    if "area" in own.columns:
        own = own[own["area"].isna() | (own["area"] == commitment.scope)]
    found: dict[int, float] = {}
    for row in own.to_dict("records"):
        if pd.isna(row["confirmed_by"]) and not row["events"]:
            continue
        for month in months_of(str(row["period"]), chapter.report.year):
            found[month] = max(found.get(month, 0.0), float(row["events"]))
    return found
