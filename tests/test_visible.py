"""Nothing that is shown to people acts: not on a page, not in a table, not on a terminal."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from ecoreport.progress import Progress
from ecoreport.store import read_json, write_json
from ecoreport.validate.terminal import print_line
from ecoreport.visible import ACTING, is_plain, spelt, spelt_name, stilled
from ecoreport.website.search import Entry, index_script
from ecoreport.workbooks import safe_text

HOSTILE = "甲\u202e乙\u2066丙\x1b[2J\x07\u200f\x00\udcff\u2028"
TEXTS = st.text(st.characters(codec=None))


@given(TEXTS)
def test_no_text_acts_once_it_is_shown(text: str) -> None:
    for shown in (stilled(text), spelt(text), safe_text(text), spelt_name(text)):
        assert ACTING.search(shown) is None
        shown.encode()
    assert len(stilled(text)) == len(text)
    assert len(spelt_name(text).splitlines()) <= 1


@pytest.mark.parametrize("text", ["海陵区 2018 年\n\tPM₂.₅：35 μg/m³ — “达标”", "👩‍👩‍👧 é ﷺ 劣Ⅴ"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert stilled(text) == spelt(text) == text


@pytest.mark.parametrize("name", ["a\nb", "a\tb", "\u202exslx.a", "\udcff", "a\x1b[2Jb"])
def test_a_name_that_acts_is_not_plain(name: str) -> None:
    assert not is_plain(name)
    assert is_plain(spelt_name(name))


def test_a_terminal_is_not_steered(capsys: pytest.CaptureFixture[str]) -> None:
    written = io.StringIO()
    progress = Progress(console=Console(file=written, force_terminal=True, highlight=False))
    progress.say(HOSTILE)
    print_line(HOSTILE)

    for said in (written.getvalue(), capsys.readouterr().out):
        assert ACTING.search(said) is None
        assert "\\u202e" in said


def test_the_index_of_a_search_holds_text_only(tmp_path: Path) -> None:
    script = index_script([Entry("</script>" + HOSTILE, "指标", "a.html", HOSTILE)]).decode()
    assert ACTING.search(script) is None
    assert "</script>" not in script
    path = tmp_path / "index.js"
    path.write_text(script, "utf-8")
    rows = json.loads(script.partition(" = ")[2].removesuffix(";\n"))
    assert rows[0]["address"] == "a.html"


def test_a_name_in_another_encoding_is_kept_and_found_again(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"甲\udcff": "乙\u202e"})
    assert read_json(tmp_path / "a.json") == {"甲\udcff": "乙\u202e"}
