import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest
from air_year import catalogue, source

from ecoreport.assess.context import Context
from ecoreport.assess.kinds import judge_status
from ecoreport.config.vocabulary import Maturity
from ecoreport.observe import observe
from ecoreport.project import Pair

WUXI = Pair("wuxi", 2018)
COUNT = "wuxi-2018/air/boilers-overhauled"
LEVEL = "wuxi-2018/waste/sorting-coverage-urban"
DUTY = "wuxi-2018/institutional/eco-plan-jiangyin"
AREA = "wuxi-2018/waste/sorting-coverage-jiangyin"
QUARTERLY = "wuxi-2018/water/drinking-water-disclosure/tap"
COMMON = {
    "status": "started",
    "value": float("nan"),
    "value_as_reported": "",
    "unit_as_reported": "",
    "basis": None,
    "document": None,
    "document_number": "锡环〔2018〕1号",
    "evidence_file": None,
    "department": "wuxi-development",
    "filled_by": "张",
    "checked_by": "李",
    "date": pd.NaT,
    "maturity": "provisional",
    "source_file": "data/raw/air.xlsx",
    "source_sheet": "市发改委",
}


def observed(*changes, district="wuxi", as_of=None, others=None):
    """Return what is observed of rows of a 调度 workbook, by indicator."""
    made = [
        {**COMMON, "commitment": COUNT, "source_row": number, **change}
        for number, change in enumerate(changes, start=5)
    ]
    frames = {"progress": pd.DataFrame(made), **(others or {})}
    sources = [source(name) for name in frames]
    found, kept = observe(catalogue(), Pair(district, 2018), frames, sources, as_of)
    assert len({one.id for one in found}) == len(found)
    assert kept["progress"] is frames["progress"]
    return found


def figure(month, number, **known):
    told = {"value": number, "value_as_reported": str(number), "unit_as_reported": "台"}
    return {"period": f"2018-{month:02d}", **told, **known}


def test_of_a_year_the_last_month_counts_and_december_is_the_year():
    (one,) = observed(figure(6, 15.0), figure(12, 35.0), figure(11, 30.0))
    assert (one.value, one.period, one.is_sufficient) == (35, "2018", True)
    assert one.id == "wuxi/2018/air.boilers_overhauled/2018/provisional/progress"
    (place,) = one.trace.sources
    assert (place.dataset, place.sheet, place.rows) == ("progress", "市发改委", (6,))


def test_a_figure_of_june_is_not_that_of_the_year():
    (one,) = observed(figure(6, 35.0))
    assert (one.value, one.is_sufficient, one.reason) == (35, False, "later_not_reported")
    assert [str(note) for note in one.trace.notes] == ["截至6月，之后未报送"]


@pytest.mark.parametrize(
    ("as_of", "value", "is_sufficient"),
    [
        ((2018, 6, 29), 12, True),
        ((2018, 6, 30), 15, True),
        ((2018, 7, 30), 15, True),
        ((2018, 7, 31), 15, False),
        ((2018, 10, 15), 20, True),
    ],
)
def test_as_of_reads_the_months_that_had_ended(as_of, value, is_sufficient):
    rows = [figure(5, 12.0), figure(6, 15.0), figure(9, 20.0)]
    (one,) = observed(*rows, as_of=dt.date(*as_of))
    assert (one.value, one.is_sufficient) == (value, is_sufficient)
    assert one.period == f"2018-01-01/{dt.date(*as_of)}"


def test_before_the_first_month_ends_nothing_is_known():
    assert observed(figure(1, 1.0), as_of=dt.date(2018, 1, 30)) == []


@pytest.mark.parametrize(
    ("change", "is_sufficient"),
    [
        (figure(6, 35.0, status="done"), True),
        (figure(6, 95.0, status="done", commitment=LEVEL, unit_as_reported="%"), False),
        ({"period": "2018-06", "status": "done", "commitment": DUTY}, True),
        ({"period": "2018-06", "status": "mostly_done", "commitment": DUTY}, False),
    ],
)
def test_what_is_done_once_stays_done_and_a_level_does_not(change, is_sufficient):
    (one,) = observed(change)
    assert one.is_sufficient is is_sufficient


def test_a_status_is_confirmed_by_who_checked_it():
    row = {"period": "2018-12", "status": "done", "commitment": DUTY}
    (one,) = observed({**row, "date": pd.Timestamp("2018-12-20"), "evidence_file": "规划.pdf"})
    assert (one.text, one.value) == ("done", None)
    assert (one.confirmed_by, one.confirmed_on) == ("李", dt.date(2018, 12, 20))
    assert (one.has_document, one.has_evidence_file) == (True, True)


def test_a_verified_figure_supersedes_a_provisional_one_and_both_are_kept():
    found = observed(figure(12, 36.0), figure(12, 35.0, maturity="verified"))
    assert [(one.maturity, one.value) for one in found] == [
        (Maturity.VERIFIED, 35),
        (Maturity.PROVISIONAL, 36),
    ]
    context = Context(WUXI, dt.date(2018, 12, 31), "2018", {WUXI: found})
    chosen = context.find("air.boilers_overhauled")
    assert chosen.chosen == found[0]
    assert chosen.disagreeing == (found[1],)


def reported(number, maturity):
    row = {**COMMON, "indicator": "air.boilers_overhauled", "period": "2018", "value": number}
    return {"reported": pd.DataFrame([{**row, "maturity": maturity, "source_row": 2}])}


@pytest.mark.parametrize(
    ("maturity", "judged"), [("provisional", 34), ("audited", 34), ("real_time", 35)]
)
def test_beside_the_table_of_figures_the_better_checked_is_judged_and_the_table_of_equals(
    maturity, judged
):
    found = observed(figure(12, 35.0), others=reported(34.0, maturity))
    context = Context(WUXI, dt.date(2018, 12, 31), "2018", {WUXI: found})
    chosen = context.find("air.boilers_overhauled")
    assert chosen.chosen.value == judged
    assert [one.value for one in chosen.disagreeing] == [69 - judged]


def test_a_commitment_of_a_district_below_tells_of_that_district():
    row = {"period": "2018-12", "status": "done", "commitment": DUTY}
    (one,) = observed(row)
    assert one.district == "jiangyin"
    assert one.id.endswith("/2018/provisional/progress/wuxi")
    assert [one.district for one in observed(row, district="jiangyin")] == ["jiangyin"]
    own = observed(figure(12, 4.0), district="jiangyin")
    assert [(one.district, one.value) for one in own] == [("jiangyin", 4)]


def test_of_a_district_below_too_the_yearly_table_goes_first():
    told = figure(12, 36.0, commitment=AREA, unit_as_reported="%")
    indicator = next(one for one in catalogue().commitments_for("wuxi") if one.id == AREA).indicator
    row = {**COMMON, "indicator": indicator, "period": "2018", "value": 35.0, "source_row": 2}
    table = pd.DataFrame([{**row, "area": "jiangyin"}])
    found = observed(told, others={"reported": table})
    assert [(one.district, one.value) for one in found] == [("jiangyin", 35), ("jiangyin", 36)]


def test_a_duty_that_comes_back_is_told_by_its_quarters():
    def told(month, status):
        return {"period": f"2018-{month:02d}", "status": status, "commitment": QUARTERLY}

    found = observed(told(2, "done"), told(5, "started"), told(9, "not_done"), told(10, "started"))
    # May says nothing of the whole quarter, nor does October: those two were not reported.
    assert [(one.period, one.text) for one in found] == [
        ("2018-Q1", "done"),
        ("2018-Q3", "not_done"),
    ]


def test_a_bulletin_due_in_one_quarter_may_come_later():
    row = {"commitment": "linjiang/waste/bulletin-q1", "period": "2018-05", "status": "done"}
    (one,) = observed(row, district="linjiang")
    assert (one.period, one.text) == ("2018-Q1", "done")


@pytest.mark.parametrize("column", ["value", "status"])
def test_a_row_that_says_nothing_is_no_observation(column):
    blank = {"period": "2018-12", "status": None}
    assert observed({**blank, "commitment": COUNT if column == "value" else DUTY}) == []


@pytest.mark.parametrize("commitment", ["hailing/12", "hailing/16", "hailing/09/good-days"])
def test_only_what_departments_report_is_observed(commitment):
    rows = figure(12, 20.0, commitment=commitment, status="done")
    found = observed(rows, district="hailing")
    assert [one.indicator for one in found] == ["greening.forest_cover"] * (
        commitment == "hailing/12"
    )


@pytest.mark.parametrize(
    ("status", "known", "verdict", "reason"),
    [
        ("done", {}, "met", ""),
        ("done", {"checked_by": None}, "to_confirm", "unsigned"),
        ("started", {}, "insufficient_data", "later_not_reported"),
        ("started", {"period": "2018-12"}, "not_met", "started"),
    ],
)
def test_a_status_of_june_is_judged_at_the_end_of_the_year(status, known, verdict, reason):
    row = {"period": "2018-06", "status": status, "commitment": "hailing/01", **known}
    found = observed(row, district="hailing")
    pair = Pair("hailing", 2018)
    context = Context(pair, dt.date(2018, 12, 31), "2018", {pair: found})
    (plan,) = (one for one in catalogue().commitments_for("hailing") if one.id == "hailing/01")
    judged = judge_status(plan, context)
    assert (judged.verdict, judged.reason) == (verdict, reason)


def test_a_figure_is_the_decimal_that_was_written():
    (one,) = observed(figure(12, 0.1 + 0.2))
    assert one.value == Decimal("0.30000000000000004")
