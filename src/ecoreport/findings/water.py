"""What the chapter on surface water finds: sections, items, lakes, drinking-water sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.config.models import Commitment
from ecoreport.facts import Fact
from ecoreport.findings.area import Chapter
from ecoreport.findings.wording import dated, qualified, sharing_extreme
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_
from ecoreport.narrative import joined, number, quantity, sentence
from ecoreport.observe.drinking import EXCEEDED
from ecoreport.observe.observation import Observation
from ecoreport.report import Provenance, Report
from ecoreport.standards.tables import select
from ecoreport.water_facts import (
    PREFIX,
    exceeded_items,
    lake_limits,
    section_observations,
)

GOOD_SHARE, BELOW_V_SHARE = "water.good_share", "water.worse_than_v_share"
SECTION_FRAMES = ("water_section_month", "water_section_year")
LIST = "water_sections"
READINGS = ("water_monthly", "water_automatic")
"""Which goes first in a month the year says: see `ecoreport.observe.water_readings`."""
SOURCES = ("drinking_sources",)
BLACK_ODOUR = ("black_odour",)
VILLAGES = ("village_water",)
PLANTS = ("sewage_plants",)
POINTS = ("black_odorous_points", *BLACK_ODOUR)
OWN = {
    "sources": SOURCES,
    "black-odour": BLACK_ODOUR,
    "black-odour-points": POINTS,
    "villages": VILLAGES,
    "sewage-plants": PLANTS,
    "sewage-totals": (*PLANTS, "sewage"),
}
"""Tables behind what does not rest on sections."""
DRINKING = "/drinking_attainment"
METHODS = {
    "sections": N_("GB 3838-2002、环办〔2011〕22号：单因子评价；全年按各月均值的平均"),
    "rivers": N_("环办〔2011〕22号：不足5个断面按各项均值，5个及以上按断面类别比例"),
    "apart": N_("GB 3838-2002 表1、环办〔2011〕22号：总氮（湖库）和粪大肠菌群单独评价"),
    "items": N_("GB 3838-2002 表1 Ⅲ类限值；扣除本底的项目不计"),
    "improvements": N_("GB 3838-2002 表1；环办〔2011〕22号：全年按各月均值的平均，推算到限值为止"),
    "lakes": N_("GB 3838-2002 表1 湖库限值；各点位年均值的平均"),
    "trophic": N_("环办〔2011〕22号 营养状态评价：五项指标各点位月均值的平均"),
    "sewage-plants": N_(
        "负荷率为处理量比设计处理能力与运行天数之积；去除率为进出水浓度之差比进水浓度"
    ),
    "villages": N_("GB 5749-2006 表1；表4 和 GB 5749-2022 的限值未查到"),
    "black-odour-points": N_("建城〔2015〕130号：按各次结果判定点位，再判定水体"),
    "black-odour": N_("建城〔2015〕130号；级别和是否消除按清单所报"),
}


def section_frames(report: Report) -> dict[str, pd.DataFrame]:
    """Return the frames of sections; empty where no section was measured."""
    found = {name: report.frame(name) for name in SECTION_FRAMES}
    known = {name: frame for name, frame in found.items() if frame is not None}
    return known if _count(report, "sections/total") else {}


def sections(report: Report) -> Markup:
    """Say how many sections reached class III in every month, and how often one was below V."""
    total, always = _count(report, "sections/total"), _count(report, "sections/always_good")
    assert total is not None  # noqa: S101 - the chapter asks first
    if always is None:
        said = sentence(N_("{total}个断面均有月份劣于Ⅲ类"), total=number(total))
    elif always.value == total.value:
        said = sentence(N_("{total}个断面有监测的各月均达到Ⅲ类"), total=number(total))
    else:
        text = N_("{total}个断面中{n}个有监测的各月均达到Ⅲ类")
        said = sentence(text, total=number(total), n=number(always))
    if below := _count(report, "months/below_V"):
        months = _count(report, "months/total")
        assert months is not None  # noqa: S101 - these are of them
        text = N_("，{months}个断面月次中{n}个为劣Ⅴ类")
        said += sentence(text, months=number(months), n=number(below))
    return dated(report, said)


def counted(chapter: Chapter) -> list[Observation]:
    """Return what was counted of sections: what the plans ask first, then the two common shares."""
    known = section_observations(chapter.known_here, chapter.report.assessment.period)
    found = {one.indicator: one for one in known}
    asked = [one.indicator for one in chapter.commitments]
    names = dict.fromkeys((*asked, GOOD_SHARE, BELOW_V_SHARE))
    return [found[name] for name in names if name in found]


def counts(chapter: Chapter) -> Markup:
    """Say how many sections reached class III over the year, and how many were below V."""
    report = chapter.report
    found = {one.indicator: one for one in counted(chapter)}
    good, below = found.get(GOOD_SHARE), found.get(BELOW_V_SHARE)
    if good is None or below is None:
        return sentence(N_("参评断面的类别与目标"))
    text = N_("按均值评价，{used}个断面中{n}个达到Ⅲ类（{share}），{below}")
    n_below = report.fact(f"{PREFIX}/{below.indicator}/counted")
    said = sentence(
        text,
        used=number(report.fact(f"{PREFIX}/{good.indicator}/used")),
        n=number(report.fact(f"{PREFIX}/{good.indicator}/counted")),
        share=quantity(good),
        below=sentence(N_("劣Ⅴ类{n}个"), n=number(n_below))
        if n_below.value
        else sentence(N_("无劣Ⅴ类")),
    )
    return dated(report, qualified(said, good, below))


def asked_of(chapter: Chapter, observation: Observation) -> Commitment | None:
    """Return what is asked of the district's own value of an indicator."""
    return next(
        (
            one
            for one in chapter.commitments
            if observation.id in chapter.judgement(one).observations
            and one.scope == chapter.report.pair.district
        ),
        None,
    )


def items(report: Report) -> Markup:
    """Say which items exceed class III most often."""
    beyond, total = _count(report, "months/beyond"), _count(report, "months/total")
    assert beyond is not None and total is not None  # noqa: S101 - the chapter asks first
    known = _by_item(report)
    most = sharing_extreme(known, lambda name: known[name].value, max)
    said = sentence(
        N_("{total}个断面月次中{n}个劣于Ⅲ类，超标最多的是{names}（{most}次）"),
        total=number(total),
        n=number(beyond),
        names=joined(item_names()[name] for name in most),
        most=number(known[most[0]]),
    )
    return dated(report, said)


def beyond_by_month(report: Report) -> tuple[pd.DataFrame, list[int]]:
    """Return the sections beyond class III by item and month, and the sections measured."""
    frames = section_frames(report)
    if not frames:
        return pd.DataFrame(), []
    months = frames["water_section_month"]
    measured = months[months["class"].notna()]["month"].value_counts()
    found = exceeded_items(frames)
    table = pd.crosstab(found["column"], found["month"])
    return (
        table.reindex(columns=range(1, 13), fill_value=0),
        [int(measured.get(month, 0)) for month in range(1, 13)],
    )


def item_names() -> dict[str, str]:
    """Return what items are called in the reader's language, by column."""
    key = f"name_{current_locale()}"
    return {line["column"]: line[key] for line in select("water_items")}


def lakes(report: Report) -> pd.DataFrame:
    """Return the parameters of lakes whose class a plan asks; see `lake_limits`."""
    years = report.frame("water_lake_year")
    return pd.DataFrame() if years is None else lake_limits(years)


def lakes_heading(report: Report) -> Markup:
    """Say how many of the parameters asked keep the limit of their class, and which do not."""
    found = lakes(report)
    total, within = _count(report, "lakes/total"), _count(report, "lakes/within")
    assert total is not None  # noqa: S101 - the chapter asks first
    names = [lake_item(row) for row in found[~found["is_within"]].to_dict("records")]
    if not names:
        return dated(report, sentence(N_("湖泊{total}项指标均在所要求类别的限值之内"),
                                      total=number(total)))  # fmt: skip
    if within is None:
        said = sentence(N_("湖泊{total}项指标均超过所要求类别的限值"), total=number(total))
    else:
        text = N_("湖泊{total}项指标中{n}项在所要求类别的限值之内；超过的是{names}")
        said = sentence(text, total=number(total), n=number(within), names=joined(names))
    return dated(report, said)


def lake_item(row: object) -> str:
    """Return lake and item, in words, of a row of `lakes`."""
    known = dict(row)  # type: ignore[call-overload]
    return _("{lake}{item}").format(lake=known["lake"], item=item_names()[known["column"]])


def sources(report: Report) -> pd.DataFrame:
    """Return the months of drinking-water sources; empty where none was judged."""
    found = report.frame("drinking_month")
    return pd.DataFrame() if found is None or found["attains"].isna().all() else found


def sources_heading(report: Report) -> Markup:
    """Say how many sources attained in all months monitored."""
    total, attaining = _count(report, "sources/total"), _count(report, "sources/attaining")
    exceeded = _count(report, "sources/exceeded")
    assert total is not None  # noqa: S101 - the chapter asks first
    if exceeded is None:
        said = sentence(N_("{total}个饮用水水源地历次监测均达标"), total=number(total))
    elif attaining is None:
        text = N_("{total}个饮用水水源地均有超标，共{m}次")
        said = sentence(text, total=number(total), m=number(exceeded))
    else:
        text = N_("{total}个饮用水水源地中{n}个历次监测均达标，其余共有{m}次超标")
        said = sentence(text, total=number(total), n=number(attaining), m=number(exceeded))
    return dated(report, said)


def sources_notes(chapter: Chapter) -> list[Markup]:
    """Say what was not measured in the sources, what was not judged, and by which edition."""
    known = next((one for one in chapter.known_here if DRINKING in one.id), None)
    notes = known.trace.notes if known else ()
    return [escape(str(one)) + _("。") for one in notes if one.text != EXCEEDED]


def provenance(chapter: Chapter, what: str) -> Provenance:
    """Return source and method of a section of the chapter, from the tables behind its frames."""
    report = chapter.report
    datasets = OWN.get(what) or _sections_of(report)
    known = report.provenance(
        _observed(chapter, what), method=_(METHODS[what]) if what in METHODS else ""
    )
    return replace(
        known,
        sources=tuple(dict.fromkeys(file for name in datasets for file in report.files(name))),
        is_demonstration=known.is_demonstration or any(map(report.is_dataset_made, datasets)),
    )


def _sections_of(report: Report) -> tuple[str, ...]:
    """Return the tables that the classes of sections rest on: the list, and one of readings."""
    here = (report.pair.district, report.year)
    own = [one for one in report.observations.values() if (one.district, one.year) == here]
    counted = section_observations(own, report.assessment.period)
    used = {source.dataset for one in counted for source in one.trace.sources}
    return tuple(name for name in (LIST, *READINGS) if name in used) or (LIST, READINGS[0])


def _observed(chapter: Chapter, what: str) -> Sequence[Observation]:
    if what == "sections":
        return counted(chapter)
    statistic = {
        "lakes": "/water_lake_mean",
        "sources": DRINKING,
        "villages": "/village_water_population",
        "sewage-plants": "/sewage_plants_load",
        "black-odour": "/black_odour_removed",
        "black-odour-points": "/black_odour_monitored",
    }.get(what)
    return [one for one in chapter.known_here if statistic and statistic in one.id]


def _by_item(report: Report) -> dict[str, Fact]:
    """Return in how many section-months each item exceeds, by column."""
    prefix = f"{report.pair}/{PREFIX}/months/exceeded/"
    return {one.id.removeprefix(prefix): one for one in report.facts_below(prefix)}


def has_exceeded(report: Report) -> bool:
    """Whether any item exceeded class III."""
    return bool(_by_item(report)) and _count(report, "months/beyond") is not None


def _count(report: Report, name: str) -> Fact | None:
    """Return a count, None where there is nothing to count."""
    found = report.facts.get(f"{report.pair}/{PREFIX}/{name}")
    return found if found and found.value else None
