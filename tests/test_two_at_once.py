"""Of two tasks on one district and year the second is refused, whatever each of them does."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
import whole_runs

from ecoreport import cli
from ecoreport.archive.take_in import NAME
from ecoreport.assessment import read_assessment
from ecoreport.documents import kept_as_it_is
from ecoreport.errors import BusyError
from ecoreport.locks import exclusive, exclusive_batch
from ecoreport.produce import Wish
from ecoreport.project import Pair, Project

HAILING = {"DISTRICT": "hailing", "YEAR": "2018"}
TASKS = {
    "prepare": HAILING,
    "check": HAILING,
    "import": HAILING | {"SOURCE": "cnemc"},
    "remind": HAILING | {"PERIOD": "2018-06"},
    "verify": HAILING,
    "ledger": {"DISTRICT": "hailing", "YEARS": "2017-2018"},
    "demonstration": {},
}


def files(root: Path) -> dict[str, int]:
    """Return what lies in a project, but for locks: each file by its last change."""
    return {
        str(path): path.stat().st_mtime_ns
        for path in root.rglob("*")
        if path.is_file() and ".locks" not in path.parts
    }


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with demonstration data of one district."""
    root = whole_runs.make_project(tmp_path_factory.mktemp("house") / "project")
    (root / "nothing").mkdir()
    return root


@pytest.mark.parametrize("verb", TASKS)
def test_the_second_is_refused_and_changes_nothing(
    house: Path, verb: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ECOREPORT_ROOT", str(house))
    for name in whole_runs.GIVEN:
        monkeypatch.delenv(name, raising=False)
    for name, value in (TASKS[verb] | {"FROM": str(house / "nothing")}).items():
        monkeypatch.setenv(name, value)
    before = files(house)
    with exclusive(Project(house), Pair("hailing", 2018)):
        assert cli.main([verb]) == BusyError.exit_code
    assert "另一个任务正在处理 hailing/2018，请等它结束后再运行" in capsys.readouterr().err
    assert files(house) == before


def test_one_batch_at_a_time(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ECOREPORT_ROOT", str(house))
    monkeypatch.setenv("DISTRICTS", "hailing")
    monkeypatch.setenv("YEARS", "2018")
    before = files(house)
    with exclusive_batch(Project(house)):
        assert cli.main(["reports"]) == BusyError.exit_code
    assert "另一个批量任务正在运行" in capsys.readouterr().err
    assert files(house) == before


def test_what_is_computed_may_be_deleted_while_a_run_holds_its_lock(tmp_path: Path) -> None:
    project, pair = Project(tmp_path), Pair("hailing", 2018)
    (tmp_path / "data" / "processed").mkdir(parents=True)
    with exclusive(project, pair):
        shutil.rmtree(tmp_path / "data" / "processed")
        with pytest.raises(BusyError), exclusive(project, pair):
            pass


def test_an_archive_is_taken_in_by_one_at_a_time(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ECOREPORT_ROOT", str(house))
    monkeypatch.setenv("YEAR", "2019")
    monkeypatch.setenv("FROM", str(house / "params"))
    with exclusive(Project(house), Pair(NAME, 2019)):
        assert cli.main(["archive"]) == BusyError.exit_code
    assert "另一个任务正在处理" in capsys.readouterr().err


def test_a_document_tells_of_one_run_only(hailing_2018: Path) -> None:
    project = Project(hailing_2018)
    wish = Wish(project.pair("hailing", 2018))
    kept = read_assessment(project, wish.pair, None)
    assert kept is not None

    with kept_as_it_is(project, wish, kept), pytest.raises(BusyError):
        kept_as_it_is(project, wish, kept).__enter__()
    other = kept.model_copy(update={"as_of": dt.date(2018, 9, 30)})
    with pytest.raises(BusyError, match="刚刚重新处理了"), kept_as_it_is(project, wish, other):
        pass
