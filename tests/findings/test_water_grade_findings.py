"""Grades of rivers, main indicators of sections, and what their classes rest on."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from area_report import chapter_of

from ecoreport.findings import water, water_grades
from ecoreport.findings.area import Chapter
from ecoreport.i18n import SOURCE_LOCALE, use_locale
from ecoreport.narrative import plain
from ecoreport.water_tables import polluted, rivers
from tests.observe.water_year import listed, sampled


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> Chapter:
    sections = listed(
        {"river": "小河"}, *[{"river": "大河"}] * 5, {"river": "大河", "name": "缺月的"}
    )

    def year(year: int, tp: float) -> dict[str, pd.DataFrame]:
        monthly = [
            sampled("S1", tp_mg_l=tp, nh3n_mg_l=1.2),
            *(sampled(f"S{number}") for number in range(2, 6)),
            sampled("S6", cod_mg_l=None),
            sampled("S7", range(1, 4), tp_mg_l=0.3),
        ]
        rows = pd.concat(monthly, ignore_index=True)
        months = rows["month"].str.replace("2018", str(year))
        return {"water_sections": sections, "water_monthly": rows.assign(month=months)}

    years = {2017: year(2017, 0.45), 2018: year(2018, 0.26)}
    return chapter_of(tmp_path_factory.mktemp("grades"), "water", years, district="wuxi")


def test_the_heading_tells_the_whole_and_the_worst(chapter: Chapter) -> None:
    found = water_grades.rivers(chapter.report)
    said = plain(water_grades.rivers_heading(chapter.report, found))
    assert said == "全部参评断面合计，水质状况为良好；水质最差的是小河，为轻度污染"
    by_name = {one.name: one for one in found}
    # Heavily polluted a year before: three steps of the grade.
    assert by_name["小河"].change == "明显好转"
    assert by_name["大河"].change == "无明显变化"
    assert (by_name["大河"].n_sections, by_name["大河"].is_by_means) == (5, False)
    table = rivers(found, water.provenance(chapter, "rivers")).striptags()
    assert "总磷(0.3)、氨氮(0.2)" in table and "明显好转" in table


def test_sections_beyond_class_iii_have_their_main_indicators(chapter: Chapter) -> None:
    rows = water_grades.polluted(chapter.report)
    assert [(row["name"], row["main_indicators"]) for row in rows] == [
        ("断面1", "总磷(0.3)、氨氮(0.2)"),
        ("缺月的", "总磷(0.5)"),
    ]
    table = polluted(chapter.report, rows, water.provenance(chapter, "rivers"))
    assert "缺月的 （月份不足，参考）" in table.striptags()
    use_locale("en")
    try:
        assert water_grades.items_in_words("总磷(0.3)") == "total phosphorus(0.3)"
    finally:
        use_locale(SOURCE_LOCALE)


def test_items_that_were_not_measured_are_named(chapter: Chapter) -> None:
    said = [plain(one) for one in water_grades.limits(chapter.report)]
    assert said[0].startswith("断面1、断面2、断面3、断面4、断面5等没有监测五日生化需氧量、铜")
    assert said[1].startswith("断面6没有监测化学需氧量、五日生化需氧量")


def test_without_sections_nothing_is_said(tmp_path: Path) -> None:
    empty = chapter_of(tmp_path, "water", {2018: {}}, district="wuxi")
    assert water_grades.rivers(empty.report) == []
