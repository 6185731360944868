"""What of another year or district may be set beside the report judged, and up to which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from ecoreport.config.catalogue import Catalogue
from ecoreport.i18n import _
from ecoreport.ingest.gather import Ingested
from ecoreport.observe.period import period_of
from ecoreport.project import Pair

Nature = Mapping[str, bool]
"""Of each dataset that was read, whether it is demonstration data."""


def last_days(pair: Pair, as_of: dt.date | None, year: int) -> list[dt.date | None]:
    """Return up to which days a year is observed for a report of `pair`; None is all of it.

    Of the year before, the same part is compared with a part of a year.
    """
    if year == pair.year:
        return [as_of]
    if as_of is None or year != pair.year - 1:
        return [None]
    return [None, period_of(pair, as_of).in_year(year).last_day]


def nature(ingested: Ingested) -> Nature:
    """Return of each dataset that was read whether it is demonstration data."""
    return {name: ingested.is_demonstration(name) for name in ingested.frames}


def left_out(catalogue: Catalogue, other: Nature, judged: Nature) -> frozenset[str]:
    """Return the datasets of another year that would set demonstration data beside real data.

    A comparison never mixes both, whichever year the real data are of: a dataset counts only
    where the year judged has it, or one that stands in for it, of the same nature. What the year
    judged has no file for serves it where it is real; where it is demonstration data, only if
    nothing of the year judged is real.
    """
    has_real = not all(judged.values())

    def is_fitting(name: str) -> bool:
        own = catalogue.family(name) & judged.keys()
        if not own:
            return not (other[name] and has_real)
        return all(judged[one] == other[name] for one in own)

    return frozenset(name for name in other if not is_fitting(name))


def comparable(catalogue: Catalogue, ingested: Ingested, judged: Ingested) -> Ingested:
    """Return another year without the datasets that are `left_out`, which are named as such."""
    unfit = left_out(catalogue, nature(ingested), nature(judged))
    because = {"ignored_because": _("与所评年度的数据性质不同，实际数据与演示数据不作比较")}
    return replace(
        ingested,
        frames={name: one for name, one in ingested.frames.items() if name not in unfit},
        sources=[
            one.model_copy(update=because)
            if one.dataset in unfit and not one.ignored_because
            else one
            for one in ingested.sources
        ],
        corrections=tuple(
            one.model_copy(update=because)
            if one.dataset in unfit and not one.ignored_because
            else one
            for one in ingested.corrections
        ),
    )
