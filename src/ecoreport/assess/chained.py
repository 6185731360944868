"""A fall over several years made of the falls of each: prices of one year do not last for all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import prod

from ecoreport.assess.compare import shown
from ecoreport.assess.context import Context
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Kind
from ecoreport.message import N_, Message, message
from ecoreport.observe.observation import Observation

AT_COMPARABLE_PRICES = N_("按可比价：{first}至{last}年各年比上年下降（%）{falls}，连乘得到")
AT_CURRENT_PRICES = N_(
    "本项按各年当年价，比较含价格变动；按可比价要有{first}至{last}年各年的下降率，缺{lacking}年"
)
HUNDRED = 100


def fall_asked(commitment: Commitment, context: Context) -> str:
    """Return the indicator of the fall that a cut in per cent is made of; empty without one."""
    is_cut = commitment.kind is Kind.REDUCTION and commitment.unit == "%"
    return context.yearly_falls.get(commitment.indicator, "") if is_cut else ""


def yearly_falls(commitment: Commitment, context: Context, base_year: int) -> list[Observation]:
    """Return what is known of the falls of the years since the base, each on the year before.

    Those of whole years with enough data, on one basis with that of the year judged; in order.
    """
    fall = fall_asked(commitment, context)
    if not fall:
        return []
    years = range(base_year + 1, context.pair.year + 1)
    found = [context.find(fall, year, str(year)) for year in years]
    known = [one.chosen for one in found if one is not None and one.chosen.value is not None]
    bases = [one.basis for one in known if one.year == context.pair.year]
    return [one for one in known if one.is_sufficient and one.basis in bases]


def chained_fall(falls: Sequence[Observation], base_year: int, year: int) -> Fraction | None:
    """Return the fall since the base in per cent; None where the fall of a year is not known."""
    if not falls or [one.year for one in falls] != list(range(base_year + 1, year + 1)):
        return None
    left = prod((1 - _exact(one) / HUNDRED for one in falls), start=Fraction(1))
    return HUNDRED * (1 - left)


def prices_note(falls: Sequence[Observation], base_year: int, year: int) -> Message:
    """Say at which prices a change is told, and what it is made of or what lacks."""
    years = range(base_year + 1, year + 1)
    lacking = tuple(one for one in years if one not in {fall.year for fall in falls})
    if lacking:
        return message(AT_CURRENT_PRICES, first=base_year + 1, last=year, lacking=lacking)
    told = tuple(shown(_exact(one)) for one in falls)
    return message(AT_COMPARABLE_PRICES, first=base_year + 1, last=year, falls=told)


def _exact(fall: Observation) -> Fraction:
    return Fraction(Decimal(fall.unrounded))
