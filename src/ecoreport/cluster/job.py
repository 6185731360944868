"""One district-year as a worker does it: fetch, lay out, make, put into the store."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from distributed import get_worker

from ecoreport.assessment import assessment_path
from ecoreport.cluster.bench import fetched, lay_out
from ecoreport.cluster.outcome import Record, attempt, publish, published, put_files
from ecoreport.cluster.part import Entry, digest_of_listing, packed
from ecoreport.cluster.place import Place
from ecoreport.code import digest_of
from ecoreport.current import read_current
from ecoreport.errors import EcoReportError
from ecoreport.evidence.ledger import FILE_NAME as LEDGER
from ecoreport.i18n import _, use_locale
from ecoreport.observe.period import parse_as_of
from ecoreport.project import Pair, Project
from ecoreport.render.assemble import MANIFEST, RUN, VERSIONS

DEADLY_ATTEMPTS = 2
"""After so many workers have died of a job, no other is given to it."""
SILENT = {"V": "", "Q": "", "WHY": ""}
KEPT_BY_WORKER = "AWS_"
"""Variables that open the store begin so; the report's process does not need them."""
FOR_PEOPLE = {".ipynb", ".log", ".xlsx", ".html"}
KNOWN_UNCHANGED = "report-"
"""Whether a report stands is known of each machine by itself."""
LONGEST_SAID = 20_000


@dataclass(frozen=True)
class Job:
    """All that travels with a district-year."""

    pair: Pair
    words: Mapping[str, str]
    """Of the command, by the names that they have in the environment."""
    address: str
    """Of the report, below ``reports``."""
    parts: tuple[str, ...]
    store: str
    batch: str
    day: str
    """Some checks depend on the date."""

    @property
    def key(self) -> str:
        """Name of its result: the same for the same content, whoever asks."""
        content = [str(self.pair), dict(self.words), self.address, sorted(self.parts), self.day]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Answer:
    """What became of a job."""

    is_made: bool
    said: str
    """What people have to be told; of a failure, why."""
    files: str = ""
    """Digest of what is to be brought home."""
    wall_seconds: float = 0.0
    n_bytes_fetched: int = 0
    n_bytes_stored: int = 0
    worker: str = ""

    def about(self) -> dict[str, Any]:
        """Return what ``run.json`` keeps of it."""
        return {
            "worker": self.worker,
            "wall_seconds": round(self.wall_seconds, 3),
            "bytes_fetched": self.n_bytes_fetched,
            "bytes_stored": self.n_bytes_stored,
        }


def run(job: Job) -> Answer:
    """Make a report on a worker and put it into the store.

    Raises
    ------
    OSError
        If the store cannot be reached: another worker, or a later time, may do better.
    """
    use_locale(job.words["LOCALE"])
    worker = get_worker()
    folder = Path(worker.local_directory) / "ecoreport"
    started = time.perf_counter()
    try:
        place = Place(job.store)
        if known := published(place, job.key):
            return answer_of(known)
        with attempt(place, job.batch, job.key) as n_died:
            if n_died >= DEADLY_ATTEMPTS:
                return Answer(False, _killed(n_died))
            parts, n_bytes = fetched(place, job.parts, folder / "parts")
            root = folder / f"bench-{threading.get_ident()}"
            lay_out(parts, root)
            return _made(job, place, root, started, n_bytes, str(worker.name))
    except EcoReportError as error:
        return Answer(False, str(error))


def answer_of(record: Record) -> Answer:
    """Return the answer that a report was made before."""
    return Answer(True, record.said, record.files, record.seconds, 0, record.n_bytes)


def _killed(n_died: int) -> str:
    return _(
        "处理它的工作进程已中断 {n} 次，不再重试。可能是内存不足，请单独运行 make report 查看。"
    ).format(n=n_died)


def _made(job: Job, place: Place, root: Path, started: float, n_bytes: int, worker: str) -> Answer:
    exit_code, said, ended_at = _report(job, root)
    project = Project(root)
    if exit_code == 0:
        version, paths = _finished(project, job)
    else:
        version, paths = "", _for_people(project, job, ended_at)
    listing = {
        path.relative_to(root).as_posix(): Entry(digest_of(path), path.stat().st_size)
        for path in paths
    }
    digest = digest_of_listing(listing)
    content = packed(listing, lambda name: (root / name).read_bytes())
    put_files(place, digest, content)
    seconds = time.perf_counter() - started
    if exit_code == 0:
        publish(place, job.key, Record(version, digest, said, seconds, len(content)))
    return Answer(exit_code == 0, said, digest, seconds, n_bytes, len(content), worker)


def _report(job: Job, root: Path) -> tuple[int, str, float]:
    """Run the report in a process of its own; return its exit code, words and start."""
    own = {"DISTRICT": job.pair.district, "YEAR": str(job.pair.year), "ECOREPORT_ROOT": str(root)}
    kept = {name: text for name, text in os.environ.items() if not name.startswith(KEPT_BY_WORKER)}
    started = time.time()
    with tempfile.TemporaryFile() as words:
        # A process, not multiprocessing's: Dask's workers are daemonic and may not have those.
        with (
            subprocess.Popen(
                [sys.executable, "-m", "ecoreport.cluster.child"],
                env={**kept, **SILENT, **job.words, **own},
                cwd=root,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=words,
                start_new_session=True,
            ) as process,
            _ended(process),
        ):
            process.wait()
        words.seek(0)
        said = words.read().decode("utf-8", errors="replace")
    if process.returncode < 0:
        said += _("进程被系统结束（信号 {n}），可能是内存不足。").format(n=-process.returncode)
    # Where things stand on a worker means nothing to people.
    return process.returncode, said.replace(f"{root}{os.sep}", "")[-LONGEST_SAID:].strip(), started


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Whatever happens, leave no process of the report."""
    try:
        yield
    finally:
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()


def _finished(project: Project, job: Job) -> tuple[str, list[Path]]:
    """Return the digest of a report's manifest, and all files that it consists of and rests on."""
    folder = project.root / "reports" / job.address
    manifest, files = read_current(folder)
    version = folder / VERSIONS / manifest.version
    paths = [version / name for name in (*files, MANIFEST)]
    as_of = parse_as_of(job.words["AS_OF"], job.pair, ()) if job.words["AS_OF"] else None
    processed = project.processed(job.pair)
    made = assessment_path(project, job.pair, as_of).parent
    paths += [
        path
        for path in processed.iterdir()
        # The ledger came from where the report goes, and may be a newer one there by now.
        if path.is_file() and not path.name.startswith(KNOWN_UNCHANGED) and path.name != LEDGER
    ]
    executed = made / "executed"
    paths += [
        path
        for path in _files(made)
        if not path.is_relative_to(executed) or path.is_relative_to(executed / job.words["LOCALE"])
    ]
    return manifest.digest, [*paths, folder / RUN]


def _for_people(project: Project, job: Job, since: float) -> list[Path]:
    """Return what a run that failed left for people to look at."""
    processed = project.processed(job.pair)
    return [
        path
        for path in _files(processed)
        if path.suffix in FOR_PEOPLE and path.stat().st_mtime >= since
    ]


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
