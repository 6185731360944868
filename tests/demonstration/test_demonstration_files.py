"""The files that are committed: generated anew they are the same, and all say what they are."""

import zipfile
from pathlib import Path

import pytest
from generated_tables import sheets

from ecoreport.demonstration import generate, write_demonstration
from ecoreport.errors import InputError
from ecoreport.project import Pair, Project

MARK = "演示数据"
LIMIT_BYTES = 4_000_000


def committed(project: Project, pair: Pair) -> list[Path]:
    return sorted(project.demonstration(pair).iterdir())


def test_generating_anew_gives_the_committed_files(
    project: Project, any_pair: Pair, tmp_path: Path
) -> None:
    files = generate(project, any_pair)
    assert [path.name for path in committed(project, any_pair)] == sorted(files)
    for path in committed(project, any_pair):
        again = tmp_path / path.name
        again.write_bytes(files[path.name])
        if path.suffix == ".csv":
            assert again.read_bytes() == path.read_bytes(), path.name
        assert sheets(again) == sheets(path), path.name


def test_workbooks_bear_no_time_of_making(project: Project, any_pair: Pair) -> None:
    for path in committed(project, any_pair):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as package:
                assert {entry.date_time[0] for entry in package.infolist()} == {1980}
                assert b"1980-01-01T00:00:00Z" in package.read("docProps/core.xml")


def test_every_file_title_and_row_says_demonstration(project: Project, any_pair: Pair) -> None:
    for path in committed(project, any_pair):
        assert path.name.startswith(MARK)
        for name, rows in sheets(path).items():
            assert MARK in str(rows[0][0]), (path.name, name)
            place = rows[1].index("数据性质")
            first = 3 if rows[2][place] == "" else 2
            marked = [len(row) > place and row[place] == MARK for row in rows[first:]]
            # Below the last row of data stand only means and notes.
            assert all(marked[: marked.index(False)] if False in marked else marked)
            assert any(marked)
            assert len(marked) - sum(marked) <= 4


def test_all_files_together_are_small(project: Project) -> None:
    folder = project.root / "data" / "demonstration"
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert total < LIMIT_BYTES


def test_other_seed_other_values(project: Project) -> None:
    pair = Pair("hailing", 2016)
    name = "演示数据_环境空气日均值_2016.csv"
    assert generate(project, pair)[name] != generate(project, pair, "another")[name]


def test_unknown_year_is_said_and_nothing_is_written(project: Project, tmp_path: Path) -> None:
    elsewhere = Project(tmp_path)
    (tmp_path / "params").symlink_to(project.params)
    with pytest.raises(InputError, match="2031"):
        write_demonstration(elsewhere, "hailing", [2016, 2031])
    assert not (tmp_path / "data").exists()


def test_write_demonstration_leaves_other_files_alone(project: Project, tmp_path: Path) -> None:
    elsewhere = Project(tmp_path)
    (tmp_path / "params").symlink_to(project.params)
    folder = elsewhere.demonstration(Pair("hailing", 2016))
    folder.mkdir(parents=True)
    (folder / "mine.txt").write_text("mine")
    written = write_demonstration(elsewhere, "hailing", [2016])
    assert (folder / "mine.txt").read_text() == "mine"
    assert {tmp_path / name for name in written} == set(folder.iterdir()) - {folder / "mine.txt"}
