"""Figures that yearbooks and bulletins printed, computed again from what they printed beside them.

What cannot be had from the data at hand is named, so that nobody takes silence for agreement.
"""

import re

import pandas as pd
import pytest

from ecoreport.standards.air import annual_statistics
from ecoreport.standards.ecology import ecological_grade
from ecoreport.standards.ratios import rate
from ecoreport.standards.rounding import exact_mean, round_half_even
from ecoreport.standards.statistics import attainment_rate
from ecoreport.standards.tables import table
from ecoreport.standards.water import trophic_state

DAILY = ["city", "date", "aqi", "range", "level", "pm25_ug_m3", "pm10_ug_m3", "so2_ug_m3"]
DAILY += ["co_mg_m3", "no2_ug_m3", "o3_8h_ug_m3", "rank"]
NOT_DERIVABLE = {
    "area_green_percent": "area under green cover",
    "water_sewage_ratio": "sewage discharged and treated",
    "waste_consump_ratio": "waste generated and treated",
    "indus_solid_utilizeratio": "waste generated and used",
    "grp_capita_c": "people resident",
}
"""Rates of the yearbook, and what of them it does not print."""
COUNTED = re.compile(r"(\d+)天")


@pytest.fixture(scope="module")
def yearbook(shared):
    file = shared / "data" / "stats" / "socioeco_air_2018_city_level.csv"
    return pd.read_csv(file, dtype=str).drop_duplicates("city").set_index("city")


@pytest.fixture(scope="module")
def bulletins(shared):
    return pd.read_csv(shared / "data" / "official" / "context.csv")


@pytest.fixture(scope="module")
def stations(shared):
    folder = shared / "data" / "air" / "station-annual-2018"
    means = pd.read_csv(folder / "station_annual_mean_2018.csv")
    return {city: own["PM2.5"] for city, own in means.groupby("city") if own["PM2.5"].notna().all()}


def printed(bulletins, place, year, indicator):
    found = bulletins[(bulletins["place_zh"] == place) & (bulletins["year"] == year)]
    return float(found.set_index("indicator_zh").loc[indicator, "value"])


def test_share_of_land_for_construction_of_every_city_of_the_yearbook(yearbook):
    cities = yearbook[["area_construct", "area_u", "area_construct_percent"]].dropna()
    shares = [
        rate(float(part), float(whole)).percent(2)
        for part, whole in zip(cities["area_construct"], cities["area_u"], strict=True)
    ]
    assert shares == cities["area_construct_percent"].astype(float).tolist()
    assert len(shares) == 264


def test_rates_of_the_yearbook_without_their_parts_are_named(yearbook):
    rates = {
        name
        for name in yearbook.columns
        if name.startswith(("area_", "water_", "waste_", "indus_solid", "grp_capita"))
        and name.endswith(("percent", "ratio", "capita_c"))
    }
    assert rates == {"area_construct_percent", *NOT_DERIVABLE}


def test_means_of_cities_are_those_of_their_stations(yearbook, stations):
    printed_means = pd.to_numeric(yearbook["PM2.5.x"]).rename(lambda city: city.removesuffix("市"))
    own = {city: float(exact_mean(means)) for city, means in stations.items()}
    both = pd.DataFrame({"own": own, "printed": printed_means}).dropna()
    assert both["own"].tolist() == pytest.approx(both["printed"].tolist(), abs=1e-9)
    assert len(both) == 259


# Of each city only the stations without a gap are left, and five days of December are missing.
def test_annual_means_of_the_yearbook_are_near_those_of_stations(yearbook, stations):
    printed_means = pd.to_numeric(yearbook["PM2.5.y"]).rename(lambda city: city.removesuffix("市"))
    own = {city: round_half_even(exact_mean(means), 0) for city, means in stations.items()}
    both = pd.DataFrame({"own": own, "printed": printed_means}).dropna().astype(float)
    assert both.loc["无锡", "own"] == both.loc["无锡", "printed"] == 43
    apart = both["own"] - both["printed"]
    assert len(both) == 211
    assert apart.median() == 0
    assert (apart.abs() <= 2).mean() > 0.75


def test_annual_mean_of_changzhou_in_2015(shared, bulletins):
    file = shared / "data" / "air" / "city-daily-2013-2017" / "常州.csv"
    days = pd.read_csv(file, header=None, names=DAILY, encoding="utf-8-sig", parse_dates=["date"])
    year = days[days["date"].dt.year == 2015].set_index("date")[[*DAILY[5:11]]]
    found = annual_statistics(year.replace(0, float("nan")), 2015)
    pm25 = found[(found["pollutant"] == "PM2.5") & (found["statistic"] == "annual_mean")]
    assert pm25["value"].tolist() == [printed(bulletins, "常州市", 2015, "PM2.5年均浓度(市区)")]


def test_shares_of_good_days_follow_from_the_days_that_were_counted(bulletins):
    shares = bulletins[bulletins["indicator_zh"].str.startswith("空气质量优良天数比率")]
    counted = {}
    for row in shares.to_dict("records"):
        if match := COUNTED.search(str(row["note"])):
            counted[row["place_zh"], row["year"]] = (int(match[1]), float(row["value"]))
    days = printed(bulletins, "南通市", 2018, "空气质量优良天数")
    share = printed(bulletins, "南通市", 2018, "空气质量优良天数比率")
    counted["南通市", 2018] = (int(days), share)
    differ = {
        key
        for key, (n_good, share) in counted.items()
        if attainment_rate(n_good, pd.Timestamp(key[1], 12, 31).day_of_year, 1) != share
    }
    # 246 days give what is printed of 365 days, and not of the 366 of that year.
    assert differ == {("常州市", 2016)}
    assert attainment_rate(246, 365, 1) == counted["常州市", 2016][1]
    assert len(counted) == 6


@pytest.mark.parametrize(
    ("year", "indicator", "n_counted", "n_all"),
    [
        (2018, "国考断面优Ⅲ类比例", 71, 104),
        (2018, "国考断面劣Ⅴ类比例", 1, 104),
        (2018, "太湖流域137个重点断面达标率", 129, 137),
        (2018, "土壤背景点位达标率", 72, 82),
        (2020, "国考断面优Ⅲ类比例", 91, 104),
    ],
)
def test_shares_of_jiangsu_are_those_of_a_count(bulletins, year, indicator, n_counted, n_all):
    share = printed(bulletins, "江苏省", year, indicator)
    assert attainment_rate(n_counted, n_all, 1) == share


# One was cut and not rounded; of the other the number of sections must have been another.
def test_shares_that_no_count_gives_are_known(bulletins):
    assert attainment_rate(29, 35, 1) == 82.9
    assert printed(bulletins, "淮安市", 2018, "监测断面优良比例") == 82.8
    share = printed(bulletins, "江苏省", 2020, "省考断面优Ⅲ类比例")
    assert share not in {attainment_rate(count, 380, 1) for count in range(381)}


def test_words_of_the_bulletins_for_lakes_and_nature(bulletins):
    index = printed(bulletins, "太湖湖体", 2018, "综合营养状态指数")
    states = table("tli_bands").set_index("state")["name_zh"]
    note = bulletins.set_index(["place_zh", "year", "indicator_zh"])["note"]
    assert (
        states[trophic_state(pd.Series([index])).iloc[0]]
        == note["太湖湖体", 2018, "综合营养状态指数"]
    )
    grades = table("ei_grades").set_index("grade")["name_zh"]
    for place, year in (("江苏省", 2020), ("常州市", 2019)):
        official = printed(bulletins, place, year, "生态环境状况指数EI")
        grade = grades[ecological_grade(pd.Series([official])).iloc[0]]
        assert grade in note[place, year, "生态环境状况指数EI"]
