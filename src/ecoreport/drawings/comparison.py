"""The charts of the chapter on districts and years side by side."""

from __future__ import annotations

from decimal import Decimal

from ecoreport.charts.changes import Point, Series, indicators_over_years
from ecoreport.charts.chart import Chart
from ecoreport.charts.ranking import Block, Standing, Target, districts_by_indicator
from ecoreport.charts.tiles import DistrictTile, district_tiles
from ecoreport.comparison.lines import Line, Outcome
from ecoreport.comparison.ranks import Member
from ecoreport.config.vocabulary import Kind
from ecoreport.findings import comparison as findings
from ecoreport.findings import comparison_years as of_years
from ecoreport.findings.comparison import Chosen
from ecoreport.findings.wording import spanned_name
from ecoreport.i18n import _
from ecoreport.labels import basis_text, verdict_label
from ecoreport.narrative import blurred, plain, target_text
from ecoreport.observe.observation import Observation
from ecoreport.report import Report


def ranking(report: Report, chosen: Chosen) -> Chart:
    """Draw the districts by the indicator: each group by itself, then who is not ranked."""
    is_alone = len(chosen.groups) == 1
    blocks = [
        Block(
            "" if is_alone else findings.basis_name(group),
            [_standing(report, one) for one in group.members],
        )
        for group in chosen.groups
    ]
    insufficient = [_unranked(report, one, chosen.values[one].value) for one in chosen.doubtful]
    apart = [
        *insufficient,
        *(_unranked(report, one.id, None) for one in findings.uncovered(report, chosen)),
    ]
    if apart:
        blocks.append(Block(_("不参与排名"), apart))
    return districts_by_indicator(
        blocks,
        _target(report, chosen),
        title=plain(findings.ranking(report, chosen)),
        quantity=_quantity(report, chosen),
    )


def has_tiles(report: Report) -> bool:
    """Whether every district compared has a place on the grid."""
    return all(one.id in report.catalogue.tiles for one in findings.districts(report))


def tiles(report: Report, chosen: Chosen) -> Chart:
    """Draw the districts on their grid, by verdict where the indicator was judged for any."""
    outcomes = _outcomes(report, chosen)
    return district_tiles(
        [_tile(report, chosen, one.id, outcomes) for one in findings.districts(report)],
        title=plain(findings.ranking(report, chosen)),
        quantity=_quantity(report, chosen),
    )


def changes(report: Report, shown: list[of_years.Change]) -> Chart:
    """Draw the headline indicators over the years, each in a panel of its own."""
    return indicators_over_years(
        [
            Series(
                label=spanned_name(report, one.indicator, one.observations[-1]),
                unit=one.indicator.unit,
                points=[_point(observation) for observation in one.observations],
                change=of_years.change_text(report, one),
            )
            for one in shown
        ],
        title=plain(of_years.changes_heading(report)),
    )


def _quantity(report: Report, chosen: Chosen) -> str:
    first = chosen.main.observation
    name = spanned_name(report, chosen.indicator, first)
    return _("{label}（{unit}）").format(label=name, unit=first.unit) if first.unit else name


def _standing(report: Report, one: Member) -> Standing:
    return Standing(
        label=findings.name_of(report, one.district),
        value=one.observation.value,
        place=one.place,
        is_own=one.district == report.pair.district,
    )


def _unranked(report: Report, district: str, value: Decimal | None) -> Standing:
    return Standing(
        label=findings.name_of(report, district),
        value=value,
        is_own=district == report.pair.district,
        is_valid=False,
        reason=_("没有数据"),
    )


def _target(report: Report, chosen: Chosen) -> Target | None:
    """Return what is asked of the value itself, where one target is asked of all.

    Where targets differ, the line is that of the report's own district, or there is none.
    """
    unit = chosen.main.observation.unit
    asked = [
        (one, judgement)
        for plan in report.plans
        for one in plan.commitments
        if one.indicator == chosen.indicator.id and one.kind is Kind.LEVEL
        for judgement in (report.judgements[one.id],)
        if judgement.target is not None and judgement.unit == unit
    ]
    if len({target_text(judgement) for _commitment, judgement in asked}) > 1:
        asked = [pair for pair in asked if pair[0].scope == report.pair.district][:1]
    if not asked or asked[0][1].target is None:
        return None
    scopes = dict.fromkeys(one.scope for one, _judgement in asked)
    names = _("、").join(findings.name_of(report, scope) for scope in scopes)
    words = _("{district}目标{target}").format(
        district=names if len(scopes) == 1 else "",
        target=blurred(target_text(asked[0][1]), asked[0][0].fuzzy),
    )
    return Target(asked[0][1].target, words.strip())


def _outcomes(report: Report, chosen: Chosen) -> dict[str, tuple[Line, Outcome]]:
    """Return how the values shown were judged where that is due, by district."""
    shown = {one.id for one in chosen.values.values()}
    return {
        district: (line, outcome)
        for line in findings.lines(report)
        for district, outcome in line.outcomes.items()
        if outcome.observation in shown and outcome.so_far is None
    }


def _tile(
    report: Report,
    chosen: Chosen,
    district: str,
    outcomes: dict[str, tuple[Line, Outcome]],
) -> DistrictTile:
    place = report.catalogue.tiles[district]
    observed = chosen.values.get(district)
    is_comparable = district in chosen.main.place_of
    style, word = None, ""
    if district in outcomes:
        line, outcome = outcomes[district]
        style = report.catalogue.verdicts[outcome.verdict]
        word = verdict_label(style, findings.plan_of(report, line))
    remark = "" if observed else findings.why_absent(report, chosen, district)
    if observed and not is_comparable:
        remark = _("有效数据不足") if district in chosen.doubtful else _("口径不同")
    return DistrictTile(
        label=findings.name_of(report, district),
        row=place.row,
        column=place.column,
        value=observed.value if observed else None,
        remark=remark or _place(chosen, district),
        style=style,
        verdict=word,
        is_classed=is_comparable,
        is_own=district == report.pair.district,
    )


def _place(chosen: Chosen, district: str) -> str:
    place = chosen.main.place_of.get(district)
    return _("第{place}位").format(place=place) if place else ""


def _point(one: Observation) -> Point:
    assert one.value is not None  # noqa: S101 - series hold values only
    return Point(one.year, one.value, basis_text(one), one.is_sufficient)
