"""The library in processes of its own, or not loaded at all; lean; and never on the network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sound_frames import DISTRICTS, SOUND, ingested
from test_suites import SUITES, TODAY

from ecoreport import checkers
from ecoreport.checkers import Checkers, shared_out
from ecoreport.config.catalogue import Catalogue
from ecoreport.errors import EcoReportError, ParameterError
from ecoreport.project import Pair, Project
from ecoreport.validate.check import Task
from ecoreport.validate.examine import VALIDATION_FILE, validate

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


def test_children_find_what_this_process_finds(
    project: Project, pair: Pair, catalogue: Catalogue, tmp_path: Path
) -> None:
    frames = {name: make() for name, make in SOUND.items() if name not in DISTRICTS}
    frames["air_daily"].loc[3, "pm25_ug_m3"] = -1.0
    frames["reported"].loc[0, "value"] = None
    read = ingested(frames)
    here = validate(project, pair, catalogue, read, today=TODAY)
    (project.processed(pair) / VALIDATION_FILE).unlink()
    with Checkers(tmp_path, 2) as validator:
        there = validate(project, pair, catalogue, read, validator=validator, today=TODAY)
        (project.processed(pair) / VALIDATION_FILE).unlink()
        again = validate(project, pair, catalogue, read, validator=validator, today=TODAY)
    assert there == again == here
    assert here.stopped_datasets == {"air_daily"}


@given(st.lists(st.integers(0, 100)), st.integers(1, 4))
def test_every_table_goes_to_one_share_and_none_costs_far_more_than_another(
    costs: list[int], n_shares: int
) -> None:
    shares = shared_out(costs, n_shares)
    assert sorted(number for share in shares for number in share) == list(range(len(costs)))
    sums = [sum(costs[number] for number in share) for share in shares]
    assert max(sums) - min(sums) <= max(costs, default=0)


def test_a_child_that_dies_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(checkers, "CALL", "dying:die")
    with (
        Checkers(tmp_path, 1) as validator,
        pytest.raises(EcoReportError, match=r"校验没有完成.*内存"),
    ):
        validator.check([Task(SOUND["air_daily"](), SUITES["air_daily"].as_json(), {})])


def test_a_child_names_a_mistake_in_a_suite(tmp_path: Path) -> None:
    suite = {
        "name": "air_daily",
        "expectations": [
            {"type": "expect_the_best", "kwargs": {}, "meta": {"ecoreport": {"key": "best"}}}
        ],
    }
    with (
        Checkers(tmp_path, 1) as validator,
        pytest.raises(ParameterError, match=r"air_daily\.json.*expect_the_best"),
    ):
        validator.check([Task(SOUND["air_daily"](), suite, {})])


def test_nothing_to_check_needs_no_child(tmp_path: Path) -> None:
    with Checkers(tmp_path, 1) as validator:
        assert validator.check([]) == []


LEAN = """
from ecoreport.config.load import load_catalogue
from ecoreport.ingest.correct import ingest_corrected
from ecoreport.project import Pair, Project
from ecoreport.validate import adapter
from ecoreport.validate.check import check_here
from ecoreport.validate.examine import validate
from ecoreport.validate.lean import lean

class Twice:
    def check(self, tasks):
        adapter.lean = lambda: None
        whether, adapter.WHETHER = adapter.WHETHER, adapter.WHERE
        plain = check_here(tasks)
        adapter.WHETHER = whether
        lean()
        found = check_here(tasks)
        for task, one, other in zip(tasks, plain, found, strict=True):
            assert one == other, task.suite["name"]
        outcomes = [one for table in found for one in table]
        print(len(outcomes), sum(not one.is_passed for one in outcomes))
        return found

project, pair = Project.here(), Pair("hailing", 2018)
catalogue = load_catalogue(project)
validate(project, pair, catalogue, ingest_corrected(project, pair, catalogue), validator=Twice())
"""


def test_the_lean_library_finds_what_the_whole_one_finds_asked_for_all(project: Project) -> None:
    (project.root / "data").mkdir()
    (project.root / "data" / "demonstration").symlink_to(Project.here().root / "data/demonstration")
    n_checked, n_at_fault = map(int, in_new_process(project, LEAN).split())
    assert n_checked > 500
    assert n_at_fault > 10


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
