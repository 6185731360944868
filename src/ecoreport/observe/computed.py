"""From a number computed of tables to an observation: maturity, completeness, trace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.config.vocabulary import Maturity
from ecoreport.message import Message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.observation import (
    Basis,
    Observation,
    SourceReference,
    Trace,
    observation_id,
)
from ecoreport.observe.precedence import RANKS
from ecoreport.observe.registry import Inputs
from ecoreport.observe.rows import papers_named
from ecoreport.standards.columns import month_numbers
from ecoreport.standards.rounding import round_half_even

MORE = "…"
CHECKED = frozenset({Maturity.VERIFIED, Maturity.AUDITED})


@dataclass(frozen=True)
class Computed:
    """A number computed of the rows of tables.

    Attributes
    ----------
    value : decimal.Decimal or None
        None where what there is is too little to tell any; `reason` says of what.
    n_used, n_expected : int
        Of what it is a number of: sections, months, sources.
    n_counted : int, optional
        Numerator, where the value is a share of `n_used`.
    period : str
        A part of the year; empty for the period observed.
    place : str
        What it covers, where that is not what the indicator says.
    reason : str
        Why it is for reference only; empty where it is not.
    """

    value: Decimal | None
    formula: Message
    substituted: str
    n_used: int
    n_expected: int
    n_counted: int | None = None
    unrounded: str = ""
    period: str = ""
    place: str = ""
    reason: str = ""
    edition: str = ""
    clause: str = ""
    is_verified: bool = True
    notes: tuple[Message, ...] = ()
    sensitivity: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)


def observation_of(
    indicator: Indicator,
    inputs: Inputs,
    computed: Computed,
    maturity: Maturity,
    sources: tuple[SourceReference, ...],
    rows: pd.DataFrame | None = None,
) -> Observation:
    """Return the observation of a computed number.

    Its basis is what the indicator covers: computed as the indicator is defined, it goes before a
    figure that was reported without saying what it covers. Data that were checked need no
    document beside them; others have the one that each of `rows` names.
    """
    papers = {} if rows is None else papers_named(rows)
    pair, period = inputs.pair, computed.period or inputs.period.label
    name = f"{indicator.id}@{computed.place}" if computed.place else indicator.id
    used, expected = Decimal(computed.n_used), Decimal(computed.n_expected)
    return Observation(
        id=observation_id(pair.district, pair.year, indicator.id, period, maturity.value)
        + f"/{indicator.statistic}"
        + (f"/{computed.place}" if name != indicator.id else ""),
        district=pair.district,
        year=pair.year,
        period=period,
        indicator=indicator.id,
        value=computed.value,
        unrounded=computed.unrounded or _as_text(computed.value),
        unit=indicator.unit,
        basis=Basis(place=computed.place or indicator.coverage),
        maturity=maturity,
        is_sufficient=not computed.reason,
        reason=computed.reason,
        completeness=round(min(used / expected, Decimal(1)), 4) if expected else None,
        has_document=maturity in CHECKED or papers.get("has_document", False),
        has_evidence_file=papers.get("has_evidence_file", bool(sources)),
        sensitivity=computed.sensitivity,
        trace=Trace(
            formula=computed.formula,
            substituted=computed.substituted,
            n_used=computed.n_used,
            n_expected=computed.n_expected,
            n_counted=computed.n_counted,
            edition=computed.edition,
            clause=computed.clause,
            is_verified=computed.is_verified and indicator.is_verified,
            notes=computed.notes,
            sources=sources,
        ),
    )


def _as_text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def counted(n_counted: int, n_used: int, formula: Message) -> Computed:
    """Return how many of `n_used`, all that were expected, were counted."""
    return Computed(
        value=Decimal(n_counted),
        formula=formula,
        substituted=str(n_counted),
        n_used=n_used,
        n_expected=n_used,
        n_counted=n_counted,
    )


def counted_percent(
    n_counted: int, n_used: int, formula: Message, decimals: int | None
) -> Computed:
    """Return what part of `n_used`, all that were expected, was counted, in percent.

    Parameters
    ----------
    n_used : int
        Above nought.
    decimals : int or None
        As :func:`rounded` takes them.
    """
    percent = Fraction(100 * n_counted, n_used)
    return replace(
        counted(n_counted, n_used, formula),
        value=rounded(percent, decimals),
        unrounded=exact_text(percent),
        substituted=f"{n_counted} ÷ {n_used} × 100",
    )


def weakest(maturities: Iterable[object]) -> Maturity:
    """Return the least checked of the maturities of rows: a number is no better than that."""
    return max((Maturity(str(one)) for one in set(maturities)), key=RANKS.__getitem__)


def sources_of(inputs: Inputs, datasets: Sequence[str]) -> tuple[SourceReference, ...]:
    """Return the files of several datasets."""
    return tuple(one for name in datasets for one in inputs.sources.get(name, ()))


def rounded(value: Fraction, decimals: int | None) -> Decimal:
    """Return an exact number rounded half to even; one decimal where none is asked for."""
    places = 1 if decimals is None else decimals
    return plain_decimal(round_half_even(value, places), places)


def exact_text(value: Fraction) -> str:
    """Return an exact number as text, cut to the digits that a float shows."""
    return f"{plain_decimal(float(value)):f}"


def shortened(names: Iterable[object], most: int) -> tuple[str, ...]:
    """Return the first of some names, and … where there are more; the text tells how many."""
    listed = tuple(map(str, names))
    return listed if len(listed) <= most else (*listed[:most], MORE)


def months_known(frame: pd.DataFrame, inputs: Inputs, column: str = "month") -> pd.DataFrame:
    """Return the rows of months of the year that had ended by the last day read, by number.

    Parameters
    ----------
    frame : pandas.DataFrame
        With months as ``2018-03`` in `column`; they become numbers from 1.
    """
    months = month_numbers(frame[column], inputs.period.year)
    is_known = (months <= inputs.period.n_whole_months).fillna(False).astype(bool)
    return frame[is_known].assign(**{column: months[is_known].astype("int64")})
