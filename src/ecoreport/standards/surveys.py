"""Shares from samples: their margin of error, intervals, sample sizes, and targets."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.rounding import Number, as_fraction
from ecoreport.standards.tables import Line, select

USUAL_CONFIDENCE = 0.95
MOST_CAUTIOUS_SHARE = 0.5
Measured = tuple[Number, Number, Number]
"""A share with the low and the high end of its interval."""


@dataclass(frozen=True)
class SurveyShare:
    """A share of a sample and how near it is to that of the population.

    Attributes
    ----------
    n_yes, n_asked : int
    share : fractions.Fraction
        Exact.
    margin : float or None
        Half the width of the usual interval, as a share (0.021 is 2.1 points); None where no
        chance of selection is known.
    low, high : float or None
        Wilson's interval, which keeps within 0 and 1 and holds for small samples and shares near
        the ends.
    confidence : float
    design, design_effect : str, float
        Key of ``survey_designs.csv``; by how much the design widens the variance.
    """

    n_yes: int
    n_asked: int
    share: Fraction
    margin: float | None
    low: float | None
    high: float | None
    confidence: float
    design: str
    design_effect: float | None


def survey_share(
    n_yes: int,
    n_asked: int,
    design: str = "simple_random",
    *,
    design_effect: float | None = None,
    population: int | None = None,
    confidence: float = USUAL_CONFIDENCE,
) -> SurveyShare:
    """Return the share of a sample with its margin of error.

    Parameters
    ----------
    n_yes, n_asked : int
        Those who said yes and all who answered (the denominator).
    design : str
        Key of ``survey_designs.csv``: ``simple_random``, ``stratified``, ``cluster``,
        ``multistage``; ``quota`` and ``voluntary`` samples have no margin of error.
    design_effect : float, optional
        Variance by that of a simple random sample of the same size. Asked of every probability
        sample that is not simple random: its report gives it.
    population : int, optional
        Of a small population: the margin shrinks by its finiteness.
    confidence : float
        0.95 is usual.

    Returns
    -------
    SurveyShare

    Raises
    ------
    InputError
        For numbers that are no sample, an unknown design, or a missing design effect.
    """
    _require_sample(n_yes, n_asked)
    line = _design(design)
    share = Fraction(n_yes, n_asked)
    if line["is_probability_sample"] != "true":
        return SurveyShare(n_yes, n_asked, share, None, None, None, confidence, design, None)
    effect = _effect(line, design_effect)
    low, high = wilson_interval(
        n_yes, n_asked, design_effect=effect, population=population, confidence=confidence
    )
    margin = margin_of_error(
        share, n_asked, design_effect=effect, population=population, confidence=confidence
    )
    return SurveyShare(n_yes, n_asked, share, margin, low, high, confidence, design, effect)


def margin_of_error(
    share: Number,
    n_asked: int,
    *,
    design_effect: float = 1,
    population: int | None = None,
    confidence: float = USUAL_CONFIDENCE,
) -> float:
    """Return the margin of error of a share, itself a share.

    Parameters
    ----------
    share : number
        0 to 1.
    n_asked : int
    design_effect : float
    population : int, optional
    confidence : float

    Returns
    -------
    float
        ``z √(deff p (1 − p) / n)``, times ``√((N − n) / (N − 1))`` for a small population.

    Raises
    ------
    InputError
        For numbers that are no share or no sample.
    """
    exact = _share(share)
    _require_sample(0, n_asked)
    variance = _positive(design_effect) * float(exact * (1 - exact)) / n_asked
    return _quantile(confidence) * math.sqrt(variance * _finiteness(n_asked, population))


def wilson_interval(
    n_yes: int,
    n_asked: int,
    *,
    design_effect: float = 1,
    population: int | None = None,
    confidence: float = USUAL_CONFIDENCE,
) -> tuple[float, float]:
    """Return Wilson's score interval of a share.

    Parameters
    ----------
    n_yes, n_asked : int
    design_effect : float
        The sample counts as ``n / deff`` answers.
    population : int, optional
        Of a small one the sample counts as many more: ``(N − 1) / (N − n)`` times as many, as in
        `margin_of_error`.
    confidence : float

    Returns
    -------
    tuple of float
        Low and high, 0 to 1.

    Raises
    ------
    InputError
        For numbers that are no sample.

    Notes
    -----
    Wilson 1927: ``(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)``.
    """
    _require_sample(n_yes, n_asked)
    effect = _positive(design_effect) * _finiteness(n_asked, population)
    if not effect:
        return n_yes / n_asked, n_yes / n_asked
    share, size = n_yes / n_asked, n_asked / effect
    squared = _quantile(confidence) ** 2
    middle = share + squared / (2 * size)
    spread = math.sqrt(squared * (share * (1 - share) / size + squared / (4 * size**2)))
    whole = 1 + squared / size
    # The ends are 0 and 1 exactly where nobody or everybody said yes.
    low = 0.0 if n_yes == 0 else (middle - spread) / whole
    high = 1.0 if n_yes == n_asked else (middle + spread) / whole
    return low, high


def change_interval(now: Measured, before: Measured) -> tuple[float, float]:
    """Return the interval of the change between two independent samples.

    Parameters
    ----------
    now, before : tuple of number
        Share, low and high (`wilson_interval`); all as shares or all in percent.

    Returns
    -------
    tuple of float
        Low and high, in the same unit; where 0 lies between, the two do not show a change.

    Raises
    ------
    InputError
        For a share that lies outside its own interval.

    Notes
    -----
    Newcombe 1998, method 10:
    ``d − √((p₁ − l₁)² + (u₂ − p₂)²)`` to ``d + √((u₁ − p₁)² + (p₂ − l₂)²)``.
    """
    (below, above), (below_then, above_then) = _spreads(now), _spreads(before)
    change = float(as_fraction(now[0]) - as_fraction(before[0]))
    return change - math.hypot(below, above_then), change + math.hypot(above, below_then)


def _spreads(measured: Measured) -> tuple[float, float]:
    share, low, high = (as_fraction(one) for one in measured)
    if not low <= share <= high:
        raise InputError(
            _("比例 {value} 不在其误差范围 {low}–{high} 之内。").format(
                value=float(share), low=float(low), high=float(high)
            )
        )
    return float(share - low), float(high - share)


def sample_size(
    margin: float,
    share: float = MOST_CAUTIOUS_SHARE,
    *,
    design_effect: float = 1,
    population: int | None = None,
    confidence: float = USUAL_CONFIDENCE,
) -> int:
    """Return how many answers a margin of error needs.

    Parameters
    ----------
    margin : float
        As a share: 0.02 is two points.
    share : float
        What is expected; a half needs most.
    design_effect, population, confidence
        As in `margin_of_error`.

    Returns
    -------
    int
        The smallest whole number whose margin is no larger.

    Raises
    ------
    InputError
        For a margin that is not between 0 and 1, or numbers that are no share.
    """
    if not 0 < margin < 1:
        raise InputError(
            _("允许误差 {value!r} 应在 0 与 1 之间（2 个百分点写作 0.02）。").format(value=margin)
        )
    exact = float(_share(share))
    infinite = (
        _positive(design_effect) * exact * (1 - exact) * (_quantile(confidence) / margin) ** 2
    )
    if population is None:
        return max(math.ceil(infinite), 1)
    return max(math.ceil(infinite * population / (infinite + population - 1)), 1)


def survey_outcome(
    share: Number, margin: float | None, target: Number, better: str = "higher"
) -> str:
    """Say whether a survey shows that a target is reached.

    Parameters
    ----------
    share, target : number
        Both as shares or both in percent.
    margin : float or None
        In the same unit; None where the sample has none.
    better : {"higher", "lower"}
        Whether the target is a least or a most.

    Returns
    -------
    str
        Key of ``survey_outcomes.csv``: ``reached`` and ``missed`` where the whole margin lies on
        one side of the target, which itself is reached; else ``borderline`` (临界): 80.4 ± 2.1
        against at least 80. ``no_margin`` where there is none.

    Raises
    ------
    InputError
        For a negative margin or another direction.
    """
    if better not in ("higher", "lower"):
        raise InputError(
            _("better 应为 higher 或 lower，收到的是 {value!r}。").format(value=better)
        )
    if margin is None:
        return "no_margin"
    if not margin >= 0:
        raise InputError(_("误差范围 {value!r} 应不小于 0。").format(value=margin))
    ahead = as_fraction(share) - as_fraction(target)
    if better == "lower":
        ahead = -ahead
    width = as_fraction(margin)
    if ahead >= width:
        return "reached"
    return "missed" if ahead < -width else "borderline"


def _design(design: str) -> Line:
    lines = select("survey_designs", design=design)
    if not lines:
        raise InputError(
            _("没有名为 {value!r} 的抽样方式，应为 {known} 之一。").format(
                value=design, known=", ".join(line["design"] for line in select("survey_designs"))
            )
        )
    return lines[0]


def _effect(line: Line, given: float | None) -> float:
    if given is not None:
        return _positive(given)
    if not line["design_effect"]:
        raise InputError(
            _("{design}的误差要用设计效应计算，请按调查报告填写；没有的，不能给出误差。").format(
                design=line["name_zh"]
            )
        )
    return float(line["design_effect"])


def _require_sample(n_yes: int, n_asked: int) -> None:
    if not 0 <= n_yes <= n_asked or n_asked == 0:
        raise InputError(
            _("有效样本 {asked} 份、其中 {yes} 份，不是一个样本。").format(asked=n_asked, yes=n_yes)
        )


def _share(value: Number) -> Fraction:
    exact = as_fraction(value)
    if not 0 <= exact <= 1:
        raise InputError(_("比例 {value} 应在 0 与 1 之间。").format(value=value))
    return exact


def _positive(design_effect: float) -> float:
    if not (math.isfinite(design_effect) and design_effect > 0):
        raise InputError(_("设计效应 {value!r} 应为大于 0 的数。").format(value=design_effect))
    return design_effect


def _quantile(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise InputError(
            _("置信度 {value!r} 应在 0 与 1 之间（95% 写作 0.95）。").format(value=confidence)
        )
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _finiteness(n_asked: int, population: int | None) -> float:
    if population is None:
        return 1
    if population < n_asked:
        raise InputError(
            _("总体 {population} 少于样本 {asked}，请核对。").format(
                population=population, asked=n_asked
            )
        )
    return (population - n_asked) / (population - 1) if population > 1 else 0
