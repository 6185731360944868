"""How good the water of a section, a river or a basin is (水质状况)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.rounding import Number, as_fraction
from ecoreport.standards.statistics import attainment_rate
from ecoreport.standards.tables import Line, least_verified, select, single
from ecoreport.standards.water.categories import (
    GRADES,
    as_water_classes,
    class_code,
    from_codes,
    ordered_type,
    water_class_type,
)
from ecoreport.standards.water.classes import WaterBody, section_class
from ecoreport.standards.water.indicators import basin_main_indicators, main_indicators
from ecoreport.standards.water.limits import section_columns
from ecoreport.standards.water.means import period_means
from ecoreport.standards.water.readings import present
from ecoreport.standards.water.rules import assessment_rule

GOOD_UP_TO = "III"


@dataclass(frozen=True)
class ClassShares:
    """How the sections of an area share out over the classes.

    Attributes
    ----------
    n_sections : int
        All that were handed in.
    n_assessed : int
        Those with a class: the denominator.
    counts : dict
        Class to sections, every class.
    n_to_iii, n_below_v : int
        Sections of class I to III, and below V.
    percent_to_iii, percent_below_v : float
        One decimal; NaN without an assessed section.
    """

    n_sections: int
    n_assessed: int
    counts: dict[str, int]
    n_to_iii: int
    n_below_v: int
    percent_to_iii: float
    percent_below_v: float

    def share(self, n_sections: int) -> Fraction:
        """Return a number of sections as an exact percentage of those assessed."""
        return Fraction(100 * n_sections, self.n_assessed)


@dataclass(frozen=True)
class BasinGrade:
    """The water of a river, a basin or a lake as a whole.

    Attributes
    ----------
    grade : str or None
        Key of ``water_grades.csv``; None without an assessed section.
    method : {"means", "shares"}
        ``means``: the class of the means over fewer than five sections.
    water_class : str or None
        By ``means`` only.
    shares : ClassShares
    main_indicators : pandas.DataFrame
        As `main_indicators` (``means``) or `basin_main_indicators` give it; empty where the water
        is excellent or good.
    verified : str
        How well the method was checked.
    """

    grade: str | None
    method: str
    water_class: str | None
    shares: ClassShares
    main_indicators: pd.DataFrame
    verified: str


def section_grade(classes: pd.Series[Any]) -> pd.Series[Any]:
    """Return the grade (水质状况) that goes with each class.

    Parameters
    ----------
    classes : pandas.Series
        As `section_class` gives them.

    Returns
    -------
    pandas.Series
        Ordered categorical of ``water_grades.csv``, best first; missing where there is no class.

    Notes
    -----
    环办〔2011〕22号: I and II excellent, III good, IV lightly, V moderately, below V heavily
    polluted.
    """
    dtype = ordered_type(GRADES)
    of_class = [dtype.categories.get_loc(line["grade"]) for line in select("water_classes")]
    places = as_water_classes(classes).cat.codes.to_numpy()
    return from_codes(np.array([*of_class, -1])[places], dtype, classes.index)


def class_shares(classes: pd.Series[Any]) -> ClassShares:
    """Share out sections over the classes.

    Parameters
    ----------
    classes : pandas.Series
        One section a row; sections without a class are counted and left out of the shares.

    Returns
    -------
    ClassShares
    """
    codes = as_water_classes(classes).cat.codes
    names = list(water_class_type().categories)
    counts = {name: int((codes == code).sum()) for code, name in enumerate(names)}
    n_assessed = sum(counts.values())
    n_good = sum(counts[name] for name in names[: class_code(GOOD_UP_TO) + 1])
    n_below = counts[names[-1]]
    decimals = int(assessment_rule("share_decimals").number)
    return ClassShares(
        n_sections=len(classes),
        n_assessed=n_assessed,
        counts=counts,
        n_to_iii=n_good,
        n_below_v=n_below,
        percent_to_iii=attainment_rate(n_good, n_assessed, decimals),
        percent_below_v=attainment_rate(n_below, n_assessed, decimals),
    )


def grade_of_shares(percent_to_iii: Number, percent_below_v: Number) -> str:
    """Return the grade of a river or basin of five sections or more.

    Parameters
    ----------
    percent_to_iii, percent_below_v : number
        Share of the sections of class I to III, and of those below V, in percent, unrounded.

    Returns
    -------
    str
        Key of ``water_grades.csv``.

    Raises
    ------
    InputError
        If the two are no shares of one whole.

    Notes
    -----
    环办〔2011〕22号: 90 and 75 percent of I to III; below 75 percent by 20 and 40 percent below V.
    """
    good, below = as_fraction(percent_to_iii), as_fraction(percent_below_v)
    if good < 0 or below < 0 or good + below > 100:
        raise InputError(
            _("Ⅰ~Ⅲ类比例 {good} 与劣Ⅴ类比例 {below} 应在 0 至 100 之间，且合计不超过 100。").format(
                good=percent_to_iii, below=percent_below_v
            )
        )
    return next(
        line["grade"]
        for line in select("water_grades")
        if _holds(line, "share_to_iii", good) and _holds(line, "share_below_v", below)
    )


def basin_grade(frame: pd.DataFrame, water_body: WaterBody, year: int) -> BasinGrade:
    """Grade a river, a basin, or a lake by its points.

    Parameters
    ----------
    frame, water_body
        As in `item_classes`; one section a row. Sections without any item measured count neither
        for the method nor for the shares.
    year : int
        Of the readings; chooses how pH is averaged.

    Returns
    -------
    BasinGrade

    Raises
    ------
    InputError
        As `item_classes`; and where fewer than five sections are of rivers and lakes together.

    Notes
    -----
    环办〔2011〕22号: fewer than five sections are judged by the means of every item over the
    sections, five and more by the shares of their classes. That five go with the shares was read
    in one source.
    """
    classes = section_class(frame, water_body)
    shares = class_shares(classes)
    rule = assessment_rule("shares_from_sections")
    if shares.n_assessed >= rule.number:
        return _by_shares(frame, water_body, shares, rule.verified)
    assessed = frame[classes.notna().to_numpy()]
    body = _only_body(water_body, classes)
    if body is None:
        nothing = main_indicators(frame.iloc[:0], "river")
        return BasinGrade(None, "means", None, shares, nothing, rule.verified)
    return _by_means(assessed, body, shares, rule.verified, year)


def _by_shares(
    frame: pd.DataFrame, water_body: WaterBody, shares: ClassShares, verified: str
) -> BasinGrade:
    grade = grade_of_shares(shares.share(shares.n_to_iii), shares.share(shares.n_below_v))
    indicators = basin_main_indicators(frame, water_body)
    line = single("water_grades", grade=grade)
    return BasinGrade(
        grade=grade,
        method="shares",
        water_class=None,
        shares=shares,
        main_indicators=indicators.iloc[:0] if _is_good(grade) else indicators,
        verified=least_verified((verified, line["verified"])),
    )


def _by_means(
    frame: pd.DataFrame, body: str, shares: ClassShares, verified: str, year: int
) -> BasinGrade:
    columns = present(frame, section_columns())
    whole = frame[columns].assign(whole=0)
    means = period_means(whole, ["whole"], year)
    classes = section_class(means, body)
    grade = str(section_grade(classes).iloc[0])
    return BasinGrade(
        grade=grade,
        method="means",
        water_class=str(classes.iloc[0]),
        shares=shares,
        main_indicators=main_indicators(means, body),
        verified=verified,
    )


def _only_body(water_body: WaterBody, classes: pd.Series[Any]) -> str | None:
    """Return the kind of water of the assessed sections, None without any."""
    if not classes.notna().any():
        return None
    if isinstance(water_body, str):
        return water_body
    bodies = set(water_body[classes.notna().to_numpy()])
    if len(bodies) > 1:
        raise InputError(_("断面少于 5 个时按浓度均值评价，河流与湖库不能合并计算，请分开评价。"))
    return str(bodies.pop())


def _is_good(grade: str) -> bool:
    grades = list(ordered_type(GRADES).categories)
    good = single("water_classes", **{"class": GOOD_UP_TO})["grade"]
    return grades.index(grade) <= grades.index(good)


def _holds(line: Line, share: str, percent: Fraction) -> bool:
    from_ = Fraction(line[f"{share}_from"] or 0)
    below = float(line[f"{share}_below"] or math.inf)
    return from_ <= percent < below
