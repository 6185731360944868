"""Which of several sources of one value counts: the better checked one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Maturity
from ecoreport.observe.observation import Observation

RANKS = {maturity: rank for rank, maturity in enumerate(Maturity)}


def ranked(observations: Iterable[Observation], periods: Sequence[str]) -> list[Observation]:
    """Return the observations of some periods, the one that counts first.

    Parameters
    ----------
    periods : sequence of str
        Those that are asked for, the one preferred first; of equal ones the better checked counts.
    """
    asked = [one for one in observations if one.period in periods and not one.is_of_one_point]
    return sorted(asked, key=lambda one: (RANKS[one.maturity], periods.index(one.period)))


def own_coverage_first(
    catalogue: Catalogue, observations: Sequence[Observation]
) -> list[Observation]:
    """Put of values checked alike those that cover what their indicator says before others.

    Of these the first counts wherever one is chosen, so that what is judged, what is compared with
    other years and what is drawn is one value.
    """
    places: dict[tuple[str, ...], int] = {}
    for one in observations:
        places.setdefault(_source(one), len(places))

    def place(one: Observation) -> tuple[int, bool]:
        asked = catalogue.indicators[one.indicator].coverage
        return places[_source(one)], bool(asked) and one.basis.place != asked

    return sorted(observations, key=place)


def _source(one: Observation) -> tuple[str, ...]:
    return one.district, one.indicator, one.period, one.maturity.value


def best_checked_rows(rows: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Return of the rows that share `key` those that were checked best; `rows` if all were alike.

    Parameters
    ----------
    rows : pandas.DataFrame
        With ``maturity``.
    """
    ranks = {word: RANKS[Maturity(word)] for word in rows["maturity"].unique()}
    if len(ranks) < 2:
        return rows
    rank = rows["maturity"].map(ranks)
    best = rank.groupby([rows[name] for name in key], dropna=False).transform("min")
    return rows[rank == best]


def in_order_of_checking(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the better checked first, those checked alike in the order of the table."""
    return rows.sort_values(
        "maturity", key=lambda words: words.map(lambda word: RANKS[Maturity(word)]), kind="stable"
    )
