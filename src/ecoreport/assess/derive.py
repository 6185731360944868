"""Observations made from those of several years: what ``observe`` of one year cannot know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ecoreport.assess.context import Context
from ecoreport.config.models import Indicator
from ecoreport.message import N_, message
from ecoreport.observe.observation import Observation, Trace, observation_id

Derivation = Callable[[Indicator, Context], Observation | None]


def change_on_last_year(indicator: Indicator, context: Context) -> Observation | None:
    """Return this year's value of ``indicator.argument`` minus last year's, in its own unit.

    The change is for reference only where either year has too few data, or where the two rest on
    different bases (标况/实况, 扣沙/不扣沙, points).
    """
    return _difference(indicator, context, N_("本年值 − 上年值"), sign=1)


def reduction_on_last_year(indicator: Indicator, context: Context) -> Observation | None:
    """Return last year's value of ``indicator.argument`` minus this year's: a fall is positive."""
    return _difference(indicator, context, N_("上年值 − 本年值"), sign=-1)


def _difference(
    indicator: Indicator, context: Context, formula: str, sign: int
) -> Observation | None:
    this = context.find(indicator.argument)
    last = context.find(indicator.argument, context.pair.year - 1)
    if this is None or last is None or this.chosen.value is None or last.chosen.value is None:
        return None
    now, before = this.chosen, last.chosen
    value = sign * (this.chosen.value - last.chosen.value)
    first, second = (now, before) if sign > 0 else (before, now)
    reason = now.reason or ("base_insufficient" if not before.is_sufficient else "")
    if not reason and now.basis != before.basis:
        reason = "basis_differs"
    maturity = max(now.maturity, before.maturity, key=list(type(now.maturity)).index)
    return Observation(
        id=observation_id(now.district, now.year, indicator.id, now.period, maturity.value),
        district=now.district,
        year=now.year,
        period=now.period,
        indicator=indicator.id,
        value=value,
        unrounded=f"{value:f}",
        unit=indicator.unit,
        basis=now.basis,
        maturity=maturity,
        is_sufficient=not reason,
        reason=reason,
        has_document=now.has_document and before.has_document,
        has_evidence_file=now.has_evidence_file and before.has_evidence_file,
        trace=Trace(
            formula=message(formula),
            substituted=f"{first.value:f} − {second.value:f} = {value:f} {indicator.unit}".strip(),
            n_used=2,
            n_expected=2,
            edition=now.trace.edition,
            clause=now.trace.clause,
            is_verified=now.trace.is_verified and before.trace.is_verified,
            sources=(*now.trace.sources, *before.trace.sources),
        ),
    )


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
