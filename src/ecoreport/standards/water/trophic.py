"""The trophic state of lakes and reservoirs: the index TLI(Σ) and its bands."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.tables import Line, select
from ecoreport.standards.water.categories import TROPHIC_STATES, from_codes, ordered_type
from ecoreport.standards.water.readings import Floats, numbers, present, require_columns

MOST_DECIMALS: Final = 4


def trophic_index(frame: pd.DataFrame, *, requires_all: bool = True) -> pd.DataFrame:
    """Return the trophic level index of each row and the state that it means.

    Parameters
    ----------
    frame : pandas.DataFrame
        One reading or mean a row: ``chlorophyll_a_mg_m3, tp_mg_l, tn_mg_l, transparency_m,
        codmn_mg_l``.
    requires_all : bool
        True: a row without all five has no index. False: the weights of those present are brought
        to one, as is done where a parameter is not measured; columns may then be missing.

    Returns
    -------
    pandas.DataFrame
        On the same index: one ``tli_…`` a parameter, ``tli`` (unrounded), ``n_parameters``,
        ``trophic_state`` (ordered categorical of ``tli_bands.csv``).

    Raises
    ------
    InputError
        For missing columns, and for values that are not above zero: a reading below the detection
        limit enters with half of it.

    Notes
    -----
    环办〔2011〕22号: ``TLI_j = 10 (a + b ln x)``, weights ``r² / Σ r²``. Below 30 oligotrophic, 30
    to 50 mesotrophic, to 60 lightly, to 70 moderately, above heavily eutrophic.
    """
    lines = _parameter_lines()
    columns = [line["column"] for line in lines]
    if requires_all:
        require_columns(frame, columns)
    present(frame, columns)
    indices = np.array([_index(frame, line) for line in lines])
    squares = np.array([float(line["r"]) ** 2 for line in lines])[:, np.newaxis]
    weights = np.where(np.isnan(indices), 0.0, squares)
    n_parameters = (weights > 0).sum(axis=0)
    is_given = n_parameters == len(lines) if requires_all else n_parameters > 0
    total = np.full(len(frame), np.nan)
    np.divide(np.nansum(weights * indices, axis=0), weights.sum(axis=0), out=total, where=is_given)
    result = {f"tli_{line['column']}": index for line, index in zip(lines, indices, strict=True)}
    return pd.DataFrame(
        {**result, "tli": total, "n_parameters": n_parameters}, index=frame.index
    ).assign(trophic_state=trophic_state(pd.Series(total, index=frame.index)))


def trophic_state(index: pd.Series[float]) -> pd.Series[pd.CategoricalDtype]:
    """Return the state that each TLI(Σ) means.

    Parameters
    ----------
    index : pandas.Series
        As ``tli`` of `trophic_index`.

    Returns
    -------
    pandas.Series
        Ordered categorical of ``tli_bands.csv``; missing where the index is.
    """
    values = index.to_numpy(np.float64, na_value=np.nan)
    codes = np.zeros(len(values), dtype=np.int8)
    for line in select("tli_bands")[1:]:
        low = float(line["low"])
        codes += (values >= low) if line["includes_low"] == "true" else (values > low)
    codes[np.isnan(values)] = -1
    return from_codes(codes, ordered_type(TROPHIC_STATES), index.index)


def index_decimals(index: float) -> int:
    """Return the decimals with which a TLI(Σ) is told: more than one where it would seem an edge.

    59.96 is told as 59.96 and not as 60.0, where the next state begins.
    """
    edges = {float(line["low"]) for line in select("tli_bands") if line["low"]}
    fitting = (n for n in range(1, MOST_DECIMALS) if round(index, n) not in edges - {index})
    return next(fitting, MOST_DECIMALS)


def trophic_weights() -> dict[str, float]:
    """Return the weight of each column in TLI(Σ) where all five were measured."""
    squares = {line["column"]: float(line["r"]) ** 2 for line in _parameter_lines()}
    return {column: square / sum(squares.values()) for column, square in squares.items()}


def _parameter_lines() -> list[Line]:
    return select("tli_parameters")


def _index(frame: pd.DataFrame, line: Line) -> Floats:
    column = line["column"]
    if column not in frame.columns:
        return np.full(len(frame), np.nan)
    values = numbers(frame, column)
    if (values == 0).any():
        position = int((values == 0).argmax())
        raise InputError(
            _(
                "列 {column} 第 {row} 个值（{label}）为 0：应大于 0，未检出的请按检出限的一半计。"
            ).format(column=column, row=position + 1, label=frame.index[position])
        )
    index: Floats = 10 * (float(line["a"]) + float(line["b"]) * np.log(values))
    return index
