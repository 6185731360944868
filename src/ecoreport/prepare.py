"""All that happens before a notebook starts: ingest, validate, observe, assess."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial

import pandas as pd

from ecoreport.area_facts import area_facts, frame_facts
from ecoreport.assess import assess
from ecoreport.assess.situation import judge_beside, situation
from ecoreport.assessment import Assessment, assessment_path, frames_folder
from ecoreport.checked import checked
from ecoreport.comparison.facts import comparison_facts
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.corrections import FiledCorrection
from ecoreport.config.vocabulary import Secrecy
from ecoreport.departments import department_facts
from ecoreport.evidence.named import with_files_there
from ecoreport.facts import (
    Fact,
    change_facts,
    conclusion_facts,
    judgement_facts,
    outlook_facts,
)
from ecoreport.i18n import _
from ecoreport.ingest.correct import ingest_corrected
from ecoreport.ingest.gather import Ingested
from ecoreport.ingest.parts import Source
from ecoreport.inputs import fingerprint, pairs_read
from ecoreport.observe.observation import Observation, SourceReference
from ecoreport.observe.period import period_of
from ecoreport.observing import observe_once
from ecoreport.progress import Progress
from ecoreport.project import Pair, Project
from ecoreport.public import assessment_for_the_public, observed_for_the_public
from ecoreport.rectification import rectification_facts, rectify
from ecoreport.store import clear_asides, write_frame, write_json
from ecoreport.validate.examine import validate
from ecoreport.validate.finding import Validation
from ecoreport.validate.worker import Validator
from ecoreport.water_facts import water_facts
from ecoreport.whole import whole_plan

Nature = Mapping[str, bool]
"""Of each dataset that was read, whether it is demonstration data."""


@dataclass(frozen=True)
class Observed:
    """Observations of one pair, with the validation and the sources behind them."""

    observations: tuple[Observation, ...]
    sources: tuple[Source, ...]
    validation: Validation
    rejected: frozenset[str]
    """Datasets without observations because they, or what stood in for them, were stopped."""
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """What charts are drawn from."""
    corrections: tuple[FiledCorrection, ...] = ()
    """What letters changed in the tables."""
    datasets: frozenset[str] = frozenset()
    """What was read."""
    withheld: frozenset[str] = frozenset()
    """Internal datasets that a public edition leaves alone."""


@dataclass(frozen=True)
class Prepared:
    """An assessment, and what is kept or goes back to departments with it."""

    assessment: Assessment
    ingested: Ingested
    """Canonical frames of the year judged."""
    frames: Mapping[Pair, Mapping[str, pd.DataFrame]]
    """What charts are drawn from, of the year judged and of those compared with."""


def prepare(
    project: Project,
    catalogue: Catalogue,
    pair: Pair,
    as_of: dt.date | None,
    progress: Progress,
    validator: Validator | None = None,
    *,
    is_public: bool = False,
) -> Prepared:
    """Ingest, validate and observe a pair and the years it is compared with, then judge it.

    A public edition reads no internal dataset: what it does not know it cannot tell.

    A dataset that validation stopped is left out: of the year judged the caller decides what
    that means, of an earlier year it gives no base. What an earlier run kept stays until `keep`.
    """
    digest = fingerprint(project, catalogue, pair)
    read = {}
    for other in pairs_read(project, catalogue, pair):
        with progress.stage("ingest", _("读取 {pair}").format(pair=other)):
            read[other] = ingest_corrected(project, other, catalogue, is_public=is_public)
    with ThreadPoolExecutor(1) as beside:
        # Checking waits for another process most of the time: observe meanwhile.
        validating = {
            other: beside.submit(
                copy_context().run,
                partial(validate, validator=checked(project, other, validator)),
                project,
                other,
                catalogue,
                one,
            )
            for other, one in read.items()
        }
        observed = {
            other: observe_pair(
                project,
                catalogue,
                other,
                one if other == pair else comparable(catalogue, one, read[pair]),
                validating[other],
                last_days(pair, as_of, other.year),
                progress,
            )
            for other, one in read.items()
        }
    with progress.stage("assess", _("逐项评价")):
        if is_public:
            observed = observed_for_the_public(observed, catalogue.public_minimums)
        assessment = judge_pair(catalogue, pair, as_of, observed, digest)
        if is_public:
            assessment = assessment_for_the_public(assessment)
    frames = {
        other: one.frames for other, one in observed.items() if other.district == pair.district
    }
    return Prepared(assessment, read[pair], frames)


def keep(project: Project, prepared: Prepared) -> None:
    """Put an assessment, and what its charts are drawn from, in the place of those before."""
    known = prepared.assessment
    path = assessment_path(project, known.pair, known.as_of)
    folders = {
        frames_folder(project, known.pair, known.as_of, other.year): frames
        for other, frames in prepared.frames.items()
    }
    # A kill from here on leaves no assessment beside frames that it was not made with.
    path.unlink(missing_ok=True)
    clear_asides(path.parent)
    shutil.rmtree(path.parent / "compared", ignore_errors=True)
    for folder, frames in folders.items():
        for stale in folder.glob("*.parquet"):
            stale.unlink()
        for name, frame in frames.items():
            write_frame(folder / f"{name}.parquet", frame)
    write_json(path, known.model_dump(mode="json", exclude_defaults=True))


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


def observe_pair(
    project: Project,
    catalogue: Catalogue,
    pair: Pair,
    ingested: Ingested,
    validating: Future[Validation],
    days: Sequence[dt.date | None],
    progress: Progress,
) -> Observed:
    """Bring one pair from canonical frames to observations.

    Parameters
    ----------
    validating : Future of Validation
        Of all that was read of the pair. Under way: most often nothing stops, and what was
        observed meanwhile holds.
    days : sequence of date or None
        As :func:`last_days` gives them.
    """
    frames = with_files_there(project, pair, ingested.frames)
    observing = partial(
        observe_once, project, catalogue, pair, sources=references(ingested), last_days=days
    )
    with progress.stage("observe", _("计算 {pair}").format(pair=pair)):
        try:
            seen = observing(frames=frames)
        except Exception:
            # Data that validation stops may not be such that anything can be computed of them;
            # where it does not, computing again tells what is wrong.
            seen = None
    with progress.stage("validate", _("校验 {pair}").format(pair=pair)):
        validation = validating.result()
    unfit = {one.dataset for one in ingested.sources} - ingested.frames.keys()
    stopped = validation.stopped_datasets - unfit
    if seen is None or stopped:
        seen = observing(frames=_accepted(catalogue, frames, stopped))
    observations, kept = seen
    return Observed(
        observations,
        tuple(ingested.sources),
        validation,
        _rejected(catalogue, ingested, stopped),
        frames=kept,
        corrections=ingested.corrections,
        datasets=frozenset(ingested.frames),
        withheld=ingested.withheld,
    )


def _accepted(
    catalogue: Catalogue, frames: Mapping[str, pd.DataFrame], stopped: frozenset[str]
) -> dict[str, pd.DataFrame]:
    """Return the frames that may be observed: nothing stands in for a table that was stopped."""
    refused = stopped.union(*(catalogue.stand_ins(name) for name in stopped))
    return {name: frame for name, frame in frames.items() if name not in refused}


def _rejected(catalogue: Catalogue, ingested: Ingested, stopped: frozenset[str]) -> frozenset[str]:
    """Return the stopped datasets, with those that only they stood in for."""
    known = [catalogue.datasets[name] for name in stopped if name]
    replaced = {name for one in known for name in (one.stands_in_for, *one.beside)}
    return stopped | {name for name in replaced if name and name not in ingested.frames}


def references(ingested: Ingested) -> list[SourceReference]:
    """Return the files that were read, each with what letters changed in it."""
    return [
        SourceReference(
            dataset=source.dataset,
            file=source.path,
            sha256=source.sha256,
            n_rows=source.rows,
            maturity=source.maturity[-1],
            corrections=tuple(
                one
                for one in ingested.corrections
                if one.file == source.path and not one.ignored_because
            ),
        )
        for source in ingested.sources
        if source.maturity and source.dataset in ingested.frames
    ]


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
    problems = rectify(catalogue, pair, period.last_day, frames, by_commitment)
    compared, derived_beside = judge_beside(catalogue, pair, as_of, known, rejected)
    plans = catalogue.plans_binding(pair.district)
    whole = whole_plan(plans, by_commitment, catalogue.departments, pair.year) if plans else None
    counted = plans if whole is None or whole in plans else (*plans, whole)
    counts = [
        *(fact for plan in counted for fact in conclusion_facts(pair, plan, by_commitment)),
        *department_facts(pair, plans, by_commitment, catalogue.departments),
    ]
    observations = _distinct(*known.values(), derived, derived_beside)
    internal = catalogue.datasets_that_are(Secrecy.INTERNAL)
    validation = own.validation.without_rows(internal)
    of_district = [one for one in observations if one.district == pair.district]
    return Assessment(
        district=pair.district,
        year=pair.year,
        period=period.label,
        as_of=as_of,
        is_draft=bool(own.validation.stopped_datasets),
        observations=observations,
        judgements=tuple(judgements),
        compared=tuple(compared),
        rectification=problems,
        facts=(
            *counts,
            *judgement_facts(pair, judgements),
            *rectification_facts(pair, problems),
            Fact(id=f"{pair}/count/warnings", value=Decimal(len(validation.warnings))),
            *change_facts(pair, period, of_district),
            *outlook_facts(pair, period, of_district, judgements),
            *comparison_facts(catalogue, pair, period, observations, [*judgements, *compared]),
            *area_facts(catalogue, pair, period, whole, of_district, by_commitment),
            *frame_facts(pair, own.frames),
            *water_facts(
                pair,
                period,
                [one for one in of_district if one.year == pair.year],
                own.frames,
            ),
        ),
        sources=own.sources,
        compared_sources=tuple(
            source for other, one in observed.items() if other != pair for source in one.sources
        ),
        corrections=tuple(one for seen in observed.values() for one in seen.corrections),
        validation=validation,
        internal_datasets=tuple(
            sorted(internal & {name for seen in observed.values() for name in seen.datasets})
        ),
        inputs_sha256=digest,
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
