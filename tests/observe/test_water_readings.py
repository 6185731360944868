"""Manual sampling and automatic stations: which goes first, by section and month."""

import pandas as pd
import pytest
from water_year import GOOD, PAIR, PLACED, catalogue, listed, sampled

from ecoreport.observe import observe
from ecoreport.project import Pair

AUTOMATIC_ITEMS = ("ph", "do_mg_l", "codmn_mg_l", "nh3n_mg_l", "tp_mg_l", "tn_mg_l")


def station(section, month, n_days=20, year=2018, **values):
    """Return a reading a day of an automatic station."""
    items = {name: GOOD[name] for name in AUTOMATIC_ITEMS} | values
    rows = [
        {
            "section": section,
            "date": pd.Timestamp(year, month, day),
            "hour": 12,
            "status": None,
            **items,
        }
        for day in range(1, n_days + 1)
    ]
    return pd.DataFrame(rows).assign(source_row=range(2, len(rows) + 2), **PLACED)


def seen(sections, manual=(), automatic=(), pair=PAIR):
    frames = {"water_sections": sections}
    if manual:
        rows = pd.concat(manual, ignore_index=True)
        frames["water_monthly"] = rows.assign(
            month=rows["month"].str.replace("2018", str(pair.year))
        )
    if automatic:
        frames["water_automatic"] = pd.concat(automatic, ignore_index=True)
    observations, kept = observe(catalogue(), pair, frames, [])
    notes = {
        str(note)
        for one in observations
        if one.indicator == "water.good_share" and one.period == str(pair.year)
        for note in one.trace.notes
    }
    return kept["water_section_month"].set_index(["section", "month"]), notes


def test_a_section_that_only_an_automatic_station_measures_is_read():
    months, notes = seen(
        listed({}, {}), [sampled("S1")], [station("S2", month) for month in range(1, 13)]
    )
    assert months.loc["S1", "readings"].unique().tolist() == ["manual"]
    assert months.loc["S2", "readings"].unique().tolist() == ["automatic"]
    assert len(months.loc["S2"]) == 12
    assert "有月份用自动站各次监测均值的断面：断面2（12）" in notes


def test_a_manual_month_goes_first_and_a_month_without_one_is_filled():
    months, _notes = seen(
        listed({}),
        [sampled("S1", range(1, 12), tp_mg_l=0.1)],
        [station("S1", month, tp_mg_l=0.39) for month in (11, 12)],
    )
    assert months.loc[("S1", 11), ["tp_mg_l", "readings"]].tolist() == [0.1, "manual"]
    assert months.loc[("S1", 12), ["tp_mg_l", "readings"]].tolist() == [0.39, "automatic"]


def test_a_month_declared_dry_is_not_filled():
    manual = sampled("S1").assign(status=None)
    manual.loc[5, "status"] = "dry"
    manual.loc[5, list(GOOD)] = None
    months, _notes = seen(listed({}), [manual], [station("S1", 6)])
    assert months.loc[("S1", 6), "is_dry"] and pd.isna(months.loc[("S1", 6), "class"])


@pytest.mark.parametrize(("n_days", "is_used"), [(15, True), (14, False)])
def test_a_month_of_few_days_does_not_stand_for_it_and_is_named(n_days, is_used):
    months, notes = seen(listed({}, {}), [sampled("S1")], [station("S2", 3, n_days)])
    assert (("S2", 3) in months.index) == is_used
    said = "自动站有数据不足15天、不代表当月的断面月次：断面2 03（天数是本项目的设定，未经核实）"
    assert (said in notes) == (not is_used)


def test_from_2020_automatic_readings_go_first_for_the_items_that_they_have():
    months, _notes = seen(
        listed({}),
        [sampled("S1", tp_mg_l=0.1, cod_mg_l=14.0)],
        [station("S1", 6, year=2020, tp_mg_l=0.39)],
        Pair("wuxi", 2020),
    )
    june = months.loc[("S1", 6)]
    assert june[["tp_mg_l", "cod_mg_l", "readings"]].tolist() == [0.39, 14.0, "both"]
    assert months.loc[("S1", 5), ["tp_mg_l", "readings"]].tolist() == [0.1, "manual"]
