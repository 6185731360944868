"""Three people answer for a content, and for no other."""

import argparse
import json
import re
from pathlib import Path

import issued_report as issued
import pytest

from ecoreport import issuing
from ecoreport.approve import Approval, approval_of, voided
from ecoreport.approve import approve as approve_report
from ecoreport.current import current_manifest
from ecoreport.errors import InputError
from ecoreport.produce import Wish
from ecoreport.progress import Progress
from ecoreport.project import Pair, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


def known(project: Project) -> Approval | None:
    manifest = current_manifest(project.root / "reports" / issued.ADDRESS)
    return approval_of(project, issued.ADDRESS, manifest)


def test_who_and_when_stands_in_a_file_of_its_own_over_the_content(project: Project) -> None:
    folder = issued.make(project)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    approval = issued.approved(project)

    path = project.root / "data/issued/hailing/2018/approval.json"
    assert json.loads(path.read_text("utf-8")) == {
        "title": "海陵区2018年度评估",
        "content_sha256": current_manifest(folder).digest,
        "is_public": True,
        **issued.NAMES,
        "approved_at": "2019-03-01T09:00:00Z",
    }
    assert known(project) == approval
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_later_change_of_content_voids_it_and_a_change_of_dates_does_not(
    project: Project,
) -> None:
    folder = issued.make(project)
    issued.approved(project)
    for path in folder.rglob("*"):
        path.touch()
    issued.make(project)
    assert known(project)

    issued.make(project, issued.told(pm25="44"))
    assert known(project) is None

    issued.make(project)
    assert known(project)


def test_the_other_edition_in_its_place_voids_it_and_it_is_said(project: Project) -> None:
    assert voided(project, issued.ADDRESS) == []
    issued.make(project)
    issued.approved(project)
    assert voided(project, issued.ADDRESS) == []

    issued.make(project, is_public=False)
    (said,) = voided(project, issued.ADDRESS)
    assert "已签发的是公开版，现在是内部版" in said
    assert "EDITION=public" in said

    issued.make(project, issued.told(pm25="44"))
    (said,) = voided(project, issued.ADDRESS)
    assert "make approve" in said

    issued.make(project)
    assert voided(project, issued.ADDRESS) == []


@pytest.mark.parametrize(
    ("is_public", "checked_by", "words"),
    [
        (True, "李四", []),
        (True, "张三", ["编制和审核是同一人（张三）"]),
        (False, "李四", ["签发的是内部版.*不能发布.*make report EDITION=public"]),
    ],
)
def test_what_cannot_be_published_or_is_checked_by_its_maker_is_told_at_once(
    project: Project,
    capsys: pytest.CaptureFixture[str],
    is_public: bool,
    checked_by: str,
    words: list[str],
) -> None:
    issued.make(project, is_public=is_public)
    wish = Wish(Pair("hailing", 2018), is_public=is_public)
    names = argparse.Namespace(**issued.NAMES | {"checked_by": checked_by})
    assert issuing.approve(project, wish, Progress(), names) == 0

    said = "".join(capsys.readouterr().err.split())
    assert "已签发" in said and said.count("提醒") == len(words)
    for one in words:
        assert re.search("".join(one.split()), said)
    assert known(project)


def test_a_manifest_issued_before_editions_were_told_keeps_its_digest(project: Project) -> None:
    manifest = current_manifest(issued.make(project, is_public=False))
    assert b"is_public" not in manifest.to_bytes()


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"rests_on_demonstration": True}, "演示数据"), ({"is_draft": True}, "草稿")],
)
def test_demonstration_data_and_drafts_cannot_be_approved(
    project: Project, changes: dict[str, bool], words: str
) -> None:
    issued.make(project, **changes)
    with pytest.raises(InputError, match=f"不能签发.*{words}"):
        issued.approved(project)
    assert not project.issued.exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "CHECKED_BY"), (" \n", "CHECKED_BY"), ("长" * 61, "60"), ("李\u202e四", "控制字符"),
     ("李\x00四", "控制字符")],
)  # fmt: skip
def test_names_are_one_line_that_can_be_printed(project: Project, name: str, words: str) -> None:
    issued.make(project)
    with pytest.raises(InputError, match=words):
        approve_report(project, issued.ADDRESS, issued.NAMES | {"checked_by": name}, issued.SPRING)


def test_what_was_changed_after_verification_cannot_be_approved(project: Project) -> None:
    folder = issued.make(project)
    version = folder / "versions" / current_manifest(folder).version
    (version / "data/chart-months.csv").write_bytes(b"better\n")

    with pytest.raises(InputError, match=r"chart-months\.csv"):
        issued.approved(project)


def test_a_damaged_record_is_told(project: Project) -> None:
    issued.make(project)
    issued.approved(project)
    path = project.root / "data/issued/hailing/2018/approval.json"
    path.write_text("{", "utf-8")

    with pytest.raises(InputError, match="make approve"):
        known(project)
