"""From raw tables to the site, as a person goes: approve, publish, correct, publish again."""

from pathlib import Path

import pytest
import whole_runs
from bs4 import BeautifulSoup
from whole_runs import assert_told, ecoreport, opened

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

    assert_told(whole_runs.report(root, EDITION="public"), 0, "报告：")
    assert_told(ecoreport(root, "publish", **PUBLIC, **target), 0, "内容未变")

    days(root, january=99)
    assert_told(whole_runs.report(root, EDITION="public"), 0, "报告：")
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


def test_another_year_is_compared(root: Path) -> None:
    run = ecoreport(root, "diff", **PUBLIC, AGAINST="2017")
    assert_told(run, 2, "make report")
    assert_told(ecoreport(root, "diff", **PUBLIC, AGAINST="../2017"), 2, "YEAR")
