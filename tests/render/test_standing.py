"""A page is a draft until it is issued; issuing touches its frame and nothing else."""

import datetime as dt
import re

import pytest
import report_sample as sample

from ecoreport.errors import InputError
from ecoreport.render.page import page
from ecoreport.render.standing import Release, issue

FRAME = re.compile(r"(?s)(<style>.*?</style>)|(<header.*?</header>)|(<dl class=\"facts\">.*?</dl>)")
HOSTILE = "龘<script>alert(1)</script>&\"'"


def release(**changes: object) -> Release:
    values = {"compiled_by": "张三", "checked_by": "李四", "released_by": "王五"}
    return Release(**(values | {"released_on": dt.date(2019, 3, 1)} | changes))


@pytest.fixture(scope="module")
def draft() -> str:
    return page(sample.air(), sample.site(rests_on_demonstration=False))


def test_what_nobody_released_says_draft_on_screen_and_on_paper(draft: str) -> None:
    assert '<span class="mark draft-mark">草稿</span>' in draft
    assert '<p class="print-mark" aria-hidden="true">草稿</p>' in draft
    assert "@top-center" in draft
    assert "<dt>状态</dt><dd>草稿，未签发</dd>" in draft


def test_what_is_issued_names_three_and_no_draft(draft: str) -> None:
    issued = issue(draft, release())

    assert "草稿" not in re.sub(r"<script>.*?</script>", "", issued)
    assert "<dt>编制 · 审核 · 签发</dt><dd>张三 · 李四 · 王五</dd>" in issued
    assert "<dt>签发日期</dt><dd>2019-03-01</dd>" in issued
    assert "修订" not in issued


def test_a_revision_says_which_and_why(draft: str) -> None:
    issued = issue(draft, release(number=2, why_revised="更正三月<PM₂.₅>"))

    assert "修订（第2版）" in issued
    assert "更正三月&lt;PM₂.₅&gt;" in issued


def test_issuing_leaves_what_was_verified(draft: str) -> None:
    before, after = (
        text.partition("<!--content-->")[2] for text in (draft, issue(draft, release()))
    )

    assert before
    assert after == before


def test_names_are_text_and_their_glyphs_come_with_the_page(draft: str) -> None:
    issued = issue(draft, release(compiled_by=HOSTILE))

    assert "<script>alert" not in issued
    assert "龘&lt;script&gt;" in issued
    assert issue(draft, release()).count("base64") == issued.count("base64")
    assert len(issued) > len(issue(draft, release())) + len(HOSTILE)


def test_marks_in_what_notebooks_show_are_no_places(draft: str) -> None:
    trick = "<!--draft-->seen<!--end-->"
    written = draft.replace("</main>", f"{trick}</main>")

    assert trick in issue(written, release())


def test_a_page_of_an_older_program_is_refused() -> None:
    with pytest.raises(InputError, match="make report"):
        issue("<html>", release())
