"""All that happens before a notebook starts: ingest, validate, observe, assess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ecoreport.assess import assess, required_pairs
from ecoreport.assess.conclusion import conclude
from ecoreport.assess.context import Context
from ecoreport.assess.judgement import Judgement
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.models import Strict
from ecoreport.errors import InputError
from ecoreport.facts import (
    Fact,
    change_facts,
    conclusion_facts,
    judgement_facts,
    outlook_facts,
)
from ecoreport.i18n import _
from ecoreport.ingest.store import Source
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import Period, period_of
from ecoreport.project import Pair, Project
from ecoreport.store import read_json, write_json
from ecoreport.validate.finding import Validation


class Assessment(Strict):
    """What was computed for one district and year: all that a report may say."""

    district: str
    year: int
    period: str
    as_of: dt.date | None = None
    is_draft: bool = False
    """Whether it went on without datasets that validation stopped."""
    observations: tuple[Observation, ...]
    judgements: tuple[Judgement, ...]
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    validation: Validation


@dataclass(frozen=True)
class Observed:
    """Observations of one pair, with the validation and the sources behind them."""

    observations: tuple[Observation, ...]
    sources: tuple[Source, ...]
    validation: Validation


def parse_as_of(text: str, pair: Pair) -> dt.date | None:
    """Return the day of ``AS_OF``, or None where none was given.

    Raises
    ------
    InputError
        If `text` is no ISO date of the pair's year.
    """
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(
            _("AS_OF 应为日期,如 {year}-09-30;收到的是 {text!r}").format(
                year=pair.year, text=text[:40]
            )
        ) from None
    if day.year != pair.year:
        raise InputError(_("AS_OF {day} 不在 {year} 年内").format(day=day, year=pair.year))
    return None if (day.month, day.day) == (12, 31) else day


def assessment_path(project: Project, pair: Pair, as_of: dt.date | None) -> Path:
    """Return where the assessment of a pair is kept."""
    return project.processed(pair) / period_of(pair, as_of).folder / "assessment.json"


def read_assessment(project: Project, pair: Pair, as_of: dt.date | None) -> Assessment | None:
    """Return what was computed last, or None."""
    path = assessment_path(project, pair, as_of)
    return Assessment.model_validate(read_json(path)) if path.exists() else None


def judge_pair(
    project: Project,
    catalogue: Catalogue,
    pair: Pair,
    as_of: dt.date | None,
    observed: dict[Pair, Observed],
    *,
    is_draft: bool,
) -> Assessment:
    """Judge a pair from what was observed of it and of the years it is compared with."""
    period = period_of(pair, as_of)
    commitments = catalogue.commitments_for(pair.district)
    own = observed[pair]
    context = Context(
        pair=pair,
        last_day=period.last_day,
        period=period.label,
        is_partial=not period.is_whole_year,
        observations={other: one.observations for other, one in observed.items()},
        assigned={one.commitment: one for one in catalogue.district_year(pair).assigned_targets},
        datasets={one.id: one.dataset for one in catalogue.indicators.values()},
        rejected_datasets=own.validation.stopped_datasets,
    )
    judgements, derived = assess(commitments, catalogue.indicators, context)
    by_commitment = {one.commitment: one for one in judgements}
    counts = [
        fact
        for plan in catalogue.plans_of(pair.district)
        for fact in conclusion_facts(pair, plan.id, conclude(plan.commitments, by_commitment))
    ]
    observations = (*_flatten(one.observations for one in observed.values()), *derived)
    assessment = Assessment(
        district=pair.district,
        year=pair.year,
        period=period.label,
        as_of=as_of,
        is_draft=is_draft and bool(own.validation.stopped_datasets),
        observations=observations,
        judgements=tuple(judgements),
        facts=(
            *counts,
            *judgement_facts(pair, judgements),
            *change_facts(pair, period.label, observations),
            *outlook_facts(pair, period, observations, judgements),
        ),
        sources=own.sources,
        validation=own.validation,
    )
    write_json(
        assessment_path(project, pair, as_of),
        assessment.model_dump(mode="json", exclude_defaults=True),
    )
    return assessment


def pairs_to_observe(catalogue: Catalogue, pair: Pair) -> list[Pair]:
    """Return the pairs whose observations judging `pair` may read, `pair` first."""
    needed = required_pairs(pair, catalogue.commitments_for(pair.district))
    return sorted(needed, key=lambda other: (other != pair, other))


def _flatten(groups: Iterable[tuple[Observation, ...]]) -> list[Observation]:
    return [one for group in groups for one in group]


__all__ = [
    "Assessment",
    "Observed",
    "Period",
    "judge_pair",
    "pairs_to_observe",
    "parse_as_of",
    "period_of",
    "read_assessment",
]
