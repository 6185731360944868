"""Whatever stands in a variable is data: it is refused in one line, or kept as it was typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import whole_runs

from ecoreport import cli
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
# A verb that uses each variable before it does anything, and what it is given beside it.
USED_BY = {
    "district": ("check", {"YEAR": "2018"}),
    "year": ("check", {"DISTRICT": "hailing"}),
    "districts": ("reports", {"YEARS": "2018"}),
    "years": ("reports", {"DISTRICTS": "hailing"}),
    "as_of": ("prepare", HAILING),
    "period": ("remind", HAILING),
    "source": ("import", HAILING | {"FROM": "nothing"}),
    "from": ("archive", {"YEAR": "2018"}),
    "target": ("publish", HAILING),
    "compiled_by": ("approve", HAILING | {"CHECKED_BY": "李四", "RELEASED_BY": "王五"}),
    "checked_by": ("approve", HAILING | {"COMPILED_BY": "张三", "RELEASED_BY": "王五"}),
    "released_by": ("approve", HAILING | {"COMPILED_BY": "张三", "CHECKED_BY": "李四"}),
    "why_revised": ("publish", HAILING | {"TARGET": "web"}),
    "against": ("diff", HAILING),
    "kind": ("word", HAILING),
    "port": ("serve", {}),
    "engine": ("prepare", HAILING),
    "scheduler": ("reports", {"DISTRICTS": "hailing", "YEARS": "2018", "STORE": "shared"}),
    "store": ("reports", {"DISTRICTS": "hailing", "YEARS": "2018", "SCHEDULER": "x"}),
    "workers": ("cluster", {}),
    "host": ("cluster", {"WORKERS": "x"}),
    "locale": ("check", HAILING),
    "edition": ("prepare", HAILING),
}
SWITCHES = {"help", "version", "verb", "draft", "resume", "why", "verbose", "quiet"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project without data."""
    root = tmp_path_factory.mktemp("house") / "project"
    return whole_runs.make_project(root, has_demonstration=False)


def test_every_variable_is_tried_below() -> None:
    named = {action.dest for action in cli._parser()._actions}
    assert named - SWITCHES == set(USED_BY)


@pytest.mark.parametrize("name", USED_BY)
def test_a_hostile_word_is_refused_in_one_plain_line(
    house: Path,
    tmp_path: Path,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    verb, beside = USED_BY[name]
    for known in map(str.upper, USED_BY):
        monkeypatch.delenv(known, raising=False)
    monkeypatch.setenv("ECOREPORT_ROOT", str(house))
    monkeypatch.chdir(tmp_path)
    for key, value in beside.items():
        monkeypatch.setenv(key, value)
    before = content(house)
    for value in HOSTILE:
        # As make hands it on, where no shell is between.
        monkeypatch.setenv(name.upper(), value)
        exit_code = cli.main([verb])
        said = capsys.readouterr().err
        assert exit_code in {1, 2}, (value, said)
        assert len(said.splitlines()) == 1, said
        assert re.search("[\u4e00-\u9fff]", said), said
        assert len(said) < 1000, said
        assert ACTING.search(said) is None
    assert content(house) == before
    assert list(tmp_path.iterdir()) == []


def content(house: Path) -> set[Path]:
    """Return the files of a project, but for locks and logs."""
    found = (path for path in house.rglob("*") if path.is_file())
    return {path for path in found if not {"logs", ".locks"} & set(path.parts)}
