import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest
from water_year import PAIR, PLACED, catalogue

from ecoreport.observe import observe
from ecoreport.project import Pair

TREATED = "water.black_odorous_waters_treated"


def seen(dataset, *rows, as_of=None, pair=PAIR):
    frame = pd.DataFrame([{"source_row": n, **PLACED, **row} for n, row in enumerate(rows, 2)])
    observations, kept = observe(catalogue(), pair, {dataset: frame}, [], as_of)
    return {one.indicator: one for one in observations}, kept


def body(name, after="none", is_removed=None, removed_on=None):
    return {
        "body": name,
        "county": None,
        "before": "severe",
        "after": after,
        "is_removed": is_removed,
        "removed_on": pd.Timestamp(removed_on) if removed_on else pd.NaT,
    }


def test_waters_are_counted_that_were_found_removed_by_the_day():
    rows = [
        body("甲", is_removed="yes", removed_on="2018-05-01"),
        body("乙", is_removed="yes", removed_on="2018-11-01"),
        body("丙", after="light", is_removed="no"),
        body("丁"),
    ]
    found, kept = seen("black_odour", *rows)
    one = found[TREATED]
    assert (one.value, one.trace.n_used) == (3, 4)
    assert [str(note) for note in one.trace.notes] == ["尚未认定消除的水体：丙"]
    assert kept["black_odour"]["is_removed"].tolist() == [True, True, False, True]
    # Undated removals are not known to lie before the middle of the year.
    assert seen("black_odour", *rows, as_of=dt.date(2018, 6, 30))[0][TREATED].value == 1


def test_waters_that_never_were_black_are_not_counted():
    never = {**body("乙", is_removed="yes"), "before": "none"}
    unknown = {**body("丙", is_removed="yes"), "before": None}
    found, kept = seen("black_odour", body("甲", is_removed="yes"), never, unknown)
    one = found[TREATED]
    assert (one.value, one.trace.n_used) == (1, 1)
    told = [str(note) for note in one.trace.notes]
    assert told == ["整治前不是黑臭水体或没有填写级别、不计入的水体：乙、丙"]
    assert kept["black_odour"]["body"].tolist() == ["甲"]


def visits(body, months, **levels):
    """Return three visits to each of three points of a water, in each of some months."""
    rows = [
        {"body": body, "point": f"{point}号", "course": None, "date": dt.date(2018, month, day)}
        for month in months
        for point in (1, 2, 3)
        for day in (2, 8, 14)
    ]
    clear = {"transparency_cm": 60.0, "do_mg_l": 5.0, "orp_mv": 150.0, "nh3n_mg_l": 2.0}
    about = {"depth_cm": 150.0, "is_clear_to_bottom": None}
    frame = pd.DataFrame([{**row, **clear, **about, **levels} for row in rows])
    days = pd.to_datetime(frame["date"]).astype("datetime64[us]")
    return frame.assign(date=days, course=frame["course"].astype("float64"))


def monitored(listed, *parts, as_of=None):
    points = pd.concat(parts, ignore_index=True).assign(source_row=1, **PLACED)
    rows = [{"source_row": n, **PLACED, **row} for n, row in enumerate(listed, 2)]
    frames = {"black_odorous_points": points}
    if rows:
        frames["black_odour"] = pd.DataFrame(rows)
    observations, kept = observe(catalogue(), PAIR, frames, [], as_of)
    return {one.indicator: one for one in observations}, kept


def test_waters_are_graded_by_their_points_and_held_against_the_list():
    listed = [
        body("甲", is_removed="yes", removed_on="2018-05-01"),
        body("乙", is_removed="yes", removed_on="2018-05-01"),
        body("丙", after="light", is_removed="no"),
    ]
    found, kept = monitored(
        listed,
        # Severe before its works, clear since: what it was is no part of what it is.
        visits("甲", [2], do_mg_l=0.1),
        visits("甲", [6, 9]),
        visits("乙", [6], nh3n_mg_l=9.0),
        visits("乙", [9]),
        visits("丙", [9], orp_mv=-250.0),
        visits("丁", [9]).iloc[:3],
    )
    waters = kept["black_odour_monitored"].set_index("body")
    assert waters["level"].to_dict() == {"甲": "none", "乙": "light", "丙": "severe", "丁": "none"}
    assert waters["agrees"].tolist()[:3] == [True, False, False] and pd.isna(waters["agrees"]["丁"])
    assert waters["is_sufficient"].tolist() == [True, True, True, False]
    one = found["water.monitored_waters_not_black"]
    # 丁 was visited once at each point: its level is for reference and not counted.
    assert (one.value, one.trace.n_used, one.trace.is_verified) == (1, 3, False)
    assert (one.trace.n_expected, one.completeness) == (4, 0.75)
    told = [str(note) for note in one.trace.notes]
    assert told[:3] == [
        "监测判定为黑臭的水体：乙、丙",
        "与黑臭水体清单所报不一致的水体：乙、丙",
        "监测点或监测次数不足、只作参考的水体：丁",
    ]


def test_waters_monitored_too_little_give_no_number_and_say_why():
    found, _kept = monitored([], visits("丁", [9]).iloc[:3])
    one = found["water.monitored_waters_not_black"]
    assert (one.value, one.reason, one.is_sufficient) == (None, "too_few_points", False)
    assert "只作参考的水体：丁" in " ".join(map(str, one.trace.notes))


def test_a_water_found_removed_after_its_visits_is_judged_by_them():
    listed = [body("甲", is_removed="yes", removed_on="2018-12-20")]
    _found, kept = monitored(listed, visits("甲", [11]))
    assert kept["black_odour_monitored"]["level"].tolist() == ["none"]


def test_part_of_a_year_does_not_know_what_the_list_learnt_later():
    listed = [body("甲", is_removed="yes", removed_on="2018-09-20")]
    parts = visits("甲", [5], nh3n_mg_l=9.0), visits("甲", [10])
    _found, spring = monitored(listed, *parts, as_of=dt.date(2018, 6, 30))
    assert spring["black_odour_monitored"]["level"].tolist() == ["light"]
    assert spring["black_odour_monitored"]["agrees"].isna().all()
    _found, year = monitored(listed, *parts)
    assert year["black_odour_monitored"]["agrees"].tolist() == [True]


def test_without_a_list_points_are_graded_by_their_newest_visits():
    found, kept = monitored([], visits("甲", [2], do_mg_l=0.1), visits("甲", [9]))
    assert kept["black_odour_monitored"]["level"].tolist() == ["none"]
    assert kept["black_odour_points"]["n_visits"].tolist() == [3, 3, 3]
    # By the end of February it was severe.
    early = monitored(
        [], visits("甲", [2], do_mg_l=0.1), visits("甲", [9]), as_of=dt.date(2018, 2, 28)
    )
    assert early[1]["black_odour_monitored"]["level"].tolist() == ["severe"]
    assert found["water.monitored_waters_not_black"].value == 1


def test_shallow_points_clear_to_the_bottom_are_not_black_by_transparency():
    shallow = {"depth_cm": 20.0, "transparency_cm": 7.0}
    _found, kept = monitored(
        [], visits("甲", [9], **shallow), visits("乙", [9], **shallow, is_clear_to_bottom="yes")
    )
    levels = kept["black_odour_monitored"].set_index("body")["level"]
    assert levels.to_dict() == {"甲": "severe", "乙": "none"}


def sewage(scope, treated, discharged, county=None):
    return {
        "scope": scope,
        "county": county,
        "treated_10k_m3": treated,
        "discharged_10k_m3": discharged,
    }


def plant(name, scope, capacity, treated, **more):
    return {
        "plant": name,
        "scope": scope,
        "capacity_10k_m3_d": capacity,
        "treated_10k_m3": treated,
        **dict.fromkeys(("days", "cod_in_mg_l", "cod_out_mg_l", "nh3n_in_mg_l", "nh3n_out_mg_l")),
        **more,
    }


def works(*plants, totals=(), as_of=None):
    frame = pd.DataFrame([{"source_row": n, **PLACED, **row} for n, row in enumerate(plants, 2)])
    numbers = [name for name in frame if name.endswith(("_l", "_d", "_m3")) or name == "days"]
    frames = {"sewage_plants": frame.astype(dict.fromkeys(numbers, "float64"))}
    if totals:
        rows = [{"source_row": n, **PLACED, **row} for n, row in enumerate(totals, 2)]
        frames["sewage"] = pd.DataFrame(rows)
    observations, kept = observe(catalogue(), PAIR, frames, [], as_of)
    return {one.indicator: one for one in observations}, kept


def test_the_load_of_works_is_that_of_those_that_say_volume_and_capacity():
    found, kept = works(
        plant("小厂", "town", 1.0, 438.0, cod_in_mg_l=200.0, cod_out_mg_l=25.0),
        plant("大厂", "city", 4.0, 1095.0),
        plant("半年厂", "city", 2.0, 300.0, days=200.0),
        plant("缺量厂", "city", 3.0, None),
    )
    one = found["water.sewage_plants_load"]
    # 1833 of 365 + 1460 + 400.
    assert (float(one.value), one.trace.n_used, one.trace.n_expected) == (82.4, 3, 4)
    assert one.trace.substituted == "1833 ÷ 2225 × 100"
    assert [str(note) for note in one.trace.notes] == [
        "缺处理量或处理能力、不计入的厂：缺量厂",
        "处理量超过设计处理能力的厂：小厂",
    ]
    plants = kept["sewage_plants"].set_index("plant")
    assert plants.index.tolist() == ["大厂", "缺量厂", "半年厂", "小厂"]
    assert plants["load"].round(1).tolist()[2:] == [75.0, 120.0]
    assert plants.loc["小厂", "cod_removal"] == 87.5
    # A volume of the year says nothing of its first half.
    assert not works(plant("大厂", "city", 4.0, 1095.0), as_of=dt.date(2018, 6, 30))[1].get(
        "sewage_plants"
    )


def test_volumes_of_works_are_held_against_the_area_of_their_scope():
    plants = [plant("一厂", "city", 4.0, 1000.0), plant("镇厂", "town", 1.0, 300.0)]
    whole = [sewage("city", 1052.0, 1100.0), sewage("town", 1400.0, 1500.0)]
    found, kept = works(*plants, totals=whole)
    beside = kept["sewage_plants_totals"].set_index("scope")
    # Of towns and cities together 1300 of 1400 are 7.1 % short; of the city 52 of 1052 are 4.9 %.
    assert beside["plants_10k_m3"].to_dict() == {"city": 1000.0, "town": 1300.0}
    assert beside["is_within"].tolist() == [True, False]
    assert [str(note) for note in found["water.sewage_plants_load"].trace.notes] == [
        "城镇各厂处理量之和1300万立方米，污水处理统计1400万立方米，相差超过允许值"
    ]
    parts = [sewage("city", 700.0, 750.0, county="江阴市"), sewage("city", 300.0, 310.0, "宜兴市")]
    _found, kept = works(*plants, totals=parts)
    assert kept["sewage_plants_totals"]["total_10k_m3"].tolist() == [1000.0]


def test_city_town_and_village_are_three_rates():
    found, _kept = seen(
        "sewage",
        sewage("city", 9610.0, 10000.0),
        sewage("city", 10.0, 20.0, county="jiangyin"),
        sewage("town", 800.0, 1000.0, county="jiangyin"),
        sewage("town", 100.0, 200.0, county="yixing"),
    )
    # The row of the whole city goes before its parts; without one the parts add up.
    assert found["water.city_sewage_treatment_rate"].value == Decimal("96.1")
    assert found["water.sewage_treatment_rate"].value == Decimal("75.0")
    assert found["water.sewage_treatment_rate"].trace.substituted == "900 ÷ 1200 × 100"
    assert "water.rural_sewage_treatment_rate" not in found


@pytest.mark.parametrize("cells", [(None, 10.0), (0.0, 0.0)])
def test_no_rate_without_both_volumes(cells):
    frame, _kept = seen("sewage", sewage("city", 5.0, 10.0), sewage("town", *cells))
    assert "water.sewage_treatment_rate" not in frame


def discharge(pollutant, amount, scope=None, origin=None):
    return {"pollutant": pollutant, "scope": scope, "origin": origin, "discharge_t": amount}


def test_totals_go_before_sums_and_scopes_stay_apart():
    found, _kept = seen(
        "discharges",
        discharge("cod", 1000.0, origin="industry"),
        discharge("cod", 2500.5, origin="domestic"),
        discharge("tn", 900.0, origin="total"),
        discharge("tn", 100.0, origin="industry"),
        discharge("tn", 700.0, scope="taihu"),
        pair=Pair("suzhou", 2018),
    )
    assert found["water.cod_emissions"].value == Decimal("3500.5")
    assert found["water.total_nitrogen_discharge"].value == 900
    assert found["water.taihu_basin_tn_emission"].value == 700
    assert "water.taihu_basin_tp_emission" not in found


NUMBER = {"document": None, "document_number": "锡政〔2019〕1号", "maturity": "provisional"}
FILE = {**NUMBER, "evidence_file": "评估.pdf", "is_evidence_there": True}
NO_FILE = {**NUMBER, "evidence_file": "评估.pdf", "is_evidence_there": False}
NOTHING = {"document": None, "document_number": None, "evidence_file": None}


def shown(found):
    return found.has_document, found.has_evidence_file


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        (FILE, (True, True)),
        (NO_FILE, (True, False)),
        ({**NOTHING, "maturity": "provisional"}, (False, False)),
        # What was checked by others needs no document of its own.
        ({**NOTHING, "maturity": "audited"}, (True, False)),
    ],
)
def test_papers_that_rows_name_stand_behind_the_figure(papers, expected):
    rates, _kept = seen("sewage", {**sewage("city", 9610.0, 10000.0), **papers})
    assert shown(rates["water.city_sewage_treatment_rate"]) == expected
    amounts, _kept = seen("discharges", {**discharge("cod", 10.0, origin="total"), **papers})
    assert shown(amounts["water.cod_emissions"]) == expected


def test_only_waters_that_were_removed_need_papers():
    removed, left = body("甲", is_removed="yes"), body("乙", after="light", is_removed="no")
    nothing = {**NOTHING, "maturity": "provisional"}
    found, _kept = seen("black_odour", {**removed, **FILE}, {**left, **nothing})
    assert shown(found[TREATED]) == (True, True)
    found, _kept = seen("black_odour", {**removed, **nothing}, {**left, **FILE})
    assert shown(found[TREATED]) == (False, False)
