"""Commitments of the plans with what was observed: for every kind, each way that it can end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from judged_sentences import Seen

from ecoreport.observe.observation import Basis


@dataclass(frozen=True)
class Given:
    commitment: str
    seen: tuple[Seen, ...] = ()
    told: dict[str, Any] = field(default_factory=dict)


MIXED = Basis(state="mixed")
REFERENCE = Basis(state="reference")
DAYS = {"n_used": 353, "n_expected": 365}
PM25 = "wuxi-2018/air/pm25-annual-mean"
GOOD = "wuxi-2018/air/good-days-share"
COD = "wuxi-2018/water/cod-emissions"
SEWAGE = "suzhou-263/water/livestock-farm-treatment"
FOREST = "hailing/12"
EI = "hailing/11/not-lower"
STEEL = "wuxi-2018/resources/capacity-cuts/steel"
BUSES = "wuxi-2018/air/electric-bus-share"
CAPACITY = "wuxi-2018/waste/hazardous-capacity-growth"
PARKS = "suzhou-263/resources/chemical-parks-completed"
KITCHENS = "linjiang/air/restaurant-fume-cleaning"
TAIHU = "suzhou-263/water/taihu-tp"
ZONES = "suzhou-263/water/livestock-ban-zones"
MEDIA = "suzhou-263/institutional/media-exposures"
BLACK = "wuxi-2018/water/black-water-disclosure"
NUCLEAR = "wuxi-2018/institutional/no-nuclear-events"
PLAN = "hailing/01"
GRIDS = "wuxi-2018/institutional/grid-inspectors"
WHARVES = "wuxi-2018/water/wharves"
COUNTIES = "suzhou-263/waste/sorting-coverage-counties"
SORTING = "waste.built_up_sorting_facility_coverage"
FEW_MONTHS = {"is_sufficient": False, "reason": "too_few_months"}
TWO_YEARS = (
    Seen("54.6", of="greening.ecological_index"),
    Seen("54.5", year=2017, of="greening.ecological_index"),
)

CASES = {
    "level missed": Given(PM25, (Seen("45", traced=DAYS),)),
    "level of a part of the year": Given(
        PM25,
        (Seen("41", period="2018-01-01/2018-09-30", traced={"n_used": 268, "n_expected": 273}),),
        {"as_of": dt.date.fromisoformat("2018-09-30")},
    ),
    "level met": Given(FOREST, (Seen("22.72"),)),
    "level at the target": Given(FOREST, (Seen("18.0", papers=1),)),
    "level at a strict target": Given("wuxi-2018/greening/tree-cover-above", (Seen("27"),)),
    "level without papers, made up, unverified": Given(
        FOREST, (Seen("22.72", papers=0, maturity="demonstration", traced={"is_verified": False}),)
    ),
    "level missed without papers": Given(FOREST, (Seen("17.9", papers=0),)),
    "level of too few days": Given(
        PM25,
        (
            Seen(
                "45",
                traced={"n_used": 212, "n_expected": 365},
                known={"is_sufficient": False, "reason": "too_few_days"},
            ),
        ),
    ),
    "level not reported": Given(FOREST),
    "level rejected": Given(
        FOREST,
        (),
        {
            "datasets": {"greening.forest_cover": frozenset({"reported"})},
            "rejected_datasets": frozenset({"reported"}),
        },
    ),
    "level not due": Given(
        "wuxi-rectification/air/good-days-share",
        (Seen("73.1", traced={"n_used": 357, "n_expected": 365, "n_counted": 261}),),
    ),
    "level not due, not reported": Given(SEWAGE),
    "level of days": Given(
        GOOD, (Seen("67.5", traced={"n_used": 357, "n_expected": 365, "n_counted": 241}),)
    ),
    "level on the way": Given(
        SEWAGE, (Seen("61", year=2017),), {"year": 2017, "path": {SEWAGE: {2017: Decimal(60)}}}
    ),
    "level behind": Given(
        SEWAGE, (Seen("58.2", year=2017),), {"year": 2017, "path": {SEWAGE: {2017: Decimal(60)}}}
    ),
    "level on two bases": Given(
        FOREST,
        (
            Seen("22.7", basis=Basis(place="甲")),
            Seen(
                "22.9",
                maturity="audited",
                basis=Basis(place="乙"),
                known={"id": "hailing/2018/greening.forest_cover/2018/audited/2"},
            ),
        ),
    ),
    "level blurred": Given("wuxi-2018/water/nitrogen-fertiliser-efficiency", (Seen("39.2"),)),
    "level striven for": Given(FOREST, (Seen("17"),), {"changes": {"fuzzy": "strive"}}),
    "level of a term that is over": Given(
        "wuxi-2018/greening/tree-cover",
        (Seen("27.4", year=2019),),
        {"year": 2019, "terms": {"wuxi-2018/greening/tree-cover": range(2018, 2019)}},
    ),
    "level of every unit": Given(
        GRIDS,
        (
            Seen("6", known={"unit_name": "甲网格"}),
            Seen("9", known={"unit_name": "乙网格"}),
        ),
        {"changes": {"is_for_every_unit": True}},
    ),
    "level of another place": Given("wuxi-2018/waste/sorting-coverage-jiangyin", (Seen("41"),)),
    "level of the city above": Given(
        "wuxi-2018/waste/domestic-waste-treatment-rate", (Seen("97"),), {"district": "jiangyin"}
    ),
    "level that a county misses": Given(
        "wuxi-2018/waste/domestic-waste-treatment-rate",
        (
            Seen("99"),
            Seen("95", place="yixing"),
        ),
        {"areas": {"wuxi": ["jiangyin", "yixing"]}},
    ),
    "assigned and met": Given(STEEL, (Seen("120"),), {"assigned": "100"}),
    "assigned and missed": Given(STEEL, (Seen("80"),), {"assigned": "100"}),
    "assigned, not reported": Given(STEEL, (), {"assigned": "100"}),
    "not assigned": Given(STEEL, (Seen("120"),)),
    "not assigned, not reported": Given(STEEL),
    "not assigned, not due": Given(
        STEEL, (), {"changes": {"deadline": dt.date.fromisoformat("2020-12-31")}}
    ),
    "assigned, too few days": Given(STEEL, (Seen("80", known=FEW_MONTHS),), {"assigned": "100"}),
    "kept": Given(
        EI,
        (
            Seen("60.9"),
            Seen("60.7", year=2017),
        ),
    ),
    "kept within the threshold": Given(
        EI,
        (
            Seen("60.2"),
            Seen("60.7", year=2017),
        ),
    ),
    "not kept": Given(
        EI,
        (
            Seen("58.7"),
            Seen("60.7", year=2017),
        ),
    ),
    "kept or not, no base": Given(EI, (Seen("58.7"),)),
    "kept or not, not reported": Given(EI),
    "cut enough": Given(
        COD,
        (
            Seen("81000"),
            Seen("90000", year=2015),
        ),
    ),
    "cut too little": Given(
        COD,
        (
            Seen("85000"),
            Seen("90000", year=2015),
        ),
    ),
    "cut that is a rise": Given(
        COD,
        (
            Seen("91800"),
            Seen("90000", year=2015),
        ),
    ),
    "cut without a base": Given(COD, (Seen("81000"),)),
    "cut not reported": Given(COD),
    "cut on another basis": Given(
        "wuxi-rectification/air/pm25-cut",
        (
            Seen("43", basis=MIXED),
            Seen("61", year=2015, basis=REFERENCE),
        ),
        {"year": 2018, "changes": {"deadline": None}},
    ),
    "cut not due": Given(
        "wuxi-rectification/air/pm25-cut",
        (
            Seen("43"),
            Seen("61", year=2015),
        ),
    ),
    "cut by an amount": Given(
        "wuxi-2018/resources/coal-consumption",
        (
            Seen("2800"),
            Seen("3000", year=2016),
        ),
    ),
    "growth in words": Given(
        BUSES,
        (
            Seen("31"),
            Seen("28", year=2017),
        ),
    ),
    "growth in words missed": Given(
        BUSES,
        (
            Seen("28"),
            Seen("28", year=2017),
        ),
    ),
    "growth in words not reported": Given(BUSES),
    "growth enough": Given(
        CAPACITY,
        (
            Seen("16.5"),
            Seen("10", year=2016),
        ),
    ),
    "growth that is a fall": Given(
        CAPACITY,
        (
            Seen("9"),
            Seen("10", year=2016),
        ),
    ),
    "growth too small to tell": Given(
        "suzhou-263/greening/ecological-index-rising",
        (
            Seen("65.4"),
            Seen("65", year=2017),
        ),
        {"changes": {"tolerance": Decimal(1)}},
    ),
    "count done": Given(PARKS, (Seen("9"),)),
    "count not done": Given(PARKS, (Seen("7"),)),
    "count exceeded": Given(PARKS, (Seen("10"),)),
    "count not reported": Given(PARKS),
    "count behind the year": Given(
        "wuxi-2018/resources/green-building-labels",
        (Seen("4", period="2018-01-01/2018-09-30"),),
        {"as_of": dt.date.fromisoformat("2018-09-30")},
    ),
    "share done": Given(KITCHENS, (Seen("92"),)),
    "share not done": Given(KITCHENS, (Seen("85"),)),
    "class kept": Given(TAIHU, (Seen("0.05"),), {"changes": {"deadline": None}}),
    "class missed": Given(TAIHU, (Seen("0.087"),), {"changes": {"deadline": None}}),
    "class not due": Given(TAIHU, (Seen("0.087"),)),
    "class not reported": Given(TAIHU, (), {"changes": {"deadline": None}}),
    "milestone done": Given(ZONES, (Seen(text="done"),)),
    "milestone done earlier": Given(
        ZONES, (Seen(text="done", year=2017),), {"terms": {ZONES: range(2016, 2021)}}
    ),
    "milestone mostly done": Given(ZONES, (Seen(text="mostly_done"),)),
    "milestone open": Given(ZONES),
    "milestone not due": Given(ZONES, (Seen(text="started", year=2016),), {"year": 2016}),
    "periods all done": Given(
        BLACK,
        (
            Seen(text="done", period="2018-H1"),
            Seen(text="done", period="2018-H2"),
        ),
    ),
    "period missing": Given(BLACK, (Seen(text="done", period="2018-H1"),)),
    "period failed": Given(
        BLACK,
        (
            Seen(text="done", period="2018-H1"),
            Seen(text="not_done", period="2018-H2"),
        ),
    ),
    "periods not reported": Given(MEDIA),
    "periods not over": Given(BLACK, (), {"as_of": dt.date.fromisoformat("2018-03-31")}),
    "no event": Given(NUCLEAR, (Seen("0", traced={"n_used": 12, "n_expected": 12}),)),
    "an event": Given(NUCLEAR, (Seen("1", traced={"n_used": 12, "n_expected": 12}),)),
    "returns missing": Given(
        NUCLEAR,
        (
            Seen(
                "0",
                traced={"n_used": 9, "n_expected": 12},
                known={"is_sufficient": False, "reason": "nil_return_missing"},
            ),
        ),
    ),
    "no return": Given(NUCLEAR),
    "duty done": Given(PLAN, (Seen(text="done"),)),
    "duty begun": Given(PLAN, (Seen(text="started"),)),
    "duty open": Given(PLAN),
    "duty unsigned": Given(PLAN, (Seen(text="done", known={"confirmed_by": ""}),)),
    "all parts met": Given(
        "hailing/11",
        (
            Seen("60.9", of="greening.ecological_index"),
            Seen("60.7", year=2017, of="greening.ecological_index"),
        ),
    ),
    "a part not met": Given(
        "hailing/11",
        (
            Seen("53", of="greening.ecological_index"),
            Seen("54.5", year=2017, of="greening.ecological_index"),
        ),
    ),
    "a part open": Given("hailing/11", (Seen("60.9", of="greening.ecological_index"),)),
    "one part suffices": Given("hailing/11", TWO_YEARS, {"changes": {"combine": "any"}}),
    "each place": Given(
        COUNTIES,
        (
            Seen("60", of=SORTING, place="kunshan"),
            Seen("30", of=SORTING, place="taicang"),
        ),
    ),
    "sum reached": Given(
        WHARVES,
        (
            Seen("13", of="water.wharves_yangtze"),
            Seen("61", of="water.wharves_inland"),
        ),
    ),
    "sum missed": Given(
        WHARVES,
        (
            Seen("13", of="water.wharves_yangtze"),
            Seen("55", of="water.wharves_inland"),
        ),
    ),
    "sum not reported": Given(WHARVES),
    "sum of a part of the year": Given(
        "wuxi-2018/water/wharves", (), {"as_of": dt.date.fromisoformat("2018-06-30")}
    ),
    "mostly done accepted": Given(
        ZONES, (Seen(text="mostly_done"),), {"changes": {"fuzzy": "basically"}}
    ),
    "cut not due, with its even path": Given(
        COD,
        (
            Seen("81000", year=2017),
            Seen("90000", year=2015),
        ),
        {"year": 2017},
    ),
    "share not reported": Given(KITCHENS),
    "share on the way": Given(
        KITCHENS,
        (Seen("70", year=2017, period="2017-01-01/2017-09-30"),),
        {"year": 2017, "as_of": dt.date.fromisoformat("2017-09-30")},
    ),
    "share of too few": Given(KITCHENS, (Seen("85", known=FEW_MONTHS),)),
    "count not due": Given(
        "suzhou-263/resources/inefficient-enterprises-closed",
        (Seen("60"),),
        {"changes": {"deadline": dt.date.fromisoformat("2020-12-31")}},
    ),
    "class of too few": Given(
        TAIHU, (Seen("0.04", known=FEW_MONTHS),), {"changes": {"deadline": None}}
    ),
    "kept or not, not due": Given(
        EI,
        (
            Seen("60.9"),
            Seen("60.7", year=2017),
        ),
        {"changes": {"deadline": dt.date.fromisoformat("2020-12-31")}},
    ),
    "growth not due": Given(
        CAPACITY,
        (
            Seen("13", year=2017),
            Seen("10", year=2016),
        ),
        {"year": 2017},
    ),
    "duty not due": Given(PLAN, (), {"changes": {"deadline": dt.date.fromisoformat("2020-06-30")}}),
    "duty striven for": Given(
        "wuxi-2018/institutional/provincial-ranking", (Seen(text="not_done"),)
    ),
    "no event yet": Given(
        NUCLEAR,
        (Seen("0", period="2018-01-01/2018-06-30", traced={"n_used": 6, "n_expected": 6}),),
        {"as_of": dt.date.fromisoformat("2018-06-30")},
    ),
}
