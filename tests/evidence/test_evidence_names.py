"""Folders and files by name: any title makes a folder, no name leads elsewhere."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.evidence.find import EvidenceFile, Shelf
from ecoreport.evidence.folders import folder_name, number_of
from ecoreport.evidence.named import has_evidence_file, named_files
from ecoreport.project import Pair, Project

PAIR = Pair("hailing", 2018)


@given(st.integers(1, 99), st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_title_makes_the_name_of_one_folder_that_tells_its_number(
    number: int, title: str
) -> None:
    name = folder_name(number, title)
    assert number_of(name) == number
    assert PureWindowsPath(name).parts == (name,)
    assert not set(name) & set('\\/:*?"<>|\n\0')
    assert len(name.encode()) < 255
    assert not name.endswith((" ", "."))


@given(st.text(max_size=60))
def test_a_name_finds_only_files_that_are_there(name: str) -> None:
    here = EvidenceFile(Path("/here/01 领域/01 指标/a.pdf"), "01 领域/01 指标/a.pdf", 1)
    shelf = Shelf([here], {}, 2018)
    assert shelf.named(name) in ([], [here])


@pytest.fixture
def tree(project: Project) -> Project:
    """A project with papers beside the tables and in the folders of papers."""
    raw, papers = project.raw(PAIR), project.evidence(PAIR)
    for path in (
        raw / "证明.pdf",
        raw / "环保局" / "附件" / "表.pdf",
        papers / "01 生态制度" / "01 规划" / "规划.pdf",
        project.root / "outside.pdf",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"1")
    (raw / "链接.pdf").symlink_to(project.root / "outside.pdf")
    return project


@pytest.mark.parametrize(
    ("name", "exists"),
    [
        ("证明.pdf", True),
        ("附件/表.pdf", True),
        ("附件\\表.pdf", True),
        ("规划.pdf", True),
        ("01 生态制度/01 规划/规划.pdf", True),
        ("没有.pdf", False),
        ("链接.pdf", False),
        ("../../../outside.pdf", False),
        ("/etc/hostname", False),
        ("证明.pdf\0", False),
        ("", False),
        (".", False),
        ("附件", False),
    ],
)
def test_named_evidence_exists_beside_the_table_or_among_the_papers(
    tree: Project, name: str, exists: bool
) -> None:
    table = "data/raw/hailing/2018/环保局/上报值.xlsx"
    assert has_evidence_file(tree, PAIR, name, table) is exists


def test_a_table_elsewhere_does_not_widen_where_evidence_is_looked_for(tree: Project) -> None:
    assert not has_evidence_file(tree, PAIR, "outside.pdf", "上报值.xlsx")


def test_demonstration_data_name_files_that_were_never_meant_to_exist(tree: Project) -> None:
    frame = pd.DataFrame(
        {
            "evidence_file": ["没有.pdf", "证明.pdf", "没有.pdf", None],
            "maturity": ["provisional", "provisional", "demonstration", "provisional"],
            "source_file": "data/raw/hailing/2018/上报值.xlsx",
            "source_sheet": "上报值",
            "source_row": [5, 6, 7, 8],
        }
    )
    found = named_files(tree, PAIR, {"reported": frame, "air_daily": frame[["maturity"]]})
    assert [(one.source_row, one.exists) for one in found] == [(5, False), (6, True)]
