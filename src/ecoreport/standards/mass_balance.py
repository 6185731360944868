"""Mass balances of waste: what came in against what went out and what is left, exactly."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.columns import named, numbers, require_columns
from ecoreport.standards.tables import Line, select

NOTHING = Decimal(0)


def mass_balance(masses: pd.DataFrame, tolerance_t: Decimal = NOTHING) -> pd.DataFrame:
    """Hold what was generated and in stock against what became of it.

    Parameters
    ----------
    masses : pandas.DataFrame
        One kind of waste, plant or year a row, in tonnes: ``stock_start_t, generated_t, used_t,
        disposed_t, transferred_t, dumped_t, stock_end_t``. A missing term is missing, not zero,
        but for what was dumped: a table without it, or an empty cell, tells of none.
    tolerance_t : decimal.Decimal
        How large a gap may be and still count as balanced.

    Returns
    -------
    pandas.DataFrame
        On the same index: ``in_t``, ``out_t``, ``gap_t`` (``in − out``; above zero: something is
        unaccounted for), each an exact Decimal or None; ``gap_percent`` (of ``in_t``; NaN where
        that is zero), ``is_balanced`` (``boolean``), ``missing_terms`` (tuple of Chinese names).

    Raises
    ------
    InputError
        For missing columns, text and negative masses.

    Notes
    -----
    ``generated + stock at the start = used + disposed + transferred + dumped + stock at the end``.
    Exact: masses are taken as the decimals that they are written as.
    """
    lines = select("mass_balance_terms")
    empty = {line["column"]: 0 for line in lines if line["may_be_empty"] == "true"}
    require_columns(masses, [line["column"] for line in lines if line["column"] not in empty])
    masses = masses.reindex(columns=masses.columns.union([*empty])).fillna(empty)
    terms = {line["column"]: _decimals(masses, line["column"]) for line in lines}
    is_missing = {line["name_zh"]: terms[line["column"]].isna().to_numpy() for line in lines}
    came_in, went_out = _sum(terms, lines, "in"), _sum(terms, lines, "out")
    gap = [
        None if one is None or other is None else one - other
        for one, other in zip(came_in, went_out, strict=True)
    ]
    balanced = [None if one is None else abs(one) <= _tolerance(tolerance_t) for one in gap]
    return pd.DataFrame(
        {
            "in_t": pd.Series(came_in, index=masses.index, dtype=object),
            "out_t": pd.Series(went_out, index=masses.index, dtype=object),
            "gap_t": pd.Series(gap, index=masses.index, dtype=object),
            "gap_percent": [
                _percent(one, all_in) for one, all_in in zip(gap, came_in, strict=True)
            ],
            "is_balanced": pd.array(balanced, dtype="boolean"),
            "missing_terms": named(is_missing, masses.index),
        },
        index=masses.index,
    )


def _decimals(masses: pd.DataFrame, column: str) -> pd.Series[Any]:
    floats = numbers(masses, column)
    exact = [
        None if math.isnan(number) else Decimal(str(cell))
        for number, cell in zip(floats, masses[column], strict=True)
    ]
    return pd.Series(exact, index=masses.index, dtype=object)


def _sum(terms: dict[str, pd.Series[Any]], lines: list[Line], side: str) -> list[Decimal | None]:
    columns = [terms[line["column"]] for line in lines if line["side"] == side]
    return [
        None if any(mass is None for mass in row) else sum(row, NOTHING)
        for row in zip(*columns, strict=True)
    ]


def _percent(gap: Decimal | None, came_in: Decimal | None) -> float:
    return float(100 * gap / came_in) if gap is not None and came_in else math.nan


def _tolerance(tolerance_t: Decimal) -> Decimal:
    if not tolerance_t >= 0:
        raise InputError(_("允许的差额 {value} 应不小于 0。").format(value=tolerance_t))
    return tolerance_t
