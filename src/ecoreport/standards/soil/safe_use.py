"""Rates of safe use: areas by areas, from the departments' registers."""

from __future__ import annotations

import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.columns import numbers
from ecoreport.standards.ratios import Rate, rate, rate_of_sums

SAFELY_USED = "safely_used_area"
POLLUTED = "polluted_area"


def safe_use_rate(areas: pd.DataFrame) -> Rate:
    """Return the rate of safe use of polluted farmland or of polluted plots (安全利用率).

    Areas come from the registers of the departments, never from a count of sampling points.

    Parameters
    ----------
    areas : pandas.DataFrame
        One township, field or plot a row: ``safely_used_area`` and ``polluted_area``, both in one
        unit (mu, hectares or square metres), which cancels.

    Returns
    -------
    Rate
        Without any polluted area there is no rate and ``absence`` is ``nothing_to_rate``; with an
        area missing it is ``missing``, for the rest would make another rate, and so it is for an
        empty register, which is no nil return.

    Raises
    ------
    InputError
        For a missing column, text, a negative area, and a row where more is safely used than is
        polluted.

    Notes
    -----
    受污染耕地安全利用率核算方法（试行） (one source): ``(B + C + D) / E`` — lightly polluted land
    with measures of protection, land in safe use or remediation whose produce meets its standard,
    and land under strict control, by all polluted farmland. How land with measures of two kinds
    counts was not in the text read; it must not count twice.
    """
    used, polluted = numbers(areas, SAFELY_USED), numbers(areas, POLLUTED)
    is_wrong = used > polluted
    if is_wrong.any():
        position = int(is_wrong.argmax())
        raise InputError(
            _(
                "第 {row} 行（{label}）安全利用面积 {used} 大于受污染面积 {polluted}，请核对。"
            ).format(
                row=position + 1,
                label=areas.index[position],
                used=used[position],
                polluted=polluted[position],
            )
        )
    if areas.empty:
        return rate(None, None)
    return rate_of_sums(used.tolist(), polluted.tolist())
