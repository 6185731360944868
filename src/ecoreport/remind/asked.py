"""What departments are asked month by month: every commitment of the plans that run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.models import Commitment, Department, Indicator
from ecoreport.config.offices import in_office
from ecoreport.config.vocabulary import ONE_TIME, Kind
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_
from ecoreport.narrative import OPERATOR_SIGNS
from ecoreport.numbers import format_number
from ecoreport.project import Pair

CHANGES = {Kind.REDUCTION: N_("下降{change}"), Kind.GROWTH: N_("增长{change}")}


@dataclass(frozen=True)
class Asked:
    """A commitment, and who is to report on it."""

    commitment: Commitment
    indicator: Indicator
    department: Department
    """Who holds the office of the department that the plan names first."""
    others: tuple[Department, ...]
    """The others that the plan names."""
    deadline: dt.date | None
    """Its own, or that of the composite it is a part of."""

    @property
    def target(self) -> str:
        """The target as the plan says it, in words or as a number."""
        one = self.commitment
        words = (current_locale() == "en" and one.target_en) or one.target_zh
        if words or one.value is None:
            return words
        sign = OPERATOR_SIGNS[one.operator or ">="]
        number = f"{sign}{format_number(one.value)}{one.unit}"
        if one.kind in CHANGES:
            number = _(CHANGES[one.kind]).format(change=number)
        if one.base_year:
            number = _("较{year}年{change}").format(year=one.base_year, change=number)
        return number

    @property
    def deadline_text(self) -> str:
        """The deadline as a table shows it."""
        return self.deadline.isoformat() if self.deadline else _("逐年")


def asked_of(catalogue: Catalogue, pair: Pair) -> list[Asked]:
    """Return what is asked of departments in a year, in the order of the plans.

    A composite is asked by its parts. What a plan asks after its last year is what must be kept,
    and what is done once and may not be done yet.

    Parameters
    ----------
    catalogue : Catalogue
    pair : Pair
    """
    found = {
        one.commitment.id: one
        for plan in catalogue.plans_binding(pair.district)
        for one in _of_plan(catalogue, plan, pair.year)
    }
    return list(found.values())


def _of_plan(catalogue: Catalogue, plan: CompletePlan, year: int) -> Iterator[Asked]:
    if year < plan.first_year:
        return
    deadlines = {one.id: one.deadline for one in plan.commitments}
    for one in plan.commitments:
        lasts = year <= plan.last_year or one.is_kept or one.kind in ONE_TIME
        if not one.indicator or not lasts:
            continue
        first, *others = _in_office(catalogue, one.responsible, year)
        deadline = one.deadline or deadlines.get(one.part_of)
        yield Asked(one, catalogue.indicators[one.indicator], first, tuple(others), deadline)


def _in_office(catalogue: Catalogue, names: Sequence[str], year: int) -> list[Department]:
    held = [in_office(catalogue.departments, name, year) for name in names]
    return list({one.id: one for one in held}.values())


def name_of(department: Department) -> str:
    """Return a department's name in the reader's language."""
    return str(getattr(department, current_locale()))
