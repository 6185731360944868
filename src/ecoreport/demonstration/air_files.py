"""Make the air files of a district and year: hours, days by the standard, tables, bytes."""

from __future__ import annotations

import pandas as pd

from ecoreport.demonstration.air import Hours, Outage, simulate
from ecoreport.demonstration.air_tables import cells_of, measured, sheets_of
from ecoreport.demonstration.faults import spoil_cells, spoil_hours
from ecoreport.demonstration.profiles import (
    AirFile,
    AirHeader,
    AirLayout,
    Behaviour,
    Fault,
    air_profile,
    rows,
    rows_of,
    station_names,
)
from ecoreport.demonstration.seeds import SEED, generator_for
from ecoreport.demonstration.workbook import to_bytes
from ecoreport.project import Pair, Project
from ecoreport.standards.air import daily_from_hourly
from ecoreport.standards.rounding import round_half_even


def air_files(project: Project, pair: Pair, seed: str = SEED) -> dict[str, bytes]:
    """Return the air files of one district and year, file name to content.

    Raises
    ------
    InputError
        If ``params/demonstration`` has files but no levels or stations for it.
    """
    files = rows_of(project, "air_files", AirFile, pair)
    if not files:
        return {}
    hours = air_hours(project, pair, seed)
    frames = {"air_hourly": hours.values, "air_daily": air_days(project, pair, hours.values)}
    return {
        file.file: _content(project, file, frames[file.dataset], hours.outages, seed)
        for file in files
    }


def air_hours(project: Project, pair: Pair, seed: str = SEED) -> Hours:
    """Return the generated hours of a year with the faults of the air in them."""
    profile = air_profile(project, pair)
    hours = simulate(profile, pair.year, generator_for(pair, "air", seed))
    return spoil_hours(hours, rows_of(project, "faults", Fault, pair))


def air_days(project: Project, pair: Pair, hours: pd.DataFrame) -> pd.DataFrame:
    """Return the days of generated hours by the rules of the standard, rounded half-even."""
    decimals = {
        behaviour.unit_column: behaviour.decimals
        for behaviour in rows(project, "air_behaviour", Behaviour)
    }
    days = daily_from_hourly(hours, pair.year)
    columns = [column for column in measured(days) if column in decimals]
    rounded = {column: round_half_even(days[column], decimals[column]) for column in columns}
    return days[["station", "date"]].assign(**rounded)


def _content(
    project: Project,
    file: AirFile,
    values: pd.DataFrame,
    outages: tuple[Outage, ...],
    seed: str,
) -> bytes:
    pair = Pair(file.district, file.year)
    faults = rows_of(project, "faults", Fault, pair)
    [layout] = [one for one in rows(project, "air_layouts", AirLayout) if one.layout == file.layout]
    headers = [one for one in rows(project, "air_headers", AirHeader) if one.layout == file.layout]
    own = values[values["station"] == file.station] if file.station else values
    rng = generator_for(pair, file.file, seed)
    cells = spoil_cells(
        cells_of(own.reset_index(drop=True), outages, layout, rng),
        (fault for fault in faults if fault.dataset == file.dataset),
    )
    cells.insert(0, "name", cells["station"].map(station_names(project, file.district)))
    return to_bytes(layout.format, sheets_of(cells, file, layout, headers), layout.encoding)
