"""District-years made by workers: one that is lost, one that fails, one that kills its worker."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
import pytest
import whole_runs
from distributed import Client
from whole_runs import GIVEN, Run, assert_told, ecoreport, start

from ecoreport.cluster.client import Sending
from ecoreport.cluster.outcome import publish, published
from ecoreport.cluster.place import Place
from ecoreport.config.load import load_catalogue
from ecoreport.current import read_current
from ecoreport.produce import Wish
from ecoreport.project import Project
from ecoreport.run import choose_engine

# What a person cannot be given: the cell knows the process that its worker is.
ENDS_ITS_WORKER = """
import json, os, psutil
from pathlib import Path

runs = Path({runs!r})
with (runs / str(year)).open("a") as file:
    file.write("x")
above = psutil.Process().parents()
own = [one for one, up in enumerate(above) if "ecoreport.cluster.child" in up.cmdline()]
if year == 2016:
    raise ValueError("a cell that fails")
if own and (year == 2017 or (runs / str(year)).read_text() == "x"):
    above[own[-1] + 1].kill()
    import time
    time.sleep(60)
"""
WHOLE = {"overview", "departments"}
LONGEST_END_SECONDS = 60


@dataclass(frozen=True)
class Cluster:
    """A cluster that was started as a person does."""

    process: subprocess.Popen[str]
    address: str
    said: str


def started(root: Path, **given: str) -> Cluster:
    """Start a cluster and read what it says of itself."""
    kept = {name: value for name, value in os.environ.items() if name not in GIVEN}
    process = subprocess.Popen(
        [sys.executable, "-m", "ecoreport", "cluster"],
        env=kept | {"PORT": str(free_port()), "ECOREPORT_ROOT": str(root)} | given,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    said = ""
    while "Ctrl-C" not in said and (line := process.stderr.readline()):
        said += line
    found = re.search(r"tcp://127\.0\.0\.1:\d+", said)
    assert found, said
    return Cluster(process, found[0], said)


def assert_all_end(family: list[psutil.Process]) -> None:
    _gone, alive = psutil.wait_procs(family, timeout=LONGEST_END_SECONDS)
    assert not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture(scope="module")
def cluster(
    object_store: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cluster]:
    """Two workers, each of its own process; it ends as a whole."""
    one = started(tmp_path_factory.mktemp("cluster"), WORKERS="2", **object_store)
    family = psutil.Process(one.process.pid).children(recursive=True)
    yield one
    one.process.send_signal(signal.SIGINT)
    assert one.process.wait(timeout=LONGEST_END_SECONDS) == 130
    assert_all_end(family)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years of a district that has no tables yet."""
    root = whole_runs.make_project(
        tmp_path_factory.mktemp("cluster") / "home", has_demonstration=False
    )
    shutil.copytree(whole_runs.ROOT / "requirements", root / "requirements")
    for year in (2016, 2017, 2018):
        (root / "data" / "raw" / "linjiang" / str(year)).mkdir(parents=True)
    runs = root / "runs"
    runs.mkdir()
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        at = next(
            n
            for n, one in enumerate(notebook.cells)
            if "parameters" in one.metadata.get("tags", [])
        )
        if path.stem == "overview":
            cell = nbformat.v4.new_code_cell(ENDS_ITS_WORKER.format(runs=str(runs)))
            notebook.cells.insert(at + 1, cell)
        elif path.stem not in WHOLE:
            # What other chapters show is not of this test.
            del notebook.cells[at + 1 :]
        nbformat.write(notebook, path)
    return root


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def reports(project: Path, cluster: Cluster, store: str, **given: str) -> Run:
    return ecoreport(
        project,
        "reports",
        **{"DISTRICTS": "linjiang", "SCHEDULER": cluster.address, "STORE": store} | given,
    )


def n_runs(project: Path, year: int) -> int:
    path = project / "runs" / str(year)
    return len(path.read_text()) if path.exists() else 0


def test_a_cluster_tells_its_addresses(cluster: Cluster) -> None:
    assert_told(Run(0, cluster.said), 0, "工作进程 2 个", "SCHEDULER=", "STORE=")
    found = re.search(r"仪表板：(http://127\.0\.0\.1:\d+/status)", cluster.said)
    assert found, cluster.said
    with urllib.request.urlopen(found[1], timeout=LONGEST_END_SECONDS) as answer:  # noqa: S310
        page = answer.read().decode()
        assert answer.status == 200
    # A page that is drawn, not one that tells what is not installed; nothing of it from elsewhere.
    assert "Bokeh" in page
    assert not re.findall(r"<(?:script|link)[^>]+(?:src|href)=\"(?:https?:)?//", page)
    addresses = {
        one.laddr.ip
        for process in [
            psutil.Process(cluster.process.pid),
            *psutil.Process(cluster.process.pid).children(recursive=True),
        ]
        for one in process.net_connections("tcp")
        if one.status == psutil.CONN_LISTEN
    }
    assert addresses == {"127.0.0.1"}
    # As those of others are; a report has processes of its own all the same.
    with Client(cluster.address, set_as_default=False) as client:
        is_daemonic = "__import__('multiprocessing').current_process().daemon"
        assert set(client.run(eval, is_daemonic).values()) == {True}


def test_what_fails_and_what_kills_its_worker_is_named(
    project: Path, cluster: Cluster, tmp_path: Path
) -> None:
    run = reports(project, cluster, str(tmp_path / "store"), YEARS="2016-2017")
    assert_told(
        run, 1, "a cell that fails", "已中断 2 次", "失败 2 份", "linjiang/2016", "linjiang/2017"
    )
    assert n_runs(project, 2016) == 1
    assert n_runs(project, 2017) == 2
    left = project / "data" / "processed" / "linjiang" / "2016" / "from-worker"
    (notebook,) = left.rglob("overview.ipynb")
    assert notebook.relative_to(project).as_posix() in run.said
    assert "a cell that fails" in notebook.read_text("utf-8")
    assert not (project / "reports" / "linjiang").exists()
    assert not list((tmp_path / "store" / "attempts").rglob("*"))


def test_the_work_of_a_lost_worker_is_done_again(
    project: Path,
    cluster: Cluster,
    object_store: dict[str, str],
    bucket: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = bucket
    run = reports(project, cluster, store, YEARS="2018", **object_store)
    assert_told(run, 0, "完成 1 份", "报告：reports/linjiang/2018/index.html")
    assert n_runs(project, 2018) == 2
    report = project / "reports" / "linjiang" / "2018"
    manifest, files = read_current(report)
    about = json.loads((report / "run.json").read_text("utf-8"))
    assert about["elsewhere"]["worker"] in {"0", "1"}
    assert len(about["notebooks"]) == len([name for name in files if name.endswith(".html")])

    # What came home is what a run here would have made, and stands as such.
    assert_told(ecoreport(project, "verify", DISTRICT="linjiang", YEAR="2018"), 0, "核对通过")
    assert_told(reports(project, cluster, store, YEARS="2018", **object_store), 0, "没有变化")
    shutil.rmtree(project / "reports")
    shutil.rmtree(project / "data" / "processed")

    # The store has it: nobody makes it twice. What is damaged there keeps nothing else from home.
    for name, value in object_store.items():
        monkeypatch.setenv(name, value)
    before = n_runs(project, 2016), n_runs(project, 2017)
    spoil(project, store)
    run = reports(project, cluster, store, YEARS="2016-2018", **object_store)
    words = ("完成 1 份", "失败 2 份", "aa.json 已损坏", "不是所要的报告")
    assert_told(run, 1, *words, "linjiang/2016", "linjiang/2017")
    assert (n_runs(project, 2016), n_runs(project, 2017)) == before
    assert n_runs(project, 2018) == 2
    assert read_current(report) == (manifest, files)
    assert not (project / "reports" / "linjiang" / "2016").exists()
    assert not (project / "reports" / "linjiang" / "2017" / "index.html").exists()

    shutil.rmtree(project / "reports")
    shutil.rmtree(project / "data" / "processed")
    assert_told(ecoreport(project, "report", DISTRICT="linjiang", YEAR="2018"), 0)
    assert n_runs(project, 2018) == 3
    assert read_current(report) == (manifest, files)


def spoil(root: Path, store: str) -> None:
    """Put what nobody can read in the place of 2016's result, and 2018's report in that of 2017."""
    project, place = Project(root), Place(store)
    catalogue = load_catalogue(project)
    sending = Sending(project, catalogue, None, place, None, None)
    keys = {
        year: sending.job(Wish(project.pair("linjiang", year), engine=choose_engine(""))).key
        for year in (2016, 2017, 2018)
    }
    place.put(f"results/{keys[2016]}/aa.json", b'{"version": "aa"')
    made = published(place, keys[2018])
    assert made is not None
    publish(place, keys[2017], made)


def test_a_lost_scheduler_is_told_and_leaves_nothing_running(project: Path, tmp_path: Path) -> None:
    own, store = started(tmp_path, WORKERS="1"), tmp_path / "store"
    process = start(
        project,
        "reports",
        **{"DISTRICTS": "linjiang", "YEARS": "2018", "DRAFT": "1"},
        **{"SCHEDULER": own.address, "STORE": str(store)},
    )
    while not list(store.glob("attempts/*/*/*")):
        assert process.poll() is None
        time.sleep(0.1)
    family = psutil.Process(own.process.pid).children(recursive=True)
    own.process.kill()
    said, _nothing = process.communicate(timeout=LONGEST_END_SECONDS)
    assert_told(Run(process.returncode, said), 1, "与调度器的连接中断", "RESUME=1")
    assert_all_end(family)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"SCHEDULER": "tcp://127.0.0.1:1"}, "连不上调度器"),
        ({"SCHEDULER": "127.0.0.1:8786; touch x"}, "SCHEDULER"),
        ({"STORE": ""}, "STORE"),
        ({"STORE": "http://somewhere/else"}, "STORE"),
    ],
)
def test_addresses_that_lead_nowhere_are_told(
    project: Path, cluster: Cluster, tmp_path: Path, given: dict[str, str], words: str
) -> None:
    assert_told(reports(project, cluster, str(tmp_path / "store"), YEARS="2018", **given), 2, words)
