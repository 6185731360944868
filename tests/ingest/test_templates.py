import datetime as dt
import re

import openpyxl
import pytest

from ecoreport.config.vocabulary import Secrecy
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.templates import write_templates
from ecoreport.project import Pair

PAIR = Pair("hailing", 2018)


@pytest.fixture
def templates(project, catalogue):
    return {path.stem: path for path in write_templates(project, PAIR, catalogue)}


def fill(path, change):
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0], [cell.value for cell in book.worksheets[0][1]])
    book.save(path)


def test_a_template_that_nobody_filled_in_is_no_data(templates, project, catalogue):
    ingested = ingest(project, PAIR, catalogue)
    assert ingested.frames == {}
    others = {"progress", "rectification"} | catalogue.datasets_that_are(Secrecy.FORBIDDEN)
    assert set(templates) == {
        f"{one.zh}_2018" for one in catalogue.datasets.values() if one.id not in others
    }
    assert len(templates) == len(ingested.sources)
    assert {one.ignored_because for one in ingested.sources} == {"没有填写任何数据"}
    assert all(one.is_unfilled for one in ingested.sources)
    assert ingested.problems.empty


def test_templates_read_back_as_they_were_filled_in(templates, project, catalogue):
    def days(sheet, head):
        assert head[2] == "PM2.5(μg/m³)"
        sheet.append(["莲花", dt.date(2018, 1, 3), 60, 80, 10, 30, 0.8, 100, None, "核定"])
        sheet.append(["1206A", "2018年1月4日", "61H", 81, 11, 31, 0.9, 101, 120, "核定"])

    def figures(sheet, head):
        for row in sheet.iter_rows(min_row=3):
            if row[head.index("指标")].value == "森林覆盖率":
                row[head.index("数值")].value = 22.5
                row[head.index("证明材料")].value = "证明材料/林业.pdf"

    def months(sheet, head):
        for row in sheet.iter_rows(min_row=3, max_row=14):
            row[head.index("事件数(起)")].value = "无"

    fill(templates["环境空气日均值_2018"], days)
    fill(templates["上报指标值_2018"], figures)
    fill(templates["事件报告(含零报告)_2018"], months)
    ingested = ingest(project, PAIR, catalogue)
    assert ingested.problems.empty
    daily = ingested.frames["air_daily"]
    assert daily["station"].tolist() == ["1207A", "1206A"]
    assert daily["date"].dt.day.tolist() == [3, 4]
    assert daily["pm10_ug_m3"].tolist() == [80, 81]
    assert set(daily["maturity"]) == {"verified"}
    assert set(ingested.cleaning["air_daily"]["flag"]) == {"", "H"}
    events = ingested.frames["nil_returns"]
    assert events["events"].tolist() == [0] * 12
    assert events["period"].tolist() == [f"2018-{month:02d}" for month in range(1, 13)]
    (row,) = ingested.frames["reported"].itertuples()
    assert (row.indicator, row.value, row.unit) == ("greening.forest_cover", 22.5, "%")
    assert row.evidence_file == "证明材料/林业.pdf"


def test_a_template_that_stands_there_is_left_alone(templates, project, catalogue):
    path = templates["环境空气日均值_2018"]
    path.write_bytes(b"filled in")
    assert write_templates(project, PAIR, catalogue) == []
    assert path.read_bytes() == b"filled in"


def test_drop_downs_offer_stations_choices_and_no_demonstration(templates):
    book = openpyxl.load_workbook(templates["环境空气日均值_2018"])
    options = book["选项"]
    offered = [cell.value for column in options.iter_cols() for cell in column if cell.value]
    assert {"公园路", "莲花", "留学生创业园", "核定", "快报"} <= set(offered)
    assert "演示" not in offered
    assert options.sheet_state == "hidden"
    assert len(book.worksheets[0].data_validations.dataValidation) == 2
    assert book["填表说明"]["A1"].value == "列名"


def test_explanations_name_the_year_of_the_template(project, catalogue):
    for path in write_templates(project, Pair("hailing", 2021), catalogue):
        guide = openpyxl.load_workbook(path)["填表说明"]
        told = " ".join(str(row[3]) for row in guide.iter_rows(values_only=True) if row[3])
        assert not re.search(r"(?<!-)2018", told), (path.name, told)


def test_a_template_names_the_body_that_exists_in_its_year(project, catalogue, tmp_path):
    for year, held, other in (
        (2018, "海陵环保局", "海陵生态环境局"),
        (2019, "海陵生态环境局", "海陵环保局"),
    ):
        paths = write_templates(project, Pair("hailing", year), catalogue, tmp_path / str(year))
        said = {
            str(cell)
            for path in paths
            for sheet in openpyxl.load_workbook(path).worksheets
            for row in sheet.iter_rows(values_only=True)
            for cell in row
        }
        assert held in said
        assert other not in said


def test_explanations_say_each_thing_once(templates):
    told = {
        str(row[3]): path.name
        for path in templates.values()
        for row in openpyxl.load_workbook(path)["填表说明"].iter_rows(min_row=2, values_only=True)
        if row[3]
    }
    assert [one for one in told if one.count("单位写在") > 1] == []
    assert [one for one in told if "选择、" in one] == []
    assert any("从下拉列表选择：河流、湖库" in one for one in told)
