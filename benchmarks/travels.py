"""What travels with district-years, what stays of them, and what waits: in bytes and files."""

from __future__ import annotations

import json
import os
import pickle
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import dask
import psutil
from distributed import Client, Scheduler, SpecCluster

from benchmarks.environments import BenchmarkError
from ecoreport.cluster.bundle import Packer
from ecoreport.cluster.job import Job
from ecoreport.cluster.place import Place
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.outcomes import journal_path
from ecoreport.project import Pair, Project
from ecoreport.unchanged import house, standing
from ecoreport.website.edition import Edition, draft_editions
from ecoreport.website.search import INDEX
from ecoreport.website.tree import site_tree

N_WAITING = 2000


@dataclass(frozen=True)
class Sizes:
    """What travels and what stays, in bytes."""

    shared: int
    """The part that all reports need."""
    parts: float
    """All others, for a district-year."""
    outcome: float
    standing: float
    """At home, of a report and what it rests on."""
    n_files: float
    """Of these."""
    job: int
    waiting: float
    """Of the scheduler, for each job that waits there."""
    index: int
    """Of the site's search index, for a district more."""
    indicator: int
    """Of the largest page of an indicator, for a district-year more."""
    looking: float
    """Seconds in which a report is found unchanged."""


def sizes(project: Path) -> Sizes:
    """Measure what the last batch left."""
    os.environ["ECOREPORT_ROOT"] = str(project)
    own = Project(project)
    catalogue = load_catalogue(own)
    pairs = [own.pair(*one.parts[-2:]) for one in sorted(project.glob("reports/*/20??"))]
    n, pair = len(pairs), pairs[-1]
    words = {"AS_OF": "", "LOCALE": "zh", "EDITION": "internal", "DRAFT": "", "ENGINE": "warm"}
    place = Place(str(store(project)))
    parts = Packer(own, catalogue, place).parts(pair, str(pair))
    job = Job(pair, words, str(pair), parts, place.url, uuid.uuid4().hex, "2026-01-01")
    packed = [path.stat().st_size for path in store(project).glob("parts/*/*.zip")]
    files = [
        path.stat().st_size
        for folder in ("reports", "data/processed")
        for path in (project / folder).rglob("*")
        if path.is_file()
    ]
    editions = draft_editions(own, lambda _line: None)
    others = [one for one in editions if not one.address.startswith(f"{pair.district}/")]
    whole, less = (site_sizes(catalogue, one) for one in (editions, others))
    return Sizes(
        shared=max(packed),
        parts=(sum(packed) - max(packed)) / n,
        outcome=median(path.stat().st_size for path in store(project).glob("outcomes/*/*.zip")),
        standing=sum(files) / n,
        n_files=len(files) / n,
        job=len(pickle.dumps(job)),
        waiting=waiting(job),
        index=whole[0] - less[0],
        indicator=(whole[1] - less[1]) / (len(editions) - len(others)),
        looking=looking(own, pairs),
    )


def looking(project: Project, pairs: Sequence[Pair]) -> float:
    """Return the seconds in which a report is found unchanged, as a batch that goes on does it.

    Raises
    ------
    BenchmarkError
        If one is not.
    """
    given = json.loads(journal_path(project).read_text("utf-8"))["given"]
    now = house(project)
    start = time.perf_counter()
    whys = [standing(project, pair, given, now)[1] for pair in pairs]
    seconds = time.perf_counter() - start
    if any(whys):
        raise BenchmarkError(whys[0])
    return seconds / len(pairs)


def site_sizes(catalogue: Catalogue, editions: Sequence[Edition]) -> tuple[int, int]:
    """Return the bytes of districts in the search index, and of the largest indicator's page."""
    tree = site_tree(catalogue, editions, is_preview=True)
    written = {name: len(content) for name, content in tree.items() if isinstance(content, bytes)}
    index = next(content for name, content in tree.items() if name.endswith(INDEX))
    rows = json.loads(bytes(index).decode().partition("=")[2].strip().rstrip(";"))
    # Indicators are the same for all districts; what else can be found, each district has.
    own = [one for one in rows if not one["address"].startswith("indicators/")]
    return (
        len(json.dumps(own, ensure_ascii=False).encode()),
        max((size for name, size in written.items() if "indicators/" in name), default=0),
    )


def waiting(job: object) -> float:
    """Return by how many bytes a scheduler grows for each job that waits in it, at most.

    What the client keeps of a job is counted too: both are in this process.
    """
    scheduler = {"cls": Scheduler, "options": {"host": "127.0.0.1", "port": 0, "dashboard": False}}
    with (
        dask.config.set({"distributed.scheduler.worker-saturation": 1.0}),
        SpecCluster(scheduler=scheduler, workers={}) as alone,
        Client(alone, set_as_default=False) as client,
    ):
        own = psutil.Process()
        before = own.memory_info().rss
        kept = [client.submit(_nothing, job, key=f"waiting-{n}") for n in range(N_WAITING)]
        while len(alone.scheduler.tasks) < N_WAITING:
            time.sleep(0.1)
        grown = own.memory_info().rss - before
        del kept
    return grown / N_WAITING


def _nothing(job: object) -> object:
    return job


def store(project: Path) -> Path:
    """Return the folder that the batches share."""
    return project / "build" / "store"
