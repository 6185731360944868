"""The library in a process of its own, or not loaded at all; and never on the network."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sound_frames import DISTRICTS, SOUND, ingested
from test_suites import SUITES, TODAY

from ecoreport.config.catalogue import Catalogue
from ecoreport.errors import EcoReportError, ParameterError
from ecoreport.project import Pair, Project
from ecoreport.validate.examine import VALIDATION_FILE, validate
from ecoreport.validate.worker import Task, Worker, Workers, shared_out

GIVE_UP_SECONDS = 60
# Those of the two suites, and two for the reading of each table.
N_CHECKS = sum(len(SUITES[name].expectations) + 2 for name in ("air_daily", "reported"))
HERE = Path(__file__).parent

PRELUDE = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from sound_frames import SOUND, ingested
from ecoreport.config.load import load_catalogue
from ecoreport.project import Pair, Project
from ecoreport.validate.examine import validate
project = Project(Path({root!r}))
given = ingested({{name: SOUND[name]() for name in ("air_daily", "reported")}})
def run():
    return validate(project, Pair("hailing", 2018), load_catalogue(project), given)
"""


def in_new_process(project: Project, script: str) -> str:
    """Run a script on sound data of the project and return what it prints."""
    prelude = PRELUDE.format(tests=str(HERE), root=str(project.root))
    done = subprocess.run(
        [sys.executable, "-c", prelude + script],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"ECOREPORT_ROOT": str(project.root)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def is_running(pid: int) -> bool:
    """Tell whether a process is there and not merely waiting to be buried."""
    status = Path(f"/proc/{pid}/stat")
    if status.parent.parent.exists():
        return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until_gone(pid: int) -> None:
    until = time.monotonic() + GIVE_UP_SECONDS
    while is_running(pid):
        assert time.monotonic() < until, f"{pid} still runs"
        time.sleep(0.05)


def test_a_worker_finds_what_this_process_finds(
    project: Project, pair: Pair, catalogue: Catalogue
) -> None:
    frames = {name: make() for name, make in SOUND.items() if name not in DISTRICTS}
    frames["air_daily"].loc[3, "pm25_ug_m3"] = -1.0
    frames["reported"].loc[0, "value"] = None
    read = ingested(frames)
    here = validate(project, pair, catalogue, read, today=TODAY)
    (project.processed(pair) / VALIDATION_FILE).unlink()
    with Workers(2) as validator:
        there = validate(project, pair, catalogue, read, validator=validator, today=TODAY)
        (project.processed(pair) / VALIDATION_FILE).unlink()
        again = validate(project, pair, catalogue, read, validator=validator, today=TODAY)
    assert there == again == here
    assert here.stopped_datasets == {"air_daily"}


@given(st.lists(st.integers(0, 100)), st.integers(1, 4))
def test_every_table_goes_to_one_worker_and_none_has_far_more_than_another(
    costs: list[int], n_shares: int
) -> None:
    shares = shared_out(costs, n_shares)
    assert sorted(number for share in shares for number in share) == list(range(len(costs)))
    sums = [sum(costs[number] for number in share) for share in shares]
    assert max(sums) - min(sums) <= max(costs, default=0)


def test_a_worker_that_dies_says_so() -> None:
    with Worker() as validator:
        os.kill(validator.pid, 9)
        with pytest.raises(EcoReportError, match="-9"):
            validator.check([])


def test_a_worker_names_a_mistake_in_a_suite() -> None:
    suite = {
        "name": "air_daily",
        "expectations": [
            {"type": "expect_the_best", "kwargs": {}, "meta": {"ecoreport": {"key": "best"}}}
        ],
    }
    with (
        Worker() as validator,
        pytest.raises(ParameterError, match=r"air_daily\.json.*expect_the_best"),
    ):
        validator.check([Task(SOUND["air_daily"](), suite, {})])


def test_a_worker_that_is_not_needed_goes_away() -> None:
    with Worker() as validator:
        assert is_running(validator.pid)
    assert not is_running(validator.pid)


def test_a_worker_does_not_outlive_a_run_that_is_killed() -> None:
    script = (
        "import os; from ecoreport.validate.worker import Worker;"
        "print(Worker().pid, flush=True); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    wait_until_gone(int(killed.stdout))


def test_the_same_content_is_not_checked_again(project: Project) -> None:
    said = in_new_process(project, "run(); print('great_expectations' in sys.modules)")
    assert said.split() == ["True"]
    again = "v = run(); print('great_expectations' in sys.modules, len(v.checks))"
    is_loaded, n_checks = in_new_process(project, again).split()
    assert (is_loaded, n_checks) == ("False", str(N_CHECKS))
    changed = "given.frames['reported'].loc[0, 'value'] = 96.0\n" + again
    assert in_new_process(project, changed).split()[0] == "True"
    suite = project.expectations / "reported.json"
    suite.write_text(suite.read_text("utf-8").replace("报送", "上报"), "utf-8")
    assert in_new_process(project, changed).split()[0] == "True"


def test_nothing_tries_to_connect(project: Project) -> None:
    script = """
import socket
tried = []
def refuse(*arguments, **named):
    tried.append(arguments)
    raise OSError("no network")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = refuse
socket.socket.sendto = socket.getaddrinfo = socket.gethostbyname = refuse
validation = run()
assert "great_expectations" in sys.modules
assert all(one.is_passed for one in validation.checks), validation
print(len(validation.checks), tried)
"""
    assert in_new_process(project, script).split() == [str(N_CHECKS), "[]"]
