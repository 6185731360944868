"""One pair from observations to an assessment: all that its report may say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pandas as pd

from ecoreport.area_facts import area_facts, frame_facts
from ecoreport.assess import assess
from ecoreport.assess.situation import judge_beside, situation
from ecoreport.assessment import Assessment
from ecoreport.comparison.facts import comparison_facts
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Secrecy, Severity
from ecoreport.departments import department_facts
from ecoreport.facts import (
    Fact,
    change_facts,
    conclusion_facts,
    judgement_facts,
    outlook_facts,
)
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import period_of
from ecoreport.observed import Observed
from ecoreport.project import Pair
from ecoreport.rectification import rectification_facts, rectify
from ecoreport.validate.shown import counted_warnings, counts
from ecoreport.water_facts import water_facts
from ecoreport.whole import whole_plan


def judge_pair(
    catalogue: Catalogue,
    pair: Pair,
    as_of: dt.date | None,
    observed: Mapping[Pair, Observed],
    digest: str,
) -> Assessment:
    """Judge a pair from what was observed of it and of the years it is compared with.

    Parameters
    ----------
    digest : str
        `fingerprint` of what was read.
    """
    period = period_of(pair, as_of)
    own = observed[pair]
    known = _by_place(observed)
    rejected = {other: one.rejected for other, one in observed.items()}
    judgements, derived = assess(
        catalogue.commitments_for(pair.district),
        catalogue.indicators,
        situation(catalogue, pair, as_of, known, rejected, own.withheld),
    )
    by_commitment = {one.commitment: one for one in judgements}
    frames = {other: one.frames for other, one in observed.items()}
    compared, derived_beside = judge_beside(catalogue, pair, as_of, known, rejected)
    internal = catalogue.datasets_that_are(Secrecy.INTERNAL)
    assessment = Assessment(
        district=pair.district,
        year=pair.year,
        period=period.label,
        as_of=as_of,
        is_draft=bool(own.validation.stopped_datasets),
        observations=_distinct(*known.values(), derived, derived_beside),
        judgements=tuple(judgements),
        compared=tuple(compared),
        rectification=rectify(catalogue, pair, period.last_day, frames, by_commitment),
        facts=(),
        sources=own.sources,
        compared_sources=tuple(
            source for other, one in observed.items() if other != pair for source in one.sources
        ),
        corrections=tuple(one for seen in observed.values() for one in seen.corrections),
        validation=own.validation.without_rows(internal),
        internal_datasets=tuple(
            sorted(internal & {name for seen in observed.values() for name in seen.datasets})
        ),
        inputs_sha256=digest,
    )
    return assessment.model_copy(update={"facts": _facts(catalogue, assessment, own.frames)})


def _facts(
    catalogue: Catalogue, assessment: Assessment, frames: Mapping[str, pd.DataFrame]
) -> tuple[Fact, ...]:
    """Return the numbers that sentences tell beside observations."""
    pair, period = assessment.pair, period_of(assessment.pair, assessment.as_of)
    judgements = assessment.judgements
    by_commitment = {one.commitment: one for one in judgements}
    plans = catalogue.plans_binding(pair.district)
    whole = whole_plan(plans, by_commitment, catalogue.departments, pair.year) if plans else None
    counted = plans if whole is None or whole in plans else (*plans, whole)
    of_district = [one for one in assessment.observations if one.district == pair.district]
    of_year = [one for one in of_district if one.year == pair.year]
    every = [*judgements, *assessment.compared]
    n_warnings = counted_warnings(assessment.validation, catalogue)
    n_places = counts(assessment.validation)[Severity.WARNING]
    return (
        *(fact for plan in counted for fact in conclusion_facts(pair, plan, by_commitment)),
        *department_facts(pair, plans, by_commitment, catalogue.departments),
        *judgement_facts(pair, judgements),
        *rectification_facts(pair, assessment.rectification),
        Fact(id=f"{pair}/count/warnings", value=Decimal(n_warnings)),
        Fact(id=f"{pair}/count/warnings/places", value=Decimal(n_places)),
        *change_facts(pair, period, of_district),
        *outlook_facts(pair, period, of_district, judgements),
        *comparison_facts(catalogue, pair, period, assessment.observations, every),
        *area_facts(catalogue, pair, period, whole, of_district, by_commitment),
        *frame_facts(pair, frames),
        *water_facts(pair, period, of_year, frames),
    )


def _by_place(observed: Mapping[Pair, Observed]) -> dict[Pair, list[Observation]]:
    """Return what was observed by the place that it tells of.

    The tables of a city tell of districts below it too; what they sent themselves goes first, and
    what both tell of one thing stays apart, each under an id of its own.
    """
    found: dict[Pair, list[Observation]] = {
        pair: [one for one in seen.observations if one.district == pair.district]
        for pair, seen in observed.items()
    }
    for pair, seen in observed.items():
        for one in seen.observations:
            if one.district != pair.district:
                place = found.setdefault(Pair(one.district, one.year), [])
                name = f"{one.id}/{pair.district}"
                place.append(one.model_copy(update={"id": name}))
    return found


def _distinct(*groups: Iterable[Observation]) -> tuple[Observation, ...]:
    return tuple({one.id: one for group in groups for one in group}.values())
