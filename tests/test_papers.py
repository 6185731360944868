"""Papers count by what they hold: not by their time, and also where their size is the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ecoreport import papers
from ecoreport.papers import paper_digests
from ecoreport.project import Pair, Project
from ecoreport.unchanged import tables

NAME = "data/raw/hailing/evidence/2018/01 规划.pdf"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(b"first")
    return path


def test_a_paper_that_was_touched_is_the_same_and_another_of_its_size_is_not(
    tmp_path: Path, paper: Path
) -> None:
    project = Project(tmp_path)
    before = tables(project, [Pair("hailing", 2018)])
    contents = papers.contents_path(project, "hailing")
    told = contents.read_bytes()
    assert NAME in before
    os.utime(paper, (1, 1))
    assert tables(project, [Pair("hailing", 2018)]) == before
    assert contents.read_bytes() == told
    paper.write_bytes(b"other")
    assert tables(project, [Pair("hailing", 2018)])[NAME] != before[NAME]
    assert contents.read_bytes() != told


def test_a_paper_is_read_once_and_what_was_kept_may_be_deleted_or_damaged(
    tmp_path: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, read = Project(tmp_path), []
    digest = papers.digest_of
    monkeypatch.setattr(papers, "digest_of", lambda path: read.append(path) or digest(path))
    first = paper_digests(project, "hailing")
    assert paper_digests(project, "hailing") == first
    assert read == [paper]
    kept = tmp_path / "data/processed/hailing" / papers.KEPT
    for damage in ('{"a": 1}', "[]", "{"):
        kept.write_text(damage, "utf-8")
        assert paper_digests(project, "hailing") == first
    kept.unlink()
    assert paper_digests(project, "hailing") == first


def test_a_link_is_told_of_and_not_followed(tmp_path: Path, paper: Path) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"elsewhere")
    (paper.parent / "02 链接.pdf").symlink_to(outside)
    found = paper_digests(Project(tmp_path), "hailing")
    assert found[NAME.replace("01 规划", "02 链接")] == papers.LINK
