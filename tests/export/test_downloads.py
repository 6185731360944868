import csv
import datetime as dt
import io
import json
from decimal import Decimal

import openpyxl
import pytest

from ecoreport.assess import assess
from ecoreport.assess.context import Context
from ecoreport.assessment import Assessment
from ecoreport.config.load import load_catalogue
from ecoreport.export import downloads
from ecoreport.ingest.parts import Source
from ecoreport.message import message
from ecoreport.observe.observation import Observation, SourceReference, Trace, observation_id
from ecoreport.project import Pair, Project
from ecoreport.validate.finding import Finding, Validation

CATALOGUE = load_catalogue(Project.here())
PAIR = Pair("hailing", 2018)
FILE = "data/demonstration/hailing/2018/演示数据_上报值.xlsx"
HASH = "ab" * 32


def observed(indicator, value, *, year=2018, maturity="audited", place="", **known):
    name = f"{indicator}@{place}" if place else indicator
    source = SourceReference(
        dataset="reported", file=FILE, sha256=HASH, sheet="上报值", rows=(5, 7), n_rows=2,
        maturity=maturity,
    )  # fmt: skip
    return Observation.model_validate(
        {
            "id": observation_id("hailing", year, name, str(year), maturity),
            "district": "hailing",
            "year": year,
            "period": str(year),
            "indicator": indicator,
            "value": value,
            "unit": CATALOGUE.indicators[indicator].unit,
            "maturity": maturity,
            "trace": Trace(
                formula=message("部门上报值"),
                substituted=f"{value} = {value}",
                n_used=1,
                sources=(source,),
            ),
            **known,
        }
    )


OBSERVATIONS = (
    observed("greening.forest_cover", "18", sensitivity={"month": ("17", "19")}),
    observed("water.sewage_treatment_rate", "95.60", maturity="demonstration"),
    observed("institutional.plan", None, text="done", confirmed_by="=cmd|' /C calc'!A0"),
    observed("greening.ecological_index", "59.0"),
    observed("greening.ecological_index", "60.0", year=2017, maturity="demonstration"),
    observed("air.pm25_annual_mean", "41", place="1206A"),
)


@pytest.fixture(scope="module")
def assessment():
    by_pair = {
        Pair("hailing", year): [one for one in OBSERVATIONS if one.year == year]
        for year in (2017, 2018)
    }
    context = Context(
        pair=PAIR, last_day=dt.date(2018, 12, 31), period="2018",
        observations=by_pair,
    )  # fmt: skip
    judgements, derived = assess(
        CATALOGUE.commitments_for("hailing"), CATALOGUE.indicators, context
    )
    finding = Finding(
        dataset="reported", severity="warning", expectation="plausible", column="数值",
        file=FILE, sheet="上报值", row=9, value="+999", reason=message("数值可疑"),
    )  # fmt: skip
    return Assessment(
        district="hailing",
        year=2018,
        period="2018",
        observations=(*OBSERVATIONS, *derived),
        judgements=tuple(judgements),
        facts=(),
        sources=(
            Source(dataset="reported", path=FILE, sha256=HASH, rows=2, is_demonstration=True),
            Source(path="data/raw/hailing/2018/@other.docx", ignored_because="不是表格"),
        ),
        validation=Validation(findings=(finding,)),
    )


@pytest.fixture(scope="module")
def files(assessment):
    return downloads(assessment, CATALOGUE, "zh")


def table(files, name):
    text = files[f"data/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def verdict(files, commitment):
    return next(row for row in table(files, "verdicts") if row["编号"] == commitment)


def test_the_files_of_a_report(files):
    assert set(files) == {
        "data/verdicts.csv",
        "data/observations.csv",
        "data/assessment.xlsx",
        "data/assessment.json",
        "data/departments.xlsx",
    }


def test_the_same_assessment_gives_the_same_bytes(files, assessment):
    again = Assessment.model_validate_json(assessment.model_dump_json(exclude_defaults=True))
    assert downloads(again, CATALOGUE, "zh") == files


def test_a_verdict_stands_in_the_words_of_its_plan(files):
    rows = table(files, "verdicts")
    assert len(rows) == len(CATALOGUE.plans["hailing"].commitments)
    row = verdict(files, "hailing/27")
    assert [row[name] for name in ("指标", "目标", "目标值", "数值", "单位", "与目标差距")] == [
        "城镇污水处理率", "100", "100", "95.60", "%", "-4.40",
    ]  # fmt: skip
    assert row["说明"].startswith("2018年城镇污水处理率95.60%，低于目标100%，未达标")
    assert (row["结论"], row["结论代码"]) == ("未达标", "not_met")
    assert (row["属性"], row["责任单位"]) == ("约束性", "区住建局")
    missing = verdict(files, "hailing/02")
    assert (missing["结论"], missing["原因"], missing["原因代码"], missing["数值"]) == (
        "未报送", "未报送数据", "not_reported", "",
    )  # fmt: skip


def test_a_verdict_says_where_its_number_comes_from(files):
    row = verdict(files, "hailing/12")
    assert (row["公式"], row["代入"]) == ("部门上报值", "18 = 18")
    assert row["观测值编号"] == "hailing/2018/greening.forest_cover/2018/audited"
    for part in (FILE, "上报值", "第 5、7 行", f"SHA-256 {HASH}"):
        assert part in row["来源文件"]


def test_whatever_rests_on_demonstration_says_so(files):
    assert verdict(files, "hailing/27")["演示数据"] == "演示数据"
    assert verdict(files, "hailing/12")["演示数据"] == ""
    assert verdict(files, "hailing/12")["数据性质"] == "审核数据"
    fallen = verdict(files, "hailing/11/not-lower")
    assert (fallen["结论代码"], fallen["演示数据"]) == ("not_met", "演示数据")
    assert verdict(files, "hailing/11")["演示数据"] == "演示数据"
    marks = {
        row["观测值编号"].split("/")[-1]: row["演示数据"] for row in table(files, "observations")
    }
    assert marks == {"audited": "", "demonstration": "演示数据"}


def test_nothing_begins_a_formula_but_numbers_stay_numbers(files):
    for name in ("verdicts", "observations"):
        for row in table(files, name):
            for cell in row.values():
                is_number = cell.lstrip("-").replace(".", "").isdecimal()
                assert is_number or not cell.startswith(("=", "+", "-", "@"))
    (plan,) = [
        row for row in table(files, "observations") if row["指标代码"] == "institutional.plan"
    ]
    assert plan["认定人"] == "'=cmd|' /C calc'!A0"
    assert plan["完成情况"] == "已完成"
    book = openpyxl.load_workbook(io.BytesIO(files["data/assessment.xlsx"]))
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type in {"f", "e"}]


def test_the_workbook_has_all_sheets_with_typed_numbers(files):
    book = openpyxl.load_workbook(io.BytesIO(files["data/assessment.xlsx"]))
    assert book.sheetnames == ["结论", "观测值", "来源", "数据质量", "说明"]
    header = [cell.value for cell in book["结论"][1]]
    (row,) = [one for one in book["结论"].iter_rows(min_row=2) if one[1].value == "hailing/27"]
    value = row[header.index("数值")]
    assert (value.value, value.number_format) == (95.6, "0.00")
    about = {row[0].value: row[1].value for row in book["说明"].iter_rows(min_row=2)}
    assert about["区域"] == "海陵区"
    assert "演示数据" in about
    assert "泰海政办发〔2018〕26号" in about["方案"]
    assert [cell.value for cell in book["数据质量"]["H"]] == ["值", "'+999"]
    paths = [cell.value for cell in book["来源"]["B"]]
    assert paths == ["文件", FILE, "data/raw/hailing/2018/@other.docx"]


def test_the_point_of_a_station_is_named(files):
    points = [row["点位"] for row in table(files, "observations") if row["点位"]]
    assert points == ["1206A 公园路"]


def test_json_has_each_verdict_with_its_trace(files):
    content = json.loads(files["data/assessment.json"])
    (row,) = [one for one in content["verdicts"] if one["commitment"] == "hailing/27"]
    assert (Decimal(row["value"]), row["verdict"], row["verdict_text"]) == (
        Decimal("95.60"), "not_met", "未达标",
    )  # fmt: skip
    (trace,) = row["trace"]
    assert trace["observation"] == row["observations"][0]
    assert (trace["formula"], trace["sources"][0]["sha256"]) == ("部门上报值", HASH)
    assert content["rests_on_demonstration"] is True
    known = {one["id"] for one in content["observations"]}
    assert {name for one in content["verdicts"] for name in one["observations"]} <= known


def test_what_is_internal_stays_in_the_house(files, assessment):
    assert verdict(files, "hailing/12")["临界"] == "恰为目标值; 剔除任一个月的数据，结论可能改变"
    outside = downloads(assessment, CATALOGUE, "zh", is_internal=False)
    assert "临界" not in verdict(outside, "hailing/12")
    text = b"".join(
        content for name, content in outside.items() if not name.endswith(".xlsx")
    ).decode()
    for word in ("fragility", "sensitivity", "at_target", "恰为目标值"):
        assert word not in text
        assert word in files["data/assessment.json"].decode()


def test_a_draft_says_so_in_every_row(assessment):
    draft = downloads(assessment.model_copy(update={"is_draft": True}), CATALOGUE, "zh")
    assert {row["版本"] for row in table(draft, "verdicts")} == {"草稿"}
    assert {row["版本"] for row in table(draft, "observations")} == {"草稿"}
    assert json.loads(draft["data/assessment.json"])["is_draft"] is True
