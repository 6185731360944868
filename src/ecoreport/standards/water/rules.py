"""The numbers of the assessment rules that are no limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.tables import Line, answered_once, in_force, select


@dataclass(frozen=True)
class Rule:
    """One number or word of an assessment rule, with where it stands.

    Attributes
    ----------
    name, value, unit : str
        As printed.
    edition, clause, source, verified, note : str
    """

    name: str
    value: str
    unit: str
    edition: str
    clause: str
    source: str
    verified: str
    note: str

    @property
    def number(self) -> Fraction:
        """The value as an exact number."""
        return Fraction(self.value)


@answered_once
def assessment_rule(name: str, year: int | None = None) -> Rule:
    """Return one rule of ``surface_water_rules.csv``.

    Parameters
    ----------
    name : str
    year : int, optional
        Asked of rules that have changed (``ph_mean``); the one in force at the end of the year.

    Returns
    -------
    Rule

    Raises
    ------
    InputError
        If there is no such rule, or more than one and no year to choose by.
    """
    lines = select("surface_water_rules", rule=name)
    if year is not None:
        day = date(year, 12, 31)
        lines = [line for line in in_force("surface_water_rules", day, day) if line in lines]
    if len(lines) != 1:
        raise InputError(
            _("地表水评价规则 {name} 应为 1 条，实为 {count} 条，请核对规则名或年份。").format(
                name=name, count=len(lines)
            )
        )
    return _rule(lines[0])


def _rule(line: Line) -> Rule:
    return Rule(
        name=line["rule"],
        value=line["value"],
        unit=line["unit"],
        edition=line["edition"],
        clause=line["clause"],
        source=line["source"],
        verified=line["verified"],
        note=line["note"],
    )
