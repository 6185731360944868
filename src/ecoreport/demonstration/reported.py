"""Invent the figures, confirmations and nil returns of the commitments that bind a district."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.models import Indicator, Strict, Words, Year
from ecoreport.demonstration.profiles import rows_of
from ecoreport.demonstration.seeds import SEED, generator_for
from ecoreport.project import Pair, Project


class ReportedProfile(Strict):
    """A row of ``reported_profiles.csv``: how a figure goes over the years.

    A row whose id is no indicator (gdp) is only a factor of others.
    """

    district: str
    indicator: str
    first_year: Year
    first: Decimal | None = None
    yearly: Decimal = Decimal(0)
    spread: float = 0
    """Largest random deviation; less than half of ``yearly`` keeps the course monotone."""
    lowest: Decimal | None = None
    highest: Decimal | None = None
    decimals: int
    is_product_of: Words = ()
    """Other rows whose product it is, instead of a course of its own."""
    unit: str = ""
    """Unit in which the department writes it."""
    factor: Decimal = Decimal(1)
    """From the indicator's own unit to that."""
    department: str = ""
    """Who reports it where no commitment says so."""
    basis: str = "全区"
    """What the department says that it covers."""
    note: str = ""


class ReportedPart(Strict):
    """A row of ``reported_parts.csv``: a figure of a district below, or of a single unit."""

    district: str
    year: Year
    indicator: str
    area: str = ""
    unit_name: str = ""
    value: Decimal
    note: str = ""


class ReportedCase(Strict):
    """A row of ``reported_cases.csv``: where a year departs from the profile, and why."""

    district: str
    year: Year
    indicator: str
    case: str
    argument: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Duty:
    """An indicator that a department reports on."""

    indicator: Indicator
    department: str
    """Its Chinese name."""
    seq: int | None
    area: str = ""
    """Chinese name of the district below that it is asked of."""


@dataclass(frozen=True)
class Cases:
    """The cases of one district and year."""

    found: Sequence[ReportedCase] = field(default_factory=tuple)

    def argument(self, indicator: str, case: str) -> str | None:
        """Return the argument of a case; None where there is no such case."""
        return next((one.argument for one in self._of(indicator, case)), None)

    def has(self, indicator: str, case: str, argument: str = "") -> bool:
        """Whether there is such a case."""
        return any(one.argument == argument for one in self._of(indicator, case))

    def _of(self, indicator: str, case: str) -> Iterator[ReportedCase]:
        return (one for one in self.found if (one.indicator, one.case) == (indicator, case))


def cases_of(project: Project, pair: Pair) -> Cases:
    """Return the cases of one district and year."""
    return Cases(rows_of(project, "reported_cases", ReportedCase, pair))


def duties(
    catalogue: Catalogue, pair: Pair, dataset: str, profiles: Sequence[ReportedProfile] = ()
) -> list[Duty]:
    """Return what departments report on in one dataset, each indicator once, as the plan counts.

    What is asked of several districts below is a duty for each. Indicators that only a profile
    names stand behind those of the commitments.
    """
    found: dict[tuple[str, str], Duty] = {}
    areas = {one.id: one.name_zh for one in catalogue.areas_of(pair.district)}
    wanted = [
        (one.indicator, one.responsible[0], one.seq, areas.get(one.scope, ""))
        for one in catalogue.commitments_for(pair.district)
    ]
    wanted += [(one.indicator, one.department, None, "") for one in profiles if one.department]
    for name, department, seq, area in wanted:
        indicator = catalogue.indicators.get(name)
        if indicator is not None and indicator.dataset == dataset:
            duty = Duty(indicator, catalogue.departments[department].zh, seq, area)
            found.setdefault((name, area), duty)
    return list(found.values())


def figures(project: Project, pair: Pair, cases: Cases, seed: str = SEED) -> dict[str, Decimal]:
    """Return the figures of one year in the units of their indicators.

    Returns
    -------
    dict of str to Decimal
        By the id of the profile's row, rounded to its decimals. What begins in a later year, or
        has parts only (neither ``first`` nor a product), has none.
    """
    profiles = [
        one
        for one in rows_of(project, "reported_profiles", ReportedProfile, pair)
        if one.first_year <= pair.year and (one.is_product_of or one.first is not None)
    ]
    values: dict[str, Decimal] = {}
    for profile in profiles:
        if not profile.is_product_of:
            values[profile.indicator] = _on_course(profile, pair, cases, seed)
    for profile in profiles:
        if profile.is_product_of:
            product = math.prod(values[name] for name in profile.is_product_of)
            values[profile.indicator] = _rounded(Decimal(product), profile.decimals)
    return values


def _on_course(profile: ReportedProfile, pair: Pair, cases: Cases, seed: str) -> Decimal:
    given = cases.argument(profile.indicator, "value")
    if given is not None:
        return Decimal(given)
    rng = generator_for(pair, f"reported/{profile.indicator}", seed)
    deviation = Decimal(repr(float(rng.uniform(-profile.spread, profile.spread))))
    years = pair.year - profile.first_year
    value = (profile.first or Decimal(0)) + years * profile.yearly + deviation
    if profile.lowest is not None:
        value = max(value, profile.lowest)
    if profile.highest is not None:
        value = min(value, profile.highest)
    return _rounded(value, profile.decimals)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
