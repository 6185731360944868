"""From raw tables to the site, as a person goes: approve, publish, correct, publish again."""

import io
from pathlib import Path

import docx
import issued_report as issued
import pytest
import whole_runs
from bs4 import BeautifulSoup
from whole_runs import assert_told, ecoreport, opened

from ecoreport.project import Project

PAIR = {"DISTRICT": "hailing", "YEAR": "2018"}
PUBLIC = PAIR | {"EDITION": "public"}
STATIONS = ("莲花", "公园路", "留学生创业园")
NAMES = {"COMPILED_BY": "张三$(touch x)", "CHECKED_BY": "<b>李四</b>", "RELEASED_BY": "王五"}


def days(root: Path, january: int) -> None:
    """Write a year of the air's daily means: invented, and not marked as demonstration data."""
    rows = [
        f"2018-{month:02}-{day:02},{station},{pm25 + day % 5},110,12,30,0.8,90\n"
        for month in range(1, 13)
        for pm25 in [january if month == 1 else 40]
        for day in range(1, 29)
        for station in STATIONS
    ]
    folder = root / "data/raw/hailing/2018"
    folder.mkdir(parents=True, exist_ok=True)
    head = "日期,点位,PM2.5,PM10,SO2,NO2,CO,O3_8h\n"
    (folder / "空气日均值.csv").write_text(head + "".join(rows), "utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("publishing")
    return whole_runs.make_project(base / "project", has_demonstration=False)


def overview(root: Path) -> BeautifulSoup:
    return BeautifulSoup(opened(root)[1]["index.html"], "html.parser")


def test_a_report_is_approved_published_corrected_and_revised(root: Path) -> None:
    web = root.parent / "web"
    target = {"TARGET": str(web)}
    days(root, january=46)
    assert_told(whole_runs.report(root, EDITION="public"), 0, "报告：")
    assert "草稿" in overview(root).select_one(".masthead").get_text()
    assert_told(ecoreport(root, "publish", **PUBLIC, **target), 2, "尚未签发", "make approve")
    assert_told(ecoreport(root, "approve", **PUBLIC), 2, "COMPILED_BY")
    assert_told(ecoreport(root, "approve", **PUBLIC, **NAMES), 0, "已签发")
    assert_told(ecoreport(root, "publish", **PUBLIC, **target), 0, "第1版")
    first = (web / "current/hailing/2018/index.html").read_text("utf-8")
    assert "张三$(touch x) · &lt;b&gt;李四&lt;/b&gt; · 王五" in first
    assert not list(root.rglob("x")) and not Path("x").exists()

    document_bears_the_names(root)
    assert_told(ecoreport(root, "publish", **target), 0, "内容未变")

    days(root, january=99)
    assert_told(whole_runs.report(root, EDITION="public"), 0, "签发已失效", "make approve")
    told = overview(root).select_one("#revision").get_text()
    assert "发布的第1版相比" in told
    assert "个数值修订" in told
    said = ecoreport(root, "diff", **PUBLIC)
    assert_told(said, 0, "数值修订", "PM₂.₅年均浓度：42 μg/m³ → 47 μg/m³", "diff.json")
    assert (root / "reports/hailing/2018/diff.html").is_file()
    assert_told(ecoreport(root, "publish", **PUBLIC, **target), 2, "签发之后内容有改动")
    assert_told(ecoreport(root, "approve", **PUBLIC, **NAMES), 0, "已签发")
    assert_told(ecoreport(root, "publish", **PUBLIC, **target), 2, "WHY_REVISED")
    why = {"WHY_REVISED": "一月数据更正"}
    assert_told(ecoreport(root, "publish", **PUBLIC, **target, **why), 0, "第2版", "数值修订")
    assert (web / "current/hailing/2018-v1/index.html").read_text("utf-8") == first
    assert "一月数据更正" in (web / "current/hailing/2018/index.html").read_text("utf-8")

    published = opened(root)[0].version
    assert_told(whole_runs.report(root, EDITION="public"), 0, "报告：")
    assert opened(root)[0].version == published


def document_bears_the_names(root: Path) -> None:
    """Make a document of what was approved, without saying which edition that is."""
    approved = opened(root)[0].version
    run = ecoreport(root, "word", KIND="self-assessment", **PAIR)
    assert_told(run, 0, "现有报告为公开版", "自评报告.docx")
    assert opened(root)[0].version == approved
    (path,) = (root / "reports/hailing/2018/documents").glob("*.docx")
    document = docx.Document(io.BytesIO(path.read_bytes()))
    said = "\n".join(one.text for one in document.paragraphs)
    assert "编制：张三$(touch x)　审核：<b>李四</b>　签发：王五" in said
    headers = [one.header.paragraphs[0].text for one in document.sections]
    assert "草稿" not in said + "".join(headers)
    for section in ("总体结论", "各领域完成情况", "方案分解表与结论"):
        assert section in said.splitlines()


def test_another_year_is_compared(root: Path, tmp_path: Path) -> None:
    run = ecoreport(root, "diff", **PUBLIC, AGAINST="2017")
    assert_told(run, 2, "make report")
    assert_told(ecoreport(root, "diff", **PUBLIC, AGAINST="../2017"), 2, "YEAR")

    two_years = whole_runs.make_project(tmp_path / "project", has_demonstration=False)
    issued.make(Project(two_years), issued.told(2017, "48"))
    issued.make(Project(two_years), issued.told(2018, "45"))
    run = ecoreport(two_years, "diff", **PAIR, AGAINST="2017")
    assert_told(run, 0, "与2017年相比", "48 μg/m³ → 45 μg/m³", "diff-2017.html", "diff-2017.json")
    page = (two_years / "reports/hailing/2018/diff-2017.html").read_text("utf-8")
    assert "48 μg/m³" in page and "与2017年相比" in page
