"""What the same dataset said a year ago, as suites compare with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from ecoreport.config.layouts import Dataset
from ecoreport.config.vocabulary import Maturity
from ecoreport.project import Pair, Project
from ecoreport.store import read_frame
from ecoreport.validate.faults import last_year_key

DEMONSTRATION: Final = Maturity.DEMONSTRATION.value
OF_ONE_YEAR: Final = frozenset({"department", "maturity", "date", "hour"})
"""Columns of keys that do not name the same thing in another year."""
SURVEY_POINTS: Final = 20
"""Percentage points by which the answers on a topic seldom change: our own setting."""
NUMBERS: Final = frozenset({"number", "quantity"})
PRECEDENCE: Final = {word.value: place for place, word in enumerate(Maturity)}


def best_checked(frame: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Return one row a key, in the order of the table: of several the one that observation takes.

    Parameters
    ----------
    frame : pandas.DataFrame
        With ``maturity``: the better checked row goes first, of rows checked alike the first.
    key : sequence of str
    """
    ordered = frame.sort_values("maturity", key=lambda words: words.map(PRECEDENCE), kind="stable")
    return ordered.drop_duplicates(list(key)).sort_index()


def numbers_of_last_year(
    project: Project, pair: Pair, dataset: Dataset, now: pd.DataFrame
) -> dict[str, dict[str, float]]:
    """Return the numbers of the year before, by column and by what names their row in any year.

    Parameters
    ----------
    project : Project
    pair : Pair
        Of the year checked.
    dataset : Dataset
    now : pandas.DataFrame
        The year's own rows: made figures are compared with made ones only.

    Returns
    -------
    dict of str to dict of str to float
        Empty where the year before was not read. Of several rows of one name those that were
        checked best count, and of them the median.
    """
    before = _comparable(project, pair, dataset, now)
    if before is None:
        return {}
    names = last_year_key(before, _key(dataset))
    rank = before["maturity"].map(PRECEDENCE)
    is_best = rank == rank.groupby(names).transform("min")
    columns = [one.name for one in dataset.columns if one.type in NUMBERS and one.name in before]
    medians = before.loc[is_best, columns].groupby(names[is_best]).median()
    return {
        column: {str(name): float(value) for name, value in medians[column].dropna().items()}
        for column in columns
    }


def number_of_last_year(project: Project, pair: Pair, dataset: Dataset, now: pd.DataFrame) -> int:
    """Return how many names last year's list has; 0 where it was not read."""
    before = _comparable(project, pair, dataset, now)
    return 0 if before is None else len(before.drop_duplicates(_key(dataset)))


def topics_like_last_year(
    project: Project, pair: Pair, dataset: Dataset, now: pd.DataFrame
) -> list[str]:
    """Return the topics of surveys whose share of yes is not far from last year's.

    Surveys bear their year in their names: what they have in common from year to year is a topic.
    """
    topics = list(now["topic"].dropna().unique())
    before = _comparable(project, pair, dataset, now)
    if before is None:
        return topics
    change = (_share_of_yes(now) - _share_of_yes(before)).abs()
    return [one for one in topics if not change.get(one, 0.0) > SURVEY_POINTS]


def _share_of_yes(rows: pd.DataFrame) -> pd.Series[float]:
    """Return the share of yes among all answers on a topic, in percent."""
    sums = rows.groupby("topic")[["n_yes", "n_asked"]].sum()
    return 100 * sums["n_yes"] / sums["n_asked"]


def _comparable(
    project: Project, pair: Pair, dataset: Dataset, now: pd.DataFrame
) -> pd.DataFrame | None:
    """Return last year's rows, where there are any and they are made or real as these are."""
    path = project.processed(Pair(pair.district, pair.year - 1)) / f"{dataset.id}.parquet"
    if not path.exists():
        return None
    before = read_frame(path)
    return None if before.empty or _is_made(before) != _is_made(now) else before


def _key(dataset: Dataset) -> Sequence[str]:
    return [name for name in dataset.key if name not in OF_ONE_YEAR]


def _is_made(frame: pd.DataFrame) -> bool:
    return bool((frame["maturity"] == DEMONSTRATION).any())
