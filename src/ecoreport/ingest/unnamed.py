"""Rows of a few people without their names: what a public edition does not read it cannot tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from pathlib import PurePosixPath

import pandas as pd

from ecoreport.config.disclosure import PublicMinimum
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.gather import Ingested

PLACE = ["source_file", "source_sheet", "source_row"]
SHORTEST_NAME = 2
"""Characters of a word that may stand for a name; a single one is in too many words."""


def unnamed(ingested: Ingested, minimums: Iterable[PublicMinimum]) -> Ingested:
    """Return what was read with numbers in the place of the names of rows of a few people.

    Parameters
    ----------
    ingested : Ingested
    minimums : iterable of PublicMinimum
        Those without ``people`` and ``names`` change nothing.

    Returns
    -------
    Ingested
        What had one name has one number, so that rows stand together as before. Values stay. What
        was written in the cells of these rows is told no more: of the cleaning log nothing stays,
        of problems that there are some.

    Raises
    ------
    InputError
        If a file or a sheet bears such a name: files and sheets are named as sources.
    """
    for one in minimums:
        frame = ingested.frames.get(one.dataset)
        if one.names and frame is not None:
            ingested = _without_names(ingested, frame, one)
    return ingested


def _without_names(ingested: Ingested, frame: pd.DataFrame, minimum: PublicMinimum) -> Ingested:
    is_few = _is_of_few(frame, minimum)
    if not is_few.any():
        return ingested
    name, log, problems = minimum.dataset, ingested.cleaning[minimum.dataset], ingested.problems
    _refuse_places_with_names(ingested, frame.loc[is_few, minimum.whose[-1]], minimum)
    rows = pd.MultiIndex.from_frame(frame.loc[is_few, PLACE])
    is_logged = pd.MultiIndex.from_frame(log[PLACE]).isin(rows)
    # A row that could not be read has no number of people: whatever a problem quotes may be of few.
    is_told = problems["dataset"] == name
    return replace(
        ingested,
        frames=ingested.frames | {name: _numbered(frame, is_few, minimum)},
        cleaning=ingested.cleaning | {name: log[~is_logged].reset_index(drop=True)},
        problems=problems.assign(
            value=problems["value"].mask(is_told, ""),
            message=problems["message"].mask(is_told, _("这一处的内容公开版不列")),
        ),
    )


def _is_of_few(frame: pd.DataFrame, minimum: PublicMinimum) -> pd.Series[bool]:
    """Say which rows are of fewer people, by the most that any row of their names says.

    A row that does not say how many is not known to be of many; and a name that goes in one row
    goes in all, wherever else it stands.
    """
    most = frame.groupby(list(minimum.whose), dropna=False)[minimum.people].transform("max")
    is_few = ~(most >= minimum.minimum)
    narrowest = frame[minimum.whose[-1]]
    return is_few | narrowest.isin(narrowest[is_few].dropna())


def _refuse_places_with_names(
    ingested: Ingested, names: pd.Series[str], minimum: PublicMinimum
) -> None:
    text = _(
        "{file}：文件名或工作表名“{place}”里有“{name}”，公开版不能列出（{what}不足{minimum}或不明）。"
        "请给文件或工作表换一个不含该名称的名字，再做公开版。"
    )
    sources = [one for one in ingested.sources if one.dataset == minimum.dataset]
    places = [(one.path, place) for one in sources for place in (_stem(one.path), *one.sheets)]
    for (path, place), name in product(places, names.dropna().unique()):
        shorter, longer = sorted((place, name), key=len)
        if len(shorter) >= SHORTEST_NAME and shorter in longer:
            what = {"what": _(minimum.what), "minimum": minimum.minimum}
            raise InputError(text.format(file=path, place=place, name=name, **what))


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _numbered(frame: pd.DataFrame, is_few: pd.Series[bool], minimum: PublicMinimum) -> pd.DataFrame:
    text = _("{what}不足{minimum}或不明、不列名之{n}")
    found = frame.copy()
    for column in minimum.names:
        places, names = pd.factorize(frame.loc[is_few, column])
        told = [
            text.format(what=_(minimum.what), minimum=minimum.minimum, n=n + 1)
            for n in range(len(names))
        ]
        found.loc[is_few, column] = [None if place < 0 else told[place] for place in places]
    return found
