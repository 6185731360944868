"""Rows of a few people without their names: what a public edition does not read it cannot tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from ecoreport.config.corrections import CORRECTED
from ecoreport.config.disclosure import PublicMinimum
from ecoreport.i18n import _
from ecoreport.ingest.gather import Ingested

PLACE = ["source_file", "source_sheet", "source_row"]


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
        What had one name has one number, so that rows stand together as before. Values stay. The
        cleaning log and corrections of the names that went go with them; of problems of such
        columns only stays that there are some.
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
    rows = pd.MultiIndex.from_frame(frame.loc[is_few, PLACE])
    is_logged = log["column"].isin(minimum.names) & pd.MultiIndex.from_frame(log[PLACE]).isin(rows)
    is_told = (problems["dataset"] == name) & problems["column"].isin(minimum.names)
    is_own = [
        one.dataset == name
        and one.column_name in minimum.names
        and (one.file, one.sheet, one.row) in rows
        for one in ingested.corrections
    ]
    return replace(
        ingested,
        frames=ingested.frames | {name: _numbered(frame, is_few, minimum)},
        cleaning=ingested.cleaning | {name: log[~is_logged].reset_index(drop=True)},
        problems=problems.assign(
            value=problems["value"].mask(is_told, ""),
            message=problems["message"].mask(is_told, _("这一列的内容公开版不列")),
        ),
        corrections=tuple(
            one for one, own in zip(ingested.corrections, is_own, strict=True) if not own
        ),
    )


def _is_of_few(frame: pd.DataFrame, minimum: PublicMinimum) -> pd.Series[bool]:
    """Say which rows are of fewer people, by the most that any row of their first names says.

    A row that does not say how many is not known to be of many.
    """
    most = frame.groupby(list(minimum.whose), dropna=False)[minimum.people].transform("max")
    return ~(most >= minimum.minimum)


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
        if (corrected := f"{column}{CORRECTED}") in found:
            found.loc[is_few, corrected] = None
    return found
