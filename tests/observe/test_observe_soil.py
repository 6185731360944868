"""Soil: rates as areas by areas, steps of plots, projects, samples, enterprises."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial

import pandas as pd
from departmental import observed

from ecoreport.project import Pair

PAIR = Pair("wuxi", 2018)
LABEL = "2018-01-01/2018-06-30"
HALF = dt.date(2018, 6, 30)
seen = partial(observed, PAIR)


def days(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)).as_unit("us"))


PLOTS = pd.DataFrame(
    {
        "plot": ["1", "2", "3", "4"],
        "area_m2": [10000.0, 20000.0, 30000.0, 40000.0],
        "listed_on": days("2017-03-01", "2018-02-01", "2018-09-01", "2016-05-01"),
        "surveyed_on": days("2017-01-01", "2017-12-01", "2018-08-01", "2016-01-01"),
        "assessed_on": days("2017-06-01", "2018-05-01", None, "2016-06-01"),
        "treated_on": days("2018-03-01", None, None, "2016-09-01"),
        "accepted_on": days("2018-07-01", None, None, "2016-12-01"),
        "removed_on": days(None, None, None, "2017-06-01"),
        "is_safely_used": ["yes", "no", None, "yes"],
    }
)
FARMLAND = pd.DataFrame(
    {
        "town": ["甲镇", "乙镇", "甲镇", "乙镇"],
        "period": ["2018-H1", "2018-H1", "2018", "2018"],
        "priority_area_mu": [1000.0, 2000.0, 1000.0, 2000.0],
        "safe_use_area_mu": [80.0, 40.0, 80.0, 40.0],
        "strict_area_mu": [20.0, 0.0, 20.0, 0.0],
        "polluted_area_mu": [100.0, 40.0, 100.0, 40.0],
        "safely_used_area_mu": [50.0, 10.0, 91.0, 40.0],
    }
)
RATE = "soil.contaminated_farmland_safe_use_rate"
PLOT_RATE = "soil.contaminated_site_safe_use_rate"


def test_safe_use_of_farmland_is_areas_by_areas_of_the_last_period() -> None:
    found, kept = seen(farmland_safe_use=FARMLAND)
    rate = found[RATE, "2018"]
    # 131 of 140 mu; a mean of the towns' own rates would be 95.5.
    assert rate.trace.substituted == "131 ÷ 140 × 100"
    assert round(rate.value or Decimal(0), 1) == Decimal("93.6")
    assert not rate.trace.is_verified
    assert kept["soil_areas"].set_index("soil_class")["area_mu"].to_dict() == {
        "priority_protection": 3000,
        "safe_use": 120,
        "strict_control": 20,
    }
    half, _kept = seen(HALF, farmland_safe_use=FARMLAND)
    assert half[RATE, LABEL].trace.substituted == "60 ÷ 140 × 100"


def test_a_town_that_reported_less_far_still_counts_and_is_named() -> None:
    later = pd.DataFrame([{**FARMLAND.loc[1].to_dict(), "period": "2018-Q3"}])
    found, kept = seen(farmland_safe_use=pd.concat([FARMLAND.iloc[:3], later], ignore_index=True))
    rate = found[RATE, "2018"]
    # 甲镇 as of the year's end, 乙镇 as of its third quarter.
    assert rate.trace.substituted == "101 ÷ 140 × 100"
    assert (rate.trace.n_used, rate.trace.n_expected) == (2, 2)
    assert [str(one) for one in rate.trace.notes[1:]] == ["乙镇报到2018-Q3，按各自最近一期计"]
    assert set(kept["soil_areas"]["n_towns"]) == {2}


def test_of_two_periods_that_end_alike_a_town_counts_once() -> None:
    quarter = FARMLAND.iloc[[2]].assign(period="2018-Q4")
    found, _kept = seen(farmland_safe_use=pd.concat([FARMLAND, quarter], ignore_index=True))
    assert found[RATE, "2018"].trace.substituted == "131 ÷ 140 × 100"


def test_a_town_without_its_area_leaves_no_rate_and_says_so() -> None:
    frame = FARMLAND.copy()
    frame.loc[3, "polluted_area_mu"] = None
    found, _kept = seen(farmland_safe_use=frame)
    assert (found[RATE, "2018"].value, found[RATE, "2018"].reason) == (None, "area_missing")
    nothing = FARMLAND.assign(polluted_area_mu=0.0, safely_used_area_mu=0.0)
    found, _kept = seen(farmland_safe_use=nothing)
    assert (found[RATE, "2018"].value, found[RATE, "2018"].reason) == (None, "nothing_to_rate")


def test_sampling_points_have_no_part_in_rates_of_safe_use() -> None:
    points = pd.DataFrame(
        {"point": ["1"], "date": days("2018-09-01"), "land_use": ["paddy"], "ph": [6.0],
         "cd_mg_kg": [0.1]}
    )  # fmt: skip
    found, _kept = seen(soil_points=points)
    assert (RATE, "2018") not in found
    assert (PLOT_RATE, "2018") not in found


def test_safe_use_of_plots_counts_the_register_of_the_year() -> None:
    found, _kept = seen(contaminated_plots=PLOTS)
    rate = found[PLOT_RATE, "2018"]
    # Plot 4 left the register in 2017; plot 3 says nothing and counts as not used.
    assert rate.trace.substituted == "10000 ÷ 60000 × 100"
    assert any("按未安全利用计" in str(note) for note in rate.trace.notes)
    half, _kept = seen(HALF, contaminated_plots=PLOTS)
    assert half[PLOT_RATE, LABEL].trace.substituted == "10000 ÷ 30000 × 100"


def test_steps_are_counted_up_to_the_last_day_and_name_no_plot() -> None:
    found, kept = seen(contaminated_plots=PLOTS)
    counts = {
        name: int(found[f"soil.plots_{name}", "2018"].value or 0)
        for name in ("listed", "surveyed", "assessed", "treated", "accepted", "removed")
    }
    assert counts == {
        "listed": 4, "surveyed": 4, "assessed": 3, "treated": 2, "accepted": 2, "removed": 1,
    }  # fmt: skip
    assert kept["soil_plot_steps"]["area_hm2"].tolist() == [10, 10, 7, 5, 5, 4]
    assert set(kept["soil_plot_steps"].columns) == {"step", "n_plots", "area_hm2"}
    half, _kept = seen(HALF, contaminated_plots=PLOTS)
    assert half["soil.plots_listed", LABEL].value == 3
    assert half["soil.plots_accepted", LABEL].value == 1


def test_projects_completed_by_the_last_day_are_counted() -> None:
    frame = pd.DataFrame(
        {
            "project": ["甲", "乙", "丙"],
            "started_on": days("2017-01-01", "2017-01-01", "2018-01-01"),
            "completed_on": days("2018-03-01", "2018-12-31", None),
            "accepted_on": days(None, None, None),
        }
    )
    done = "soil.remediation_projects_done"
    found, _kept = seen(remediation=frame)
    assert (found[done, "2018"].value, found[done, "2018"].trace.n_used) == (2, 3)
    half, _kept = seen(HALF, remediation=frame)
    assert half[done, LABEL].value == 1


def test_samples_are_judged_by_the_edition_of_their_day_and_kept_as_counts_only() -> None:
    points = pd.DataFrame(
        {
            "point": ["SECRET-1", "SECRET-2", "SECRET-3", "SECRET-4", "SECRET-5"],
            "date": days("2018-07-31", "2018-08-01", "2018-08-01", "2018-08-01", "2018-08-01"),
            "land_use": ["paddy", "paddy", "paddy", "paddy", None],
            # The second grade of 1995 below pH 6.5 is 0.30; screening of paddy at 6.0 is 0.4.
            "ph": [6.0, 6.0, 6.0, None, 6.0],
            "cd_mg_kg": [0.35, 0.35, 2.5, 0.35, 0.1],
            "zn_mg_kg": [100.0, 100.0, 100.0, 100.0, 100.0],
        }
    )
    found, kept = seen(soil_points=points)
    share = found["soil.points_within_limits", "2018"]
    assert (share.trace.n_counted, share.trace.n_used, share.trace.n_expected) == (1, 3, 4)
    assert share.trace.edition == "GB 15618-1995；GB 15618-2018"
    summary = kept["soil_points_summary"]
    assert "SECRET" not in summary.to_csv()
    assert set(summary.columns) == {
        "edition", "land_use", "soil_class", "n_samples", "n_judged", "n_within",
    }  # fmt: skip
    classes = summary.groupby("soil_class")["n_samples"].sum().to_dict()
    assert classes == {"": 2, "priority_protection": 1, "strict_control": 1}
    items = kept["soil_item_counts"].set_index(["edition", "item"])
    # Cadmium was measured without pH in one sample: its limit is not known.
    assert items.loc[("GB 15618-1995", "cd_mg_kg")].tolist() == [0, 1, 0]
    assert items.loc[("GB 15618-2018", "cd_mg_kg")].tolist() == [1, 0, 1]
    assert "SECRET" not in kept["soil_item_counts"].to_csv()
    assert not any(
        name.startswith("soil_points") and name != "soil_points_summary" for name in kept
    )


def test_enterprises_that_did_it_by_the_last_day_of_those_on_the_register() -> None:
    soil = pd.DataFrame(
        {
            "enterprise": ["甲", "乙", "丙"],
            "is_monitored": ["yes", "yes", None],
            "monitored_on": days("2018-05-01", "2018-11-01", None),
            "is_published": ["yes", "no", "no"],
            "published_on": days("2018-06-30", None, None),
        }
    )
    risk = pd.DataFrame(
        {
            "enterprise": ["甲", "乙", "丙", "丁"],
            "is_key_industry": ["yes", "yes", "no", "yes"],
            "risk_level": ["major", "larger", "larger", "ordinary"],
            "is_registered": ["yes", "yes", "no", "no"],
            "registered_on": days("2018-01-01", None, None, None),
            "is_checked": ["yes", "no", "yes", "yes"],
            "checked_on": days("2018-01-01", None, "2018-10-01", None),
        }
    )
    found, _kept = seen(soil_enterprises=soil, risk_enterprises=risk)
    assert found["soil.self_monitoring_share", "2018"].value == Decimal("66.7")
    assert found["soil.self_monitoring_published_share", "2018"].value == Decimal("33.3")
    registered = found["institutional.risk_firms_registered", "2018"]
    assert (registered.trace.n_counted, registered.trace.n_used) == (2, 3)
    checked = found["institutional.risk_firms_checked", "2018"]
    assert (checked.trace.n_counted, checked.trace.n_used) == (2, 3)
    half, _kept = seen(HALF, soil_enterprises=soil, risk_enterprises=risk)
    assert half["soil.self_monitoring_share", LABEL].trace.n_counted == 1
    assert half["institutional.risk_firms_registered", LABEL].trace.n_counted == 1
