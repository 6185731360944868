"""Put the deliberate faults of ``params/demonstration/faults.csv`` into generated data.

Some spoil the air itself (hours, and so the days made from them), others only the way in which a
table was filled in; those of departments' tables say by ``where`` which rows they are about. None
of them may stop a report: each shows one warning or one line of the cleaning log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd

from ecoreport.demonstration.air import Hours, Outage, with_running_ozone
from ecoreport.demonstration.profiles import Fault
from ecoreport.demonstration.workbook import cell_of
from ecoreport.errors import ParameterError
from ecoreport.i18n import _

Spoil = Callable[[pd.DataFrame, "pd.Series[bool]", Fault], pd.DataFrame]

FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789."}
VALUE_SUFFIXES = ("_ug_m3", "_mg_m3")


def spoil_hours(hours: Hours, faults: Iterable[Fault]) -> Hours:
    """Return the hours with the faults of the air in them.

    Parameters
    ----------
    hours : Hours
    faults : iterable of Fault
        Of one district and year; kinds that only concern tables are passed over.
    """
    values, outages = hours.values, hours.outages
    for fault in faults:
        if fault.kind in HOUR_FAULTS:
            values = HOUR_FAULTS[fault.kind](values, concerned(values, fault), fault)
        if fault.kind == "silent":
            outages += (_outage(fault),)
    return Hours(with_running_ozone(values), outages)


def spoil_cells(cells: pd.DataFrame, faults: Iterable[Fault]) -> pd.DataFrame:
    """Return the cells of a table with the faults of filling in.

    Parameters
    ----------
    cells : pandas.DataFrame
        Cells as objects; with ``station`` and ``date`` where faults speak of days.
    faults : iterable of Fault
        Of one district, year and dataset.
    """
    for fault in faults:
        if fault.kind in CELL_FAULTS:
            cells = CELL_FAULTS[fault.kind](cells, concerned(cells, fault), fault)
    return cells


def concerned(frame: pd.DataFrame, fault: Fault) -> pd.Series[bool]:
    """Return which rows a fault is about: those that it names, or those of a station's days."""
    if fault.where:
        return matching(frame, fault.where)
    first, last = _days(fault)
    within = pd.to_datetime(frame["date"]).between(first, last)
    return within & (frame["station"] == fault.station)


def matching(frame: pd.DataFrame, where: Sequence[str]) -> pd.Series[bool]:
    """Return which rows hold all of the cells named, each as ``column=cell``."""
    found = pd.Series(data=True, index=frame.index)
    for condition in where:
        column, _equals, cell = condition.partition("=")
        found &= frame[column].astype(str) == cell
    return found


def _scaled(values: pd.DataFrame, rows: pd.Series[bool], fault: Fault) -> pd.DataFrame:
    return _with(values, rows, fault, values[fault.column] * float(fault.argument))


def _below_fine(values: pd.DataFrame, rows: pd.Series[bool], fault: Fault) -> pd.DataFrame:
    return _with(values, rows, fault, (values["pm25_ug_m3"] * float(fault.argument)).round())


def _silent(values: pd.DataFrame, rows: pd.Series[bool], _fault: Fault) -> pd.DataFrame:
    measured = [str(column) for column in values if str(column).endswith(VALUE_SUFFIXES)]
    return values.assign(**{column: values[column].mask(rows) for column in measured})


def _flagged(cells: pd.DataFrame, rows: pd.Series[bool], fault: Fault) -> pd.DataFrame:
    beside = cells[fault.column].map(lambda cell: f"{cell}({fault.argument})")
    return _with(cells, rows, fault, beside)


def _replaced(cells: pd.DataFrame, rows: pd.Series[bool], fault: Fault) -> pd.DataFrame:
    return _with(cells, rows, fault, cell_of(fault.argument))


def _full_width(cells: pd.DataFrame, rows: pd.Series[bool], fault: Fault) -> pd.DataFrame:
    wide = cells[fault.column].map(lambda cell: str(cell).translate(FULL_WIDTH))
    return _with(cells, rows, fault, wide)


def _repeated(cells: pd.DataFrame, rows: pd.Series[bool], _fault: Fault) -> pd.DataFrame:
    return pd.concat([cells, cells[rows]]).sort_index(kind="stable").reset_index(drop=True)


def _left_out(cells: pd.DataFrame, rows: pd.Series[bool], _fault: Fault) -> pd.DataFrame:
    return cells[~rows].reset_index(drop=True)


def _emptied(cells: pd.DataFrame, rows: pd.Series[bool], fault: Fault) -> pd.DataFrame:
    """Empty the rows from the fault's column on."""
    names = [str(name) for name in cells]
    columns = names[names.index(fault.column) :]
    return cells.assign(**{name: cells[name].mask(rows, None) for name in columns})


def _with(frame: pd.DataFrame, rows: pd.Series[bool], fault: Fault, new: Any) -> pd.DataFrame:
    return frame.assign(**{fault.column: frame[fault.column].mask(rows, new)})


def _outage(fault: Fault) -> Outage:
    first, last = _days(fault)
    return Outage(fault.station, first, last + pd.Timedelta(days=1), fault.argument)


def _days(fault: Fault) -> tuple[pd.Timestamp, pd.Timestamp]:
    if fault.first_day is None or fault.last_day is None:
        raise ParameterError(
            _("faults.csv：{id} 的 kind 为 {kind}，要有 first_day 和 last_day").format(
                id=fault.id, kind=fault.kind
            )
        )
    return pd.Timestamp(fault.first_day), pd.Timestamp(fault.last_day)


HOUR_FAULTS: dict[str, Spoil] = {"scaled": _scaled, "below_fine": _below_fine, "silent": _silent}
CELL_FAULTS: dict[str, Spoil] = {
    "flagged": _flagged,
    "replaced": _replaced,
    "full_width": _full_width,
    "repeated": _repeated,
    "left_out": _left_out,
    "emptied": _emptied,
}
