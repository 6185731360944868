"""What the districts below come to under a target of the district above them."""

from __future__ import annotations

from collections.abc import Callable

from ecoreport.assess.context import Context
from ecoreport.assess.judgement import AreaValue, Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Kind

Judge = Callable[[Commitment, Context], Judgement]

WITHOUT_NUMBER = {Kind.MILESTONE, Kind.QUALITATIVE, Kind.RECURRING, Kind.COMPOSITE}


def area_values(commitment: Commitment, context: Context, judge: Judge) -> tuple[AreaValue, ...]:
    """Hold the value of each district below against the same target.

    None of them decides: the target is that of the district above. But a district that fails
    under a city that does not stays visible.
    """
    if commitment.kind in WITHOUT_NUMBER:
        return ()
    found = []
    for area in context.areas.get(commitment.scope, ()):
        judged = judge(commitment, context.at(area))
        if judged.value is not None:
            found.append(
                AreaValue(
                    district=area,
                    verdict=judged.verdict,
                    value=judged.value,
                    unit=judged.unit,
                    observations=judged.observations,
                )
            )
    return tuple(found)
