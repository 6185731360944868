"""How water changed from one period to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.tables import least_verified
from ecoreport.standards.water.categories import (
    CHANGES,
    GRADES,
    codes_in,
    from_codes,
    ordered_type,
)
from ecoreport.standards.water.grades import class_shares
from ecoreport.standards.water.rules import Rule, assessment_rule


@dataclass(frozen=True)
class ShareChange:
    """How the classes of an area's sections changed.

    Attributes
    ----------
    change : str or None
        Key of ``water_changes.csv``; None if a period has no class at all.
    difference_to_iii, difference_below_v : fractions.Fraction or None
        Percentage points, exact, after minus before.
    balance : fractions.Fraction or None
        ``difference_to_iii - difference_below_v``: above zero the water is better.
    verified : str
        How well the steps were checked.
    """

    change: str | None
    difference_to_iii: Fraction | None
    difference_below_v: Fraction | None
    balance: Fraction | None
    verified: str


def grade_change(before: pd.Series[Any], after: pd.Series[Any]) -> pd.Series[Any]:
    """Return how the grade of each section, river or basin changed.

    Parameters
    ----------
    before, after : pandas.Series
        Grades as `section_grade` gives them, on one index.

    Returns
    -------
    pandas.Series
        Ordered categorical of ``water_changes.csv``, worst first; missing where a grade is.

    Raises
    ------
    InputError
        If the two stand on different indices, or hold no grades.

    Notes
    -----
    环办〔2011〕22号: no step of the grade, no clear change; one step, some; two and more, a clear
    change.
    """
    if not before.index.equals(after.index):
        raise InputError(_("两个时段的断面应相同且顺序一致。"))
    first, second = codes_in(before, GRADES), codes_in(after, GRADES)
    slight = int(assessment_rule("grade_steps_slight").number)
    clear = int(assessment_rule("grade_steps_clear").number)
    steps = first - second
    size = np.abs(steps)
    amounts = np.sign(steps) * ((size >= slight).astype(int) + (size >= clear).astype(int))
    dtype = ordered_type(CHANGES)
    codes = np.where((first < 0) | (second < 0), -1, amounts + _no_change(dtype))
    return from_codes(codes, dtype, after.index)


def share_change(before: pd.Series[Any], after: pd.Series[Any]) -> ShareChange:
    """Return how an area changed by the shares of its sections' classes.

    Parameters
    ----------
    before, after : pandas.Series
        Classes, one section a row; the sections may differ.

    Returns
    -------
    ShareChange

    Notes
    -----
    环办〔2011〕22号: with ΔG the change of the share of I to III and ΔD that of the share below V,
    ``|ΔG - ΔD|`` up to 10 percentage points is no clear change (unverified), up to 20 some, above
    20 a clear change (one source); the sign tells better from worse.
    """
    first, second = class_shares(before), class_shares(after)
    if not (first.n_assessed and second.n_assessed):
        return ShareChange(None, None, None, None, _verified(_share_rules()))
    to_iii = second.share(second.n_to_iii) - first.share(first.n_to_iii)
    below_v = second.share(second.n_below_v) - first.share(first.n_below_v)
    return change_of_shares(to_iii, below_v)


def change_of_shares(to_iii: Fraction, below_v: Fraction) -> ShareChange:
    """Return how an area changed, by the changes of two shares of its sections.

    Parameters
    ----------
    to_iii, below_v : fractions.Fraction
        Change of the share of I to III, and of that below V, in percentage points.

    Returns
    -------
    ShareChange

    Notes
    -----
    As `share_change`.
    """
    rules = _share_rules()
    balance = to_iii - below_v
    amount = sum(abs(balance) > rule.number for rule in rules)
    dtype = ordered_type(CHANGES)
    place = _no_change(dtype) + (amount if balance > 0 else -amount)
    return ShareChange(str(dtype.categories[place]), to_iii, below_v, balance, _verified(rules))


def _share_rules() -> list[Rule]:
    return [assessment_rule(f"share_change_{size}_above") for size in ("slight", "clear")]


def _verified(rules: Sequence[Rule]) -> str:
    return least_verified(rule.verified for rule in rules)


def _no_change(dtype: pd.CategoricalDtype) -> int:
    # Changes are listed from clearly worse to clearly better.
    return len(dtype.categories) // 2
