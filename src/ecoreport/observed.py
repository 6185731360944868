"""One pair from canonical frames to observations: what validation stopped is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.corrections import FiledCorrection
from ecoreport.evidence.named import with_files_there
from ecoreport.i18n import _
from ecoreport.ingest.below_limit import with_detection_limits
from ecoreport.ingest.gather import Ingested
from ecoreport.ingest.parts import Source
from ecoreport.observe.observation import Observation, SourceReference
from ecoreport.observing import observe_once
from ecoreport.progress import Progress
from ecoreport.project import Pair, Project
from ecoreport.validate.finding import Validation


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
        As :func:`ecoreport.comparable.last_days` gives them.
    """
    frames = with_detection_limits(
        with_files_there(project, pair, ingested.frames), ingested.cleaning
    )
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
