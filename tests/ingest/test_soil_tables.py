"""Tables of soil as stations and bureaus keep them."""

from __future__ import annotations

import pandas as pd
import pytest
from test_noise_tables import workbook

from ecoreport.errors import InputError


def test_samples_with_two_heads_marks_and_coordinates_that_are_not_read(tmp_path, read):
    path = workbook(
        tmp_path / "2018年土壤监测结果.xlsx",
        [
            ["海陵区农用地土壤环境质量监测结果"],
            [
                "序号",
                "样点编号",
                "乡镇",
                "经度",
                "纬度",
                "采样日期",
                "土地利用类型",
                "监测项目（mg/kg）",
            ]
            + [None] * 2,
            [None] * 7 + ["pH值", "镉", "总铬"],
            [1, "T1", "罡杨镇", 119.923456, 32.491234, "2018.9.3", "水田", "６.１", "0.02L", 61],
            [2, "T2", "华港镇", 119.9, 32.5, "2018/9/4", "旱地", 7.4, "未检出", "/"],
            [3, "T3", "华港镇", 119.9, 32.5, "2018年9月4日", "林地", 7.4, 0.1, 55],
        ],
        ["H2:J2"],
    )
    frame, records = read(path, "soil_points")
    assert frame["point"].tolist() == ["T1", "T2", "T3"]
    assert frame["land_use"].tolist()[:2] == ["paddy", "other"]
    assert pd.isna(frame["land_use"][2])
    assert frame["cd_mg_kg"].tolist()[0] == 0.01
    assert pd.isna(frame["cd_mg_kg"][1])
    assert frame["cr_mg_kg"].tolist()[0] == 61
    kept = frame.to_csv() + str(records.entries)
    assert "119.92" not in kept
    assert "罡杨镇" not in kept


def test_plots_in_hectares_with_steps_as_days(tmp_path, read):
    path = tmp_path / "污染地块名录.csv"
    path.write_text(
        "序号,地块编号,地块名称,地块面积(公顷),纳入名录日期,风险评估完成日期,安全利用\n"
        "1,3212021,原甲厂,1.2,2017年5月,2018-06-30,是\n2,3212022,原乙厂,0.85,2018.1.3,,未安全利用\n合计,,,2.05,,,\n"
    )
    frame, _records = read(path, "contaminated_plots")
    assert frame["plot"].tolist() == ["3212021", "3212022"]
    assert frame["area_m2"].tolist() == [12000, 8500]
    assert frame["is_safely_used"].tolist() == ["yes", "no"]
    assert frame["assessed_on"].dt.strftime("%Y-%m-%d").tolist()[0] == "2018-06-30"
    assert "原甲厂" not in frame.to_csv()


def test_farmland_in_hectares_becomes_mu(tmp_path, read):
    path = tmp_path / "受污染耕地安全利用台账.csv"
    path.write_text(
        "乡镇(街道),年度,受污染耕地面积（公顷）,已安全利用面积（公顷）\n甲镇,2018,10,9\n合计,,10,9\n"
    )
    frame, _records = read(path, "farmland_safe_use")
    assert frame["town"].tolist() == ["甲镇"]
    assert frame["polluted_area_mu"].tolist() == [150]
    assert frame["safely_used_area_mu"].tolist() == [135]


@pytest.mark.parametrize(
    ("name", "text", "dataset", "column", "value"),
    [
        ("土壤重点监管单位自行监测.csv", "单位名称,自行监测,信息公开\n甲厂,√,未公开\n",
         "soil_enterprises", "is_published", "no"),
        ("环境风险企业名录.csv", "企业名称,重点三大行业,风险等级,入库情况,八查八改\n"
         "甲厂,是,较大环境风险,已入库,未完成\n",
         "risk_enterprises", "risk_level", "larger"),
        ("土壤治理修复项目.csv", "项目名称,开工日期,完工日期\n甲厂地块,2017-03-01,2018-03-01\n",
         "remediation", "project", "甲厂地块"),
    ],
)  # fmt: skip
def test_registers_of_enterprises_and_projects(tmp_path, read, name, text, dataset, column, value):
    path = tmp_path / name
    path.write_text(text)
    frame, records = read(path, dataset)
    assert frame[column].tolist() == [value]
    assert not [one for one in records.problems if one.severity == "stop"]


def test_a_register_without_areas_is_refused(tmp_path, read):
    path = tmp_path / "污染地块名录.csv"
    path.write_text("地块编号,纳入名录日期\n1,2018-01-01\n")
    with pytest.raises(InputError, match="地块面积"):
        read(path, "contaminated_plots")
