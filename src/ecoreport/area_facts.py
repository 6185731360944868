"""What the chapters of the areas count: verdicts, figures, duties, returns, changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal

import pandas as pd

from ecoreport.assess.derive import DERIVATIONS
from ecoreport.assess.judgement import Judgement
from ecoreport.comparison.changes import change_on_year_before, is_water_share
from ecoreport.comparison.ranks import Direction
from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.models import Commitment, Indicator
from ecoreport.config.vocabulary import Area, Kind, Verdict
from ecoreport.facts import Fact, conclusion_facts, set_apart
from ecoreport.numbers import plain_decimal
from ecoreport.observe.noise import COMPLAINTS_BY_MONTH
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import Period
from ecoreport.observe.surveys import SAMPLING
from ecoreport.observe.waste_flows import EVERYTHING
from ecoreport.project import Pair
from ecoreport.standards.rounding import round_half_even

DUTIES = frozenset({Kind.MILESTONE, Kind.QUALITATIVE})
RETURNS = frozenset({Kind.RECURRING, Kind.EVENT_FREE})
"""What is reported period by period: duties that come back, and events that must not happen."""
NOT_FIGURES = DUTIES | RETURNS | {Kind.COMPOSITE, Kind.CLASS_LIMIT, Kind.NOT_LOWER}
"""What has no target of its own on the scale of its value; last year's value is none."""
REACHED = frozenset({Verdict.MET, Verdict.ON_TRACK})
MISSED = frozenset({Verdict.NOT_MET, Verdict.BEHIND})
EVENTS = "nil_return"
SHARE_DECIMALS = 1
EI_DECIMALS = 2
"""Of the index that is computed as a check; the official one has one."""
STATUSES = ("done", "mostly_done", "started", "not_done")


def of_area(whole: CompletePlan, area: str) -> CompletePlan:
    """Return what a plan asks of one area, as a plan of its own: ``area/soil``.

    Parts of a composite go with the whole, whatever area they are of.
    """
    kept = {one.id for one in whole.counted() if one.area == area}
    return whole.model_copy(
        update={
            "id": f"area/{area}",
            "commitments": tuple(
                one for one in whole.commitments if {one.id, one.part_of} & kept
            ),
            "vetoes": tuple(name for name in whole.vetoes if name in kept),
            "contradictions": (),
        }
    )  # fmt: skip


def figures(plan: CompletePlan, judgements: Mapping[str, Judgement]) -> list[Commitment]:
    """Return what is a number held against a target; parts stand for their composite."""
    return [
        one
        for one in plan.commitments
        if one.kind not in NOT_FIGURES and judgements[one.id].target is not None
    ]


def duties(plan: CompletePlan) -> list[Commitment]:
    """Return what has no number and is confirmed by a person."""
    return [one for one in plan.commitments if one.kind in DUTIES]


def returns(plan: CompletePlan) -> list[Commitment]:
    """Return what is reported period by period."""
    return [one for one in plan.commitments if one.kind in RETURNS]


def outcome(judgement: Judgement) -> Verdict:
    """Return the verdict, or what it would be today where the deadline lies ahead."""
    return judgement.so_far or judgement.verdict


def area_facts(
    catalogue: Catalogue,
    pair: Pair,
    period: Period,
    whole: CompletePlan | None,
    observations: Sequence[Observation],
    judgements: Mapping[str, Judgement],
) -> list[Fact]:
    """Return what the chapters count, e.g. ``hailing/2018/count/area/soil/all/met``.

    Beside the counts of :func:`ecoreport.facts.conclusion_facts`: ``…/figures/reached``,
    ``missed``, ``absent``, ``undecided``, ``total``; ``…/duties/<status>``, ``open``, ``total``;
    ``…/returns/complete``, ``lacking``, ``happened``, ``total``; ``…/change/<direction>``.
    ``hailing/2018/sampling/<commitment>/low`` and ``high`` are what a survey leaves open.
    What rests on demonstration data beside real data is only in ``total`` and ``demonstration``.

    Parameters
    ----------
    whole : CompletePlan or None
        All that binds the district; None where nothing does.
    observations : sequence of Observation
        Of the district, of this year and those compared with.
    """
    facts: list[Fact] = []
    for area in Area:
        counts: Counter[str] = Counter()
        plan = of_area(whole, area) if whole is not None else None
        if plan is not None:
            facts += conclusion_facts(pair, plan, judgements)
            facts += _sampling_facts(pair, figures(plan, judgements), observations, judgements)
            counts.update(_counts(plan, judgements))
        names = followed(catalogue, area, plan)
        changes = yearly_changes(catalogue, pair, period, observations, names)
        counts.update(f"change/{one}" for one in changes.values())
        facts += [
            Fact(id=f"{pair}/count/area/{area}/{name}", value=Decimal(n))
            for name, n in counts.items()
        ]
    return facts


def _sampling_facts(
    pair: Pair,
    listed: Iterable[Commitment],
    observations: Iterable[Observation],
    judgements: Mapping[str, Judgement],
) -> list[Fact]:
    """Return what the samples behind figures leave open."""
    known = {one.id: one for one in observations}
    facts = []
    for commitment in listed:
        judged = known.get(next(iter(judgements[commitment.id].observations), ""))
        ends = judged.sensitivity.get(SAMPLING, ()) if judged else ()
        facts += [
            Fact(id=f"{pair}/sampling/{commitment.id}/{name}", value=value, unit="%")
            for name, value in zip(("low", "high"), ends, strict=False)
        ]
    return facts


def whole_flows(balance: pd.DataFrame) -> pd.DataFrame:
    """Return the kinds of waste that a balance can be drawn of: each once, with all its terms."""
    is_whole = (balance["missing_terms"] == "") & (balance["coverage"] == EVERYTHING)
    return balance[is_whole & (balance["in_t"] > 0)]


def frame_facts(pair: Pair, frames: Mapping[str, pd.DataFrame]) -> list[Fact]:
    """Return numbers of the chapters that stand in frames and are no observations.

    ``hailing/2018/waste/industrial/gap`` and the counts of the balances of waste;
    ``hailing/2018/greening/ei_computed``, the ecological index that its sub-indices give;
    ``hailing/2018/noise/complaints/month/7``, ``…/source/social`` and of a source ``…/share``.
    """
    facts = _flow_facts(pair, frames["waste_balance"]) if "waste_balance" in frames else []
    if "ei_check" in frames:
        computed = frames["ei_check"]["ei_computed"].dropna()
        name = f"{pair}/greening/ei_computed"
        facts += [
            Fact(id=name, value=plain_decimal(round_half_even(one, EI_DECIMALS), EI_DECIMALS))
            for one in computed[:1]
        ]
    if COMPLAINTS_BY_MONTH in frames:
        facts += _complaint_facts(pair, frames[COMPLAINTS_BY_MONTH])
    return facts


def _complaint_facts(pair: Pair, frame: pd.DataFrame) -> list[Fact]:
    facts, total = [], float(frame["complaints"].sum())
    for key in ("month", "source"):
        for name, count in frame.groupby(key)["complaints"].sum().items():
            place = f"{pair}/noise/complaints/{key}/{name}"
            facts.append(Fact(id=place, value=plain_decimal(count), unit="件"))
            if key == "source" and total:
                share = round_half_even(100 * count / total, SHARE_DECIMALS)
                value = plain_decimal(share, SHARE_DECIMALS)
                facts.append(Fact(id=f"{place}/share", value=value, unit="%"))
    return facts


def _flow_facts(pair: Pair, balance: pd.DataFrame) -> list[Fact]:
    flows = whole_flows(balance)
    counts = {"total": len(flows), "balanced": int(flows["is_balanced"].sum())}
    facts = [
        Fact(id=f"{pair}/count/area/waste/flows/{name}", value=Decimal(n))
        for name, n in counts.items()
    ]
    gaps = zip(flows["waste"], flows["gap_t"], strict=True)
    return facts + [
        Fact(id=f"{pair}/waste/{kind}/gap", value=plain_decimal(gap), unit="吨")
        for kind, gap in gaps
    ]


def has_course(indicator: Indicator) -> bool:
    """Whether an indicator is followed over the years by itself.

    Events are told month by month, and what is derived from another follows that one.
    """
    return indicator.statistic not in {EVENTS, *DERIVATIONS}


def followed(catalogue: Catalogue, area: str, plan: CompletePlan | None) -> frozenset[str]:
    """Return the indicators that an area's chapter follows over the years.

    What its plan asks for, of a change on last year what it is a change of, and what
    ``params/report.yml`` lists because the chapter speaks of it.
    """
    known = catalogue.indicators
    asked = {one.indicator for one in (plan.commitments if plan else ()) if one.indicator}
    asked |= {known[name].argument for name in asked if known[name].statistic in DERIVATIONS}
    asked |= {name for name in catalogue.report.followed if known[name].area == area}
    return frozenset(name for name in asked if name in known and has_course(known[name]))


def yearly_changes(
    catalogue: Catalogue,
    pair: Pair,
    period: Period,
    observations: Iterable[Observation],
    names: Set[str],
) -> dict[str, Direction]:
    """Return how each of some indicators that has a value changed on the year before."""
    own = [one for one in observations if not one.is_of_one_point]
    by_indicator: dict[str, list[Observation]] = {}
    for one in own:
        if one.indicator in names:
            by_indicator.setdefault(one.indicator, []).append(one)
    found = {}
    for name, listed in by_indicator.items():
        of_rule = own if is_water_share(catalogue, name) else listed
        way = change_on_year_before(catalogue, pair.district, name, of_rule, period)
        if way is not None:
            found[name] = way
    return found


def _counts(plan: CompletePlan, judgements: Mapping[str, Judgement]) -> Counter[str]:
    apart = set_apart(plan, judgements)
    counts: Counter[str] = Counter()
    for group, listed, state_of in (
        ("figures", figures(plan, judgements), figure_state),
        ("duties", duties(plan), duty_state),
        ("returns", returns(plan), return_state),
    ):
        for one in listed:
            is_apart = bool({one.id, one.part_of} & apart)
            state = "demonstration" if is_apart else state_of(judgements[one.id])
            counts.update([f"{group}/total", f"{group}/{state}"])
    return counts


def figure_state(judgement: Judgement) -> str:
    """Return ``reached``, ``missed``, ``absent`` or ``undecided``."""
    if judgement.value is None:
        return "absent"
    if outcome(judgement) in REACHED:
        return "reached"
    return "missed" if outcome(judgement) in MISSED else "undecided"


def duty_state(judgement: Judgement) -> str:
    """Return the status that a person confirmed, or ``open``."""
    return judgement.text if judgement.text in STATUSES else "open"


def return_state(judgement: Judgement) -> str:
    """Return ``complete``, ``happened`` (an event, or a period not done) or ``lacking``."""
    if outcome(judgement) in REACHED:
        return "complete"
    return "happened" if outcome(judgement) in MISSED else "lacking"
