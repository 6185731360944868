"""Whatever stands in a variable is data: it is refused in one line, or kept as it was typed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import issued_report as issued
import pytest
import whole_runs
from bs4 import BeautifulSoup

from ecoreport import cli
from ecoreport.cluster.place import Place
from ecoreport.project import Project
from ecoreport.visible import ACTING

HOSTILE = [
    "../../etc",
    "'\"; touch x; $(touch x) `touch x`",
    "a\ntouch x",
    "{0.__class__} %(x)s%n",
    "\x1b[2J\x07\u202e7102",
    "\udcff",
    "x" * 300,
]
HAILING = {"DISTRICT": "hailing", "YEAR": "2018"}
# A verb that uses each variable, what it is given beside it, and how it refuses this very variable.
REFUSED_BY = {
    "district": ("check", {"YEAR": "2018"}, "可用的 DISTRICT"),
    "year": ("check", {"DISTRICT": "hailing"}, "YEAR 应为"),
    "districts": ("reports", {"YEARS": "2018"}, "可用的 DISTRICT"),
    "years": ("reports", {"DISTRICTS": "hailing"}, "YEARS 应为"),
    "as_of": ("prepare", HAILING, "AS_OF 应为"),
    "period": ("remind", HAILING, "PERIOD 应为"),
    "source": ("import", HAILING | {"FROM": "nothing"}, "可用的 SOURCE"),
    "from": ("archive", {"YEAR": "2018"}, "FROM|无法"),
    "against": ("diff", HAILING, "YEAR 应为"),
    "kind": ("word", HAILING, "可用的 KIND"),
    "port": ("serve", {}, "PORT 应为"),
    "engine": ("prepare", HAILING, "ENGINE 应为"),
    "scheduler": (
        "reports",
        {"DISTRICTS": "hailing", "YEARS": "2018", "STORE": "shared"},
        "SCHEDULER 应形如",
    ),
    "workers": ("cluster", {}, "WORKERS 应为"),
    "host": ("cluster", {"WORKERS": "1", "PORT": "8786"}, "HOST 应为|无法在"),
    "locale": ("check", HAILING, "LOCALE 应为"),
    "edition": ("prepare", HAILING, "EDITION 应为"),
}
# What may be any text: it is kept as it was typed, and nothing else is done with it.
NAMES = ("compiled_by", "checked_by", "released_by")
FREE = {*NAMES, "why_revised", "target", "store"}
SWITCHES = {"help", "version", "verb", "draft", "resume", "why", "verbose", "quiet"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project without data."""
    root = tmp_path_factory.mktemp("house") / "project"
    return whole_runs.make_project(root, has_demonstration=False)


def test_every_variable_is_tried_below() -> None:
    named = {action.dest for action in cli._parser()._actions}
    assert named - SWITCHES == set(REFUSED_BY) | FREE


@pytest.fixture(autouse=True)
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, so deep that whatever leads upwards from it is still seen."""
    for known in (*REFUSED_BY, *FREE):
        monkeypatch.delenv(known.upper(), raising=False)
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def run(monkeypatch: pytest.MonkeyPatch, verb: str, given: dict[str, str]) -> int:
    """Run a task as make starts it, where no shell is between."""
    with monkeypatch.context() as patched:
        patched.setenv("Q", "1")
        for key, value in given.items():
            patched.setenv(key, value)
        return cli.main([verb])


def assert_one_plain_line(said: str, words: str) -> None:
    assert len(said.splitlines()) == 1, said
    assert re.search(words, said), said
    assert re.search("[\u4e00-\u9fff]", said), said
    assert len(said) < 1000, said
    assert ACTING.search(said) is None


@pytest.mark.parametrize("name", REFUSED_BY)
def test_a_hostile_word_is_refused_in_one_plain_line(
    house: Path,
    tmp_path: Path,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    verb, beside, words = REFUSED_BY[name]
    monkeypatch.setenv("ECOREPORT_ROOT", str(house))
    before = content(house)
    for value in HOSTILE:
        assert run(monkeypatch, verb, beside | {name.upper(): value}) in {1, 2}, value
        assert_one_plain_line(capsys.readouterr().err, words)
    assert content(house) == before
    assert content(tmp_path) == set()


@pytest.fixture
def released(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with a report that was approved."""
    project = Project(tmp_path_factory.mktemp("released"))
    for folder in ("params", "templates"):
        (project.root / folder).symlink_to(whole_runs.ROOT / folder)
    monkeypatch.setenv("ECOREPORT_ROOT", str(project.root))
    issued.make(project)
    issued.approved(project)
    return project


@pytest.mark.parametrize("name", NAMES)
def test_a_persons_name_is_kept_as_it_was_typed_or_refused(
    released: Project,
    tmp_path: Path,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    beside = HAILING | {role.upper(): name for role, name in issued.NAMES.items()}
    record = released.issued / "hailing/2018/approval.json"
    n_kept = 0
    for value in HOSTILE:
        exit_code = run(monkeypatch, "approve", beside | {name.upper(): value})
        said = capsys.readouterr()
        if exit_code == 0:
            n_kept += 1
            assert json.loads(record.read_text("utf-8"))[name] == " ".join(value.split())
        else:
            assert_one_plain_line(said.err, f"{name.upper()} 应为")
    assert n_kept == 4
    assert content(tmp_path) == set()


def test_a_reason_is_kept_as_it_was_typed_or_refused(
    released: Project,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    web = tmp_path_factory.mktemp("web")
    target = HAILING | {"TARGET": str(web)}
    assert run(monkeypatch, "publish", target) == 0
    capsys.readouterr()
    n_kept = 0
    for number, value in enumerate(HOSTILE):
        issued.make(released, issued.told(pm25=f"44.{number}"))
        issued.approved(released)
        exit_code = run(monkeypatch, "publish", target | {"WHY_REVISED": value})
        said = capsys.readouterr()
        if exit_code == 0:
            n_kept += 1
            page = (web / "current/hailing/2018/index.html").read_text("utf-8")
            assert " ".join(value.split()) in BeautifulSoup(page, "html.parser").get_text()
        else:
            assert_one_plain_line(said.err, "WHY_REVISED 应为")
    assert n_kept == 5
    assert content(tmp_path) == set()


def test_a_folder_to_publish_to_has_the_very_name_that_was_typed(
    released: Project,
    deep: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for value in HOSTILE:
        exit_code = run(monkeypatch, "publish", HAILING | {"TARGET": value})
        said = capsys.readouterr()
        assert ACTING.search((said.out + said.err).replace("\n", "")) is None
        if exit_code == 0:
            folder = deep / value
            assert {path.name for path in folder.iterdir()} >= {"index.html", "current"}
            shutil.rmtree(folder)
        else:
            assert_one_plain_line(said.err, "无法")
        # Folders on the way to one that could not be made are all that may be left.
        assert content(tmp_path) == set(), value
    assert released.issued.exists()


def test_a_store_has_the_very_name_that_was_typed(deep: Path, tmp_path: Path) -> None:
    for value in HOSTILE[:-1]:
        Place(value).put("one", b"content")
        (path,) = content(tmp_path)
        assert path.resolve() == (deep / value / "one").resolve()
        path.unlink()
    with pytest.raises(OSError, match="too long"):
        Place(HOSTILE[-1]).put("one", b"content")


def content(house: Path) -> set[Path]:
    """Return the files of a project, but for locks and logs."""
    found = (path for path in house.rglob("*") if path.is_file())
    return {path for path in found if not {"logs", ".locks"} & set(path.parts)}
