"""Each kind of fault fails a report, and a sound report has none."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
import report_sample as sample
from nbformat import NotebookNode
from nbformat.v4 import new_output

from ecoreport import show
from ecoreport.errors import VerificationFailedError
from ecoreport.render.page import page
from ecoreport.verify.check import raise_if_any, verify_report
from ecoreport.verify.fault import Fault, Kind

OBSERVATIONS = {name: SimpleNamespace(value=value) for name, value in sample.OBSERVED.items()}
DOWNLOADS = {"data/chart-months.csv": b"a,b\n", "data/chart-stations.csv": b"a,b\n"}
BUDGET = 1_000_000


def verify(notebook: NotebookNode, html: str, budget: int = BUDGET) -> list[Fault]:
    return verify_report(
        {"air.html": notebook}, {"air.html": html}, OBSERVATIONS, budget, DOWNLOADS
    )


def alone(*outputs: NotebookNode) -> tuple[NotebookNode, str]:
    """Return a notebook with one cell, and its page without links to other chapters."""
    notebook = sample.notebook("air", sample.code("f()", *outputs))
    return notebook, page(notebook, sample.site(chapters=(sample.AIR,))).replace(
        "index.html", "air.html"
    )


def shown(html: str) -> list[Fault]:
    """Verify a page that shows `html`."""
    return verify(*alone(sample.shown("block", html)))


def kinds(faults: list[Fault]) -> set[Kind]:
    return {fault.kind for fault in faults}


def test_a_sound_report_has_no_fault() -> None:
    notebooks = {"index.html": sample.overview(), "air.html": sample.air()}
    pages = {name: page(notebook, sample.site()) for name, notebook in notebooks.items()}

    assert verify_report(notebooks, pages, OBSERVATIONS, BUDGET, DOWNLOADS) == []


@pytest.mark.parametrize(
    "html",
    [
        '<img alt="a" src="https://cdn.example/a.png">',
        '<img alt="a" src="//cdn.example/a.png">',
        '<img alt="a" src="ht\ntps://cdn.example/a.png">',
        '<img alt="a" src="\\\\server\\share\\a.png">',
        '<img alt="a" src="/absolute.png">',
        '<img alt="a" src="data:," srcset="data/chart-months.csv 1x, http://cdn.example/b.png 2x">',
        "<p style=\"background: url( 'http://cdn.example/a.png' )\">a</p>",
        "<style>@import 'http://cdn.example/a.css';</style>",
        '<svg aria-hidden="true"><rect fill="url(http://cdn.example/a.svg#p)"/></svg>',
        '<svg aria-hidden="true"><image href="http://cdn.example/a.png"/></svg>',
        '<link rel="stylesheet" href="https://cdn.example/a.css">',
        '<form action="https://example.org/"></form>',
        '<a href="https://example.org/standard">标准</a>',
        '<a href="file:///C:/报告.docx">报告</a>',
        '<meta http-equiv="refresh" content="0; url=https://example.org">',
        '<base href="https://example.org/">',
    ],
)
def test_an_address_outside_is_a_fault(html: str) -> None:
    assert Kind.OUTSIDE_ADDRESS in kinds(shown(html))


@pytest.mark.parametrize(
    "html",
    [
        "<p>标准全文见 https://www.mee.gov.cn/</p>",
        '<a class="external" href="https://www.mee.gov.cn/">标准</a>',
        '<a href="data/chart-months.csv#row=2">数据</a>',
        '<a href="air.html#main">正文</a><a href="#main">正文</a>',
    ],
)
def test_a_mention_and_a_link_within_are_none(html: str) -> None:
    assert shown(html) == []


@pytest.mark.parametrize(
    "target", ["#nowhere", "water.html", "air.html#nowhere", "data/no.csv", "a.png"]
)
def test_a_link_to_nothing_is_a_fault(target: str) -> None:
    assert kinds(shown(f'<a href="{target}">a</a>')) == {Kind.BROKEN_LINK}


def test_a_label_of_nothing_is_a_fault() -> None:
    assert kinds(shown('<p aria-describedby="nowhere">a</p>')) == {Kind.BROKEN_LINK}


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">a</p>',
        '<a href="java\tscript:alert(1)">a</a>',
        '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
        '<svg role="img" aria-label="a"><script>alert(1)</script></svg>',
    ],
)
def test_a_script_of_an_output_is_a_fault(html: str) -> None:
    assert kinds(shown(html)) == {Kind.SCRIPT}


def test_a_page_without_notebook_and_one_without_page_are_faults() -> None:
    notebook, html = alone()

    assert kinds(verify_report({}, {"air.html": html}, {}, BUDGET)) == {Kind.MISSING_PAGE}
    assert kinds(verify_report({"air.html": notebook}, {}, {}, BUDGET)) == {Kind.MISSING_PAGE}


@pytest.mark.parametrize(
    ("output", "cut"),
    [
        (sample.shown("chart", '<figure class="chart">甲</figure>'), "甲"),
        (sample.display("image/png", "iVBORw0KGgo=", alt="图"), "iVBORw0KGgo="),
        (sample.display("image/svg+xml", '<svg><path d="M1 2"/></svg>', alt="图"), "M1 2"),
        (new_output("display_data", {"text/markdown": "**甲乙**"}), "甲乙"),
        (new_output("execute_result", {"text/plain": "'甲 <乙>'"}), "甲"),
        (new_output("stream", name="stdout", text="甲\n乙 <丙>\n"), "丙"),
    ],
)
def test_an_output_that_is_not_in_the_page_is_a_fault(output: NotebookNode, cut: str) -> None:
    notebook, html = alone(output)
    assert verify(notebook, html) == []

    assert kinds(verify(notebook, html.replace(cut, ""))) == {Kind.MISSING_OUTPUT}


def test_of_two_equal_outputs_both_must_stand() -> None:
    output = sample.shown("block", "<p>甲</p>")
    notebook, html = alone(output, output)

    assert kinds(verify(notebook, html.replace("<p>甲</p>", "", 1))) == {Kind.MISSING_OUTPUT}


def test_an_output_that_pages_cannot_show_is_a_fault() -> None:
    output = new_output("display_data", {"application/javascript": "alert(1)"})

    assert kinds(verify(*alone(output))) == {Kind.MISSING_OUTPUT}


def test_an_error_and_a_warning_are_faults_that_name_the_cell() -> None:
    error = new_output("error", ename="KeyError", evalue="'pm25'", traceback=[])
    warning = new_output("stream", name="stderr", text="FutureWarning: …")
    faults = verify(*alone(error, warning))

    assert kinds(faults) == {Kind.ERROR, Kind.WARNING}
    assert "KeyError" in faults[0].message
    assert all("1" in fault.where for fault in faults)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="data:,">',
        '<img alt=" " src="data:,">',
        '<svg role="img"><path d="M0 0"/></svg>',
        "<svg><title></title></svg>",
    ],
)
def test_an_image_without_text_is_a_fault(html: str) -> None:
    assert kinds(shown(html)) == {Kind.MISSING_TEXT}


def test_an_analysts_plot_without_text_is_a_fault() -> None:
    assert kinds(verify(*alone(sample.display("image/png", sample.png())))) == {Kind.MISSING_TEXT}


@pytest.mark.parametrize(
    ("value", "text", "is_right"),
    [
        ("-1234.50", "−1\u2009234.50", True),
        ("-1234.5", "−1\u2009234.5", True),
        ("-1234.50", "1\u2009234.50", False),
        ("-1234.51", "−1\u2009234.51", False),
        ("-1234.50", "−1\u2009235", False),
        ("", "", False),
    ],
)
def test_a_number_is_the_observed_one_in_value_and_in_print(
    value: str, text: str, is_right: bool
) -> None:
    html = f'<data value="{value}" data-observation="a">{text}</data>'
    notebook, made = alone(sample.shown("paragraph", html))
    observations = {"a": SimpleNamespace(value=Decimal("-1234.50"))}

    faults = verify_report({"air.html": notebook}, {"air.html": made}, observations, BUDGET)

    assert kinds(faults) == (set() if is_right else {Kind.DIFFERENT_NUMBER})


def test_a_number_of_a_missing_value_is_a_fault() -> None:
    notebook, made = alone(
        sample.shown("paragraph", '<data value="0" data-observation="a">0</data>')
    )
    observations = {"a": SimpleNamespace(value=None)}

    faults = verify_report({"air.html": notebook}, {"air.html": made}, observations, BUDGET)

    assert kinds(faults) == {Kind.DIFFERENT_NUMBER}


def test_a_number_of_no_observation_is_a_fault() -> None:
    html = '<data value="1" data-observation="hailing/2018/invented">1</data>'

    assert kinds(shown(html)) == {Kind.UNKNOWN_OBSERVATION}


def test_an_id_given_twice_is_a_fault() -> None:
    assert kinds(shown('<p id="a">1</p><p id="a">2</p>')) == {Kind.DUPLICATE_ID}


def test_a_page_over_its_budget_is_a_fault() -> None:
    notebook, html = alone()

    assert verify(notebook, html, budget=len(html.encode())) == []
    assert kinds(verify(notebook, html, budget=len(html.encode()) - 1)) == {Kind.TOO_LARGE}


@pytest.mark.parametrize("text", ["NaN", "nan%", "(None)", "均值 nan μg/m³", "NaT", "-inf"])
def test_what_stands_for_nothing_is_a_fault(text: str) -> None:
    assert kinds(shown(f"<p>{text}</p>")) == {Kind.PLACEHOLDER}


@pytest.mark.parametrize("text", ["Nanjing", "NaNO₃", "<code>inform</code>"])
def test_words_that_only_look_like_nothing_are_none(text: str) -> None:
    assert shown(f"<p>{text}</p>") == []


def test_none_in_code_is_none() -> None:
    notebook = sample.notebook("air", sample.code("x = None"))
    made = page(notebook, sample.site(chapters=(sample.AIR,)))

    assert verify(notebook, made.replace("index.html", "air.html")) == []


def test_a_character_that_no_font_has_is_named() -> None:
    (fault,) = shown("<p>\ue000</p>")

    assert (fault.kind, fault.where) == (Kind.MISSING_GLYPH, "U+E000")


def test_faults_stop_the_command_with_page_and_place() -> None:
    raise_if_any([])
    with pytest.raises(VerificationFailedError, match=r"air\.html · #a"):
        raise_if_any(shown('<p id="a">1</p><p id="a">2</p>'))


@pytest.mark.parametrize(
    "text",
    [
        "119.923456, 32.491234",
        "东经119.923456，北纬32.491234",
        "32.4912° 119.9234°",
        "119°55′12″",
    ],
)
def test_places_finer_than_a_village_are_not_told(text: str) -> None:
    assert kinds(shown(f"<p>{text}</p>")) == {Kind.FINE_PLACE}


def test_places_of_a_village_may_be_told() -> None:
    assert shown("<p>119.92, 32.49；均值 119.923 μg/m³，其余 32.491 μg/m³</p>") == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data/chart-points.csv", "点位,经度,纬度\n甲,119.923,32.4\n"),
        ("data/chart-points.csv", "point,lon\na,119.9234\n"),
        ("data/chart-points.csv", '点位,位置\n甲,"119.9234,32.4912"\n'),
        ("data/assessment.json", '{"place": "119.9234,32.4912"}'),
    ],
)
def test_downloads_tell_no_finer_place(name: str, content: str) -> None:
    faults = verify_report({}, {}, {}, BUDGET, {name: content.encode("utf-8-sig")})
    assert [(one.page, one.kind) for one in faults] == [(name, Kind.FINE_PLACE)]


def test_downloads_may_tell_a_village() -> None:
    content = "点位,经度,纬度,总磷(mg/L)\n甲,119.92,32.49,0.1234\n".encode()
    assert verify_report({}, {}, {}, BUDGET, {"data/chart-points.csv": content}) == []


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\x1b"])
def test_a_character_that_acts_is_a_fault(character: str) -> None:
    output = new_output("execute_result", {"text/plain": f"甲{character}乙"})
    (fault,) = verify(*alone(output))

    assert fault.kind == Kind.ACTING
    assert fault.where == f"U+{ord(character):04X}"


def test_what_a_report_shows_of_such_a_character_is_that_it_was_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = []
    monkeypatch.setattr("ecoreport.show.display", lambda data, **_options: seen.append(data))
    show.paragraph("甲\u202e乙")

    assert seen[0]["text/html"] == '<p class="prose">甲\ufffd乙</p>'
