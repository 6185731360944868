"""What two versions tell differently, by kind."""

from typing import Any

import issued_report as issued
import pytest

from ecoreport.revised import essence, groups
from ecoreport.revision import Revision, Version, revision, version_of


def version(**changes: Any) -> Version:
    return version_of(issued.told(**changes))


def observed(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"observations": list(rows)}


PM25 = issued.observation("air.pm25_annual_mean", "45")
PM10 = issued.observation("air.pm10_annual_mean", "70")
VERDICT = issued.told()["verdicts"][0]


@pytest.mark.parametrize(
    ("before", "after", "kind", "line"),
    [
        ({}, {"verdicts": [VERDICT | {"verdict": "met"}]}, "verdicts",
         ("污染场地环境监管体系", "未达标", "达标")),
        ({}, {"verdicts": [VERDICT | {"target": "40"}]}, "targets",
         ("污染场地环境监管体系", "≤43μg/m³", "≤40μg/m³")),
        ({}, observed(PM25 | {"value": "46"}), "values", ("PM₂.₅年均浓度", "45 μg/m³", "46 μg/m³")),
        ({}, observed(PM25, PM10), "added", ("PM₁₀年均浓度", "无", "70 μg/m³")),
        (observed(PM25, PM10), {}, "withdrawn", ("PM₁₀年均浓度", "70 μg/m³", "无")),
        ({}, observed(PM25 | {"maturity": "verified"}), "maturities",
         ("PM₂.₅年均浓度", "审核数据", "核定数")),
        ({}, observed(PM25 | {"trace": {"edition": "GB 3095-2026", "clause": "表1"}}), "standards",
         ("PM₂.₅年均浓度", "GB 3095-2012 表1，标况", "GB 3095-2026 表1，标况")),
        ({}, observed(PM25 | {"basis": {"state": "actual"}}), "standards",
         ("PM₂.₅年均浓度", "GB 3095-2012 表1，标况", "GB 3095-2012 表1，实况")),
        ({}, {"sources": [{"dataset": "air_daily", "sha256": "2"}]}, "data",
         ("环境空气日均值", "1个文件", "1个文件，内容改变")),
        ({}, {"sources": []}, "data", ("环境空气日均值", "1个文件", "0个文件")),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_told_once_and_in_words(
    before: dict[str, Any], after: dict[str, Any], kind: str, line: tuple[str, str, str]
) -> None:
    found = revision(version(**before), version(**after))

    assert [name for name in Revision.model_fields if getattr(found, name)] == [kind]
    (group,) = groups(issued.CATALOGUE, found)
    (only,) = group.lines
    assert (only.what, only.before, only.after) == line


def test_nothing_changed_says_so() -> None:
    found = revision(version(), version())

    assert found.is_empty
    assert essence(found) == "结论、数值、数据和标准均无变化"


def test_the_better_checked_of_two_values_is_what_a_version_tells() -> None:
    provisional = PM25 | {"id": "x", "maturity": "provisional", "value": "99"}

    assert revision(version(), version(**observed(provisional, PM25))).is_empty


def test_stations_and_other_districts_are_no_values_of_the_area() -> None:
    station = PM25 | {"id": "hailing/2018/air.pm25_annual_mean@1206A/2018/audited", "value": "9"}
    neighbour = PM25 | {"district": "gaogang", "value": "9"}

    assert revision(version(), version(**observed(PM25, station, neighbour))).is_empty


def test_another_year_is_compared_by_whole_periods_and_not_by_files() -> None:
    month = PM25 | {"period": "2018-03", "value": "60"}
    sources = [{"dataset": "air_daily", "sha256": "another"}]
    last = version(year=2017, pm25="48", sources=sources)
    found = revision(last, version(**observed(PM25, month)))

    assert [(one.before, one.after) for one in found.values] == [("48", "45")]
    assert not found.data
    assert not found.added


def test_real_and_demonstration_values_are_never_held_against_each_other() -> None:
    made = observed(PM25 | {"maturity": "demonstration", "value": "99"})
    found = revision(version(**made), version())

    assert not found.values
    assert [(one.before, one.after) for one in found.maturities] == [("demonstration", "audited")]


def test_what_the_catalogue_knows_no_more_keeps_its_id() -> None:
    gone = {"verdicts": [VERDICT | {"commitment": "old/1", "verdict": "met"}]}
    found = revision(version(verdicts=[VERDICT | {"commitment": "old/1"}]), version(**gone))

    assert groups(issued.CATALOGUE, found)[0].lines[0].what == "old/1"
