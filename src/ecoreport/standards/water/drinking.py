"""Sources of drinking water: whether each attains, and the rates by source and by volume."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.columns import ALIAS_SEPARATOR
from ecoreport.standards.rounding import round_half_even
from ecoreport.standards.statistics import attainment_rate
from ecoreport.standards.tables import Line, edition_for, in_force, select, single
from ecoreport.standards.water.categories import class_code, from_codes, symbol_of, water_class_type
from ecoreport.standards.water.classes import missing_of
from ecoreport.standards.water.indicators import Sides, beyond
from ecoreport.standards.water.limits import BODIES, Band, band, bands, codes_of, section_columns
from ecoreport.standards.water.readings import group_keys, numbers, parameter_of, present
from ecoreport.standards.water.rules import assessment_rule

GROUNDWATER = "groundwater"
SOURCE_KINDS = (*BODIES, GROUNDWATER)


@dataclass(frozen=True)
class SourceRates:
    """How many sources attain, and how much of the water drawn.

    Attributes
    ----------
    n_sources, n_assessed, n_attaining : int
        Sources without a verdict are not in the rate by source.
    percent : float
        Attaining sources of those assessed, one decimal; NaN without any.
    volume, attaining_volume : float
        Of all assessed sources, in the unit handed in; NaN if a volume is missing.
    volume_percent : float
        One decimal; NaN without volumes, or where one is missing.
    n_without_volume : int
        Assessed sources whose volume is missing.
    """

    n_sources: int
    n_assessed: int
    n_attaining: int
    percent: float
    volume: float
    attaining_volume: float
    volume_percent: float
    n_without_volume: int


def source_exceedances(
    frame: pd.DataFrame, source_kind: str, year: int, edition: str | None = None
) -> pd.DataFrame:
    """Return what lies beyond the limits for sources of drinking water.

    Parameters
    ----------
    frame : pandas.DataFrame
        One source (and month) a row, columns of ``water_items.csv``: for surface water the 21
        items, the five supplementary (``sulphate_mg_l`` …) and the specific ones
        (``trichloromethane_mg_l`` …) as far as measured; for ground water those of
        ``groundwater_limits.csv`` (organic substances in µg/L).
    source_kind : {"river", "lake", "groundwater"}
    year : int
        Chooses the edition.
    edition : str, optional
        Another than the one in force at the end of the year; `groundwater_edition` gives that of
        a day.

    Returns
    -------
    pandas.DataFrame
        On the index of the frame (repeated): ``position``, ``column``, ``parameter``, ``value``,
        ``limit``, ``multiple``.

    Raises
    ------
    InputError
        For another kind, no column that can be judged, a year without an edition, or impossible
        values.

    Notes
    -----
    Surface sources: GB 3838-2002, table 1 at class III without temperature, total nitrogen and
    coliforms, tables 2 and 3 at their limits. Ground sources: GB/T 14848 at class III (one source);
    of the edition of 1993 some limits are not held, see `items_not_held`.
    """
    limits = source_limits(source_kind, year, edition)
    return beyond(frame, {column: limits[column] for column in present(frame, limits)})


def source_attainment(
    frame: pd.DataFrame, source_kind: str, year: int, edition: str | None = None
) -> pd.Series[Any]:
    """Return whether each source attains: nothing measured lies beyond its limit.

    Parameters
    ----------
    frame, source_kind, year, edition
        As in `source_exceedances`.

    Returns
    -------
    pandas.Series
        ``boolean`` on the same index; missing where nothing was measured. What was not measured
        says `missing_source_items`.
    """
    found = source_exceedances(frame, source_kind, year, edition)
    columns = present(frame, source_limits(source_kind, year, edition))
    is_measured = np.any([~np.isnan(numbers(frame, column)) for column in columns], axis=0)
    attains = np.ones(len(frame), dtype=bool)
    attains[found["position"].to_numpy()] = False
    return pd.Series(attains, index=frame.index, dtype="boolean").where(is_measured)


def missing_source_items(
    frame: pd.DataFrame, source_kind: str, year: int, edition: str | None = None
) -> pd.Series[Any]:
    """Name what was not measured of the items that a source is usually judged by.

    Parameters
    ----------
    frame, source_kind, year, edition
        As in `source_exceedances`.

    Returns
    -------
    pandas.Series
        A tuple of parameters a row: for surface water of the 21 items, the five supplementary and
        the 33 specific ones usually selected (the selection is unverified); for ground water of
        table 1.
    """
    wanted = source_limits(source_kind, year, edition)
    usual = basic_source_items(source_kind, year, edition)
    if source_kind != GROUNDWATER:
        usual = {*usual, *(line["column"] for line in select("drinking_water_selected"))}
    columns = {column: parameter_of(column) for column in wanted if column in usual}
    return missing_of(frame, columns)


def basic_source_items(source_kind: str, year: int, edition: str | None = None) -> set[str]:
    """Return the columns of the items that every sampling of a kind of source is to have.

    For surface water the items of table 1 that make the class, and the five of table 2; for ground
    water those of table 1 of the edition, as far as their limits are held.
    """
    if source_kind == GROUNDWATER:
        lines = _groundwater_lines(year, edition)
        return {line["column"] for line in lines if line["clause"] == "表1"}
    supplementary = select("drinking_water_limits", group="supplementary")
    return {*section_columns(), *(line["column"] for line in supplementary)}


def has_enough_source_items(
    frame: pd.DataFrame, source_kind: str, year: int, edition: str | None = None
) -> pd.Series[bool]:
    """Return whether each row has the least of its basic items without which nothing is judged.

    Parameters
    ----------
    frame, source_kind, year, edition
        As in `source_exceedances`.

    Returns
    -------
    pandas.Series
        Boolean on the same index.

    Notes
    -----
    No standard was found to say it: the share in ``drinking_water_rules.csv`` is our own setting.
    """
    basic = basic_source_items(source_kind, year, edition)
    least = Fraction(single("drinking_water_rules", rule="basic_items_at_least")["value"])
    measured = [~np.isnan(numbers(frame, name)) for name in basic if name in frame.columns]
    n_measured = np.sum(measured, axis=0) if measured else np.zeros(len(frame))
    return pd.Series(n_measured >= float(least * len(basic)), frame.index)


def groundwater_edition(on: date) -> str:
    """Return the edition of GB/T 14848 in force on a day: that of 2017 from 2018-05-01.

    Raises
    ------
    InputError
        For a day before the first edition.
    """
    return edition_for("groundwater_limits", on)


def items_not_held(edition: str) -> tuple[str, ...]:
    """Return the columns of an edition of GB/T 14848 whose limits were found in no source.

    They are not judged: whoever judges by that edition has to name them.
    """
    lines = select("drinking_water_rules", rule="items_not_held", edition=edition)
    return tuple(column for line in lines for column in line["value"].split(ALIAS_SEPARATOR))


def groundwater_class(frame: pd.DataFrame, year: int, edition: str | None = None) -> pd.Series[Any]:
    """Return the class of ground water: that of its worst item.

    Parameters
    ----------
    frame, year, edition
        As in `source_exceedances`.

    Returns
    -------
    pandas.Series
        Ordered categorical I to V on the same index; missing where nothing was measured.

    Notes
    -----
    GB/T 14848-2017, tables 1 and 2, and GB/T 14848-93, table 1 (one source each); V is worse than
    IV, and there is nothing below.
    """
    lines = _groundwater_lines(year, edition)
    nested: dict[str, list[Band]] = {}
    for line in lines:
        nested.setdefault(line["column"], []).append(band(line))
    columns = present(frame, nested)
    codes = np.max([codes_of(numbers(frame, one), nested[one]) for one in columns], axis=0)
    names = water_class_type().categories[: class_code("V") + 1]
    return from_codes(codes, pd.CategoricalDtype(names, ordered=True), frame.index)


def year_attainment(attains: pd.Series[Any], source: pd.Series[Any]) -> pd.DataFrame:
    """Return whether each source attains over a year: in all months that were assessed.

    Parameters
    ----------
    attains : pandas.Series
        As `source_attainment` gives it, one source and month a row.
    source : pandas.Series
        What names the source, on the same index.

    Returns
    -------
    pandas.DataFrame
        One row a source, sorted: ``attains`` (``boolean``, missing without an assessed month),
        ``n_months`` (assessed), ``n_attaining``.

    Notes
    -----
    As bulletins word it: 全年均达标 (one source).
    """
    if not source.index.equals(attains.index):
        raise InputError(_("水源名称与达标情况的索引应相同。"))
    names = group_keys(source.to_frame("source"), ["source"])["source"]
    grouped = attains.astype("boolean").groupby(names.to_numpy(), sort=True)
    n_months, n_attaining = grouped.count(), grouped.sum()
    whole = (n_attaining == n_months).astype("boolean").mask(n_months == 0)
    return pd.DataFrame({"attains": whole, "n_months": n_months, "n_attaining": n_attaining})


def attainment_rates(attains: pd.Series[Any], volumes: pd.Series[Any] | None = None) -> SourceRates:
    """Return the rates of attainment by source and by volume drawn.

    Parameters
    ----------
    attains : pandas.Series
        One source (or source and month) a row, as `source_attainment` gives it.
    volumes : pandas.Series, optional
        What was drawn from each, in one unit, on the same index.

    Returns
    -------
    SourceRates

    Raises
    ------
    InputError
        For volumes on another index, or negative ones.

    Notes
    -----
    Both rates stand in public reports: sources attaining of all sources, and volume from attaining
    sources of all volume.
    """
    verdicts = attains.astype("boolean")
    is_assessed = verdicts.notna().to_numpy()
    is_attaining = verdicts.fillna(False).to_numpy(bool)
    n_assessed, n_attaining = int(is_assessed.sum()), int(is_attaining.sum())
    decimals = int(assessment_rule("share_decimals").number)
    drawn = _volumes(attains, volumes)
    n_without = int(np.isnan(drawn[is_assessed]).sum())
    volume, attaining = float(drawn[is_assessed].sum()), float(drawn[is_attaining].sum())
    has_rate = n_without == 0 and volume > 0
    return SourceRates(
        n_sources=len(verdicts),
        n_assessed=n_assessed,
        n_attaining=n_attaining,
        percent=attainment_rate(n_attaining, n_assessed, decimals),
        volume=volume if n_without == 0 else np.nan,
        attaining_volume=attaining if n_without == 0 else np.nan,
        volume_percent=round_half_even(100 * attaining / volume, decimals) if has_rate else np.nan,
        n_without_volume=n_without,
    )


def source_limits(source_kind: str, year: int, edition: str | None = None) -> dict[str, Sides]:
    """Return the band of each column by which a kind of source is judged."""
    if source_kind == GROUNDWATER:
        symbol = symbol_of(single("drinking_water_rules", rule="groundwater_class")["value"])
        lines = _groundwater_lines(year, edition)
        return {line["column"]: band(line) for line in lines if line["class"] == symbol}
    if source_kind not in BODIES:
        raise InputError(
            _("水源类型 {value!r} 无效，应为：{known}").format(
                value=source_kind, known=", ".join(SOURCE_KINDS)
            )
        )
    place = class_code(single("drinking_water_rules", rule="surface_class")["value"])
    basic = {
        column: bands(parameter, source_kind)[place]
        for column, parameter in section_columns().items()
    }
    lines = _of_edition("drinking_water_limits", year, edition)
    return {**basic, **{line["column"]: band(line) for line in lines}}


def source_tables(
    source_kind: str, year: int, edition: str | None = None
) -> dict[str, tuple[str, str]]:
    """Return edition and table (``表1``) in which the limit of each column stands."""
    if source_kind == GROUNDWATER:
        lines = _groundwater_lines(year, edition)
        return {line["column"]: (line["edition"], line["clause"]) for line in lines}
    surface = {line["parameter"]: line for line in select("surface_water_limits")}
    basic = {column: surface[parameter] for column, parameter in section_columns().items()}
    others = {line["column"]: line for line in _of_edition("drinking_water_limits", year, edition)}
    return {name: (line["edition"], line["clause"]) for name, line in {**basic, **others}.items()}


def _groundwater_lines(year: int, edition: str | None) -> list[Line]:
    return _of_edition("groundwater_limits", year, edition)


def _of_edition(name: str, year: int, edition: str | None) -> list[Line]:
    """Return the lines of the named edition, or of the one in force at the end of the year."""
    if edition is not None:
        lines = select(name, edition=edition)
    else:
        lines = in_force(name, date(year, 12, 31), date(year, 12, 31))
    if not lines:
        known: Mapping[str, str] = {line["edition"]: line["valid_from"] for line in select(name)}
        raise InputError(
            _(
                "{year} 年没有可用的标准版本（{edition}）。已有：{known}。"
                "可用 edition 指明按哪一版评价。"
            ).format(
                year=year,
                edition=edition or "—",
                known=_("、").join(f"{one}({start})" for one, start in known.items()),
            )
        )
    return lines


def _volumes(attains: pd.Series[Any], volumes: pd.Series[Any] | None) -> Any:
    if volumes is None:
        return np.full(len(attains), np.nan)
    if not volumes.index.equals(attains.index):
        raise InputError(_("取水量与达标情况的索引应相同。"))
    drawn = volumes.to_numpy(np.float64, na_value=np.nan)
    if (drawn < 0).any():
        raise InputError(_("取水量不能为负数。"))
    return drawn
