"""All that happens before a notebook starts: ingest, validate, observe, assess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pandas as pd

from ecoreport.assess import assess, required_pairs
from ecoreport.assess.conclusion import conclude
from ecoreport.assess.context import Context
from ecoreport.assessment import Assessment, assessment_path
from ecoreport.config.catalogue import Catalogue
from ecoreport.facts import (
    Fact,
    change_facts,
    conclusion_facts,
    judgement_facts,
    outlook_facts,
)
from ecoreport.i18n import _
from ecoreport.ingest.gather import Ingested, Source, ingest
from ecoreport.observe import observe
from ecoreport.observe.air_days import STANDS_IN_FOR
from ecoreport.observe.observation import Observation, SourceReference
from ecoreport.observe.period import period_of
from ecoreport.progress import Progress
from ecoreport.project import Pair, Project
from ecoreport.store import write_frame, write_json
from ecoreport.validate.examine import validate
from ecoreport.validate.finding import Validation
from ecoreport.validate.worker import Validator


@dataclass(frozen=True)
class Observed:
    """Observations of one pair, with the validation and the sources behind them."""

    observations: tuple[Observation, ...]
    sources: tuple[Source, ...]
    validation: Validation


@dataclass(frozen=True)
class Prepared:
    """An assessment, with the canonical frames of its year for what goes back to departments."""

    assessment: Assessment
    ingested: Ingested


def prepare(
    project: Project,
    catalogue: Catalogue,
    pair: Pair,
    as_of: dt.date | None,
    progress: Progress,
    validator: Validator | None = None,
    is_draft: bool = False,
) -> Prepared:
    """Ingest, validate and observe a pair and the years it is compared with, then judge it.

    A dataset that validation stopped is left out: of the year judged the caller decides what
    that means, of an earlier year it gives no base.
    """
    ingested = {}
    for other in pairs_to_observe(project, catalogue, pair):
        with progress.stage("ingest", _("读取 {pair}").format(pair=other)):
            ingested[other] = ingest(project, other, catalogue)
    last_year = Pair(pair.district, pair.year - 1)
    same_part = period_of(pair, as_of).in_year(last_year.year).last_day if as_of else None
    observed = {
        other: observe_pair(
            project,
            catalogue,
            other,
            without_foreign_demonstration(one, ingested[pair]),
            {pair: [as_of], last_year: [None, same_part]}.get(other, [None]),
            progress,
            validator,
        )
        for other, one in ingested.items()
    }
    with progress.stage("assess", _("逐项评价")):
        assessment = judge_pair(project, catalogue, pair, as_of, observed, is_draft=is_draft)
    return Prepared(assessment, ingested[pair])


def without_foreign_demonstration(ingested: Ingested, judged: Ingested) -> Ingested:
    """Leave out demonstration data that would stand beside real data of the year judged.

    A comparison never mixes both: where a dataset of the year judged came from the bureau, other
    years count only with their own real files. Where the year judged has no file for a dataset,
    demonstration serves it only if nothing else of that year is real either.
    """
    is_all_demonstration = all(judged.is_demonstration(name) for name in judged.frames)

    def is_fitting(name: str) -> bool:
        if not ingested.is_demonstration(name):
            return True
        if name in judged.frames:
            return judged.is_demonstration(name)
        return is_all_demonstration

    frames = {name: frame for name, frame in ingested.frames.items() if is_fitting(name)}
    return replace(ingested, frames=frames)


def observe_pair(
    project: Project,
    catalogue: Catalogue,
    pair: Pair,
    ingested: Ingested,
    last_days: Sequence[dt.date | None],
    progress: Progress,
    validator: Validator | None = None,
) -> Observed:
    """Bring one pair from canonical frames to observations, and keep what charts are drawn from.

    Parameters
    ----------
    last_days : sequence of date or None
        Observed up to each of them; None is the whole year, and counts once.
    """
    with progress.stage("validate", _("校验 {pair}").format(pair=pair)):
        validation = validate(project, pair, catalogue, ingested, validator=validator)
    accepted = {
        name: frame
        for name, frame in ingested.frames.items()
        if name not in validation.stopped_datasets
    }
    found: dict[str, Observation] = {}
    with progress.stage("observe", _("计算 {pair}").format(pair=pair)):
        for last_day in dict.fromkeys(last_days):
            observations, kept = observe(catalogue, pair, accepted, _references(ingested), last_day)
            found |= {one.id: one for one in observations}
            _keep(project.processed(pair) / period_of(pair, last_day).folder, kept)
    return Observed(tuple(found.values()), tuple(ingested.sources), validation)


def _keep(folder: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    """Write what charts are drawn from; what an earlier run left and this one has not, goes."""
    for stale in folder.glob("*.parquet"):
        if stale.stem not in frames:
            stale.unlink()
    for name, frame in frames.items():
        write_frame(folder / f"{name}.parquet", frame)


def _references(ingested: Ingested) -> list[SourceReference]:
    return [
        SourceReference(
            dataset=source.dataset,
            file=source.path,
            sha256=source.sha256,
            n_rows=source.rows,
            maturity=source.maturity[-1],
        )
        for source in ingested.sources
        if source.maturity and source.dataset in ingested.frames
    ]


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
        rejected_datasets=_rejected(own.validation.stopped_datasets),
    )
    judgements, derived = assess(commitments, catalogue.indicators, context)
    by_commitment = {one.commitment: one for one in judgements}
    counts = [
        fact
        for plan in catalogue.plans_of(pair.district)
        for fact in conclusion_facts(pair, plan, conclude(plan, by_commitment))
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
            Fact(id=f"{pair}/count/warnings", value=Decimal(len(own.validation.warnings))),
            *change_facts(pair, period, observations),
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


def _rejected(stopped: frozenset[str]) -> frozenset[str]:
    """Return the stopped datasets, with those that they stand in for."""
    return stopped | {name for name, other in STANDS_IN_FOR.items() if other in stopped}


def pairs_to_observe(project: Project, catalogue: Catalogue, pair: Pair) -> list[Pair]:
    """Return the pairs that a report of `pair` reads, `pair` first.

    These are what judging it needs, and the years before it that have files, for trends.
    """
    needed = required_pairs(pair, catalogue.commitments_for(pair.district))
    earlier = range(pair.year - catalogue.report.history_years, pair.year)
    with_files = {
        other
        for other in (Pair(pair.district, year) for year in earlier)
        if project.raw(other).is_dir() or project.demonstration(other).is_dir()
    }
    return sorted(needed | with_files, key=lambda other: (other != pair, other))


def _flatten(groups: Iterable[tuple[Observation, ...]]) -> list[Observation]:
    return [one for group in groups for one in group]
