"""Hundreds of runs killed or refused anywhere: what stood before opens, and no lock stays."""

from __future__ import annotations

import os
import signal
import sys
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
import whole_runs
from ended_runs import Ended, ended

pytestmark = pytest.mark.skipif(
    not hasattr(os, "memfd_create"), reason="no memfd_create on this system"
)

N_KILLS = 200
CODE = """
from ecoreport import show
show.heading("版本零", "version")
"""
PARAMETERS = """
district: str = "hailing"
year: int = 2018
as_of: str = ""
locale: str = "zh"
"""
REPORTED = """\
序号,指标名称,报告期,完成值,计量单位,统计口径,依据文件,文号,责任单位,填报人,审核人
12,森林覆盖率,2018年,23.4,%,全区,林业年报,海林〔2019〕3号,区农委,张三,李四
"""


def overview() -> nbformat.NotebookNode:
    """Return a chapter of one sentence."""
    named = {"chapter": "overview", "order": 10, "zh": "总览", "en": "Overview"}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cell, book = nbformat.v4.new_code_cell, nbformat.v4.new_notebook
    cells = [cell(PARAMETERS, metadata={"tags": ["parameters"]}), cell(CODE)]
    return book(cells=cells, metadata={"ecoreport": named, "kernelspec": kernel})


@pytest.fixture(scope="module")
def small_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one chapter and one table, whose data were validated once."""
    root = whole_runs.make_project(tmp_path_factory.mktemp("small"), has_demonstration=False)
    whole_runs.limit_chapters(root, ["overview"])
    nbformat.write(overview(), root / "notebooks/overview.ipynb")
    table = root / "data/raw/hailing/2018/生态文明指标上报值_2018.csv"
    table.parent.mkdir(parents=True)
    table.write_text(REPORTED, "utf-8")
    whole_runs.assert_told(whole_runs.report(root), 0, "reports/hailing/2018/index.html")
    return root


def report_folders(root: Path) -> list[Path]:
    """Return where a report stands and what it was made from."""
    return [whole_runs.folder(root), root / "data/processed/hailing/2018/whole-year"]


def left_by_killed_runs(*folders: Path) -> list[Path]:
    """Return what was being written aside; locks are files that nobody holds."""
    return [
        path
        for folder in folders
        for path in folder.rglob(".*")
        if path.name.startswith(".writing-") or path.name.endswith((".aside", ".writing"))
    ]


def assert_whole_before_and_after(runs: list[Ended]) -> None:
    """Hold runs that were killed against what their readers found after each."""
    assert {run.exit_code for run in runs[:-1]} <= {-signal.SIGKILL, 0}, [run.said for run in runs]
    assert sum(run.exit_code != 0 for run in runs) > len(runs) / 2
    # The next run after all of them works, and what it made is what opens.
    assert runs[-1].exit_code == 0, runs[-1].said
    assert runs[-1].opens not in {run.opens for run in runs[:-1]}


def test_of_a_report_killed_two_hundred_times_a_whole_one_opens(small_report: Path) -> None:
    runs = ended("report", "killed", N_KILLS, small_report)
    assert len(runs) == N_KILLS + 1
    assert_whole_before_and_after(runs)
    # Some were killed after the switch: then what they made is what opens.
    assert len({run.opens for run in runs}) > 2
    assert left_by_killed_runs(*report_folders(small_report)) == []


def test_of_a_site_whose_publishing_is_killed_a_whole_one_opens(tmp_path: Path) -> None:
    folders = [tmp_path / "project", tmp_path / "web"]
    runs = ended("publish", "killed", 40, *folders)
    assert_whole_before_and_after(runs)
    assert left_by_killed_runs(*folders) == []
    # An issue that never reached anybody takes no number.
    for before, after in pairwise(runs):
        n_issues = [int(run.opens.split()[0]) for run in (before, after)]
        assert n_issues[1] - n_issues[0] == (before.opens != after.opens), (before, after)


def test_a_first_publication_killed_anywhere_is_found_out_by_the_next(tmp_path: Path) -> None:
    folders = [tmp_path / "project", tmp_path / "web"]
    runs = ended("first", "killed", 16, *folders)
    assert_whole_before_and_after(runs)
    # Some were killed before readers had anything, some after.
    assert {run.opens.split()[1] for run in runs} == {"1", "2"}
    assert left_by_killed_runs(*folders) == []


def test_of_an_archive_killed_anywhere_all_four_files_are_of_one_run(
    days_of_the_country: tuple[Path, Path],
) -> None:
    project, days = days_of_the_country
    runs = ended("archive", "killed", 40, project, days)
    assert_whole_before_and_after(runs)
    kept = project / "data/processed/_archive"
    assert [path.name for path in kept.iterdir()] == ["2019"]


@pytest.fixture
def days_of_the_country(tmp_path: Path) -> tuple[Path, Path]:
    """A project, and a folder with one day of the public archive."""
    lines = ["date,hour,type,1206A,9999A"]
    for hour in range(24):
        lines += [
            f"20190105,{hour},{name},{51 + hour},0.7"
            for name in ("AQI", "PM2.5", "PM10", "SO2", "NO2", "CO", "O3", "O3_8h", "PM2.5_24h")
        ]
    days = tmp_path / "days"
    days.mkdir()
    (days / "china_sites_20190105.csv").write_text("\n".join(lines) + "\n", "utf-8")
    project = tmp_path / "project"
    project.mkdir()
    (project / "params").symlink_to(whole_runs.ROOT / "params")
    return project, days


@pytest.mark.parametrize(("how", "words"), [("full", "磁盘已满"), ("read-only", "是只读的")])
@pytest.mark.parametrize("task", ["report", "publish", "archive"])
def test_a_disk_that_takes_no_more_is_named_and_what_stood_opens(
    request: pytest.FixtureRequest, tmp_path: Path, task: str, how: str, words: str
) -> None:
    folders = {
        "report": lambda: [request.getfixturevalue("small_report")],
        "publish": lambda: [tmp_path / "project", tmp_path / "web"],
        "archive": lambda: request.getfixturevalue("days_of_the_country"),
    }[task]()
    runs = ended(task, how, 12, *folders)

    refused = [run for run in runs if run.exit_code != 0]
    assert len(refused) > len(runs) / 2
    for run in refused:
        assert run.exit_code in {1, 3}, run.said
        assert words in run.said
        assert str(folders[0]) in run.said or "web" in run.said, run.said
        assert "Traceback" not in run.said, run.said
    assert runs[-1].exit_code == 0, runs[-1].said
    own = report_folders(folders[0]) if task == "report" else folders
    assert left_by_killed_runs(*own) == []


def test_a_write_that_breaks_off_is_told_and_what_stood_opens(small_report: Path) -> None:
    before = whole_runs.opened(small_report)
    notebook = small_report / "notebooks/overview.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace("版本", "另一版本"), "utf-8")
    # The system takes so many bytes of a file and no more, as where a disk fills up.
    limited = (
        "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    given = {"DISTRICT": "hailing", "YEAR": "2018"}
    run = whole_runs.start(small_report, "report", sys.executable, "-c", limited, **given)
    said, _nothing = run.communicate(timeout=whole_runs.LONGEST_RUN_SECONDS)

    assert run.returncode in {1, 3}, said
    assert "Traceback" not in said, said
    assert "文件过大" in said or "File too large" in said, said
    assert whole_runs.opened(small_report) == before
    assert left_by_killed_runs(*report_folders(small_report)) == []
