"""A page carries what its notebook shows, and nothing that its words smuggle in."""

import base64
import hashlib
import html
import re
from pathlib import Path

import nbformat
import pytest
import report_sample as sample
from nbformat.v4 import new_output

from ecoreport.errors import InputError
from ecoreport.i18n import use_locale
from ecoreport.render.page import page, render_page
from ecoreport.render.site import Chapter
from ecoreport.render.style import css_string

HOSTILE = "</title></style><script>alert(1)</script>\"'&"


def test_every_output_is_carried() -> None:
    notebook = sample.air()
    made = page(notebook, sample.site())

    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    for output in shown:
        if markup := output.get("data", {}).get("text/html"):
            assert markup in made
    assert f'<img alt="三个站点的折线" src="data:image/png;base64,{sample.png()}">' in made
    assert '<svg role="img" aria-label="三个站点的折线，矢量"' in made
    assert "共 352 天 &lt;有效&gt;" in made
    assert "<strong>两天</strong>受沙尘影响 &lt;1%" in made


def test_equal_notebooks_give_equal_bytes() -> None:
    first = page(sample.air(), sample.site())

    assert page(sample.air(), sample.site()) == first


def test_a_page_tells_its_language() -> None:
    assert '<html lang="zh-CN">' in page(sample.air(), sample.site())
    try:
        use_locale("en")
        assert '<html lang="en">' in page(sample.air(), sample.site(locale="en"))
    finally:
        use_locale("zh")


def test_code_is_there_for_the_switch_and_removed_by_tag() -> None:
    made = page(
        sample.notebook(
            "air",
            sample.code("print('<b>')"),
            sample.code("secret()", tags=("remove-input",)),
            sample.code("gone()", sample.shown("block", "<p>gone</p>"), tags=("remove-cell",)),
        ),
        sample.site(),
    )

    assert "<code>print(&#39;&lt;b&gt;&#39;)</code>" in made
    assert "secret()" not in made
    assert "gone" not in made


def test_headings_make_the_contents() -> None:
    made = page(sample.air(), sample.site())

    contents = re.search(r'<nav class="contents".*?</nav>', made, re.DOTALL)
    assert contents is not None
    assert re.findall(r'href="#(\w+)"', contents[0]) == ["months", "stations"]


def test_words_from_outside_cannot_leave_their_place() -> None:
    site = sample.site(
        district=HOSTILE,
        plans=(HOSTILE,),
        chapters=(Chapter(10, "air", HOSTILE),),
        facts=((HOSTILE, HOSTILE),),
    )
    cell = sample.code(
        HOSTILE,
        new_output("stream", name="stdout", text=HOSTILE),
        sample.display("image/png", sample.png(), alt=HOSTILE),
        sample.display("image/svg+xml", "<svg></svg>", alt=HOSTILE),
        sample.shown("heading", '<h2 class="finding" id="a">&lt;script&gt;</h2>'),
        sample.shown("heading", '<h2 class="finding" id="b">b</h2>'),
    )

    made = page(sample.notebook("air", cell), site)

    assert made.count("<script") == 1
    assert made.count("</style>") == 2  # the second prints 草稿
    assert made.count("<title>") == 1


def test_a_text_for_the_margin_of_paper_stays_a_css_string() -> None:
    assert css_string('a"</style>区') == r'"a\22 \3c \2f style\3e 区"'


def test_the_policy_allows_this_script_only() -> None:
    made = page(sample.air(), sample.site())

    (script,) = re.findall(r"<script>(.*?)</script>", made, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', made)
    assert policy is not None
    assert f"script-src 'sha256-{digest}';" in html.unescape(policy[1])


def test_warnings_of_libraries_are_not_shown() -> None:
    cell = sample.code("f()", new_output("stream", name="stderr", text="FutureWarning"))

    assert "FutureWarning" not in page(sample.notebook("air", cell), sample.site())


def test_the_first_chapter_opens_the_report() -> None:
    site = sample.site()

    assert [site.file_name(chapter) for chapter in site.chapters] == ["index.html", "air.html"]


@pytest.mark.parametrize("names", [("../air",), ("index",), ("air", "air"), ()])
def test_chapters_cannot_name_other_files(names: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="chapter"):
        sample.site(chapters=tuple(Chapter(n, name, name) for n, name in enumerate(names)))


def test_a_notebook_of_no_chapter_is_refused() -> None:
    with pytest.raises(InputError, match="water"):
        page(sample.notebook("water"), sample.site())


def test_a_file_that_is_no_notebook_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "air.ipynb"
    broken.write_text("{", "utf-8")

    with pytest.raises(InputError, match=r"air\.ipynb"):
        render_page(broken, sample.site(), tmp_path / "air.html")


def test_a_page_is_written_as_it_is_returned(tmp_path: Path) -> None:
    nbformat.write(sample.air(), tmp_path / "air.ipynb")

    render_page(tmp_path / "air.ipynb", sample.site(), tmp_path / "air.html")

    assert (tmp_path / "air.html").read_bytes().decode() == page(sample.air(), sample.site())
