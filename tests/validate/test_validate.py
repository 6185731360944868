"""From files as received to findings that a department can act on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from rich.console import Console
from sound_frames import SOUND, ingested
from test_suites import TODAY

from ecoreport.components import component
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Severity
from ecoreport.i18n import use_locale
from ecoreport.ingest.gather import Ingested, ingest
from ecoreport.ingest.records import Entry, Problem
from ecoreport.message import Message
from ecoreport.project import Pair, Project
from ecoreport.validate.examine import validate
from ecoreport.validate.finding import Finding, Validation
from ecoreport.validate.outcomes import MOST_WARNINGS
from ecoreport.validate.page import write_check_page
from ecoreport.validate.present import present, stop_message
from ecoreport.validate.shown import MOST_SHOWN, counted_warnings, shown
from ecoreport.validate.terminal import print_validation
from ecoreport.validate.workbook import write_returned

FILE = "data/raw/hailing/2018/空气日均值.csv"
HEADER = "站点,监测日期,PM2.5(μg/m³),PM10,SO2,NO2,CO(mg/m³),O3_8h,备注\n"
HOSTILE = '=HYPERLINK("http://example.invalid")'


def received(project: Project, pair: Pair, rows: str, name: str = "空气日均值.csv") -> None:
    """Put a table of days into data/raw."""
    folder = project.raw(pair)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(HEADER + rows, "utf-8")


@pytest.fixture
def returned(project: Project, pair: Pair, catalogue: Catalogue) -> tuple[Ingested, Validation]:
    """A table with an impossible value, two contradicting rows, a bad date and a hostile text."""
    quoted = HOSTILE.replace('"', '""')
    received(
        project,
        pair,
        "公园路,2018-01-01,35,70,10,30,0.8,60,\n"
        f'公园路,2018-01-02,3500,70,10,31,0.8,61,"{quoted}"\n'
        "公园路,2018-01-03,36,70,10,32,0.8,62,\n"
        "公园路,2018-01-03,37,70,10,32,0.8,62,\n"
        "公园路,一月四日,36,70,10,33,0.8,63,\n"
        "公园路,2018-01-05,36,坏了,10,34,0.8,64,\n",
    )
    given = ingest(project, pair, catalogue)
    return given, validate(project, pair, catalogue, given, today=TODAY)


REPORTED = "指标,时段,数值,单位,责任单位,证明材料,来源文件\n"


def reported_findings(
    project: Project, pair: Pair, catalogue: Catalogue, rows: str
) -> dict[str, list[str]]:
    """Return what is told of a table of reported figures, by column."""
    folder = project.raw(pair)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "上报值.csv").write_text(REPORTED + rows, "utf-8")
    given = ingest(project, pair, catalogue)
    told: dict[str, list[str]] = {}
    for one in validate(project, pair, catalogue, given, today=TODAY).findings:
        told.setdefault(one.column, []).append(str(one.reason))
    return told


def test_a_converted_figure_is_told_as_received_and_as_held(
    project: Project, pair: Pair, catalogue: Catalogue
) -> None:
    rows = "城镇污水处理率,2018,81.2,‰,区住建局,,函\n"
    told = reported_findings(project, pair, catalogue, rows)
    assert any("为 81.2‰（8.12%），不在常见的 " in one for one in told["value"]), told


def test_a_cell_that_cannot_be_read_is_not_also_missing(
    project: Project, pair: Pair, catalogue: Catalogue
) -> None:
    rows = "城镇污水处理率,2018,约85,%,区建设局局,,函\n"
    told = reported_findings(project, pair, catalogue, rows)
    assert told.keys() >= {"数值", "责任单位", "evidence_file"}
    assert not told.keys() & {"value", "department"}
    empty = reported_findings(project, pair, catalogue, "城镇污水处理率,2018,—,%,,,函\n")
    assert "没有填写数值" in empty["value"]
    assert empty["department"] == ["没有填写责任单位"]


def test_a_unit_in_the_header_is_not_lost_from_what_is_told(
    project: Project, pair: Pair, catalogue: Catalogue
) -> None:
    received(project, pair, "公园路,2018-01-01,35,70,1.6,30,0.8,60,\n")
    path = project.raw(pair) / "空气日均值.csv"
    path.write_text(path.read_text("utf-8").replace("SO2,", "SO2(mg/m³),"), "utf-8")
    given = ingest(project, pair, catalogue)
    validation = validate(project, pair, catalogue, given, today=TODAY)
    told = [str(one.reason) for one in validation.findings if one.column == "so2_ug_m3"]
    assert any("1.6（1600 μg/m³）" in one for one in told), told


def of_check(validation: Validation, key: str) -> tuple[Finding, ...]:
    return validation.by_check[("air_daily", key)]


def test_a_finding_names_file_sheet_row_column_value_and_cure(
    returned: tuple[Ingested, Validation],
) -> None:
    _given, validation = returned
    (finding,) = of_check(validation, "pm25_ug_m3_possible")
    assert (finding.file, finding.sheet, finding.row) == (FILE, "空气日均值", 3)
    assert (finding.column, finding.value) == ("pm25_ug_m3", "3500")
    assert str(finding.reason) == "PM2.5 为 3500，超出仪器可测范围"
    (check,) = [one for one in validation.checks if one.key == "pm25_ug_m3_possible"]
    assert "小数点" in str(check.advice)
    assert str(check.description).startswith("PM2.5 日均值在 0 至 1000 μg/m³")
    assert [one.row for one in of_check(validation, "rows_contradicting")] == [4, 5]
    assert validation.stopped_datasets == {"air_daily"}


def test_what_reading_could_not_settle_stops_or_warns(
    returned: tuple[Ingested, Validation],
) -> None:
    _given, validation = returned
    (stopped,) = of_check(validation, "reading_stop")
    assert (stopped.row, stopped.value) == (6, "一月四日")
    (warned,) = of_check(validation, "reading_warning")
    assert (warned.row, warned.column, warned.value) == (7, "PM10", "坏了")
    assert warned.severity is Severity.WARNING


def test_the_value_shown_is_the_one_received(
    project: Project, pair: Pair, catalogue: Catalogue
) -> None:
    frame = SOUND["air_daily"]()
    frame.loc[0, "so2_ug_m3"] = 1600.0
    first = frame.iloc[0]
    place = (first["source_file"], first["source_sheet"], int(first["source_row"]))
    entry = Entry(*place, "so2_ug_m3", "1.6 mg/m³", "1600", "", True, "单位写在单元格内")
    given = ingested({"air_daily": frame}, entries=[entry])
    validation = validate(project, pair, catalogue, given, today=TODAY)
    (finding,) = of_check(validation, "so2_ug_m3_possible")
    assert finding.value == "1.6 mg/m³"


def test_a_table_of_other_places_only_stops(
    project: Project, pair: Pair, catalogue: Catalogue
) -> None:
    received(project, pair, "别处,2018-01-01,35,70,10,30,0.8,60,\n")
    given = ingest(project, pair, catalogue)
    validation = validate(project, pair, catalogue, given)
    assert validation.stopped_datasets == {"air_daily"}
    assert of_check(validation, "has_rows")


def test_no_files_are_no_checks(project: Project, pair: Pair, catalogue: Catalogue) -> None:
    assert validate(project, pair, catalogue, ingest(project, pair, catalogue)) == Validation()


def test_many_warnings_are_counted_and_not_all_kept(
    project: Project, pair: Pair, catalogue: Catalogue
) -> None:
    frame = SOUND["air_daily"]().assign(co_mg_m3=5.0)
    validation = validate(project, pair, catalogue, ingested({"air_daily": frame}), today=TODAY)
    (check,) = [one for one in validation.checks if one.key == "co_mg_m3_usual"]
    assert check.n_faults == len(frame)
    assert len(of_check(validation, "co_mg_m3_usual")) == MOST_WARNINGS
    (dataset,) = shown(validation, catalogue)
    (seen,) = [one for one in dataset.failed if one.description.startswith("CO 日均值")]
    assert (len(seen.findings), seen.n_more) == (MOST_SHOWN, len(frame) - MOST_SHOWN)


def test_all_rows_that_stop_are_kept(project: Project, pair: Pair, catalogue: Catalogue) -> None:
    frame = SOUND["air_daily"]().assign(co_mg_m3=800.0)
    validation = validate(project, pair, catalogue, ingested({"air_daily": frame}), today=TODAY)
    assert len(of_check(validation, "co_mg_m3_possible")) == len(frame)


def test_a_workbook_returns_the_rows_as_received(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    returned: tuple[Ingested, Validation],
) -> None:
    (path,) = write_returned(project, pair, catalogue, *returned)
    assert path.name == "退回_环境空气日均值_海陵区_2018.xlsx"
    assert project.processed(pair) in path.parents
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["说明", "空气日均值"]
    sheet = book["空气日均值"]
    header = [cell.value for cell in sheet[2]]
    assert header[:4] == ["行号", "结果", "原因", "处理建议"]
    assert header[4:] == HEADER.strip().split(",")
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=3)}
    assert sorted(rows) == [3, 4, 5, 6, 7]
    texts = [cell.value for cell in rows[3][4:12]]
    assert texts == ["公园路", "2018-01-02", "3500", "70", "10", "31", "0.8", "61"]
    marked = [cell.value for cell in rows[3] if cell.fill.fill_type == "solid"]
    # Impossible itself, and above PM10.
    assert marked == ["3500", "70"]
    assert [cell.value for cell in rows[7] if cell.fill.fill_type == "solid"] == ["坏了"]
    assert "超出仪器可测范围" in rows[3][2].value
    assert "小数点" in rows[3][3].value
    assert rows[7][1].value == "提醒"


def test_no_cell_of_a_workbook_is_a_formula(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    returned: tuple[Ingested, Validation],
) -> None:
    (path,) = write_returned(project, pair, catalogue, *returned)
    cells = [
        cell
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    hostile = [cell.value for cell in cells if "HYPERLINK" in str(cell.value)]
    assert hostile == ["'" + HOSTILE]


def test_workbooks_of_an_earlier_run_go_away(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    returned: tuple[Ingested, Validation],
) -> None:
    (path,) = write_returned(project, pair, catalogue, *returned)
    content = path.read_bytes()
    assert write_returned(project, pair, catalogue, *returned) == [path]
    assert path.read_bytes() == content
    assert write_returned(project, pair, catalogue, returned[0], Validation()) == []
    assert not path.exists()


def hostile_problem() -> Problem:
    label = "<script>alert(1)</script>{0}{x}[bold]"
    return Problem("air_daily", "warning", "a.csv", "a", 1, label, label, f"不认识的列“{label}”")


def test_what_tables_say_is_text_on_the_page(
    project: Project, pair: Pair, catalogue: Catalogue, tmp_path: Path
) -> None:
    given = ingested({"air_daily": SOUND["air_daily"]()}, problems=[hostile_problem()])
    validation = validate(project, pair, catalogue, given, today=TODAY)
    page = tmp_path / "check.html"
    write_check_page(project, pair, catalogue, validation, page, is_demonstration=True)
    html = page.read_text("utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{0}{x}[bold]" in html
    assert '<html lang="zh-CN">' in html
    assert "演示数据" in html
    assert not re.findall(r"""(?:src|href)=|url\(|@import""", html)
    assert all(str(one.description) in html for one in validation.checks[:5])
    # Limits that were not read in their source are named as such.
    assert "未核对原文" in html


def test_what_tables_say_is_text_in_the_report(
    project: Project, pair: Pair, catalogue: Catalogue
) -> None:
    given = ingested({"air_daily": SOUND["air_daily"]()}, problems=[hostile_problem()])
    validation = validate(project, pair, catalogue, given, today=TODAY)
    html = component("checks", datasets=shown(validation, catalogue))
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{0}{x}[bold]" in html
    assert "39 项校验，38 项通过" in html


def printed(validation: Validation, catalogue: Catalogue, **how: object) -> str:
    console = Console(width=100, highlight=False, **how)
    with console.capture() as captured:
        print_validation(validation, catalogue, console)
    return captured.get()


def test_the_terminal_shows_stops_first(
    catalogue: Catalogue, returned: tuple[Ingested, Validation]
) -> None:
    text = printed(returned[1], catalogue)
    lines = text.splitlines()
    results = [line.split()[0] for line in lines[1:] if line.startswith(("停止", "提醒"))]
    assert results == sorted(results, key=("停止", "提醒").index)
    assert "PM2.5 为 3500" in text
    assert "\x1b" not in text


def test_columns_of_the_terminal_line_up_in_cells(
    catalogue: Catalogue, returned: tuple[Ingested, Validation]
) -> None:
    text = printed(returned[1], catalogue, force_terminal=True, color_system=None)
    from rich.cells import cell_len  # noqa: PLC0415

    assert max(cell_len(line) for line in text.splitlines()) <= 100


def test_brackets_and_braces_of_a_table_stay_in_the_terminal(
    project: Project, pair: Pair, catalogue: Catalogue
) -> None:
    given = ingested({"air_daily": SOUND["air_daily"]()}, problems=[hostile_problem()])
    validation = validate(project, pair, catalogue, given, today=TODAY)
    assert "{0}{x}[bold]" in printed(validation, catalogue)


def test_a_stop_has_an_exit_code_and_names_its_workbook(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    returned: tuple[Ingested, Validation],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert present(project, pair, catalogue, *returned) == 2
    said = capsys.readouterr().out
    assert "data/processed/hailing/2018/returned/退回_环境空气日均值_海陵区_2018.xlsx" in said
    assert "DRAFT=1" in said
    assert (project.processed(pair) / "check.html").exists()
    assert "环境空气日均值" in stop_message(project, catalogue, returned[1], [])


def test_only_warnings_are_no_stop(
    project: Project, pair: Pair, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = SOUND["air_daily"]().assign(co_mg_m3=5.0)
    given = ingested({"air_daily": frame})
    validation = validate(project, pair, catalogue, given, today=TODAY)
    assert present(project, pair, catalogue, given, validation) == 0
    assert "停止 0 处" in capsys.readouterr().out


def test_findings_are_kept_in_the_source_language(
    project: Project, pair: Pair, catalogue: Catalogue
) -> None:
    frame = SOUND["air_daily"]()
    frame.loc[0, "pm25_ug_m3"] = -1.0
    given = ingested({"air_daily": frame})
    try:
        use_locale("en")
        validation = validate(project, pair, catalogue, given, today=TODAY)
    finally:
        use_locale("zh")
    (finding,) = of_check(validation, "pm25_ug_m3_possible")
    assert finding.reason.text == "{column} 为 {value}，超出仪器可测范围"
    kept = json.loads((project.processed(pair) / "validation.json").read_text("utf-8"))
    assert Validation.model_validate(kept["validation"]) == validation


def warned(row: int | None, **known: str) -> Finding:
    told = {
        "dataset": "air_hourly",
        "expectation": "jump",
        "column": "so2",
        "file": "a.csv",
    } | known
    return Finding(severity=Severity.WARNING, row=row, reason=Message(text="…"), **told)


def test_what_has_one_cause_is_one_place_to_look_at() -> None:
    hours = [warned(row) for row in (5, 6, 7, 20)]
    again = warned(6, expectation="usual")
    papers = [warned(row, dataset="reported", column="evidence_file") for row in (3, 4)]
    table = [warned(None), warned(None, expectation="enough_hours")]
    found = Validation(findings=(*hours, again, *papers, *table))
    # A run of hours and one hour; two rows of a table that is no course of time; two tables.
    assert found.n_places({"air_hourly"}) == 2 + 2 + 2
    assert found.n_places(set()) == 4 + 2 + 2
    stopped = warned(9).model_copy(update={"severity": Severity.STOP})
    assert Validation(findings=(stopped,)).n_places({"air_hourly"}) == 0


def test_terminal_page_and_report_count_warnings_in_the_same_words(
    project: Project, pair: Pair, catalogue: Catalogue
) -> None:
    frame = SOUND["air_daily"]()
    frame.loc[[10, 11, 40], "pm25_ug_m3"] = 900.0
    frame.loc[[10, 11], "pm10_ug_m3"] = 1400.0
    validation = validate(project, pair, catalogue, ingested({"air_daily": frame}), today=TODAY)
    n_faults = sum(one.n_faults for one in validation.checks if one.severity is Severity.WARNING)
    n_warnings = counted_warnings(validation, catalogue)
    assert 1 < n_warnings < n_faults
    words = f"提醒 {n_warnings} 条，涉及 {n_faults} 处"
    assert words in printed(validation, catalogue)
    path = project.root / "check.html"
    write_check_page(project, pair, catalogue, validation, path)
    assert words in path.read_text("utf-8")


def demonstration_faults(year: int) -> pd.DataFrame:
    """Return the faults of the demonstration data that validation has to find."""
    table = pd.read_csv(Project.here().params / "demonstration" / "faults.csv", dtype=str)
    is_found = table["finding"].str.startswith("警告") & (table["dataset"] == "air_daily")
    is_own = (table["district"] == "hailing") & (table["year"] == str(year))
    return table[is_found & is_own]


CHECK_OF_FAULT = {
    "PM2.5 大于 PM10": "pm25_within_pm10",
    "重复行": "rows_repeated",
    "数值异常偏高": "so2_ug_m3_usual",
    "有效天数不足": "enough_days",
}


@pytest.mark.parametrize("year", [2016, 2017, 2018])
def test_the_deliberate_faults_of_the_demonstration_warn(
    project: Project, catalogue: Catalogue, year: int
) -> None:
    pair = Pair("hailing", year)
    source, target = Project.here().demonstration(pair), project.demonstration(pair)
    target.parent.mkdir(parents=True)
    target.symlink_to(source)
    given = ingest(project, pair, catalogue)
    validation = validate(project, pair, catalogue, given, today=TODAY)
    assert validation.stopped_datasets == frozenset()
    faults = demonstration_faults(year)
    assert len(faults)
    for fault in faults.itertuples():
        key = next(key for words, key in CHECK_OF_FAULT.items() if words in str(fault.finding))
        said = " ".join(str(one.reason) for one in of_check(validation, key))
        assert key == "rows_repeated" or str(fault.station) in said, fault.id
