"""A department's letter changes a cell only where its old value still stands."""

import re
import shutil

import openpyxl
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.comparable import comparable
from ecoreport.config.load import load_catalogue
from ecoreport.errors import InputError
from ecoreport.ingest.correct import correct, ingest_corrected
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.names import Names
from ecoreport.ingest.rules import Rules
from ecoreport.ingest.standing import Standing
from ecoreport.ingest.units import Units
from ecoreport.observe import observe
from ecoreport.observed import references
from ecoreport.project import Pair, Project

PAIR = Pair("hailing", 2018)
HEAD = ("序号", "指标名称", "报告期", "完成值", "计量单位", "文号", "填报日期")
FOREST, SEWAGE, DISCLOSURE = "森林覆盖率", "城镇污水处理率", "环境信息公开率"
ROWS = ((1, FOREST, 2018, 22.7, "%"), (2, SEWAGE, 2018, "95.2%", "%"), (3, DISCLOSURE, 2018, 91.4))
FILE = "data/raw/hailing/2018/上报值.xlsx"
PLACE = "params/districts/hailing/corrections.yml 第 2 行的更正不能应用："
LETTER = {
    "file": FILE,
    "row": 3,
    "column": "完成值",
    "old_value": "22.7",
    "new_value": "21.9",
    "letter": "泰海林〔2019〕3号",
    "issued_by": "海陵区农业委员会",
    "date": "2019-03-05",
}


@pytest.fixture
def project(tmp_path):
    """An empty project with a copy of the parameters, to file corrections in."""
    shutil.copytree(Project.here().params, tmp_path / "params")
    return Project(tmp_path.resolve())


def table(project, *rows, name="上报值.xlsx", sheet="上报值", head=HEAD, folder=None):
    """Write a workbook with a title above its header: the first row of data is row 3."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in (("海陵区2018年指标上报值",), head, *(rows or ROWS)):
        book.active.append(row)
    path = (folder or project.raw(PAIR)) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def file(project, *changes):
    """File corrections, each as the usual one with changes."""
    text = yaml.safe_dump(
        {"corrections": [LETTER | change for change in changes or ({},)]},
        allow_unicode=True,
        sort_keys=False,
    )
    (project.params / "districts/hailing/corrections.yml").write_text(text, "utf-8")


def corrected(project):
    return ingest_corrected(project, PAIR, load_catalogue(project))


def refused(project):
    with pytest.raises(InputError) as raised:
        corrected(project)
    assert raised.value.exit_code == 2
    return str(raised.value)


def cells(ingested, row=3, dataset="reported"):
    frame = ingested.frames[dataset]
    return frame[frame["source_row"] == row].iloc[0]


def observed(project, ingested):
    """Return what is observed, by indicator."""
    catalogue = load_catalogue(project)
    found, _frames = observe(catalogue, PAIR, ingested.frames, references(ingested))
    return {one.indicator: one for one in found}


def test_a_letter_changes_the_value_and_leaves_what_was_reported(project):
    table(project)
    file(project, {"title": "关于更正森林覆盖率的函"})
    ingested = corrected(project)

    row = cells(ingested)
    assert (row["value"], row["value_as_reported"], row["value_as_corrected"]) == (
        21.9,
        "22.7",
        "21.9",
    )
    assert pd.isna(cells(ingested, 4)["value_as_corrected"])
    (entry,) = ingested.cleaning["reported"].query("source_row == 3").to_dict("records")
    assert (entry["column"], entry["raw"], entry["value"]) == ("value", "22.7", "21.9")
    assert "海陵区农业委员会的更正函（泰海林〔2019〕3号，2019-03-05）" in entry["reason"]
    (one,) = ingested.corrections
    assert (one.sheet, one.ignored_because) == ("上报值", "")


def test_what_was_read_is_kept_as_it_was_received(project):
    path = table(project)
    content = path.read_bytes()
    file(project)
    corrected(project)
    assert path.read_bytes() == content
    kept = pd.read_parquet(project.processed(PAIR) / "reported.parquet")
    assert kept["value"].tolist() == [22.7, 95.2, 91.4]


def test_both_values_stand_in_the_trace(project):
    table(project)
    file(project)
    found = observed(project, corrected(project))

    one = found["greening.forest_cover"]
    assert str(one.value) == "21.9"
    assert one.trace.substituted == "22.7 % → 21.9 %"
    assert [str(note) for note in one.trace.notes] == [
        "完成值原报“22.7”，按海陵区农业委员会的更正函（泰海林〔2019〕3号，2019-03-05）更正为“21.9”"
    ]
    assert one.has_document
    (source,) = one.trace.sources
    assert [correction.letter for correction in source.corrections] == ["泰海林〔2019〕3号"]
    other = found["institutional.information_disclosure_rate"]
    assert (other.trace.notes, other.trace.sources[0].corrections) == ((), ())
    assert not other.has_document


def test_an_old_value_that_is_gone_stops_the_run_and_says_where_it_stands(project):
    table(project)
    file(project, {"sheet": "上报值", "old_value": "91.4"})
    assert refused(project) == (
        f"{PLACE}{FILE} 工作表 上报值 第 3 行“完成值”。表中现在是“22.7”，old_value 写的是“91.4”。"
        "这个原值在第 5 行。请核对 row 和 old_value；部门已重新报送更正后的表的，请删去这一条"
    )


@pytest.mark.parametrize("row", [1, 2, 6, 1_000_000])
def test_a_row_that_holds_no_data_is_refused(project, row):
    table(project)
    file(project, {"row": row})
    message = refused(project)
    assert message.startswith(f"{PLACE}{FILE} 第 {row} 行")
    assert "这一行没有读入数据。这个原值在第 3 行。" in message


def test_a_row_without_a_figure_is_reported_anew_and_not_corrected(project):
    table(project, *ROWS, (4, "城镇生活垃圾无害化处理率", 2018, None, "%"))
    file(project, {"row": 6, "old_value": ""})
    assert "没有填写的行请部门补报" in refused(project)


def test_all_that_is_wrong_is_named_together(project):
    table(project)
    file(project, {"row": 99}, {"old_value": "1"}, {"row": 5, "old_value": "91.4"})
    assert re.findall(r"corrections.yml 第 (\d+) 行", refused(project)) == ["2", "10"]


@pytest.mark.parametrize(
    ("cell", "old", "is_same"),
    [
        ("95.2%", "95.2%", True),
        ("95.2%", "９５.２％", True),
        ("95.2%", "95.2", False),
        (95.2, "95.20", True),
        (95.2, "95.2 ", True),
        (95.2, "95.2%", False),
        ("1,234", "1234", False),
        ("约95", "约95", True),
        ("约95", "约96", False),
        ("=C3/2", "=C3/2", True),
        ("=C3/2", "1009", False),
        (0, "", False),
    ],
)
def test_the_old_value_is_what_the_cell_says(project, cell, old, is_same):
    table(project, (1, FOREST, 2018, cell, "%", "泰海〔2019〕1号"))
    file(project, {"old_value": old})
    if is_same:
        assert cells(corrected(project))["value"] == 21.9
    else:
        assert "表中现在是" in refused(project)


@pytest.mark.parametrize(
    ("unit", "new", "value"),
    [
        ("%", "21.9", 21.9),
        ("%", "21.9%", 21.9),
        ("‰", "219", 21.9),
        ("%", "219‰", 21.9),
        ("公顷", "21.9%", 21.9),
        (None, "21.9", 21.9),
    ],
)
def test_the_new_value_is_in_the_unit_of_the_table_or_in_its_own(project, unit, new, value):
    table(project, (1, FOREST, 2018, 22.7, unit))
    file(project, {"new_value": new})
    assert cells(corrected(project))["value"] == value


@pytest.mark.parametrize(
    ("unit", "new", "reason"),
    [
        ("%", "约22", "不是可识别的数值"),
        ("%", "=1+1", "公式出错或没有计算结果"),
        ("%", "22公顷", "量纲不同"),
        ("公顷", "22", "量纲不同"),
    ],
)
def test_a_new_value_that_nothing_reads_is_refused(project, unit, new, reason):
    table(project, (1, FOREST, 2018, 22.7, unit))
    file(project, {"new_value": new})
    message = refused(project)
    assert f"new_value“{new}”读不出：" in message
    assert reason in message


def test_a_figure_may_be_withdrawn(project):
    table(project)
    file(project, {"new_value": ""})
    ingested = corrected(project)
    assert pd.isna(cells(ingested)["value"])
    assert "greening.forest_cover" not in observed(project, ingested)
    assert ingested.corrections[0].new_value == ""


def test_one_of_several_sheets_has_to_be_named(project):
    path = table(project)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.active).title = "第二张"
    book.save(path)
    file(project)
    assert "请写明 sheet。这个文件中有数据的工作表：上报值、第二张" in refused(project)
    file(project, {"sheet": "第三张"})
    assert "没有读入过这张工作表" in refused(project)
    file(project, {"sheet": "第二张"})
    assert corrected(project).frames["reported"]["value"].tolist() == [
        22.7,
        95.2,
        91.4,
        21.9,
        95.2,
        91.4,
    ]


def test_one_cell_is_corrected_once_though_only_one_letter_names_the_sheet(project):
    table(project)
    file(project, {}, {"sheet": "上报值", "new_value": "20.1"})
    assert "同一单元格在第 2 行已有更正" in refused(project)


def test_two_cells_of_a_row_are_corrected_each(project):
    table(project)
    file(project, {}, {"column": "文号", "old_value": "", "new_value": "泰海林〔2019〕1号"})
    ingested = corrected(project)
    row = cells(ingested)
    assert (row["value"], row["document_number"]) == (21.9, "泰海林〔2019〕1号")
    assert len(observed(project, ingested)["greening.forest_cover"].trace.notes) == 2


def test_a_csv_has_one_sheet(project):
    path = project.raw(PAIR) / "上报值.csv"
    path.parent.mkdir(parents=True)
    path.write_text(f"指标名称,报告期,完成值,计量单位\n{FOREST},2018,22.70,%\n", "gb18030")
    file(project, {"file": f"{FILE[:-4]}csv", "row": 2})
    assert cells(corrected(project), 2)["value"] == 21.9


def test_a_status_and_an_event_are_corrected_in_the_words_of_their_tables(project):
    status = ("指标名称", "年度", "完成情况", "认定人", "认定日期")
    table(
        project, ("生态文明建设规划", 2018, "已完成", "王", "2019-01-15"),
        name="认定表.xlsx", sheet="认定", head=status,
    )  # fmt: skip
    events = ("指标名称", "月份", "发生起数", "签发人")
    table(
        project, ("重、特大突发环境事件", "2018年3月", "零报告", "王"),
        name="零报告.xlsx", sheet="零报告", head=events,
    )  # fmt: skip
    folder = "data/raw/hailing/2018/"
    file(
        project,
        {"file": f"{folder}认定表.xlsx", "column": "完成情况", "old_value": "已完成",
         "new_value": "未完成"},
        {"file": f"{folder}认定表.xlsx", "column": "认定日期", "old_value": "2019年1月15日",
         "new_value": "2019-02-01"},
        {"file": f"{folder}零报告.xlsx", "column": "发生起数", "old_value": "零报告",
         "new_value": "1"},
    )  # fmt: skip
    ingested = corrected(project)
    row = cells(ingested, dataset="confirmations")
    assert (row["status"], row["confirmed_on"]) == ("not_done", pd.Timestamp("2019-02-01"))
    assert cells(ingested, dataset="nil_returns")["events"] == 1
    event = observed(project, ingested)["institutional.major_environmental_events"]
    assert (event.value, event.has_document, len(event.trace.notes)) == (1, True, 1)


def test_a_number_is_in_the_unit_of_its_header(catalogue, units):
    """Nothing but the header knows that 0.3 mg/m³ stood there as 300."""
    air = catalogue.datasets["air_daily"]
    rules = Rules(air, Names.of(catalogue, PAIR), units, PAIR.year)
    column = next(one for one in air.columns if one.name == "co_mg_m3")
    frame = pd.DataFrame(
        {"source_file": "a", "source_sheet": "b", "source_row": [4], "co_mg_m3": [0.3]}
    )
    log = pd.DataFrame(columns=["source_file", "source_sheet", "source_row", "column", "raw"])
    standing = Standing(column, frame, log, rules, header_unit="μg/m3")
    assert standing.read(4, "400").value == 0.4
    assert standing.read(4, "0.4mg/m³").value == 0.4


def test_units_that_headers_state_are_known_of_a_source(project, catalogue):
    folder = project.raw(PAIR)
    folder.mkdir(parents=True)
    head = "日期,点位,PM2.5(μg/m³),PM10,SO2,NO2,CO(ug/m3),O3_8h\n"
    (folder / "空气日均值.csv").write_text(f"{head}2018-01-03,莲花,60,80,10,30,800,100\n")
    (source,) = ingest(project, PAIR, catalogue).sources
    assert source.header_units == {"空气日均值": {"co_mg_m3": "ug/m3"}}


def test_without_its_file_a_correction_is_said_and_demonstration_data_stay(project):
    table(project, folder=project.demonstration(PAIR), name="演示_上报值.xlsx")
    file(project)
    ingested = corrected(project)
    assert ingested.frames["reported"]["value"].tolist() == [22.7, 95.2, 91.4]
    (one,) = ingested.corrections
    assert one.ignored_because == "data/raw 中没有这个文件，用的是演示数据"
    (problem,) = ingested.problems.query("column == ''").to_dict("records")
    assert (problem["severity"], problem["dataset"]) == ("warning", "reported")
    assert (problem["file"], problem["row"]) == (one.filed_in, 2)
    assert "泰海林〔2019〕3号 没有应用" in problem["message"]


def test_where_other_real_files_came_a_file_that_is_gone_is_an_error(project):
    table(project, name="上报值（更名）.xlsx")
    file(project)
    assert "没有这个文件。改了名的请改 file" in refused(project)


def test_demonstration_data_are_corrected_and_stay_demonstration_data(project):
    table(project, folder=project.demonstration(PAIR))
    file(project, {"file": FILE.replace("raw", "demonstration")})
    ingested = corrected(project)
    row = cells(ingested)
    assert (row["value"], row["maturity"]) == (21.9, "demonstration")
    assert ingested.corrections[0].is_demonstration

    table(project)
    unused = corrected(project)
    assert cells(unused)["value"] == 22.7
    assert "演示数据不用" in unused.corrections[0].ignored_because


def test_what_is_left_out_of_a_comparison_is_not_said_to_be_corrected(project):
    table(project, folder=project.demonstration(PAIR))
    file(project, {"file": FILE.replace("raw", "demonstration")})
    catalogue = load_catalogue(project)
    later = Pair("hailing", 2019)
    table(project, (1, FOREST, 2019, 23, "%"), folder=project.raw(later))
    judged = ingest_corrected(project, later, catalogue)
    other = comparable(catalogue, corrected(project), judged)
    assert "不作比较" in other.corrections[0].ignored_because


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """A table of figures as read, rules to read by, and a correction of its first row."""
    root = tmp_path_factory.mktemp("corrections")
    shutil.copytree(Project.here().params, root / "params")
    project = Project(root.resolve())
    table(project)
    file(project)
    catalogue = load_catalogue(project)
    units = Units(project.params / "units.csv")
    names = Names.of(catalogue, PAIR)
    rules = {one.id: Rules(one, names, units, 2018) for one in catalogue.datasets.values()}
    return ingest(project, PAIR, catalogue), rules, catalogue.corrections[PAIR][0]


@given(row=st.sampled_from([3, 4, 5]))
def test_a_correction_to_the_same_value_changes_nothing_but_what_is_said_of_it(received, row):
    ingested, rules, usual = received
    own = ingested.frames["reported"].query(f"source_row == {row}").iloc[0]
    same = own["value_as_reported"]
    change = {"row": row, "old_value": same, "new_value": same}
    again = correct(ingested, [usual.model_copy(update=change)], rules)
    pd.testing.assert_frame_equal(
        again.frames["reported"].drop(columns="value_as_corrected"), ingested.frames["reported"]
    )
    n_entries = len(ingested.cleaning["reported"])
    pd.testing.assert_frame_equal(
        again.cleaning["reported"].head(n_entries), ingested.cleaning["reported"], check_dtype=False
    )
    assert len(again.cleaning["reported"]) == n_entries + 1


@given(value=st.decimals(-1000, 1000, places=3), row=st.sampled_from([3, 4, 5]))
def test_only_the_cell_that_a_letter_names_changes_and_applying_it_twice_is_once(
    received, value, row
):
    ingested, rules, usual = received
    frame = ingested.frames["reported"]
    before = frame.copy()
    old = frame.query(f"source_row == {row}").iloc[0]["value_as_reported"]
    one = usual.model_copy(update={"row": row, "old_value": old, "new_value": f"{value:f}"})
    once = correct(ingested, [one], rules)
    changed = once.frames["reported"]
    own = changed["source_row"] == row
    assert changed.loc[own, "value"].item() == float(value)
    assert changed.loc[own, "value_as_reported"].item() == old
    pd.testing.assert_frame_equal(changed.loc[~own, frame.columns], frame[~own])
    assert correct(once, [one], rules) is once
    pd.testing.assert_frame_equal(frame, before)
