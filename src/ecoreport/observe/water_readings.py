"""Months of sections: of manual sampling and of automatic stations, which go first by the year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ecoreport.ingest.below_limit import SUFFIX
from ecoreport.ingest.sections import section_codes
from ecoreport.observe.computed import months_known
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs
from ecoreport.standards.columns import ALIAS_SEPARATOR
from ecoreport.standards.water import assessment_rule, period_means, unresolved_limits
from ecoreport.standards.water.limits import BODIES
from ecoreport.standards.water.readings import column_of

MONTHLY, AUTOMATIC = "water_monthly", "water_automatic"
KEY: Final = ["section", "month"]
MANUAL_WORD, AUTOMATIC_WORD, BOTH = "manual", "automatic", "both"
COUNTED: Final = "_n"


@dataclass(frozen=True)
class Readings:
    """The months of the sections of a list.

    Attributes
    ----------
    means : pandas.DataFrame
        On ``section, month``: means of the items, and ``readings`` (manual, automatic or both).
    is_dry : pandas.Series
        On the same index: whether the table says that the section was dry.
    unresolved : pandas.Series
        On the same index: the columns of items whose detection limit lies above the limit of the
        target class, a tuple.
    short : pandas.DataFrame
        ``section, month``: months that an automatic station measured on too few days to be used.
    """

    means: pd.DataFrame
    is_dry: pd.Series[bool]
    unresolved: pd.Series[Any]
    short: pd.DataFrame
    datasets: tuple[str, ...]
    maturities: frozenset[str]
    unlisted: tuple[str, ...]


def section_readings(inputs: Inputs, listed: pd.DataFrame) -> Readings | None:
    """Return the months of sections that have ended; None without any.

    Until 2019 a month of manual sampling goes before that of the automatic station, which is used
    where there is none (our reading). From 2020 the automatic station goes first for the items
    that it measures (环办监测函〔2020〕82号, one source).
    """
    found = {name: _rows(inputs, name, listed) for name in (MONTHLY, AUTOMATIC)}
    manual, automatic = found[MONTHLY], found[AUTOMATIC]
    enough, short = _of_enough_days(automatic)
    year = inputs.period.year
    is_dry = _dry(manual)
    means = _joined(_means(manual, year), _means(enough, year), is_dry, year)
    if means.empty:
        return None
    used = {MONTHLY: (MANUAL_WORD, BOTH), AUTOMATIC: (AUTOMATIC_WORD, BOTH)}
    parts = {
        name: rows
        for name, rows in ((MONTHLY, manual), (AUTOMATIC, enough))
        if means["readings"].isin(used[name]).any()
    }
    by_month = _unresolved(manual, listed)
    return Readings(
        means=means,
        is_dry=is_dry.reindex(means.index, fill_value=False).astype(bool),
        unresolved=pd.Series([by_month.get(key, ()) for key in means.index], means.index),
        short=short[~pd.MultiIndex.from_frame(short).isin(means.index)],
        datasets=tuple(parts),
        maturities=frozenset(str(one) for rows in parts.values() for one in rows["maturity"]),
        unlisted=_unlisted(inputs, listed),
    )


def _rows(inputs: Inputs, name: str, listed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of sections of the list, each under its code; the month as a number."""
    nothing = pd.DataFrame({"section": [], "month": [], "maturity": []})
    if name not in inputs.frames:
        return nothing
    rows = inputs.frames[name]
    codes = section_codes(rows["section"], listed)
    own = rows.assign(section=codes)[codes.notna()]
    if name == AUTOMATIC:
        # A station at rest or under maintenance writes numbers too.
        own = own[own["status"].isna() | (own["status"] == "normal")]
        own = own.assign(month=own["date"].dt.strftime("%Y-%m"))
    own = months_known(best_checked_rows(own, KEY), inputs)
    return own if len(own) else nothing


def _of_enough_days(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part the readings of automatic stations into months with enough days, and the others."""
    if rows.empty:
        return rows, rows[KEY]
    days = rows.groupby(KEY)["date"].transform(lambda dates: dates.dt.normalize().nunique())
    is_enough = days >= int(assessment_rule("automatic_days_in_month_at_least").number)
    return rows[is_enough], rows.loc[~is_enough, KEY].drop_duplicates(ignore_index=True)


def _means(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    if rows.empty:
        return pd.DataFrame(index=pd.MultiIndex.from_frame(rows[KEY]))
    means = period_means(rows, KEY, year)
    return means[[name for name in means.columns if not name.endswith(COUNTED)]]


def _dry(manual: pd.DataFrame) -> pd.Series[bool]:
    if "status" not in manual:
        return pd.Series(dtype=bool)
    return (manual["status"] == "dry").groupby([manual[name] for name in KEY]).any()


def _joined(
    manual: pd.DataFrame, automatic: pd.DataFrame, is_dry: pd.Series[bool], year: int
) -> pd.DataFrame:
    """Return the months of both kinds of readings, by the rule of the year."""
    is_told = manual.notna().any(axis=1) | is_dry.reindex(manual.index, fill_value=False)
    if assessment_rule("readings_first", year).value == MANUAL_WORD:
        others = automatic[~automatic.index.isin(manual.index[is_told.astype(bool)])]
        kept = manual[~manual.index.isin(others.index)]
        parts = [kept.assign(readings=MANUAL_WORD), others.assign(readings=AUTOMATIC_WORD)]
        return pd.concat([one for one in parts if len(one)] or parts).sort_index()
    first = automatic[automatic.columns.intersection(_automatic_items())]
    is_both = manual.index[is_told.astype(bool)].intersection(automatic.index)
    joined = first.combine_first(manual).combine_first(automatic)
    readings = pd.Series(MANUAL_WORD, joined.index).mask(
        joined.index.isin(automatic.index), AUTOMATIC_WORD
    )
    return joined.assign(readings=readings.mask(joined.index.isin(is_both), BOTH))


def _automatic_items() -> list[str]:
    words = assessment_rule("automatic_items").value.split(ALIAS_SEPARATOR)
    return [column_of(word) for word in words]


def _unresolved(
    manual: pd.DataFrame, listed: pd.DataFrame
) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return by section and month the items whose detection limit does not tell the target."""
    columns = [str(name) for name in manual.columns if str(name).endswith(SUFFIX)]
    about = listed[listed["water_body"].isin(BODIES)].set_index("section")
    rows = manual[manual["section"].isin(about.index)] if columns else manual.iloc[:0]
    if rows.empty:
        return {}
    own = about.reindex(rows["section"].to_numpy()).set_axis(rows.index)
    limits = rows[columns].rename(columns=lambda name: name.removesuffix(SUFFIX))
    for column in limits.columns:
        is_left_out = [column in background for background in own["background"]]
        limits[column] = limits[column].mask(pd.Series(is_left_out, rows.index))
    asked = own["target_class"].fillna(assessment_rule("main_indicator_class").value)
    found = unresolved_limits(limits, own["water_body"].astype("object"), asked)
    where = rows.loc[found.index, KEY].assign(column=found["column"].to_numpy())
    return {
        (str(section), int(str(month))): tuple(dict.fromkeys(part["column"]))
        for (section, month), part in where.groupby(KEY)
    }


def _unlisted(inputs: Inputs, listed: pd.DataFrame) -> tuple[str, ...]:
    names: set[str] = set()
    for dataset in (MONTHLY, AUTOMATIC):
        if dataset in inputs.frames:
            said = inputs.frames[dataset]["section"]
            names.update(said[section_codes(said, listed).isna()].astype("str"))
    return tuple(sorted(names))
