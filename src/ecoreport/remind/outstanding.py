"""Which departments have not reported on what in one month (未报送)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import ONE_TIME, Kind, Maturity
from ecoreport.observe.progress import DONE, months_of_part, parts_of
from ecoreport.observe.rows import Row, text_in
from ecoreport.project import Pair
from ecoreport.remind.asked import Asked, asked_of

COLUMNS: Final = (
    "department",
    "commitment",
    "deadline",
    "is_reported",
    "status",
    "maturity",
    "last_period",
    "last_status",
)
RANKS: Final = list(Maturity)
SETTLED_ONCE_DONE: Final = {*ONE_TIME, Kind.QUALITATIVE, Kind.RECURRING}
"""Of the others the figure goes on: a level reached in June is asked again in July."""


@dataclass(frozen=True)
class History:
    """What departments said of one commitment, by period: of each the row that was checked best."""

    rows: Mapping[str, Row]

    def before(self, period: str) -> tuple[str, Row] | None:
        """Return the last period before `period` with its row, or None."""
        earlier = max((one for one in self.rows if one < period), default="")
        return (earlier, self.rows[earlier]) if earlier else None

    def is_done(self, periods: Sequence[str]) -> bool:
        """Whether it was reported done, and checked, in any of some periods."""
        rows = [self.rows[one] for one in periods if one in self.rows]
        return any(text_in(row, "status") == DONE and text_in(row, "checked_by") for row in rows)


def outstanding(
    catalogue: Catalogue, pair: Pair, frame: pd.DataFrame | None, period: str
) -> pd.DataFrame:
    """Tell of every commitment whose duty runs in a month whether its department has reported.

    A duty runs up to the month of its deadline, and on until it was reported done by somebody
    who signed for it. What is done once no longer runs; what comes back runs again with its next
    quarter or half-year; a duty due in one part of the year runs from that part on.

    Parameters
    ----------
    catalogue : Catalogue
    pair : Pair
    frame : pandas.DataFrame or None
        Canonical rows of ``progress``, of the year and, where known, of the year before; None
        where nothing was received.
    period : str
        A month of the year: ``2018-06``.

    Returns
    -------
    pandas.DataFrame
        One row a commitment, in the order of the plans: ``department`` (id), ``commitment``
        (id), ``deadline`` (date or None), ``is_reported``, ``status`` and ``maturity`` of what
        was reported, ``last_period`` and ``last_status`` of what was reported before; empty
        texts where there is nothing.
    """
    histories = histories_of(frame)
    nothing = History({})
    rows = [
        _row(one, history, period)
        for one in asked_of(catalogue, pair)
        if _runs(one, history := histories.get(one.commitment.id, nothing), period)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def histories_of(frame: pd.DataFrame | None) -> dict[str, History]:
    """Return what was said of each commitment; rows without a status and a figure say nothing."""
    if frame is None:
        return {}
    told = frame[frame["status"].notna() | frame["value"].notna()]
    found: dict[str, dict[str, Row]] = {}
    for cells in told.to_dict("records"):
        row = {str(name): cell for name, cell in cells.items()}
        periods = found.setdefault(str(row["commitment"]), {})
        known = periods.setdefault(str(row["period"]), row)
        if RANKS.index(Maturity(row["maturity"])) < RANKS.index(Maturity(known["maturity"])):
            periods[str(row["period"])] = row
    return {name: History(periods) for name, periods in found.items()}


def _row(asked: Asked, history: History, period: str) -> dict[str, object]:
    row = history.rows.get(period)
    last_period, last = history.before(period) or ("", {})
    return {
        "department": asked.department.id,
        "commitment": asked.commitment.id,
        "deadline": asked.deadline,
        "is_reported": row is not None,
        "status": text_in(row, "status") if row else "",
        "maturity": text_in(row, "maturity") if row else "",
        "last_period": last_period,
        "last_status": text_in(last, "status"),
    }


def _runs(asked: Asked, history: History, period: str) -> bool:
    """Whether a department has to report on a commitment in a month."""
    year, month = map(int, period.split("-"))
    commitment = asked.commitment
    if commitment.due_in and month < months_of_part(commitment.due_in)[0]:
        return False
    is_done = history.is_done(list(_settling(asked, history, year, month)))
    if commitment.kind in SETTLED_ONCE_DONE:
        return not is_done
    return not is_done or asked.deadline is None or asked.deadline >= dt.date(year, month, 1)


def _settling(asked: Asked, history: History, year: int, month: int) -> Iterator[str]:
    """Yield the earlier periods in which what was reported done settles this month too."""
    parts = [months_of_part(one) for one in parts_of(asked.commitment)]
    own = next((months for months in parts if month in months), range(1, 13))
    for period in history.rows:
        its_year, its_month = map(int, period.split("-"))
        if (its_year, its_month) >= (year, month):
            continue
        if asked.commitment.kind in ONE_TIME or (its_year == year and its_month in own):
            yield period
