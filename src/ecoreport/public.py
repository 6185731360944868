"""What a public edition leaves out: marks of 临界, and counts that tell of a person or a plot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from ecoreport.assess.judgement import Judgement
from ecoreport.assessment import Assessment
from ecoreport.config.disclosure import PublicMinimum
from ecoreport.message import N_, message
from ecoreport.observe.observation import Observation, Trace
from ecoreport.project import Pair

if TYPE_CHECKING:
    import pandas as pd

SMALL_COUNT = "small_count"
"""Code of why a value is not told, of ``assess/reasons.py``."""
WITHHELD = N_("涉及的{what}不足{n}个，可能认出个人或地块，公开版不列数值")


class Observed(Protocol):
    """What was observed of one district and year, with the frames of its charts."""

    @property
    def observations(self) -> tuple[Observation, ...]:
        """Values."""

    @property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """Frames by name."""


Kept = TypeVar("Kept", bound=Observed)


def observed_for_the_public(
    observed: Mapping[Pair, Kept], minimums: Mapping[str, PublicMinimum]
) -> dict[Pair, Kept]:
    """Return what was observed without what a public edition leaves out, pair by pair."""
    return {
        pair: replace(  # type: ignore[type-var]
            one,
            observations=observations_for_the_public(one.observations, minimums),
            frames=frames_for_the_public(one.frames, minimums),
        )
        for pair, one in observed.items()
    }


def observations_for_the_public(
    observations: Iterable[Observation], minimums: Mapping[str, PublicMinimum]
) -> tuple[Observation, ...]:
    """Return observations without what would turn their verdict, and without small counts.

    Parameters
    ----------
    minimums : mapping of str to PublicMinimum
        By dataset.

    Returns
    -------
    tuple of Observation
        Of a small count only that it is one: without value, numbers and rows, and for reference.
    """
    found = []
    for one in observations:
        small = _minimum_missed(one, minimums)
        told = one.model_copy(update={"sensitivity": {}})
        found.append(_withheld(told, small) if small else told)
    return tuple(found)


def frames_for_the_public(
    frames: Mapping[str, pd.DataFrame], minimums: Mapping[str, PublicMinimum]
) -> dict[str, pd.DataFrame]:
    """Return what charts are drawn from without the rows of small counts; empty frames go."""
    found = dict(frames)
    for one in minimums.values():
        frame = found.pop(one.frame, None)
        if frame is None:
            continue
        counts = frame[[one.whole, *one.parts]].fillna(0).astype("int64")
        is_small = [one.is_small(whole, tuple(parts)) for whole, *parts in counts.to_numpy()]
        kept = frame.loc[[not small for small in is_small]]
        if len(kept):
            found[one.frame] = kept.reset_index(drop=True)
    return found


def assessment_for_the_public(assessment: Assessment) -> Assessment:
    """Return an assessment without marks of 临界, and without rows of what was withheld.

    Parameters
    ----------
    assessment : Assessment
        Made of what `observed_for_the_public` left.
    """
    withheld = {
        source.dataset
        for one in assessment.observations
        if one.reason == SMALL_COUNT
        for source in one.trace.sources
    }
    return assessment.model_copy(
        update={
            "judgements": _without_marks(assessment.judgements),
            "compared": _without_marks(assessment.compared),
            "corrections": tuple(
                one for one in assessment.corrections if one.dataset not in withheld
            ),
            "validation": assessment.validation.without_rows(withheld),
        }
    )


def _without_marks(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    return tuple(one.model_copy(update={"fragility": ()}) for one in judgements)


def _minimum_missed(
    observation: Observation, minimums: Mapping[str, PublicMinimum]
) -> PublicMinimum | None:
    trace = observation.trace
    parts = () if trace.n_counted is None else (trace.n_counted,)
    for source in trace.sources:
        known = minimums.get(source.dataset)
        # Of rows with names it is people that are counted, and the names are gone before.
        if known is not None and not known.names and known.is_small(trace.n_used, parts):
            return known
    return None


def _withheld(observation: Observation, minimum: PublicMinimum) -> Observation:
    trace = observation.trace
    sources = tuple(
        one.model_copy(update={"rows": (), "n_rows": 0, "corrections": ()}) for one in trace.sources
    )
    note = message(WITHHELD, what=minimum.what, n=minimum.minimum)
    told = Trace(
        formula=trace.formula,
        substituted="",
        n_used=0,
        edition=trace.edition,
        clause=trace.clause,
        is_verified=trace.is_verified,
        notes=(note,),
        sources=sources,
    )
    return observation.model_copy(
        update={
            "value": None,
            "unrounded": "",
            "is_sufficient": False,
            "reason": SMALL_COUNT,
            "completeness": None,
            "trace": told,
        }
    )
