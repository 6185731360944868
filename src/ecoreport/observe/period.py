"""The part of a year that is observed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ecoreport.config.assessment import Review
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.project import Pair

MONTH: Final = re.compile(r"([0-9]{4})-(?:0[1-9]|1[0-2])")
PARTS_OF_YEAR: Final[Mapping[str, tuple[tuple[str, int], ...]]] = {
    "monthly": tuple((f"{month:02d}", month) for month in range(1, 13)),
    "quarterly": tuple((f"Q{quarter}", 3 * quarter) for quarter in range(1, 5)),
    "half_yearly": (("H1", 6), ("H2", 12)),
}
"""By how often a duty comes back: parts as periods name them, with the month that ends each."""


@dataclass(frozen=True)
class Period:
    """From 1 January to a last day."""

    year: int
    last_day: dt.date

    @property
    def first_day(self) -> dt.date:
        """1 January."""
        return dt.date(self.year, 1, 1)

    @property
    def is_whole_year(self) -> bool:
        """Whether it ends with the year."""
        return (self.last_day.month, self.last_day.day) == (12, 31)

    @property
    def is_partial(self) -> bool:
        """Whether it ends before the year does."""
        return not self.is_whole_year

    @property
    def label(self) -> str:
        """``2018``, or ``2018-01-01/2018-09-30``."""
        if self.is_whole_year:
            return str(self.year)
        return f"{self.first_day.isoformat()}/{self.last_day.isoformat()}"

    @property
    def n_whole_months(self) -> int:
        """Months that have ended."""
        is_month_over = (self.last_day + dt.timedelta(days=1)).day == 1
        return self.last_day.month if is_month_over else self.last_day.month - 1

    def in_year(self, year: int) -> Period:
        """Return the same part of another year, up to the last day that both years have."""
        day = min(self.last_day.day, calendar.monthrange(year, self.last_day.month)[1])
        return Period(year, dt.date(year, self.last_day.month, day))

    @property
    def folder(self) -> str:
        """Name of a folder for what belongs to this period."""
        return "whole-year" if self.is_whole_year else f"as-of-{self.last_day.isoformat()}"

    @property
    def n_days(self) -> int:
        """Calendar days."""
        return (self.last_day - self.first_day).days + 1

    @property
    def n_days_left(self) -> int:
        """Calendar days of the year after it."""
        return (dt.date(self.year, 12, 31) - self.last_day).days


def period_of(pair: Pair, as_of: dt.date | None) -> Period:
    """Return the period of a pair up to `as_of`, or its whole year."""
    return Period(pair.year, as_of or dt.date(pair.year, 12, 31))


def parse_as_of(text: str, pair: Pair, reviews: Sequence[Review] = ()) -> dt.date | None:
    """Return the day of ``AS_OF``, or None where none was given.

    Parameters
    ----------
    reviews : sequence of Review
        Days that have names of their own, as ``Q1``.

    Raises
    ------
    InputError
        If `text` is neither an ISO date of the pair's year nor a name.
    """
    if not text:
        return None
    named = next((one for one in reviews if one.is_named(text)), None)
    try:
        day = named.in_year(pair.year) if named else dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(
            _("AS_OF 应为日期，如 {year}-09-30，或 {words} 之一；收到的是 {text!r}").format(
                year=pair.year,
                words=_("、").join(word for one in reviews for word in one.words),
                text=text[:40],
            )
        ) from None
    if day.year != pair.year:
        raise InputError(_("AS_OF {day} 不在 {year} 年内").format(day=day, year=pair.year))
    return None if (day.month, day.day) == (12, 31) else day


def parse_month(text: str, pair: Pair) -> str:
    """Return the month of ``PERIOD`` as periods name it: ``2018-06``.

    Raises
    ------
    InputError
        If `text` is no month of the pair's year.
    """
    found = MONTH.fullmatch(text)
    if not found:
        raise InputError(
            _("PERIOD 应为月份，如 {year}-06；收到的是 {text!r}").format(
                year=pair.year, text=text[:40]
            )
        )
    if int(found[1]) != pair.year:
        raise InputError(_("PERIOD {text} 不在 {year} 年内").format(text=text, year=pair.year))
    return text
