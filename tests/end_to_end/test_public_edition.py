"""Nothing of a whole public edition tells a mark of 临界, an internal row, a person or a plot."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import whole_runs
from whole_runs import assert_told

PLOTS = (
    "地块编号,地块面积,经度,纬度,是否安全利用\nPLOT-7,81237,119.923456,32.491234,是\n"
    "PLOT-8,40012,119.91,32.4,是\nPLOT-9,50013,119.91,32.4,否\n"
)
POINTS = (
    "点位编号,采样日期,土地利用类型,pH,镉,经度,纬度\n"
    "POINT-9,2018-09-03,水田,6.123,0.3217,119.923456,32.491234\n"
)
SURVEYS = (
    "调查名称,调查内容,问题,题目性质,有效回答数,肯定回答数,抽样方式,调查机构,调查日期\n"
    "座谈会,满意度,您满意吗,总体,9,7,简单随机抽样,第九调查队,2018-11-02\n"
)
AIR = "日期,点位,PM2.5,PM10,SO2,NO2,CO,O3_8h\n"
INTERNAL = ("PLOT-7", "POINT-9", "81237", "0.3217", "119.923456", "119.9234")
MARKS = (
    "临界",
    "恰为目标值",
    "修约前后结论不同",
    "结论可能改变",
    "fragility",
    "sensitivity",
    "在抽样误差范围内",
    "不能断定",
)
SMALL = ("第九调查队", "7 ÷ 9")
FINE_PLACE = re.compile(r"(?<![\d.])1[0-2]\d\.\d{3,}\s*[,，;； ]\s*[1-4]\d\.\d{3,}(?![\d.])")


def raw(root: Path) -> None:
    folder = root / "data/raw/hailing/2018"
    folder.mkdir(parents=True, exist_ok=True)
    days = [
        f"2018-{month:02}-{day:02},莲花,{41 if month > 1 else 46},70,12,30,0.8,90\n"
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    for name, text in {
        "污染地块名录.csv": PLOTS,
        "土壤点位监测数据.csv": POINTS,
        "公众满意度调查.csv": SURVEYS,
        "环境空气日均值.csv": AIR + "".join(days),
    }.items():
        (folder / name).write_text(text, "utf-8")


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every text of a folder: pages, tables, scripts, and what a workbook holds."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name, content = path.relative_to(folder).as_posix(), path.read_bytes()
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                for part in book.namelist():
                    yield f"{name}/{part}", book.read(part).decode("utf-8", "replace")
        else:
            yield name, content.decode("utf-8", "replace")


def found(folder: Path, words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, word) for name, text in texts(folder) for word in words if word in text]


@pytest.fixture(scope="module")
def editions(hailing_2018: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reports of one project, by edition."""
    made = {}
    for edition in ("internal", "public"):
        root = Path(shutil.copytree(hailing_2018, tmp_path_factory.mktemp(edition) / "project"))
        shutil.rmtree(root / "reports")
        raw(root)
        for locale in ("zh", "en") if edition == "public" else ("zh",):
            run = whole_runs.report(root, EDITION=edition, LOCALE=locale)
            assert_told(run, 0)
        made[edition] = root / "reports"
    return made


def test_an_internal_edition_bears_the_marks(editions: dict[str, Path]) -> None:
    assert {word for _name, word in found(editions["internal"], MARKS)} >= {"临界", "fragility"}
    assert found(editions["internal"], SMALL)


def test_no_mark_is_in_any_file_of_a_public_edition(editions: dict[str, Path]) -> None:
    assert found(editions["public"], MARKS) == []
    assert found(editions["public"], ("Borderline", "borderline", "would turn")) == []


def test_no_internal_row_is_in_any_file(editions: dict[str, Path]) -> None:
    for folder in editions.values():
        assert found(folder, INTERNAL) == []
    assert found(editions["public"], ("污染地块名录.csv", "土壤点位监测数据.csv")) == []


def test_small_counts_are_withheld_and_it_is_said(editions: dict[str, Path]) -> None:
    assert found(editions["public"], SMALL) == []
    assert found(editions["public"], ("可能认出个人或地块",))


def test_no_place_is_told_more_closely_than_its_village(editions: dict[str, Path]) -> None:
    for folder in editions.values():
        assert [name for name, text in texts(folder) if FINE_PLACE.search(text)] == []


def test_what_must_not_be_stored_stops_a_public_edition_too(tmp_path: Path) -> None:
    root = whole_runs.make_project(tmp_path / "project", has_demonstration=False)
    raw(root)
    (root / "data/raw/hailing/2018/土壤详查点位表.xlsx").write_bytes(b"")
    run = whole_runs.report(root, EDITION="public")
    assert_told(run, 2, "土壤详查点位表.xlsx", "不得存入")
    assert not list((root / "reports").rglob("*.html")) if (root / "reports").exists() else True
