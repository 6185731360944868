"""All that happens before a notebook starts: ingest, validate, observe, assess."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial

import pandas as pd

from ecoreport.assessment import Assessment, assessment_path, frames_folder
from ecoreport.checked import checked
from ecoreport.comparable import comparable, last_days
from ecoreport.config.catalogue import Catalogue
from ecoreport.i18n import _
from ecoreport.ingest.apart import one_reader
from ecoreport.ingest.correct import ingest_corrected
from ecoreport.ingest.gather import Ingested
from ecoreport.inputs import fingerprint, pairs_read
from ecoreport.judging import judge_pair
from ecoreport.observed import Observed, observe_pair
from ecoreport.progress import Progress
from ecoreport.project import Pair, Project
from ecoreport.public import assessment_for_the_public, observed_for_the_public
from ecoreport.store import clear_asides, write_frame, write_json
from ecoreport.validate.check import Validator
from ecoreport.validate.examine import validate


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
    with one_reader():
        for other in pairs_read(project, catalogue, pair):
            with progress.stage("ingest", _("读取 {pair}").format(pair=other)):
                read[other] = ingest_corrected(project, other, catalogue, is_public=is_public)
    observed = _observe(project, catalogue, pair, as_of, read, progress, validator)
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


def _observe(
    project: Project,
    catalogue: Catalogue,
    pair: Pair,
    as_of: dt.date | None,
    read: Mapping[Pair, Ingested],
    progress: Progress,
    validator: Validator | None,
) -> dict[Pair, Observed]:
    """Check and observe a pair and what it is compared with."""
    # Checking elsewhere waits most of the time: observe meanwhile, and let none be short of tables.
    beside = ThreadPoolExecutor(len(read) if validator else 1)
    try:
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
        return {
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
    finally:
        # Where nothing comes of it, nobody waits for the checks.
        beside.shutdown(wait=False, cancel_futures=True)


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
