"""What departments report month by month on their commitments (调度): a status, a figure.

A figure is cumulative up to the end of its month. Of the period judged the last month counts that
had ended; where months after it were not reported, that is said. What is done stays done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.models import Commitment, Indicator
from ecoreport.config.vocabulary import ONE_TIME, Kind, Maturity
from ecoreport.message import N_, Message, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.observation import Basis, Observation, Trace
from ecoreport.observe.period import PARTS_OF_YEAR
from ecoreport.observe.registry import Inputs
from ecoreport.observe.reported import MONTHS_OF, months_of
from ecoreport.observe.rows import (
    Row,
    day_in,
    distinct,
    figure_in,
    observation_of_row,
    sources_of_rows,
    text_in,
)
from ecoreport.project import Pair

DATASET: Final = "progress"
DONE: Final = "done"
COLUMNS: Final[Mapping[str, str]] = {"reported_value": "value", "confirmation": "status"}
"""What a row tells of an indicator, by its statistic; of any other it tells nothing judged."""
WHOLE: Final = ""
"""The whole period judged, beside the parts of a year."""
RANKS: Final = list(Maturity)


@dataclass(frozen=True)
class _Told:
    """A row that tells something, with what it is about."""

    commitment: Commitment
    month: int
    row: Row

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of a year that its commitment is judged by."""
        return parts_of(self.commitment) or (WHOLE,)

    def is_of(self, months: Sequence[int]) -> bool:
        """Whether it tells of a part of the year; a duty due in one part may be done later."""
        begins, ends = months[0], months[-1]
        return begins <= self.month and (self.month <= ends or bool(self.commitment.due_in))


def parts_of(commitment: Commitment) -> tuple[str, ...]:
    """Return the parts of a year by which a duty that comes back is judged; else nothing."""
    if commitment.kind is not Kind.RECURRING:
        return ()
    if commitment.due_in:
        return (commitment.due_in,)
    parts = PARTS_OF_YEAR.get(commitment.frequency or "", ())
    return tuple(name for name, _last_month in parts)


def months_of_part(part: str) -> tuple[int, ...]:
    """Return the months of a part of a year: ``Q1``, ``H2`` or ``09``."""
    return MONTHS_OF.get(part) or (int(part),)


def observe_progress(catalogue: Catalogue, inputs: Inputs) -> list[Observation]:
    """Observe what was reported month by month.

    Parameters
    ----------
    catalogue : Catalogue
    inputs : Inputs
        Of a district and year; the frame ``progress`` may be absent.

    Returns
    -------
    list of Observation
        For each indicator and place the rows of the last month reported that had ended, the best
        checked first; of a duty that comes back, those of each of its periods. A commitment of a
        district below gives an observation of that district.
    """
    found: dict[tuple[str, str], list[_Told]] = {}
    for one in _told(catalogue, inputs):
        place = _place(catalogue, inputs.pair, one.commitment)
        found.setdefault((place, one.commitment.indicator), []).append(one)
    return [
        observation
        for (place, name), told in found.items()
        for observation in _of_indicator(
            catalogue.indicators[name],
            replace(inputs, pair=Pair(place, inputs.pair.year)),
            told,
            # A district below may send the same by itself.
            DATASET if place == inputs.pair.district else f"{DATASET}/{inputs.pair.district}",
        )
    ]


def _told(catalogue: Catalogue, inputs: Inputs) -> Iterator[_Told]:
    """Yield the rows that tell something of a month that had ended by the last day read."""
    frame = inputs.frames.get(DATASET)
    if frame is None:
        return
    bound = {one.id: one for one in catalogue.commitments_for(inputs.pair.district)}
    for cells in frame.to_dict("records"):
        row = {str(name): cell for name, cell in cells.items()}
        commitment = bound.get(str(row["commitment"]))
        months = months_of(str(row["period"]), inputs.period.year)
        if commitment is None or len(months) != 1 or months[0] > inputs.period.n_whole_months:
            continue
        column = COLUMNS.get(catalogue.indicators[commitment.indicator].statistic)
        if column is not None and pd.notna(row[column]):
            yield _Told(commitment, months[0], row)


def _place(catalogue: Catalogue, pair: Pair, commitment: Commitment) -> str:
    """Return whose value a row tells: that of the district, or of the one below it that is named.

    What a plan above asks of the whole city, a district of the city reports for itself.
    """
    above = {one.id for one in catalogue.lineage(commitment.scope)}
    return commitment.scope if pair.district in above else pair.district


def _of_indicator(
    indicator: Indicator, inputs: Inputs, told: Sequence[_Told], source: str
) -> list[Observation]:
    """Return what the rows of one indicator tell of the period judged, or of parts of the year.

    Their ids end with `source`: the tables of figures and of confirmations may tell the same.
    """
    parts = dict.fromkeys(part for one in told for part in one.parts)
    found = [
        observation
        for part in parts
        for observation in _of_part(
            indicator, inputs, part, [one for one in told if part in one.parts]
        )
    ]
    return distinct(one.model_copy(update={"id": f"{one.id}/{source}"}) for one in found)


def _of_part(
    indicator: Indicator, inputs: Inputs, part: str, told: Sequence[_Told]
) -> Iterator[Observation]:
    """Yield what the last month reported tells, the best checked first."""
    months = _months(part, inputs)
    known = [one for one in told if one.is_of(months)]
    last = max((one.month for one in known), default=0)
    latest = [one for one in known if one.month == last]
    for one in sorted(latest, key=lambda one: RANKS.index(Maturity(one.row["maturity"]))):
        is_current = last >= months[-1] or _is_final(one, indicator)
        # Of a part of the year that was not reported to its end, nothing is known yet.
        if is_current or part == WHOLE:
            yield _observation(indicator, inputs, part, one, is_sufficient=is_current)


def _months(part: str, inputs: Inputs) -> Sequence[int]:
    if part == WHOLE:
        return range(1, inputs.period.n_whole_months + 1)
    return months_of_part(part)


def _is_final(told: _Told, indicator: Indicator) -> bool:
    """Whether what a row tells holds for the rest of the year too."""
    is_final_figure = told.commitment.kind in ONE_TIME
    is_status = COLUMNS[indicator.statistic] == "status"
    return text_in(told.row, "status") == DONE and (is_status or is_final_figure)


def _observation(
    indicator: Indicator, inputs: Inputs, part: str, told: _Told, *, is_sufficient: bool
) -> Observation:
    row, pair = told.row, inputs.pair
    period = f"{pair.year}-{part}" if part else inputs.period.label
    is_status = COLUMNS[indicator.statistic] == "status"
    value = None if is_status else plain_decimal(row["value"])
    known = (
        {
            "text": text_in(row, "status"),
            "confirmed_by": text_in(row, "checked_by"),
            "confirmed_on": day_in(row, "date"),
        }
        if is_status
        else {"basis": Basis(place=text_in(row, "basis"))}
    )
    return observation_of_row(
        indicator,
        inputs,
        row,
        Trace(
            formula=message(
                N_("责任单位调度报告的状态，由审核人认定")
                if is_status
                else N_("责任单位调度上报的累计数")
            ),
            substituted="" if value is None else figure_in(row, value, indicator.unit),
            n_used=1,
            is_verified=indicator.is_verified,
            notes=(_as_of(told.month, is_sufficient=is_sufficient),),
            sources=sources_of_rows(DATASET, inputs, [row]),
        ),
        period=period,
        value=value,
        is_sufficient=is_sufficient,
        reason="" if is_sufficient else "later_not_reported",
        **known,
    )


def _as_of(month: int, *, is_sufficient: bool) -> Message:
    text = N_("截至{month}月的调度数") if is_sufficient else N_("截至{month}月，之后未报送")
    return message(text, month=month)
