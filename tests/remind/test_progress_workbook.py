"""A month's workbook as it goes out, and as it comes back from people's hands."""

import datetime as dt

import openpyxl
import pytest

from ecoreport.errors import InputError
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.templates import write_templates
from ecoreport.project import Pair
from ecoreport.remind import asked_of, received, write_workbook

PAIR = Pair("hailing", 2018)
PLAN, FOREST, STRAW = "hailing/01", "hailing/12", "hailing/24/straw"
DONE = {"完成状态": "已完成", "日期": dt.datetime(2018, 6, 20), "审核人": "李四"}


@pytest.mark.parametrize("district", ["hailing", "wuxi", "suzhou", "linjiang", "jiangyin"])
def test_every_commitment_stands_in_the_sheet_of_its_department(templates, catalogue, district):
    book = templates(district=district).book
    asked = {one.commitment.id: one for one in asked_of(catalogue, Pair(district, 2018))}
    written = [row for sheet in book.worksheets[:-1] for row in sheet.iter_rows(min_row=3)]
    assert sorted(row[1].value for row in written) == sorted(asked)
    for row in written:
        one = asked[row[1].value]
        assert (row[2].value, row[7].value) == (one.commitment.title_zh, one.department.zh)
        assert row[6].value == "2018-06"
    bound = {one.id for one in catalogue.commitments_for(district) if one.indicator}
    assert set(asked) == bound


def test_ids_are_locked_and_what_is_to_be_filled_in_is_not(templates):
    sheet = templates().book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[2]}
    is_locked = {head: sheet.cell(3, column).protection.locked for head, column in heads.items()}
    assert sheet.protection.sheet
    assert {head for head, locked in is_locked.items() if not locked} == {
        *("完成状态", "数值", "日期", "证明材料", "来源文件", "文号", "口径", "备注"),
        *("填表人", "审核人", "数据性质"),
    }
    offered = [one.formula1 for one in sheet.data_validations.dataValidation]
    assert offered == ['"已完成,基本完成,正在推进,未完成"', '"核定,审核,快报,公开实时"']


def test_a_workbook_that_nobody_filled_in_is_no_data(templates, read, project, catalogue):
    templates()
    write_templates(project, PAIR, catalogue)
    assert not list(project.raw(PAIR).glob("工作调度_2018.xlsx"))
    frame, problems = read()
    assert frame is None
    assert problems.empty
    assert write_workbook(project, PAIR, catalogue, "2018-06") is None


def test_what_was_filled_in_is_read_with_its_place(templates, read):
    book = templates()
    sheet, row = book.fill(PLAN, **DONE, 证明材料="证明/规划.pdf", 文号="泰海〔2018〕1号")
    book.fill(FOREST, 完成状态="正在推进", 数值=21.5, 备注="年底完成", 数据性质="核定")
    book.fill(STRAW, 备注="尚无数据")
    book.save()
    frame, problems = read()
    assert problems.empty
    rows = frame.set_index("commitment")
    assert set(rows["period"]) == {"2018-06"}
    plan = rows.loc[PLAN]
    assert (plan["status"], plan["checked_by"], plan["maturity"]) == ("done", "李四", "provisional")
    assert (plan["date"].date(), plan["evidence_file"]) == (dt.date(2018, 6, 20), "证明/规划.pdf")
    assert (plan["source_sheet"], plan["source_row"]) == (sheet.title, row)
    assert plan["department"] == "hailing-environment"
    forest = rows.loc[FOREST]
    assert (forest["value"], forest["unit"], forest["maturity"]) == (21.5, "%", "verified")
    assert rows.loc[STRAW, "remark"] == "尚无数据"


@pytest.mark.parametrize("district", ["hailing", "wuxi", "suzhou", "linjiang", "jiangyin"])
def test_every_row_reads_back_as_what_it_went_out_for(templates, read, catalogue, district):
    book = templates(district=district)
    for sheet in book.book.worksheets[:-1]:
        for row in range(3, sheet.max_row + 1):
            sheet.cell(row, 13).value = "正在推进"
    book.save()
    frame, problems = read(district)
    assert problems.empty
    asked = {one.commitment.id: one for one in asked_of(catalogue, Pair(district, 2018))}
    assert set(frame["commitment"]) == set(asked)
    for row in frame.itertuples():
        one = asked[row.commitment]
        assert (row.department, row.title) == (one.department.id, one.commitment.title_zh)
        assert (row.unit if isinstance(row.unit, str) else "") == one.indicator.unit


def test_it_is_read_whatever_people_do_to_it_in_wps(templates, read):
    book = templates()
    book.fill(FOREST, 完成状态="推进中", 数值="21.5%", 日期="2018年6月30日")
    book.fill(STRAW, 完成状态="完成", 数值="９６．５", 日期=43281)
    sheet, _row = book.fill(PLAN, 完成状态="是", 日期="6月20日")
    sheet.protection.sheet = False
    sheet.delete_rows(sheet.max_row)
    sheet.title = "Sheet1 (2)"
    sheet.insert_cols(13)
    sheet.cell(2, 13).value = "联系电话"
    farming, _row = book.row(FOREST)
    farming.delete_rows(1)
    farming.cell(farming.max_row + 2, 1).value = "填表人：王五"
    book.save()
    frame, problems = read()
    assert problems.empty
    rows = frame.set_index("commitment")
    assert rows.loc[[FOREST, STRAW], "value"].tolist() == [21.5, 96.5]
    assert rows.loc[FOREST, "date"].date() == dt.date(2018, 6, 30)
    assert rows.loc[PLAN, "date"].date() == dt.date(2018, 6, 20)
    assert rows["status"].to_dict() == {FOREST: "started", STRAW: "done", PLAN: "done"}


def test_workbooks_of_single_departments_are_read_beside_each_other(templates, read, project):
    first = templates()
    first.fill(PLAN, **DONE)
    for sheet in first.book.worksheets[1:-1]:
        first.book.remove(sheet)
    folder = project.raw(PAIR) / "各单位"
    folder.mkdir()
    first.save(folder / "6月调度-环保局.xlsx")
    first.path.unlink()
    second = templates()
    second.fill(FOREST, 完成状态="已完成", 数值=23)
    second.save(folder / "6月调度-农委.xlsx")
    second.path.unlink()
    frame, problems = read()
    assert problems.empty
    assert sorted(frame["commitment"]) == [PLAN, FOREST]


def test_months_and_a_verified_copy_stay_beside_each_other(templates, read, project):
    for period, number in (("2018-05", 20), ("2018-06", 21)):
        book = templates(period)
        book.fill(FOREST, 完成状态="正在推进", 数值=number)
        book.save()
    book.fill(FOREST, 数值=20.5, 数据性质="核定")
    book.save(project.raw(PAIR) / "工作调度_2018-06_核定.xlsx")
    frame, problems = read()
    assert problems.empty
    assert frame[["period", "value", "maturity"]].to_numpy().tolist() == [
        ["2018-05", 20.0, "provisional"],
        ["2018-06", 21.0, "provisional"],
        ["2018-06", 20.5, "verified"],
    ]


def test_what_was_said_last_stands_in_grey_and_is_not_read_again(
    templates, read, project, catalogue
):
    book = templates("2018-05")
    book.fill(FOREST, 完成状态="正在推进", 数值=20)
    book.save()
    known = received(project, PAIR, catalogue).frame
    book = templates("2018-06", known=known)
    sheet, row = book.row(FOREST)
    assert [sheet.cell(row, column).value for column in (10, 11)] == ["2018-05 正在推进", "20 %"]
    frame, _problems = read()
    assert frame["period"].tolist() == ["2018-05"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("hailing/O1", "没有编号为“hailing/O1”的任务。编号由模板给出"),
        ("wuxi-2018/air/pm25-annual-mean", "属于无锡市的方案，不是本区域的任务"),
        (None, "“任务编号”是空的"),
        ("=1+1", "没有编号为“=1+1”的任务"),
        ("../../etc/passwd", "没有编号为“../../etc/passwd”的任务"),
    ],
)
def test_an_id_that_was_changed_is_told_with_its_place(templates, read, written, said):
    book = templates()
    sheet, row = book.fill(PLAN, **DONE)
    sheet.cell(row, 2).value = written
    book.save()
    frame, problems = read()
    assert frame is None or PLAN not in set(frame["commitment"])
    (one,) = problems.itertuples()
    assert (one.severity, one.sheet, one.row, one.column) == ("stop", sheet.title, row, "任务编号")
    assert one.file == "data/raw/hailing/2018/工作调度_2018-06.xlsx"
    assert said in one.message
    assert one.message.endswith("这一行未读入")


def test_hostile_texts_stay_texts_and_stay_inside(templates, read):
    formula = '=HYPERLINK("http://evil.example","看")'
    book = templates()
    book.fill(PLAN, 完成状态="已完成", 备注=formula, 证明材料="../../../etc/passwd")
    book.fill(FOREST, 完成状态="<script>", 数值="=1/0", 证明材料="C:\\材料.pdf")
    book.save()
    frame, problems = read()
    rows = frame.set_index("commitment")
    assert rows.loc[PLAN, "remark"] == formula
    assert rows["evidence_file"].isna().all()
    assert rows["value"].isna().all()
    told = {(one.column, one.value) for one in problems.itertuples()}
    assert told == {
        ("证明材料", "../../../etc/passwd"),
        ("证明材料", "C:\\材料.pdf"),
        ("完成状态", "<script>"),
        ("数值", "=1/0"),
    }


def test_no_cell_that_goes_out_is_a_formula(templates):
    for sheet in templates().book.worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_same_workbook_is_the_same_bytes(templates, project, catalogue):
    first = templates()
    content = first.path.read_bytes()
    first.path.unlink()
    assert write_workbook(project, PAIR, catalogue, "2018-06").read_bytes() == content


def test_real_progress_leaves_demonstration_figures_unused(templates, project, catalogue):
    folder = project.demonstration(PAIR)
    folder.mkdir(parents=True)
    (path,) = (
        one for one in write_templates(project, PAIR, catalogue, folder) if "上报" in one.name
    )
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(3, 3).value = 5
    book.save(path)
    assert set(ingest(project, PAIR, catalogue).frames) == {"reported"}
    book = templates()
    book.fill(PLAN, **DONE)
    book.save()
    ingested = ingest(project, PAIR, catalogue)
    assert set(ingested.frames) == {"progress"}
    because = {one.path: one.ignored_because for one in ingested.sources}
    assert because[project.relative(path)] == ("data/raw 中已有工作调度，演示数据不与实际数据并用")


def test_a_year_without_a_plan_has_no_workbook(project, catalogue):
    with pytest.raises(InputError, match="没有要调度的任务"):
        write_workbook(project, Pair("hailing", 2010), catalogue, "2010-06")
    assert not project.raw(Pair("hailing", 2010)).exists()
