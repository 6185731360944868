"""Tables of the chapter on surface water."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isnan

from markupsafe import Markup

from ecoreport.components import component
from ecoreport.findings.water_apart import NAMES_MAX, Apart
from ecoreport.findings.water_grades import Graded, grade_name
from ecoreport.findings.water_improvement import item, left, symbol
from ecoreport.findings.water_monitored import INDICATORS, Monitored, level_names
from ecoreport.findings.wording import span
from ecoreport.i18n import _, current_locale
from ecoreport.narrative import unit_suffix
from ecoreport.numbers import format_number, plain_decimal
from ecoreport.report import Provenance, Report
from ecoreport.standards.rounding import round_half_even
from ecoreport.standards.tables import select
from ecoreport.water_improvement import Improvement

SHARE_DECIMALS = 1
SIGNIFICANT_DIGITS = 3
SPARE_DECIMALS = 1
"""Beside those of assessed values: a mean beside its limit must not look equal to it."""


def improvements(report: Report, found: Sequence[Improvement], provenance: Provenance) -> Markup:
    """Return what misses its class as a table: mean, limit, and what it would have to come to."""
    return component(
        "water_improvement",
        rows=[_row(report, one) for one in found],
        span=span(report) or _("全年"),
        is_over=report.as_of is None,
        provenance=provenance,
    )


def polluted(report: Report, rows: Sequence[Mapping[str, str]], provenance: Provenance) -> Markup:
    """Return the sections beyond class III as a table, with their main indicators."""
    known = span(report) or _("全年")
    return component("water_polluted", rows=rows, span=known, provenance=provenance)


def rivers(found: Sequence[Graded], provenance: Provenance) -> Markup:
    """Return the grades of rivers and lakes as a table."""
    rows = [
        {
            "name": one.name,
            "n_sections": one.n_sections,
            "grade": grade_name(one.grade),
            "method": _("各断面均值") if one.is_by_means else _("断面类别比例"),
            "percent_to_iii": _number(Fraction(one.percent_to_iii), SHARE_DECIMALS),
            "percent_below_v": _number(Fraction(one.percent_below_v), SHARE_DECIMALS),
            "main_indicators": one.main_indicators,
            "change": one.change,
        }
        for one in found
    ]
    has_changes = any(one.change for one in found)
    return component("water_rivers", rows=rows, has_changes=has_changes, provenance=provenance)


def apart(report: Report, found: Sequence[Apart], provenance: Provenance) -> Markup:
    """Return by how many sections total nitrogen and coliforms are of which class, as a table."""
    column = f"name_{current_locale()}"
    return component(
        "water_apart",
        rows=[
            {
                "item": one.item,
                "n_sections": one.n_sections,
                "means": _range_of_means(one),
                "has_limits": one.has_limits,
                "counts": list(one.n_by_class.values()) if one.n_sections else [],
                "beyond": _shortened(one.beyond),
                "few": _shortened(
                    [
                        _("{name}（{n}个月，均值{mean}）").format(
                            name=name, n=n, mean=_significant(mean)
                        )
                        for name, n, mean in one.few
                    ]
                ),
            }
            for one in found
        ],
        classes=[line[column] for line in select("water_classes")],
        span=span(report) or _("全年"),
        provenance=provenance,
    )


def _range_of_means(one: Apart) -> str:
    if one.means is None:
        return ""
    low, high = map(_significant, one.means)
    return _("{low}~{high} {unit}").format(low=low, high=high, unit=one.unit)


def monitored(found: Sequence[Monitored], provenance: Provenance) -> Markup:
    """Return the waters whose points were monitored as a table."""
    lines = {line["column"]: line for line in select("water_items")}
    column = f"name_{current_locale()}"
    text = _("{name}（{unit}）")
    return component(
        "water_monitored",
        rows=[
            {
                "body": one.body,
                "n_points": one.n_points,
                "n_visits": one.n_visits,
                "means": ["" if isnan(mean) else _significant(mean) for mean in one.means],
                "levels": [
                    _("{level}{n}个").format(level=name, n=n)
                    for name, n in zip(level_names(), one.n_by_level, strict=True)
                    if n
                ],
                "level": one.level,
                "reported": one.reported,
                "differs": one.differs,
                "is_sufficient": one.is_sufficient,
            }
            for one in found
        ],
        indicators=[
            text.format(name=lines[name][column], unit=lines[name]["unit"]) for name in INDICATORS
        ],
        provenance=provenance,
    )


def _shortened(names: Sequence[str]) -> str:
    """Return the first of some names, and how many there are where there are more."""
    listed = _("、").join(names[:NAMES_MAX])
    if len(names) <= NAMES_MAX:
        return listed
    return _("{names}等{n}个").format(names=listed, n=len(names))


def _significant(value: float) -> str:
    """Write a value of any size with three digits that count, and none before the point lost."""
    decimals = max(0, SIGNIFICANT_DIGITS - max(1, len(str(int(abs(value))))))
    return _number(Fraction(value), decimals)


def _row(report: Report, one: Improvement) -> dict[str, object]:
    margin = one.margin
    return {
        "name": one.name,
        "river": "" if one.is_lake else one.river,
        "target": symbol(one.target_class),
        "item": item(one),
        "unit": margin.unit if margin.unit != "-" else "",
        "mean": _number(margin.mean, margin.decimals + SPARE_DECIMALS),
        "limit": _number(margin.limit, margin.decimals),
        "sign": "≥" if margin.is_floor else "≤",
        "needed": _needed(report, one),
        "is_sufficient": one.is_sufficient,
    }


def _needed(report: Report, one: Improvement) -> str:
    margin = one.margin
    if margin.is_impossible:
        return _("已不可能")
    if margin.stated is not None:
        text = _("{left}均值{sign}{value}")
        return text.format(
            left=left(report, one),
            sign="≥" if margin.is_floor else "≤",
            value=format_number(margin.stated),
        )
    if margin.n_left:
        return _("不推算")
    missing = format_number(margin.shortfall) + unit_suffix(margin.unit).unescape()
    if margin.fall_percent is None:
        return _("升高{missing}").format(missing=missing)
    text = _("下降{missing}（{share}%）")
    return text.format(missing=missing, share=format_number(margin.fall_percent))


def _number(value: Fraction, decimals: int) -> str:
    return format_number(plain_decimal(round_half_even(float(value), decimals), decimals))
