"""Observations made from those of several years: what ``observe`` of one year cannot know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from ecoreport.assess.context import Context, weakest
from ecoreport.config.models import Indicator
from ecoreport.message import N_, message
from ecoreport.numbers import format_number
from ecoreport.observe.observation import Observation, Trace, observation_id
from ecoreport.observe.period import period_of

Derivation = Callable[[Indicator, Context], Observation | None]
Range = tuple[Decimal, Decimal]


def change_on_last_year(indicator: Indicator, context: Context) -> Observation | None:
    """Return this year's value of ``indicator.argument`` minus last year's, in its own unit.

    Of a part of a year it is the change on the same part of last year. It is for reference only
    where either has too few data, or where the two rest on different bases (标况/实况,
    扣沙/不扣沙, points); against a whole year a part has no change at all.
    """
    return _difference(indicator, context, N_("本年值 − 上年值"), sign=1)


def reduction_on_last_year(indicator: Indicator, context: Context) -> Observation | None:
    """Return last year's value of ``indicator.argument`` minus this year's: a fall is positive."""
    return _difference(indicator, context, N_("上年值 − 本年值"), sign=-1)


def _difference(
    indicator: Indicator, context: Context, formula: str, sign: int
) -> Observation | None:
    years = _years(indicator, context)
    if years is None:
        return None
    now, before = years
    reason = _reason(now, before)
    value = None
    if reason != "period_differs" and now.value is not None and before.value is not None:
        value = sign * (now.value - before.value)
    maturity = weakest((now.maturity, before.maturity)) or now.maturity
    return Observation(
        id=observation_id(now.district, now.year, indicator.id, now.period, maturity.value),
        district=now.district,
        year=now.year,
        period=now.period,
        indicator=indicator.id,
        value=value,
        unrounded="" if value is None else f"{value:f}",
        unit=indicator.unit,
        basis=now.basis,
        maturity=maturity,
        is_sufficient=not reason,
        reason=reason,
        has_document=now.has_document and before.has_document,
        has_evidence_file=now.has_evidence_file and before.has_evidence_file,
        trace=Trace(
            formula=message(formula),
            substituted=_substituted(now, before, sign, value, indicator.unit),
            n_used=2,
            n_expected=2,
            edition=now.trace.edition,
            clause=now.trace.clause,
            is_verified=indicator.is_verified
            and now.trace.is_verified
            and before.trace.is_verified,
            sources=(*now.trace.sources, *before.trace.sources),
        ),
        sensitivity={} if value is None else _sensitivity(now, before, sign),
    )


def _years(indicator: Indicator, context: Context) -> tuple[Observation, Observation] | None:
    """Return this year's and last year's observation of the same part of the year.

    Where last year is known only as a whole, the whole is returned: it says what is missing.
    """
    this = context.find(indicator.argument)
    if this is None or this.chosen.value is None:
        return None
    last_year = context.pair.year - 1
    last = context.find(indicator.argument, last_year)
    if this.chosen.period != str(context.pair.year):
        part = period_of(context.pair, context.last_day).in_year(last_year)
        last = context.find(indicator.argument, last_year, part.label)
    if last is None or last.chosen.value is None:
        return None
    return this.chosen, last.chosen


def _reason(now: Observation, before: Observation) -> str:
    """Return the code of why a difference is for reference only, or cannot be formed."""
    if (now.period == str(now.year)) is not (before.period == str(before.year)):
        return "period_differs"
    if not now.is_sufficient:
        return now.reason
    if not before.is_sufficient:
        return "base_insufficient"
    return "" if now.basis == before.basis else "basis_differs"


def _substituted(
    now: Observation, before: Observation, sign: int, value: Decimal | None, unit: str
) -> str:
    if value is None:
        return ""
    first, second = (now, before) if sign > 0 else (before, now)
    shown = [format_number(one) for one in (first.value, second.value, value) if one is not None]
    return "{} − {} = {} {}".format(*shown, unit).strip()


def _sensitivity(now: Observation, before: Observation, sign: int) -> dict[str, Range]:
    """Return the lowest and highest difference without one month or day of either year."""
    ranges = {}
    for name in ("month", "day"):
        pairs: list[tuple[Decimal | None, Decimal | None]]
        pairs = [(this, before.value) for this in now.sensitivity.get(name, ())]
        pairs += [(now.value, last) for last in before.sensitivity.get(name, ())]
        found = [sign * (a - b) for a, b in pairs if a is not None and b is not None]
        if found:
            ranges[name] = (min(found), max(found))
    return ranges


DERIVATIONS: dict[str, Derivation] = {
    "change_on_last_year": change_on_last_year,
    "reduction_on_last_year": reduction_on_last_year,
}


def derive(indicators: Mapping[str, Indicator], context: Context) -> Sequence[Observation]:
    """Return all observations of the year judged that rest on more than that year."""
    derived = (
        DERIVATIONS[indicator.statistic](indicator, context)
        for indicator in indicators.values()
        if indicator.statistic in DERIVATIONS
    )
    return [observation for observation in derived if observation is not None]
