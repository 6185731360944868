"""The same inputs give the same bytes: elsewhere, from nothing, again, on another engine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import whole_runs
from whole_runs import opened

# Python runs this in every process before anything else. What names another machine is written
# down and refused; a kernel's own sockets stay on this one.
WATCH = """
import os, sys

LOCAL = ("127.", "::1", "localhost", "0.0.0.0")
TO_ADDRESSES = {"socket.connect", "socket.sendto", "socket.sendmsg"}
TO_NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}

def note(words):
    with open(os.environ["ECOREPORT_TEST_LOG"], "a", encoding="utf-8") as log:
        log.write(words + "\\n")

def watch(event, arguments):
    if event in TO_ADDRESSES:
        # What is no tuple is a socket in the file system.
        host = arguments[1][0] if isinstance(arguments[1], tuple) else "localhost"
    elif event in TO_NAMES:
        host = arguments[0] or "localhost"
    else:
        return
    if not str(host).startswith(LOCAL):
        note(f"tried {event} {host}")
        raise OSError(f"the network is cut: {host}")

note("started")
sys.addaudithook(watch)
"""


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Environment of processes that reach no other machine."""
    place = tmp_path_factory.mktemp("cut")
    (place / "sitecustomize.py").write_text(WATCH, "utf-8")
    paths = [str(place), os.environ.get("PYTHONPATH", "")]
    yield {
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "ECOREPORT_TEST_LOG": str(place / "log"),
    }


@pytest.fixture(scope="module")
def elsewhere(cut: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report made from nothing in another place, with the network cut."""
    root = whole_runs.make_project(tmp_path_factory.mktemp("elsewhere") / "另一处 2")
    run = whole_runs.report(root, **cut)
    assert run.exit_code == 0, run.said
    return root


def tried(cut: dict[str, str]) -> list[str]:
    lines = Path(cut["ECOREPORT_TEST_LOG"]).read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("tried")]


def assert_same(root: Path, other: Path) -> None:
    (manifest, files), (other_manifest, others) = opened(root), opened(other)
    assert files.keys() == others.keys()
    assert [name for name in files if files[name] != others[name]] == []
    assert manifest == other_manifest


def test_another_place_gives_the_same_bytes(hailing_2018: Path, elsewhere: Path) -> None:
    assert_same(hailing_2018, elsewhere)


def test_nothing_is_fetched(elsewhere: Path, cut: dict[str, str]) -> None:
    started = Path(cut["ECOREPORT_TEST_LOG"]).read_text("utf-8").count("started")

    assert elsewhere.is_dir()
    assert started >= 3  # the command, the children's server, the reader of workbooks
    assert tried(cut) == []


def test_the_cut_is_one(cut: dict[str, str], tmp_path: Path) -> None:
    log = {"ECOREPORT_TEST_LOG": str(tmp_path / "log")}
    program = "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=1)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **cut, **log},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert b"the network is cut" in done.stderr
    assert tried(log)


def test_kernels_give_the_same_bytes(
    small_2018: Path, small_hailing: Path, cut: dict[str, str]
) -> None:
    shutil.rmtree(small_hailing / "reports")
    shutil.rmtree(small_hailing / "data" / "processed" / "hailing" / "2018" / "whole-year")
    run = whole_runs.report(small_hailing, **cut, ENGINE="ordinary")

    assert run.exit_code == 0, run.said
    assert_same(small_2018, small_hailing)
    assert tried(cut) == []
