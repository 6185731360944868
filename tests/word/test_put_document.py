"""What a person edited in Word is never overwritten."""

from pathlib import Path

from ecoreport.word.put import RECORD, put

NAME = "关于海陵区2018年度的通报.docx"


def stands(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name != RECORD}


def test_an_edited_document_is_kept_beside_the_new_one_each_time(tmp_path: Path) -> None:
    path = tmp_path / "documents" / NAME
    assert put(path, b"first").earlier is None
    path.write_bytes(b"edited once")
    kept = put(path, b"second").earlier
    assert kept is not None and kept.suffix == ".docx"
    path.write_bytes(b"edited twice")
    again = put(path, b"second").earlier
    assert again is not None

    assert stands(path.parent) == {
        NAME: b"second", kept.name: b"edited once", again.name: b"edited twice"
    }  # fmt: skip


def test_an_unedited_document_is_replaced(tmp_path: Path) -> None:
    path, other = tmp_path / NAME, tmp_path / "年度报告.docx"
    put(path, b"first")
    put(other, b"another")
    assert put(path, b"second").earlier is None
    assert put(path, b"second").earlier is None
    assert put(other, b"other").earlier is None
    assert stands(tmp_path) == {NAME: b"second", other.name: b"other"}


def test_a_document_of_which_nothing_is_known_is_kept(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(b"unknown")
    (tmp_path / RECORD).write_text("[", "utf-8")
    kept = put(path, b"first").earlier
    assert kept is not None and kept.read_bytes() == b"unknown"
    assert put(path, b"second").earlier is None
