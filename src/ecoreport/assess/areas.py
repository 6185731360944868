"""What the districts below come to under a target of the district above them."""

from __future__ import annotations

from collections.abc import Callable

from ecoreport.assess.context import Context
from ecoreport.assess.judgement import AreaValue, Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Kind, Verdict

Judge = Callable[[Commitment, Context], Judgement]

AMOUNTS = {Kind.COUNT_DONE, Kind.ASSIGNED}
WITHOUT_EXTENT = {"", "%", "‰", "类", "分"}
"""Units of numbers that do not grow with the place, beside those that are ratios."""
WITHOUT_NUMBER = {Kind.MILESTONE, Kind.QUALITATIVE, Kind.RECURRING, Kind.COMPOSITE}


def area_values(commitment: Commitment, context: Context, judge: Judge) -> tuple[AreaValue, ...]:
    """Hold the value of each district below against the same target.

    None of them decides: the target is that of the district above. But a district that fails
    under a city that does not stays visible. An amount for the whole city (a count, tonnes) is no
    target of each district: there the values stand without a verdict.
    """
    if commitment.kind in WITHOUT_NUMBER:
        return ()
    found = []
    is_shared = _holds_of_each(commitment)
    for area in context.areas.get(commitment.scope, ()):
        judged = judge(commitment, context.at(area))
        if judged.value is not None:
            found.append(
                AreaValue(
                    district=area,
                    verdict=judged.verdict if is_shared else Verdict.NOT_APPLICABLE,
                    value=judged.value,
                    unit=judged.unit,
                    observations=judged.observations,
                    disagreeing=judged.disagreeing,
                )
            )
    return tuple(found)


def _holds_of_each(commitment: Commitment) -> bool:
    """Whether a target is a share, a concentration or a ratio, and so means the same below."""
    if commitment.kind in AMOUNTS:
        return False
    return commitment.unit in WITHOUT_EXTENT or "/" in commitment.unit
