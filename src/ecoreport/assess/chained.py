"""A fall over several years made of the falls of each: prices of one year do not last for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import prod

from ecoreport.assess.compare import shown
from ecoreport.assess.context import Context, Found
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Kind
from ecoreport.message import N_, Message, message
from ecoreport.observe.observation import Observation

AT_COMPARABLE_PRICES = N_("按可比价：{years}年比上年下降（%）{falls}，连乘得到")
AT_CURRENT_PRICES = N_(
    "本项按各年当年价，比较含价格变动；按可比价要有{years}年的下降率，缺{lacking}年"
)
ON_ANOTHER_BASIS = N_(
    "本项按各年当年价，比较含价格变动；{years}年的下降率与{last}年口径不同，不能连乘"
)
HUNDRED = 100
DECIMALS = 9
"""Falls are computed as floats: what lies behind is no part of them."""


@dataclass(frozen=True)
class YearlyFalls:
    """The falls of the years since a base, each on the year before.

    Attributes
    ----------
    years : range
        Those that a cut since the base takes, the year judged last; at least one.
    known : mapping of int to Found
        Of whole years with enough data.
    """

    years: range
    known: Mapping[int, Found]

    @property
    def observations(self) -> list[Observation]:
        """What was chosen of each year, in order."""
        return [self.known[year].chosen for year in self.years if year in self.known]

    @property
    def lacking(self) -> tuple[int, ...]:
        """The years without a fall."""
        return tuple(year for year in self.years if year not in self.known)

    @property
    def on_another_basis(self) -> tuple[int, ...]:
        """The years whose falls are told on another basis than that of the last one known."""
        found = self.observations
        return tuple(one.year for one in found if one.basis != found[-1].basis)

    @property
    def together(self) -> Fraction | None:
        """The fall since the base in per cent; None where not every year's is known."""
        if self.lacking or self.on_another_basis:
            return None
        left = prod((1 - _fraction(one) / HUNDRED for one in self.observations), start=Fraction(1))
        return round(HUNDRED * (1 - left), DECIMALS)

    @property
    def note(self) -> Message:
        """At which prices a change is told, and what it is made of or what stands against it."""
        years = tuple(self.years)
        if self.lacking:
            return message(AT_CURRENT_PRICES, years=years, lacking=self.lacking)
        if self.on_another_basis:
            return message(ON_ANOTHER_BASIS, years=self.on_another_basis, last=years[-1])
        told = tuple(shown(_fraction(one)) for one in self.observations)
        return message(AT_COMPARABLE_PRICES, years=years, falls=told)

    def beside(self, found: Found) -> Found:
        """Return a value with what other sources tell of the falls beside what they tell of it."""
        every = [found, *self.known.values()]
        return replace(
            found,
            disagreeing=tuple(other for one in every for other in one.disagreeing),
            is_ambiguous=any(one.is_ambiguous for one in every),
        )


def yearly_falls(commitment: Commitment, context: Context, base_year: int) -> YearlyFalls | None:
    """Return the falls that a cut in per cent is made of; None where it is made of two values."""
    is_cut = commitment.kind is Kind.REDUCTION and commitment.unit == "%"
    fall = context.yearly_falls.get(commitment.indicator, "") if is_cut else ""
    years = range(base_year + 1, context.pair.year + 1)
    if not fall or not years:
        return None
    found = {year: context.find(fall, year, str(year)) for year in years}
    return YearlyFalls(
        years,
        {
            year: one
            for year, one in found.items()
            if one is not None and one.chosen.value is not None and one.chosen.is_sufficient
        },
    )


def _fraction(fall: Observation) -> Fraction:
    return Fraction(Decimal(fall.unrounded))
