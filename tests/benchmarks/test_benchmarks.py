"""The harness: ratios by round, sides that cannot be made, and that each makes the same report."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat import NotebookNode

from benchmarks import __main__ as command_line
from benchmarks import batch, costs, report
from benchmarks.environments import BenchmarkError, copy_project, environ, run
from benchmarks.inside.marks import draw, marks_of
from benchmarks.measure import compare
from benchmarks.page import marks, write_between_marks
from benchmarks.sides import (
    PAPERMILL,
    ByHand,
    Measured,
    OneCommand,
    Stage,
    Tools,
    stems_of,
    told,
    typed,
)
from ecoreport.charts.exceedances import exceedance_days_by_pollutant
from ecoreport.charts.style import drawing
from ecoreport.config.load import load_catalogue
from ecoreport.inputs import pairs_read
from ecoreport.project import Project
from ecoreport.run import strip_times

# The first year of demonstration data has no earlier years to read.
DISTRICT, YEAR = "hailing", "2016"
BY_HAND = {"overview", "air"}
"""Notebooks that are executed by hand as well: all would take a minute."""


class Recorded:
    """A side whose times are known."""

    def __init__(
        self, label: str, steps: list[dict[str, float]], cells: float | None, fault: str = ""
    ) -> None:
        self.label, self.fault = label, fault
        self._measured = iter([Measured(one, cells, (), ()) for one in steps])

    def warm_up(self) -> None:
        if self.fault:
            raise BenchmarkError(self.fault)

    def run(self) -> Measured:
        return next(self._measured)


def test_ratios_are_those_of_each_round() -> None:
    ours = Recorded("ours", [{"a": 2.0}, {"a": 4.0}, {"a": 1.0}], cells=0.5)
    hand_times = [{"b": 3.0, "c": 5.0}, {"b": 8.0, "c": 0.0}, {"b": 2.0, "c": 1.0}]
    found = compare([ours, Recorded("by hand", hand_times, cells=None)], n_rounds=3)
    first, second = found.compared
    assert first.ratios == (1.0, 1.0, 1.0)
    # Of medians it would be 8 / 2 = 4 as well as of rounds 4, 2 and 3: median 3.
    assert second.ratios == (4.0, 2.0, 3.0)
    assert (second.wall.min, second.wall.median, second.wall.max) == (3.0, 8.0, 8.0)
    assert second.cells is None
    assert second.step("c").max == 5.0
    text = report.as_markdown(found, {"ours": {"python": "3.12"}})
    assert "2.0× / 3.0× / 4.0×" in text
    data = json.loads(json.dumps(report.as_data(found, {})))
    assert data["sides"][1]["ratio"] == {"min": 2.0, "median": 3.0, "max": 4.0}


def test_a_side_that_cannot_be_made_is_said_in_the_table_with_the_reason() -> None:
    ours = Recorded("ours", [{"a": 2.0}], cells=1.0)
    book = Recorded("book", [], cells=None, fault="无法安装\ncannot be installed")
    found = compare([ours, book], n_rounds=1)
    assert [one.label for one in found.compared] == ["ours"]
    text = report.as_markdown(found, {})
    assert re.search(r"\*book\*.*\n\n    无法安装\n    cannot be installed", text)
    with pytest.raises(BenchmarkError, match="cannot be installed"):
        compare([book, ours], n_rounds=1)


def test_by_hand_takes_the_stages_in_order_and_warms_up_with_the_first_of_each(
    tmp_path: Path,
) -> None:
    scripts = tmp_path / "benchmarks" / "by_hand"
    scripts.mkdir(parents=True)
    for name in ("validate", "compute"):
        (scripts / f"{name}.py").write_text(f"open('log', 'a').write('{name} ')")
    (tmp_path / "notebooks").mkdir()
    for name in ("a", "b"):
        (tmp_path / "notebooks" / f"{name}.ipynb").touch()

    def writing(hand: ByHand) -> list[Stage]:
        script = "import sys; open('log', 'a').write('page '); open(sys.argv[1], 'w')"
        paths = [hand.folder / f"{one}{end}" for one in "ab" for end in (".ipynb", ".html")]
        return [Stage("pages", tuple(typed(sys.executable, "-c", script, one) for one in paths))]

    tools = Tools(writing, lambda _notebook: 1.5)
    hand = ByHand("by hand", tmp_path, "x", "2018", Path(sys.executable), tools)
    hand.warm_up()
    assert (tmp_path / "log").read_text() == "validate compute page "
    measured = replace(hand, n_at_once=2).run()
    assert list(measured.step_seconds) == ["validate", "compute", "pages"]
    assert [one.name for one in measured.pages] == ["a.html", "b.html"]
    assert measured.cell_seconds == 3.0
    with pytest.raises(BenchmarkError, match=r"(?s)absent.*没有生成"):
        replace(hand, tools=replace(tools, pages="absent")).run()


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


def test_each_part_goes_between_its_own_marks_of_the_page(tmp_path: Path) -> None:
    text = command_line.PAGE.read_text(encoding="utf-8")
    assert all(text.count(mark) == 1 for name in command_line.PARTS for mark in marks(name))
    page = tmp_path / "performance.md"
    (first, last), (other, other_last) = marks("report"), marks("batch")
    page.write_text(f"before\n{first}old\n{last}between\n{other}kept\n{other_last}after\n")
    write_between_marks(page, "new", first, last)
    written = page.read_text()
    assert "new" in written and "old" not in written
    assert written.startswith("before\n") and f"between\n{other}kept" in written
    page.write_text("no marks\n")
    with pytest.raises(BenchmarkError):
        write_between_marks(page, "new", first, last)
    assert page.read_text() == "no marks\n"


def test_an_unknown_part_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONLY", "everything")
    with pytest.raises(SystemExit):
        command_line.main([])
    assert "report, costs, charts, batch" in capsys.readouterr().err


def test_costs_are_set_against_the_floor_and_the_unchanged_run_round_by_round() -> None:
    def one(notebooks: float, floor: float, wall: float) -> costs.Round:
        record = {
            "stages_seconds": {"notebooks": notebooks},
            "peak_memory_mib": 300.0,
            "notebooks": [
                {
                    "notebook": "air.ipynb",
                    "wall_seconds": 1.0,
                    "cell_seconds": [0.1, 0.3],
                    "peak_memory_mib": 250.0,
                }
            ],
        }
        return costs.Round(record, wall, again=0.2, floor=floor, floor_alone=floor / 2)

    text = costs.as_markdown([one(3.0, 2.0, 8.0), one(4.0, 4.0, 10.0)])
    assert "1.00× / 1.25× / 1.50×" in text and "2.00× / 2.50× / 3.00×" in text
    assert "2.0 % / 2.2 % / 2.5 %" in text
    assert re.search(r"air.ipynb .* 400 / 400 / 400 .* 300 / 300 / 300 .* 250 / 250 / 250", text)


def test_throughput_is_in_district_years_an_hour() -> None:
    ours = batch.Batch("ours", 60, wall=200.0, again=4.0)
    hand = batch.Batch("by hand", 6, wall=120.0)
    assert (ours.per_hour, hand.per_hour) == (1080.0, 180.0)
    text = batch.as_markdown([ours, hand])
    assert "6.0×" in text and "2.0 %" in text


def test_synthetic_districts_have_plan_and_tables_of_their_own(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    assert batch.synthesize(root, 2) == ["synthetic-01", "synthetic-02"]
    project = Project(root)
    catalogue = load_catalogue(project)
    pair = project.pair("synthetic-02", 2018)
    assert [plan.id for plan in catalogue.plans_binding(pair.district)] == ["synthetic-02"]
    read = pairs_read(project, catalogue, pair)
    assert {one.district for one in read} == {"synthetic-02"}
    assert {one.year for one in read} >= {2016, 2017, 2018}
    assert len({catalogue.districts[name].name_zh for name in ("hailing", "synthetic-01")}) == 2


def test_the_bare_drawing_has_the_marks_of_the_chart() -> None:
    days = pd.date_range("2018-01-01", "2018-12-31")
    exceeds = pd.DataFrame({"PM2.5": days.month < 3, "O3": days.month == 7}, index=days)
    chart = exceedance_days_by_pollutant(exceeds, 2018, title="")
    chart.html("days")
    stream = io.StringIO()
    width, height = chart.figure.get_size_inches()
    with drawing():
        draw((width, height), marks_of(chart.figure)).savefig(stream, format="svg")
    bare, ours = (
        re.findall(r">([^<>\s][^<>]*)</text>", one)
        for one in (stream.getvalue(), chart.svg("days"))
    )
    assert sorted(bare) == sorted(ours) and "31" in bare


def test_scripts_that_run_beside_the_report_find_what_they_import(project: Path) -> None:
    inside = project / "benchmarks" / "inside"
    code = f"import sys; sys.path.insert(0, {str(inside)!r}); import charts, floor"
    told([sys.executable, "-c", code], project)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("copy") / "project")


def test_both_sides_make_a_page_of_each_notebook_with_the_same_outputs(project: Path) -> None:
    command = (sys.executable, "-m", "ecoreport", "report", DISTRICT, YEAR)
    ours = OneCommand("ours", project, DISTRICT, YEAR, command).run()
    ours_outputs = {path.stem: outputs(path) for path in ours.executed}
    assert len(ours.pages) == len(stems_of(project)) and all(ours.step_seconds.values())

    for stem in set(stems_of(project)) - BY_HAND:
        (project / "notebooks" / f"{stem}.ipynb").unlink()
    python = Path(sys.executable)
    hand = ByHand("by hand", project, DISTRICT, YEAR, python, PAPERMILL, n_at_once=2).run()
    assert {path.stem for path in hand.pages} == BY_HAND
    for page, executed in zip(hand.pages, hand.executed, strict=True):
        contents = outputs(executed)
        assert contents == ours_outputs[executed.stem]
        shown = [one["metadata"]["ecoreport"] for one in contents]
        anchors = [f'id="{one["id"]}"' for one in shown if one["kind"] in {"heading", "chart"}]
        text = page.read_text(encoding="utf-8")
        assert anchors and all(anchor in text for anchor in anchors)
    assert all(one.cell_seconds for one in (ours, hand))


def outputs(path: Path) -> list[NotebookNode]:
    """Return what the cells of an executed notebook showed."""
    notebook = nbformat.read(path, as_version=4)
    strip_times(notebook)
    return [one for cell in notebook.cells for one in cell.get("outputs", ())]
