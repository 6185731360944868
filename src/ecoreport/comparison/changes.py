"""How an indicator changed on the year before, by the rule of its standard where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from ecoreport.comparison.ranks import Direction, direction, reliable, values_of, year_before
from ecoreport.config.catalogue import Catalogue
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import Period

SHARE: Final = "water_class_share"
COUNTED: Final = (SHARE, "water_class_count")
"""Statistics that know of how many sections how many are of a class."""
UP_TO_III, BELOW_V = "III", "below_V"
OTHER: Final = {UP_TO_III: BELOW_V, BELOW_V: UP_TO_III}
"""The share that the rule of water holds against each share."""

Pairing = tuple[Observation, Observation]
"""This year's value, and that of the year before."""


def change_on_year_before(
    catalogue: Catalogue,
    district: str,
    indicator: str,
    observations: Sequence[Observation],
    period: Period,
) -> Direction | None:
    """Say whether an indicator of a district is better than a year before; None without a value.

    A change below the step of its standard is no clear change (EI: ``ei_changes.csv``). Shares of
    sections of class I to III and below V are held against each other (环办〔2011〕22号, see
    `ecoreport.standards.water.share_change`); where only one of the two is known, the other counts
    as unchanged, which is our reading.

    Parameters
    ----------
    observations : sequence of Observation
        Of the year and the one before, of all indicators.
    """
    found = _pairing(catalogue, district, indicator, observations, period)
    if found is None:
        return None
    now, before = found
    sound = reliable([one for one in observations if one.indicator == indicator])
    clear_from = catalogue.clear_change_from(indicator)
    way = direction(catalogue.indicators[indicator], now, before, sound, clear_from)
    if before is None or way not in {Direction.BETTER, Direction.WORSE}:
        return way
    if is_water_share(catalogue, indicator):
        return _by_shares(catalogue, (now, before), way, observations, period)
    return way


def is_water_share(catalogue: Catalogue, indicator: str) -> bool:
    """Whether the rule of changing shares of water holds for an indicator."""
    return bool(_levels(catalogue, indicator))


def is_share_rule_verified() -> bool:
    """Whether the steps of changing shares of water were read in their source."""
    from ecoreport.standards.water import change_of_shares  # noqa: PLC0415 - with pandas

    return change_of_shares(Fraction(0), Fraction(0)).verified != "unverified"


def _levels(catalogue: Catalogue, indicator: str) -> dict[str, str]:
    """Return the class of which an indicator is a share, by the level of its sections."""
    parts = (
        one.argument.partition(":")
        for one in catalogue.computed
        if (one.indicator, one.statistic) == (indicator, SHARE)
    )
    return {level: name for level, _colon, name in parts if name in OTHER}


def _by_shares(
    catalogue: Catalogue,
    own: Pairing,
    way: Direction,
    observations: Sequence[Observation],
    period: Period,
) -> Direction:
    from ecoreport.standards.water import change_of_shares  # noqa: PLC0415 - with pandas

    now, before = own
    ((level, name),) = _levels(catalogue, now.indicator).items()
    changes = {name: _share(now) - _share(before), OTHER[name]: Fraction(0)}
    other = _other(catalogue, f"{level}:{OTHER[name]}", own, observations, period)
    if other is not None:
        changes[OTHER[name]] = _share(other[0]) - _share(other[1])
    change = change_of_shares(changes[UP_TO_III], changes[BELOW_V])
    assert change.balance is not None  # noqa: S101 - both periods have their shares
    is_better = change.balance > 0
    is_clear = change.change != "no_clear_change" and is_better is (way is Direction.BETTER)
    return way if is_clear else Direction.UNCLEAR


def _other(
    catalogue: Catalogue,
    argument: str,
    own: Pairing,
    observations: Sequence[Observation],
    period: Period,
) -> Pairing | None:
    """Return the values of the other share of the same sections, where both years have one."""
    names = [
        one.indicator
        for one in catalogue.computed
        if one.statistic in COUNTED and one.argument == argument
    ]
    for name in names:
        found = _pairing(catalogue, own[0].district, name, observations, period)
        now, before = found or (None, None)
        if now is None or before is None:
            continue
        is_alike = now.is_demonstration == own[0].is_demonstration == before.is_demonstration
        if is_alike and _has_share(now) and _has_share(before):
            return now, before
    return None


def _pairing(
    catalogue: Catalogue,
    district: str,
    indicator: str,
    observations: Sequence[Observation],
    period: Period,
) -> tuple[Observation, Observation | None] | None:
    listed = [one for one in observations if one.indicator == indicator]
    place = [catalogue.districts[district]]
    now = values_of(catalogue, place, indicator, listed, period).get(district)
    return None if now is None else (now, year_before(listed, now, period))


def _has_share(one: Observation) -> bool:
    return bool(one.trace.n_counted is not None and one.trace.n_used) or one.unit == "%"


def _share(one: Observation) -> Fraction:
    """Return a share in percent: of the sections counted, exact; else as it was reported."""
    if one.trace.n_counted is not None and one.trace.n_used:
        return Fraction(100 * one.trace.n_counted, one.trace.n_used)
    return Fraction(one.value or Decimal(0))
