"""Numbers of sentences that are counted or subtracted, not observed: named and checked alike."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from ecoreport.assess.conclusion import Conclusion, conclude
from ecoreport.assess.judgement import Judgement
from ecoreport.assess.outlook import further_bad_days_allowed, mean_needed
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Strict
from ecoreport.config.vocabulary import Maturity, Verdict
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import Period
from ecoreport.project import Pair


class Fact(Strict):
    """A number with the name under which pages speak of it."""

    id: str
    value: Decimal
    unit: str = ""


UNDECIDED = (Verdict.NO_DATA, Verdict.INSUFFICIENT_DATA, Verdict.TO_CONFIRM)


def set_apart(plan: CompletePlan, judgements: Mapping[str, Judgement]) -> frozenset[str]:
    """Return the commitments that rest on demonstration data, where others rest on real data.

    Counts never add up both: these are counted by themselves.
    """
    judged = [judgements[one.id] for one in plan.counted()]
    made = frozenset(one.commitment for one in judged if one.rests_on_demonstration)
    has_real = any(one.maturity and not one.rests_on_demonstration for one in judged)
    return made if has_real else frozenset()


def counted(plan: CompletePlan, judgements: Mapping[str, Judgement]) -> Conclusion:
    """Return the conclusion that headlines tell: without what is `set_apart`."""
    apart = set_apart(plan, judgements)
    kept = tuple(one for one in plan.commitments if one.id not in apart)
    return conclude(plan.model_copy(update={"commitments": kept}), judgements)


def conclusion_facts(
    pair: Pair, plan: CompletePlan, judgements: Mapping[str, Judgement]
) -> list[Fact]:
    """Return the counts of a plan's conclusion, e.g. ``hailing/2018/count/hailing/binding/met``.

    Beside each attribute stands ``all``; ``undecided`` counts what lacks data or confirmation.
    ``…/demonstration`` counts what is `set_apart`: it is in ``total``, and in no other count;
    ``all/attention_demonstration`` counts what of it needs attention,
    ``all/open_so_far_demonstration`` what of it is open so far.
    ``…/attention/<department>`` counts a department's share of what needs attention,
    ``…/open_so_far/<department>`` that of what is not due yet and open so far.
    """
    conclusion, apart = counted(plan, judgements), set_apart(plan, judgements)
    counts: dict[str, int] = {}
    for attribute, by_verdict in conclusion.counts.items():
        for group in (attribute, "all"):
            for verdict in Verdict:
                name = f"{group}/{verdict}"
                counts[name] = counts.get(name, 0) + by_verdict.get(verdict, 0)
            n_apart = sum(one.id in apart for one in plan.counted() if one.attribute is attribute)
            total = conclusion.totals[attribute] + n_apart
            counts[f"{group}/total"] = counts.get(f"{group}/total", 0) + total
            name = f"{group}/demonstration"
            counts[name] = counts.get(name, 0) + n_apart
    counts["all/undecided"] = sum(counts.get(f"all/{verdict}", 0) for verdict in UNDECIDED)
    counts["all/met_so_far"] = conclusion.n_met_so_far
    counts["all/attention"] = len(conclusion.attention)
    counts["all/open_so_far"] = len(conclusion.open_so_far)
    whole = conclude(plan, judgements)
    for name, all_open in (("attention", whole.attention), ("open_so_far", whole.open_so_far)):
        n_apart = sum(one.commitment in apart for one in all_open)
        counts[f"all/{name}_demonstration"] = n_apart
    counts["all/contradictions"] = len(plan.contradictions)
    counts |= _by_department(plan, "attention", conclusion.attention)
    counts |= _by_department(plan, "open_so_far", conclusion.open_so_far)
    return [
        Fact(id=f"{pair}/count/{plan.id}/{name}", value=Decimal(count))
        for name, count in counts.items()
    ]


def _by_department(
    plan: CompletePlan, name: str, judgements: Sequence[Judgement]
) -> dict[str, int]:
    """Count judgements by department; what two departments answer for counts with both."""
    responsible = {one.id: one.responsible for one in plan.commitments}
    found = Counter(who for one in judgements for who in responsible[one.commitment])
    return {f"{name}/{department}": n for department, n in sorted(found.items())}


def judgement_facts(pair: Pair, judgements: Sequence[Judgement]) -> list[Fact]:
    """Return the numbers that each judgement adds to what was observed.

    ``hailing/2018/target/<commitment>``, ``…/margin/…``, ``…/path/…`` (参考进度) and, of a
    district below, ``…/area/<district>/…``.
    """
    facts = []
    for one in judgements:
        numbers = {
            "target": (one.target, one.unit),
            "margin": (one.margin, difference_unit(one.unit)),
            "path": (one.path_value, one.unit),
            **{f"area/{area.district}": (area.value, area.unit) for area in one.areas},
        }
        facts += [
            Fact(id=f"{pair}/{name}/{one.commitment}", value=value, unit=unit)
            for name, (value, unit) in numbers.items()
            if value is not None
        ]
    return facts


def change_facts(pair: Pair, period: Period, observations: Sequence[Observation]) -> list[Fact]:
    """Return each value minus last year's on the same basis, e.g. ``hailing/2018/change/air.…``.

    A part of a year is held against the same part of last year, never against the whole.
    """
    best = _best_checked(observations)
    last_year = period.in_year(pair.year - 1)
    same_parts = {str(pair.year): str(last_year.year), period.label: last_year.label}
    facts = {}
    for (indicator, year, when), now in best.items():
        before = best.get((indicator, pair.year - 1, same_parts.get(when, "")))
        if year == pair.year and before is not None and _can_be_subtracted(now, before):
            value = now.value - before.value  # type: ignore[operator]
            name = f"{pair}/change/{indicator}"
            facts[name] = Fact(id=name, value=value, unit=difference_unit(now.unit))
    return list(facts.values())


def difference_unit(unit: str) -> str:
    """Return the unit of a difference: between two per cents lie percentage points."""
    return "百分点" if unit == "%" else unit


def _can_be_subtracted(now: Observation, before: Observation) -> bool:
    return None not in {now.value, before.value} and before.basis == now.basis


def _best_checked(
    observations: Sequence[Observation],
) -> dict[tuple[str, int, str], Observation]:
    order = list(Maturity)
    best: dict[tuple[str, int, str], Observation] = {}
    for one in observations:
        if one.is_of_one_point:
            continue
        key = (one.indicator, one.year, one.period)
        held = best.get(key)
        if held is None or order.index(one.maturity) < order.index(held.maturity):
            best[key] = one
    return best


def outlook_facts(
    pair: Pair,
    period: Period,
    observations: Sequence[Observation],
    judgements: Sequence[Judgement],
) -> list[Fact]:
    """Return what the rest of the year must be, e.g. ``hailing/2018/outlook/bad_days_allowed``.

    What is to be reached is what a plan asks of the year; where none does, last year's mean, and
    last year's share of good days plus the rise that a superior assigned where one did.
    """
    best = _best_checked(observations)

    def value(indicator: str, year: int, when: str) -> Decimal | None:
        found = best.get((indicator, year, when))
        return found.value if found else None

    good = value("air.good_days", pair.year, period.label)
    valid = value("air.valid_days", pair.year, period.label)
    last_year = value("air.good_days_share", pair.year - 1, str(pair.year - 1))
    share = best.get(("air.good_days_share", pair.year, period.label))
    target = asked_of_year(judgements, share)
    if target is None and last_year is not None:
        target = last_year + _assigned_target(judgements, best, "air.good_days_share_change")
    if good is None or valid is None or target is None or period.is_whole_year:
        return []
    allowed = further_bad_days_allowed(
        int(good), int(valid), period.n_days_left, Fraction(target), _decimals(target)
    )
    particulates = best.get(("air.pm25_annual_mean", pair.year, period.label))
    needed = _particulates_needed(
        particulates,
        asked_of_year(judgements, particulates)
        or value("air.pm25_annual_mean", pair.year - 1, str(pair.year - 1)),
        period.n_days_left,
    )
    found = {
        "days_left": (Decimal(period.n_days_left), ""),
        "bad_days_allowed": (None if allowed is None else Decimal(allowed), ""),
        "target_share": (target, "%"),
        "pm25_mean_needed": (needed, "μg/m³"),
    }
    return [
        Fact(id=f"{pair}/outlook/{name}", value=number, unit=unit)
        for name, (number, unit) in found.items()
        if number is not None
    ]


def asked_of_year(judgements: Iterable[Judgement], of: Observation | None) -> Decimal | None:
    """Return the strictest number that plans ask of an observed value; None where none does."""
    asked = [
        one
        for one in judgements
        if of is not None and one.value == of.value and one.observations == (of.id,)
    ]
    ceilings = [one.target for one in asked if one.target is not None and "<" in one.operator]
    floors = [one.target for one in asked if one.target is not None and ">" in one.operator]
    return min(ceilings) if ceilings else max(floors, default=None)


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _particulates_needed(
    now: Observation | None, target: Decimal | None, n_left: int
) -> Decimal | None:
    """Return the mean of the days left that keeps the year at `target`, rounded down."""
    if now is None or not now.unrounded or target is None:
        return None
    needed = mean_needed(Fraction(now.unrounded), now.trace.n_used, n_left, Fraction(target))
    if needed is None:
        return None
    return Decimal(math.floor(needed * 10)) / 10


def _assigned_target(
    judgements: Sequence[Judgement],
    best: Mapping[tuple[str, int, str], Observation],
    indicator: str,
) -> Decimal:
    ids = {one.id for key, one in best.items() if key[0] == indicator}
    targets = [
        one.target
        for one in judgements
        if one.target_source and one.target is not None and ids & set(one.observations)
    ]
    return targets[0] if targets else Decimal(0)
