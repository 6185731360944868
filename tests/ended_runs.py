"""Runs that are ended at one of their changes of a file: killed, or refused by the system.

``python ended_runs.py <task> <how> <number of runs> <root> [<folder>]`` imports everything once
and forks itself for each run, so that hundreds of them cost what a few would. It prints what
became of each, as JSON.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import random
import re
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing import forkserver
from pathlib import Path

LONGEST_SECONDS = 500
End = Callable[[int, str, object], None]
"""Takes the number of a change, its kind, and the path."""
PLACES = {"os.mkdir", "os.rename", "os.link", "os.symlink"}
REMOVALS = {"os.remove", "os.rmdir"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
REASONS = {"full": errno.ENOSPC, "read-only": errno.EROFS}
VERSION = re.compile(r"版本[^\"\\]*")
"""What a notebook says, and says otherwise each time."""


@dataclass(frozen=True)
class Ended:
    """What became of one run."""

    point: int
    """Number of the change at which it was to end."""
    exit_code: int
    """Below zero: the signal."""
    said: str
    opens: str
    """What a reader finds afterwards, checked to be whole; empty where there is nothing."""


def ended(task: str, how: str, n_runs: int, *folders: Path) -> list[Ended]:
    """Run a task again and again, each time ended somewhere else."""
    done = subprocess.run(
        [sys.executable, __file__, task, how, str(n_runs), *map(str, folders)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Ended(**one) for one in json.loads(done.stdout)]


def watch_changes(folders: list[Path], at: End) -> None:
    """Call `at` with its number before each change of a file below `folders`."""
    below, seen = tuple(f"{folder}{os.sep}" for folder in folders), 0

    def note(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        is_opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if not (is_opened or event in PLACES or event in REMOVALS):
            return
        # A symbolic link is named after what it leads to.
        is_of_tree = event in REMOVALS and arguments[1] != -1  # named from an open folder
        if is_of_tree or any(str(one).startswith(below) for one in arguments[:2]):
            seen += 1
            at(seen, event, arguments[0])

    sys.addaudithook(note)


def end_at(how: str, point: int) -> End:
    """Return what ends a run at its nth change, or refuses all that would need room from there."""
    own = os.getpid()

    def end(number: int, event: str, path: object) -> None:
        if how in REASONS and number >= point and event not in REMOVALS:
            raise OSError(REASONS[how], os.strerror(REASONS[how]), path)
        if how not in REASONS and number == point and os.getpid() == own:
            os.kill(os.getpid(), signal.SIGKILL)

    return end


@dataclass(frozen=True)
class Task:
    """What is run, what is changed before each run, and what a reader finds after it."""

    change: Callable[[int], None]
    run: Callable[[], None]
    opens: Callable[[], str]
    is_fit_to_fork: bool = True
    """Whether a process may be forked after it ran: polars has threads from then on."""


def report(how: str, root: Path) -> Task:
    """Return the whole way of one report; before each run its notebook says something else."""
    from ecoreport import prepare, tasks  # noqa: F401, PLC0415
    from ecoreport.config.load import load_catalogue  # noqa: PLC0415
    from ecoreport.current import read_current  # noqa: PLC0415
    from ecoreport.opened import watch  # noqa: PLC0415
    from ecoreport.produce import Wish, produce, report_folder  # noqa: PLC0415
    from ecoreport.progress import QUIET, Progress, log_file  # noqa: PLC0415
    from ecoreport.project import Project  # noqa: PLC0415
    from ecoreport.run import start_warm_server  # noqa: PLC0415
    from ecoreport.warmup import preloaded  # noqa: PLC0415

    os.environ["ECOREPORT_ROOT"] = str(root)
    watch(root)
    project = Project(root)
    start_warm_server(preloaded(project))
    catalogue = load_catalogue(project)
    wish = Wish(project.pair("hailing", 2018))
    notebook = project.notebooks / "overview.ipynb"
    source = notebook.read_text("utf-8")

    def run() -> None:
        with log_file(root / "logs", "report"):
            produce(project, catalogue, wish, Progress(QUIET))

    def opens() -> str:
        manifest, _files = read_current(report_folder(project, wish))
        return manifest.version

    return Task(
        lambda n: notebook.write_text(VERSION.sub(f"版本{how}{n}", source), "utf-8") and None,
        run,
        opens,
    )


def archive(_how: str, root: Path, folder: Path) -> Task:
    """Return the taking in of a few days of the country; before each run one value differs."""
    from ecoreport.archive.take_in import ABOUT, NAME, take_in  # noqa: PLC0415
    from ecoreport.project import Pair, Project  # noqa: PLC0415

    project = Project(root)
    there = project.processed(Pair(NAME, 2019))
    (day,) = folder.glob("*.csv")
    source = day.read_text("utf-8")

    def opens() -> str:
        import pandas as pd  # noqa: PLC0415

        # Between the two steps of a switch the next run finds it here, and puts it back.
        whole = there if there.exists() else there.with_name(".2019.before")
        for path in whole.glob("*.parquet"):
            pd.read_parquet(path)
        about = json.loads((whole / ABOUT).read_text("utf-8"))
        assert len(list(whole.iterdir())) == 4
        return str(about["files"][0]["sha256"])

    return Task(
        lambda n: day.write_text(source.replace(",51", f",51.{n}"), "utf-8") and None,
        lambda: take_in(project, 2019, [day], n_workers=1) and None,
        opens,
        is_fit_to_fork=False,
    )


def publish(_how: str, root: Path, web: Path) -> Task:
    """Return the publishing of a report; before each run another is made and approved."""
    import issued_report as issued  # noqa: PLC0415

    from ecoreport.distribute import shown  # noqa: PLC0415
    from ecoreport.project import Project  # noqa: PLC0415
    from ecoreport.publications import issues_of, on_its_way  # noqa: PLC0415

    project = Project(root)
    now = iter(issued.SPRING + dt.timedelta(days=n) for n in range(10_000))

    def change(number: int) -> None:
        issued.make(project, issued.told(pm25=f"45.{number}"))
        issued.approved(project, now=next(now))

    def run() -> None:
        issued.published(project, web, why="更正" if shown(web) else "", now=issued.SUMMER)

    def opens() -> str:
        release = (web / "current").resolve()
        told = json.loads((release / "hailing/2018/data/assessment.json").read_bytes())
        site = json.loads((release / "site.json").read_bytes())
        last = on_its_way(project, issued.ADDRESS)
        known = [*issues_of(project, issued.ADDRESS), *([last] if last else [])]
        assert set(site) <= {one.publication.name for one in known}
        page = (release / "hailing/2018/index.html").read_text("utf-8")
        assert "张三" in page
        return f"{len(site)} {told['observations'][0]['value']}"

    return Task(change, run, opens)


def first(_how: str, root: Path, web: Path) -> Task:
    """Return a first publication into an empty folder; a next one finds out what became of it."""
    import issued_report as issued  # noqa: PLC0415

    from ecoreport.distribute import shown  # noqa: PLC0415
    from ecoreport.project import Project  # noqa: PLC0415

    at = ""

    def make(pm25: str, now: dt.datetime) -> None:
        issued.make(Project(root / at), issued.told(pm25=pm25))
        issued.approved(Project(root / at), now=now)

    def change(number: int) -> None:
        nonlocal at
        at = str(number)
        make("45", issued.SPRING)

    def run() -> None:
        issued.published(Project(root / at), web / at)

    def opens() -> str:
        had_readers = shown(web / at) is not None
        make("44", issued.SUMMER)
        why = "更正" if had_readers else ""
        done = issued.published(Project(root / at), web / at, now=issued.SUMMER, why=why)
        assert done.publication.number == (2 if had_readers else 1)
        return f"{at} {done.publication.number}"

    return Task(change, run, opens)


TASKS: dict[str, Callable[..., Task]] = {
    "report": report,
    "archive": archive,
    "publish": publish,
    "first": first,
}


def one_run(task: Task, folders: list[Path], how: str, point: int) -> tuple[int, str, int]:
    """Run a task in a fork; return its exit code, what it said, and how many changes it made."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os._exit(_child(task, folders, end_at(how, point), writing))
    os.close(writing)
    with open(reading, encoding="utf-8") as heard:  # noqa: PTH123 - a pipe
        said = heard.read()
    _pid, status = os.waitpid(child, 0)
    n_changes, _comma, words = said.partition(",")
    return os.waitstatus_to_exitcode(status), words, int(n_changes or 0)


def _child(task: Task, folders: list[Path], end: End, writing: int) -> int:
    from ecoreport.errors import EcoReportError, words_of  # noqa: PLC0415

    n_changes = 0

    def count(number: int, event: str, path: object) -> None:
        nonlocal n_changes
        n_changes = number
        end(number, event, path)

    # All runs share the server of notebooks, which is no child of theirs to be waited for.
    forkserver.ensure_running = forkserver._forkserver.ensure_running = lambda: None
    watch_changes(folders, count)
    exit_code, said = 0, ""
    error_file = os.memfd_create("said")
    os.dup2(error_file, 2)
    try:
        task.run()
    except (EcoReportError, OSError) as error:
        exit_code, said = getattr(error, "exit_code", 1), words_of(error)
    except BaseException:
        exit_code, said = 99, traceback.format_exc()
    os.lseek(error_file, 0, os.SEEK_SET)
    printed = os.read(error_file, 2**16).decode(errors="replace")
    os.write(writing, f"{n_changes},{said}{printed}"[:60_000].encode())
    return exit_code


def main(name: str, how: str, n_runs: int, folders: list[Path]) -> list[Ended]:
    """Return what became of each run; the last is not ended by anything."""
    task = TASKS[name](how, *folders)
    task.change(0)
    if task.is_fit_to_fork:
        # Imports what is imported late, once for all forks.
        task.run()
    else:
        one_run(task, folders, "killed", 0)
    task.change(1)
    exit_code, said, n_changes = one_run(task, folders, "killed", 0)
    assert exit_code == 0, said
    chance = random.Random(2018)  # noqa: S311 - points of time, no secret
    points = [*(chance.randint(1, n_changes) for _run in range(n_runs)), 0]
    found = []
    for number, point in enumerate(points, start=2):
        task.change(number)
        exit_code, said, _n = one_run(task, folders, how if point else "killed", point)
        found.append(Ended(point, exit_code, said, task.opens()))
    return found


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    results = main(sys.argv[1], sys.argv[2], int(sys.argv[3]), [Path(one) for one in sys.argv[4:]])
    json.dump([asdict(one) for one in results], sys.stdout, ensure_ascii=False)
