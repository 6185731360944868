"""Which rows of a frame, or groups of them, are at fault: pure functions on frames."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    Flags = pd.Series[bool]
    Fault = dict[str, str]

BETWEEN_SPANS = "、"

KINDS = {
    "number": pd.api.types.is_numeric_dtype,
    "date": pd.api.types.is_datetime64_any_dtype,
    "text": pd.api.types.is_string_dtype,
}
"""What a column of a canonical frame may hold."""
DIGITS_OF_TABLES: Final = 6
YEAR_DIGITS: Final = 4
YEARLY: Final = frozenset({"period", "month"})
"""Columns whose texts begin with the year."""


def wrong_kinds(frame: pd.DataFrame, kinds: Mapping[str, str]) -> list[Fault]:
    """Return the columns that hold something else than `kinds` says.

    Parameters
    ----------
    frame : pandas.DataFrame
    kinds : mapping of str to str
        A word of `KINDS` by column; columns that the frame lacks are passed over.
    """
    return [
        {"column": name, "kind": kind, "value": str(frame[name].dtype)}
        for name, kind in kinds.items()
        if name in frame and not KINDS[kind](frame[name])
    ]


def contradicting(rows: pd.DataFrame, key: Sequence[str]) -> Flags:
    """Flag rows that share `key` with a row whose other columns differ.

    Missing values are values here: a row with one and a row without one contradict each other.
    """
    is_first = ~rows.duplicated()
    n_versions = is_first.groupby([rows[name] for name in key], dropna=False).transform("sum")
    return n_versions > 1


def named(rows: pd.DataFrame, places: Collection[Sequence[object]]) -> Flags:
    """Flag rows that stand at one of `places`: file, sheet and row, the first columns."""
    known = {tuple(one) for one in places}
    own = zip(*(rows.iloc[:, number] for number in range(3)), strict=True)
    return pd.Series([one in known for one in own], rows.index, dtype="bool")


def not_following(
    rows: pd.DataFrame,
    group: str,
    order: str,
    may_follow: Mapping[str, Sequence[str]],
    may_begin: Collection[str],
) -> Flags:
    """Flag steps that cannot stand where they do.

    Parameters
    ----------
    rows : pandas.DataFrame
        `group`, `order`, and last the step; without missing values.
    group : str
        Column of what the steps are of.
    order : str
        Column of days; steps of one day stand in the order of `may_begin`.
    may_follow : mapping of str to sequence of str
        By step, those that may stand right before it; a step that is not named may follow any.
    may_begin : collection of str
        Steps before which nothing need stand.
    """
    step = rows.columns[-1]
    rank = rows[step].map({name: place for place, name in enumerate(may_begin)})
    ordered = rows.assign(_rank=rank).sort_values([group, order, "_rank"], kind="stable")
    before = ordered.groupby(group)[step].shift(1)
    is_allowed = [
        now in may_begin if pd.isna(last) else last in may_follow.get(now, (last,))
        for now, last in zip(ordered[step], before, strict=True)
    ]
    return ~pd.Series(is_allowed, ordered.index).reindex(rows.index)


def jumping(
    rows: pd.DataFrame, group: str, order: Sequence[str], ratio: float, difference: float
) -> Flags:
    """Flag values far above both neighbours in time.

    Parameters
    ----------
    rows : pandas.DataFrame
        `group`, the columns of `order`, and last the value; without missing values.
    group : str
        Column of the station.
    order : sequence of str
        Columns of time.
    ratio : float
        How many times the larger neighbour a value has to exceed ...
    difference : float
        ... and by how much, in the value's unit.

    Notes
    -----
    A first or last value has one neighbour; a value without any is not flagged.
    """
    value = rows.columns[-1]
    ordered = rows.sort_values([group, *order], kind="stable")
    of_group = ordered.groupby(group)[value]
    neighbour = pd.concat([of_group.shift(1), of_group.shift(-1)], axis=1).max(axis=1)
    values = ordered[value]
    is_jumping = (values > ratio * neighbour) & (values - neighbour > difference)
    return is_jumping.reindex(rows.index)


def stuck(rows: pd.DataFrame, group: str, order: Sequence[str], longest: int) -> Flags:
    """Flag runs of more than `longest` equal values in a row, as an instrument at rest gives.

    Parameters are those of :func:`jumping`; missing values do not break a run.
    """
    value = rows.columns[-1]
    ordered = rows.sort_values([group, *order], kind="stable")
    begins = (ordered[[group, value]] != ordered[[group, value]].shift()).any(axis=1)
    run = begins.cumsum()
    length = run.groupby(run).transform("size")
    return (length > longest).reindex(rows.index)


def lacking_values(
    frame: pd.DataFrame,
    group: str,
    expected_groups: Collection[str],
    column: str,
    expected: Sequence[str],
    stands_for: Mapping[str, Sequence[str]],
) -> list[Fault]:
    """Return what groups lack of the values that each should have.

    Parameters
    ----------
    frame : pandas.DataFrame
    group : str
        Column that names the group: a station, an indicator.
    expected_groups : collection of str
    column : str
        Texts, or days compared as ISO dates.
    expected : sequence of str
        Values that each group should have, in order.
    stands_for : mapping of str to sequence of str
        Values that cover several expected ones: ``2018-Q1`` its three months.

    Returns
    -------
    list of dict
        ``group``, ``n``, ``expected`` (how many) and ``spans`` of each group that lacks any.
    """
    is_day = pd.api.types.is_datetime64_any_dtype(frame[column])
    texts = frame[column].dt.strftime("%Y-%m-%d") if is_day else frame[column].astype("str")
    had = {name: set(values) for name, values in texts.groupby(frame[group].astype("str"))}
    faults = []
    for name in expected_groups:
        own = had.get(name, set())
        covered = own | {one for value in own for one in stands_for.get(value, ())}
        is_lacking = [one not in covered for one in expected]
        if any(is_lacking):
            faults.append(
                {
                    "group": name,
                    "n": str(sum(is_lacking)),
                    "expected": str(len(expected)),
                    "spans": spans(expected, is_lacking),
                }
            )
    return faults


def spans(values: Sequence[str], is_chosen: Sequence[bool]) -> str:
    """Write the chosen ones of an ordered sequence as spans: ``07-09…07-20、08-01``."""
    chosen: list[list[str]] = []
    was_chosen = False
    for value, is_one in zip(values, is_chosen, strict=True):
        if is_one and was_chosen:
            chosen[-1] = [chosen[-1][0], value]
        elif is_one:
            chosen.append([value])
        was_chosen = is_one
    return BETWEEN_SPANS.join("…".join(one) for one in chosen)


def short_periods(
    frame: pd.DataFrame,
    group: str,
    expected_groups: Collection[str],
    months: Mapping[str, Mapping[str, int]],
) -> list[Fault]:
    """Return the groups and columns with too few days that have a value.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a group and day, with ``date``.
    group : str
    expected_groups : collection of str
    months : mapping of str to mapping of str to int
        By the beginning of an ISO date (``2018`` or ``2018-02``) the least number of days of each
        column. Periods that begin after the last date of the frame are passed over.

    Returns
    -------
    list of dict
        ``group``, ``period``, ``column``, ``n`` and ``minimum``.
    """
    days = frame["date"].dt.strftime("%Y-%m-%d")
    last_day = days.max()
    faults = []
    for period, minima in months.items():
        if not period <= str(last_day):
            continue
        inside = frame[days.str.startswith(period)].drop_duplicates([group, "date"])
        counts = inside.groupby(group)[list(minima)].count()
        faults += [
            {"group": name, "period": period, "column": column, "n": str(n), "minimum": str(least)}
            for name in expected_groups
            for column, least in minima.items()
            if (n := int(counts[column].get(name, 0))) < least
        ]
    return of_all_columns(faults)


def short_days(
    frame: pd.DataFrame,
    group: str,
    expected_groups: Collection[str],
    minima: Mapping[str, int],
    first_hour: Mapping[str, int],
    first_day: dt.datetime,
) -> list[Fault]:
    """Return, by group, month and column, how many days have too few hours with a value.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a group and hour, with ``date`` and ``hour``.
    group : str
    expected_groups : collection of str
    minima : mapping of str to int
        Least number of hours by column.
    first_hour : mapping of str to int
        First hour that counts, of columns for which not all do.
    first_day : datetime.datetime
        Days from it to the last one of the frame are looked at.

    Returns
    -------
    list of dict
        ``group``, ``period`` (a month), ``column``, ``n`` (days), ``minimum`` (hours), ``spans``.
    """
    calendar = pd.date_range(first_day, frame["date"].max())
    hours = frame.drop_duplicates([group, "date", "hour"])
    faults = []
    for column, least in minima.items():
        counted = hours[hours[column].notna() & (hours["hour"] >= first_hour.get(column, 0))]
        counts = counted.groupby([group, "date"]).size()
        for name in expected_groups:
            own = counts[counts.index.get_level_values(group) == name].droplevel(group)
            is_short = own.reindex(calendar, fill_value=0) < least
            for month, days in is_short.groupby(calendar.strftime("%Y-%m")):
                if days.any():
                    fault = {
                        "group": name,
                        "period": str(month),
                        "column": column,
                        "n": str(int(days.sum())),
                        "minimum": str(least),
                        "spans": spans([f"{day:%m-%d}" for day in days.index], list(days)),
                    }
                    faults.append(fault)
    return of_all_columns(faults)


def of_all_columns(faults: Sequence[Fault]) -> list[Fault]:
    """Return faults that differ by their column only as one, with all columns in it.

    An instrument that stood still leaves every column short: that is one thing to look at.
    """
    columns: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for one in faults:
        rest = tuple((name, text) for name, text in one.items() if name != "column")
        columns.setdefault(rest, []).append(one["column"])
    return [{**dict(rest), "column": BETWEEN_SPANS.join(own)} for rest, own in columns.items()]


def exceeding(
    rows: pd.DataFrame,
    parts: Sequence[str],
    wholes: Sequence[str],
    added: Sequence[str] = (),
    tolerance_percent: float = 0,
) -> Flags:
    """Flag rows whose parts together are more than what they are parts of.

    Parameters
    ----------
    rows : pandas.DataFrame
        The columns named, in one unit.
    parts : sequence of str
        A part that is missing counts nothing: what is known is too much already.
    wholes : sequence of str
        Columns that together are the whole; a row that lacks one is not flagged.
    added : sequence of str
        Columns that add to the whole where they are there.
    tolerance_percent : float
        By how much of the whole the parts may exceed it.

    Notes
    -----
    Sums are rounded to the digits that a table shows: 0.1 + 0.2 is not more than 0.3.
    """
    whole = rows[list(wholes)].sum(axis=1, skipna=False) + rows[list(added)].sum(axis=1)
    excess = rows[list(parts)].sum(axis=1) - whole * (1 + tolerance_percent / 100)
    return excess.round(DIGITS_OF_TABLES) > 0


def unlike_last_year(
    rows: pd.DataFrame,
    key: Sequence[str],
    last_year: Mapping[str, Mapping[str, float]],
    ratio: float = 0,
    column_before: str = "",
    difference: float = 0,
) -> Flags:
    """Flag values that grew or fell beyond a ratio and a difference against the year before.

    Parameters
    ----------
    rows : pandas.DataFrame
        The columns of `key`, and last the value.
    key : sequence of str
    last_year : mapping of str to mapping of str to float
        Values by column, then by the row's key (`last_year_key`).
    ratio : float
        How many times more, or less, is still usual; 0 where no ratio is held.
    column_before : str
        Another column that last year's value stands in: the stock that a year began with is the
        one that the year before ended with. Only whole years are compared so.
    difference : float
        How much more, or less, is still usual, in the value's unit; 0 where none is held. Of
        decibels and pH a ratio says nothing; of small counts it says little by itself.
    """
    value = rows.columns[-1]
    known = last_year.get(column_before or value, {})
    before = last_year_key(rows, key).map(known).astype("float64")
    is_whole = rows["period"].astype("str").str.len() == YEAR_DIGITS if column_before else True
    is_unlike = (rows[value] - before).abs().round(DIGITS_OF_TABLES) > difference
    if ratio:
        change = rows[value] / before.where((before > 0) & (rows[value] > 0) & is_whole)
        is_unlike &= (change > ratio) | (change < 1 / ratio)
    return is_unlike


def number_unlike_last_year(
    frame: pd.DataFrame, key: Sequence[str], n_last_year: int, ratio: float
) -> list[Fault]:
    """Return one fault where a list has many times more, or fewer, names than a year ago.

    Parameters
    ----------
    frame : pandas.DataFrame
    key : sequence of str
        What names a row: a second row of the same counts once.
    n_last_year : int
        0 where the year before was not read.
    ratio : float
        How many times more, or fewer, is still usual.
    """
    n_rows = len(frame.drop_duplicates(list(key)))
    is_usual = not n_last_year or n_last_year <= ratio * n_rows <= ratio * ratio * n_last_year
    return [] if is_usual else [{"n": str(n_rows), "before": str(n_last_year)}]


def last_year_key(rows: pd.DataFrame, key: Sequence[str]) -> pd.Series[str]:
    """Return what names a row in any year: its key, periods and months without their year."""
    texts = pd.DataFrame(
        {name: rows[name].astype("object").where(rows[name].notna(), "") for name in key}
    ).astype("str")
    for name in YEARLY & {*texts}:
        texts[name] = texts[name].str.slice(YEAR_DIGITS)
    joined = map("|".join, texts.itertuples(index=False, name=None))
    return pd.Series(list(joined), texts.index, dtype="str")
