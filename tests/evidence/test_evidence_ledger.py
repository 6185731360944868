"""What is there and what is missing, on real folders with the names that people give."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from papers import WHOLE, Bureau
from whole_runs import assert_told, ecoreport

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.evidence import EvidenceState
from ecoreport.errors import InputError
from ecoreport.evidence.checksums import FILE_NAME
from ecoreport.evidence.index import Index, index_bytes
from ecoreport.evidence.make import make_ledger
from ecoreport.project import Project


@pytest.fixture
def bureau(project: Project, catalogue: Catalogue) -> Bureau:
    """Hailing in 2016, its folders made and still empty."""
    bureau = Bureau(project, catalogue)
    bureau.run()
    return bureau


def test_three_years_and_37_indicators_are_asked_for(
    project: Project, catalogue: Catalogue
) -> None:
    made = Bureau(project, catalogue).run(2015, 2016, 2017)
    counts = made.counts()
    assert (counts.n_required, counts.n_there, counts.n_missing) == (3 * 60, 0, 3 * 60)
    assert sum(one.n_required for _name, one in made.counts_by_department()) == 3 * 60
    folders = list(project.root.glob("data/raw/hailing/evidence/*/*/*"))
    assert len(folders) == 3 * 37
    assert made.path.name == "佐证材料总目录_2015-2017.xlsx"


def test_registered_papers_are_there_with_their_hash(bureau: Bureau) -> None:
    bureau.put("规划.pdf", content=b"plan")
    bureau.write("01-1", **WHOLE, file="规划.pdf")
    counts = bureau.run().counts()
    assert (counts.n_there, counts.n_missing) == (1, 59)
    (paper,) = (one for one in bureau.papers() if one.code == "01-1")
    assert paper.state is EvidenceState.REGISTERED
    assert (paper.date, paper.form, paper.pages, paper.lacking) == ("2016-03", "copy", "1-120", ())
    assert paper.sha256 == hashlib.sha256(b"plan").hexdigest()
    assert f"{paper.sha256}  {paper.file}\n" == (bureau.folder / FILE_NAME).read_text("utf-8")


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum on this system")
def test_the_list_of_hashes_is_one_that_sha256sum_checks(bureau: Bureau) -> None:
    bureau.put("=规划 (终稿).pdf")
    bureau.write("01-1", **WHOLE, file="=规划 (终稿).pdf")
    bureau.run()
    check = ["sha256sum", "--strict", "-c", FILE_NAME]
    subprocess.run(check, cwd=bureau.folder, check=True, capture_output=True)


def test_a_file_changed_after_registration_is_told_until_its_new_hash_is_registered(
    bureau: Bureau,
) -> None:
    path = bureau.put("规划.pdf", content=b"first")
    bureau.write("01-1", **WHOLE, file="规划.pdf")
    bureau.run()
    path.write_bytes(b"other")
    for _again in range(2):
        assert bureau.run().counts().n_changed == 1
        assert bureau.state("01-1") is EvidenceState.CHANGED
    (changed,) = (one for one in bureau.papers() if one.code == "01-1")
    bureau.write("01-1", sha256=changed.sha256.upper())
    bureau.run()
    assert bureau.state("01-1") is EvidenceState.REGISTERED
    bureau.write("01-1", sha256="")
    assert bureau.run().counts().n_changed == 0


def test_a_registered_file_that_is_gone_is_missing(bureau: Bureau) -> None:
    path = bureau.put("规划.pdf")
    bureau.write("01-1", **WHOLE, file="规划.pdf")
    bureau.run()
    path.unlink()
    assert bureau.run().counts().n_missing == 60
    assert bureau.state("01-1") is EvidenceState.ABSENT


def test_a_paper_without_a_file_or_with_two_of_its_name_is_missing(bureau: Bureau) -> None:
    bureau.write("01-1", **WHOLE)
    bureau.put("表.xlsx", 2)
    bureau.put("表.xlsx", 3)
    row = bureau.write("02-2", title="分值表", file="表.xlsx")
    made = bureau.run()
    assert made.counts().n_there == 0
    assert f"登记表_2016.xlsx 第 {row} 行" in {one.where for one in made.index.notices}
    bureau.write("02-2", file=f"{bureau.indicator(3).relative_to(bureau.folder)}\\表.xlsx")
    assert bureau.run().counts().n_there == 1


def test_reasons_why_papers_are_missing_are_kept(bureau: Bureau) -> None:
    bureau.write("06-1", remark="2017年才推行")
    bureau.run()
    (missing,) = (one for one in bureau.papers() if one.code == "06-1")
    assert (missing.state, missing.remark) == (EvidenceState.MISSING, "2017年才推行")


LONGEST = "关" * 83 + ".pdf"


@pytest.mark.parametrize("name", ["=HYPERLINK(1).pdf", "-减.pdf", "@甲.docx", LONGEST, "a'b.pdf"])
def test_files_nobody_registered_are_listed_whatever_they_are_called(
    bureau: Bureau, name: str
) -> None:
    bureau.put(name, 5)
    made = bureau.run()
    (found,) = (one for one in bureau.papers() if one.state is EvidenceState.UNREGISTERED)
    assert (Path(found.file).name, found.seq) == (name, 5)
    cells = [cell for sheet in load_workbook(made.path) for row in sheet for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(name in str(cell.value) for cell in cells)


def test_a_name_copied_from_the_index_is_understood(bureau: Bureau) -> None:
    bureau.put("=规划.pdf")
    bureau.write("01-1", **WHOLE, file="'=规划.pdf")
    bureau.run()
    assert bureau.state("01-1") is EvidenceState.REGISTERED


def test_what_is_no_paper_is_told_and_not_opened(bureau: Bureau, tmp_path: Path) -> None:
    outside = tmp_path.parent / "secret.pdf"
    outside.write_bytes(b"secret")
    bureau.put("~$规划.docx")
    bureau.put(".DS_Store")
    bureau.put("Thumbs.db")
    (bureau.indicator(1) / "链接.pdf").symlink_to(outside)
    (bureau.indicator(1) / "文件夹").symlink_to(outside.parent, target_is_directory=True)
    os.mkfifo(bureau.indicator(1) / "管道.pdf")
    (bureau.indicator(1) / os.fsdecode("规划.pdf".encode("gbk"))).write_bytes(b"1")
    bureau.write("01-1", **WHOLE, file="链接.pdf")
    made = bureau.run()
    assert {one.state for one in bureau.papers()} == {EvidenceState.ABSENT, EvidenceState.MISSING}
    assert len(made.index.notices) == 7


@pytest.mark.parametrize("name", ["../../../../params/units.csv", "/etc/hostname", "2015/../x"])
def test_no_name_in_a_register_leads_out_of_the_folders(bureau: Bureau, name: str) -> None:
    bureau.write("01-1", **WHOLE, file=name)
    bureau.run()
    assert bureau.state("01-1") is EvidenceState.ABSENT


def test_one_file_may_serve_several_years(bureau: Bureau) -> None:
    path = bureau.put("规划.pdf")
    later = Bureau(bureau.project, bureau.catalogue, 2017)
    later.run()
    later.write("01-1", **WHOLE, file=f"2016/{path.relative_to(bureau.folder).as_posix()}")
    later.run()
    assert later.state("01-1") is EvidenceState.REGISTERED


def test_what_people_put_there_stays_as_it_is(bureau: Bureau) -> None:
    bureau.put("规划.pdf")
    bureau.write("01-1", **WHOLE, file="规划.pdf")
    own = bureau.indicator(1)
    own.rename(own.with_name("01 规划材料（王）"))
    (own.parent / "说明.txt").write_text("看这里")
    before = bureau.everything()
    first = bureau.run()
    content = first.path.read_bytes()
    after = bureau.everything()
    del after[str(bureau.folder / FILE_NAME)]
    assert after == before
    assert not own.exists()
    assert bureau.run().path.read_bytes() == content


def test_the_same_ledgers_give_the_same_index_without_a_clock(bureau: Bureau) -> None:
    made = bureau.run()
    index = Index(bureau.catalogue, made.index.district, made.index.plan, made.index.ledgers)
    assert index_bytes(index) == made.path.read_bytes()


def test_a_link_in_place_of_a_folder_is_refused(
    project: Project, catalogue: Catalogue, tmp_path: Path
) -> None:
    outside = tmp_path.parent / "elsewhere"
    outside.mkdir()
    bureau = Bureau(project, catalogue)
    bureau.folder.parent.mkdir(parents=True)
    bureau.folder.symlink_to(outside, target_is_directory=True)
    with pytest.raises(InputError, match="2016 应是文件夹"):
        bureau.run()
    assert not list(outside.iterdir())


def test_a_register_that_cannot_be_read_leaves_all_as_it_was(bureau: Bureau) -> None:
    made = bureau.run(2016, 2017)
    content = made.path.read_bytes()
    kept = bureau.papers()
    bureau.put("新.pdf")
    later = Bureau(bureau.project, bureau.catalogue, 2017)
    later.register.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(InputError, match=r"登记表_2017\.xlsx"):
        bureau.run(2016, 2017)
    assert (made.path.read_bytes(), bureau.papers()) == (content, kept)


def test_a_list_of_hashes_that_was_edited_is_told_with_its_line(bureau: Bureau) -> None:
    (bureau.folder / FILE_NAME).write_text("0" * 64 + "  a.pdf\nnonsense\n")
    with pytest.raises(InputError, match=f"{FILE_NAME} 第 2 行"):
        bureau.run()


def test_what_is_wrong_in_a_register_is_told_by_row(bureau: Bureau) -> None:
    bureau.put("a.pdf")
    rows = [
        bureau.write("01-1", requirement="99-1 没有的", title="甲", file="a.pdf"),
        bureau.write("01-2", title="乙", form="抄件", date="某日", sha256="abc"),
    ]
    made = bureau.run()
    told = [one.where for one in made.index.notices]
    assert told == [f"登记表_2016.xlsx 第 {row} 行" for row in (rows[0], *rows[1:] * 3)]
    assert made.counts().n_there == 0


def test_districts_whose_plans_ask_for_no_papers_are_told_what_to_bring(
    project: Project, catalogue: Catalogue
) -> None:
    with pytest.raises(InputError, match=r"苏州市.*evidence\.csv"):
        make_ledger(project, catalogue, "suzhou", [2018])
    assert not (project.root / "data").exists()


def test_the_command_tells_what_is_missing_and_ends_well(project: Project) -> None:
    run = ecoreport(project.root, "ledger", DISTRICT="hailing", YEARS="2015-2017")
    assert_told(
        run, 0, "应有 180 份，已有 0 份，缺 180 份", "区审计局：应有 6 份", "总目录_2015-2017"
    )
    assert_told(ecoreport(project.root, "ledger", DISTRICT="../x", YEARS="2015"), 2, "DISTRICT")


def test_what_we_suggest_is_listed_and_never_counted(bureau: Bureau) -> None:
    bureau.put("名单.pdf", 6)
    bureau.write("06-1", **WHOLE, file="名单.pdf")
    counts = bureau.run().counts()
    assert bureau.state("06-1") is EvidenceState.REGISTERED
    assert (counts.n_required, counts.n_there) == (60, 0)
