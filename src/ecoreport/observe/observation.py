"""What was observed: one value of one indicator, with all that is known about it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from pydantic import Field

from ecoreport.config.corrections import FiledCorrection
from ecoreport.config.models import Strict
from ecoreport.config.vocabulary import Maturity
from ecoreport.i18n import _
from ecoreport.message import Message


class SourceReference(Strict):
    """A file that a value rests on."""

    dataset: str
    file: str
    """Path relative to the project."""
    sha256: str
    sheet: str = ""
    rows: tuple[int, ...] = ()
    """Row numbers as Excel shows them, where there are few; empty where all rows count."""
    n_rows: int
    maturity: Maturity
    corrections: tuple[FiledCorrection, ...] = ()
    """What letters changed in these rows."""


class Basis(Strict):
    """口径: what a value must share with a target or a base to be compared with it."""

    state: Literal["", "reference", "actual", "mixed"] = ""
    """标况 until 2018-08-31, 实况 from 2018-09-01 (GB 3095-2012, amendment of 2018)."""
    dust: Literal["", "included", "excluded"] = ""
    """扣沙 or 不扣沙."""
    place: str = ""
    """Which points or which coverage: ``city_points``, ``district_points``, or words."""


class Trace(Strict):
    """How a value came about."""

    formula: Message
    substituted: str
    """The formula with its numbers put in."""
    n_used: int
    n_expected: int | None = None
    n_counted: int | None = None
    """Numerator of a share of `n_used`: 253 of 365 days."""
    edition: str = ""
    clause: str = ""
    is_verified: bool = True
    """False where the rule or the limit was not read in its source."""
    notes: tuple[Message, ...] = ()
    sources: tuple[SourceReference, ...] = ()

    @property
    def rule(self) -> str:
        """Edition and clause in one line; a clause that begins with its edition says both."""
        if self.clause.startswith(self.edition):
            return _(self.clause)
        return f"{self.edition} {_(self.clause)}".strip()


class Observation(Strict):
    """One value of one indicator for one district, year and period."""

    id: str
    district: str
    year: int
    period: str
    """``2018``, ``2018-03``, ``2018-Q1`` or ``2018-01-01/2018-09-30``."""
    indicator: str
    value: Decimal | None
    """Rounded as the standard asks; the value that is judged and shown."""
    unrounded: str = ""
    """The value before rounding, as text."""
    text: str = ""
    """What was observed where that is no number: a status word."""
    unit: str
    basis: Basis = Basis()
    maturity: Maturity
    is_sufficient: bool = True
    """False where too few data were valid: the value is for reference only."""
    reason: str = ""
    """Code of why it is insufficient or absent."""
    completeness: Decimal | None = None
    """Valid share of the full calendar period, 0 to 1."""
    has_document: bool = False
    has_evidence_file: bool = False
    confirmed_by: str = ""
    confirmed_on: dt.date | None = None
    department: str = ""
    unit_name: str = ""
    """Of which single unit (网格, 企业) it is, where it is not of the whole area."""
    sensitivity: dict[str, tuple[Decimal, Decimal]] = Field(default_factory=dict)
    """Lowest and highest value without any one ``day`` or ``month``, that the ``sampling`` of a
    survey leaves open, or that another ``population`` or other ``prices`` give."""
    trace: Trace

    @property
    def is_demonstration(self) -> bool:
        """Whether the value was made by our generator."""
        return self.maturity is Maturity.DEMONSTRATION

    @property
    def is_of_one_point(self) -> bool:
        """Whether it is a single station's value, beside that of the whole area."""
        return "@" in self.id


def observation_id(district: str, year: int, indicator: str, period: str, maturity: str) -> str:
    """Return the name under which pages, exports and traces speak of an observation.

    Where a source gives several values of one maturity, ``/2`` and so on follow from the second.
    """
    return f"{district}/{year}/{indicator}/{period}/{maturity}"
