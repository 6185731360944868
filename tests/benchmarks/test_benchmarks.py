"""The harness: ratios are computed round by round, and both sides really make the report."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from benchmarks import __main__ as command_line
from benchmarks.environments import BenchmarkError, copy_project, environ, run
from benchmarks.measure import compare
from benchmarks.sides import ByHand, Measured, OneCommand, stems_of
from benchmarks.table import as_json, as_markdown
from ecoreport.run import strip_times

# The first year of demonstration data has no earlier years to read.
DISTRICT, YEAR = "hailing", "2016"


class Recorded:
    """A side whose times are known; the first is that of the round that is dropped."""

    def __init__(self, label: str, steps: list[dict[str, float]], cells: float) -> None:
        self.label = label
        self._measured = iter([Measured(one, cells, (), ()) for one in steps])

    def run(self) -> Measured:
        return next(self._measured)


def test_ratios_are_those_of_each_round_without_the_first() -> None:
    ours = Recorded("ours", [{"a": 99.0}, {"a": 2.0}, {"a": 4.0}, {"a": 1.0}], cells=0.5)
    hand_times = [{"b": 1.0, "c": 0.0}, {"b": 3.0, "c": 5.0}, {"b": 8.0, "c": 0.0}]
    hand = Recorded("by hand", [*hand_times, {"b": 2.0, "c": 1.0}], cells=2.0)
    first, second = compare([ours, hand], n_rounds=3)
    assert first.ratios == (1.0, 1.0, 1.0)
    # Of medians it would be 8 / 2 = 4 as well as of rounds 4, 2 and 3: median 3.
    assert second.ratios == (4.0, 2.0, 3.0)
    assert (second.wall.min, second.wall.median, second.wall.max) == (3.0, 8.0, 8.0)
    assert second.other.median == 6.0
    assert second.step("c").max == 5.0
    told = as_markdown([first, second], {"ours": {"python": "3.12"}})
    assert "2.0× / 3.0× / 4.0×" in told
    assert json.loads(json.dumps(as_json([first, second], {})))["sides"][1]["ratio"] == {
        "min": 2.0,
        "median": 3.0,
        "max": 4.0,
    }


def test_nothing_that_steers_python_or_make_reaches_a_side(monkeypatch: pytest.MonkeyPatch) -> None:
    steering = ("PYTHONDONTWRITEBYTECODE", "MAKEFLAGS", "DISTRICT", "MPLBACKEND", "JUPYTER_PATH")
    for name in steering:
        monkeypatch.setenv(name, "1")
    assert not set(steering) & set(environ())
    assert "PATH" in environ()


def test_a_step_that_fails_names_the_command_its_cause_and_what_to_do(tmp_path: Path) -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('no such index')"]
    with pytest.raises(BenchmarkError, match=r"(?s)-c.*no such index.*检查网络.*the network"):
        run(failing, "检查网络", "check the network")
    with pytest.raises(BenchmarkError, match="没有找到"):
        run([str(tmp_path / "absent")], "", "")


def test_tables_go_between_the_marks_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{command_line.BEGIN}old\n{command_line.END}after\n")
    command_line.write_between_marks(page, "new")
    written = page.read_text()
    assert "new" in written and "old" not in written
    assert written.startswith("before\n") and written.endswith("after\n")
    page.write_text("no marks\n")
    with pytest.raises(BenchmarkError):
        command_line.write_between_marks(page, "new")
    assert page.read_text() == "no marks\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("copy") / "project")


def test_both_sides_make_a_page_of_each_notebook_with_the_same_outputs(project: Path) -> None:
    command = (sys.executable, "-m", "ecoreport", "report", DISTRICT, YEAR)
    ours = OneCommand("ours", project, DISTRICT, YEAR, command).run()
    ours_outputs = [outputs(path) for path in ours.executed]
    assert len(ours.pages) == len(stems_of(project)) and all(ours.step_seconds.values())

    hand = ByHand("by hand", project, DISTRICT, YEAR, Path(sys.executable)).run()
    assert [path.stem for path in hand.pages] == stems_of(project)
    assert [outputs(path) for path in hand.executed] == ours_outputs
    for page, contents in zip(hand.pages, ours_outputs, strict=True):
        shown = [one["metadata"]["ecoreport"] for one in contents]
        anchors = [f'id="{one["id"]}"' for one in shown if one["kind"] in {"heading", "chart"}]
        text = page.read_text(encoding="utf-8")
        assert anchors and all(anchor in text for anchor in anchors)
    for measured in (ours, hand):
        assert 0 < measured.cell_seconds < measured.wall_seconds


def outputs(path: Path) -> list[NotebookNode]:
    """Return what the cells of an executed notebook showed."""
    notebook = nbformat.read(path, as_version=4)
    strip_times(notebook)
    return [one for cell in notebook.cells for one in cell.get("outputs", ())]
