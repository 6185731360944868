"""Observations of resources: totals, intensities and their falls, of departments' basic figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, cast

from ecoreport.config.models import Indicator
from ecoreport.message import N_, message
from ecoreport.observe.computed import Computed, exact_text, rounded
from ecoreport.observe.figures import (
    DECIMALS,
    Figure,
    as_told,
    observation_of_rows,
    rows_of_figures,
    told_figures,
    told_twice,
)
from ecoreport.observe.observation import Observation
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.standards.ratios import NOTHING_TO_RATE
from ecoreport.standards.resources import intensity, intensity_fall

DATASET = "resource_accounts"
LAST_YEAR: Final = "last_year_"
"""Before the name of a column: the same of the year before, as it is counted now."""
GDP, GDP_COMPARABLE = "gdp_100m_yuan", "gdp_comparable_100m_yuan"
RATIOS: Final = {
    "energy_10k_tce:gdp_100m_yuan": N_("能源消费总量 ÷ 地区生产总值（当年价）"),
    "coal_10k_t:gdp_100m_yuan": N_("煤炭消费总量 ÷ 地区生产总值（当年价）"),
    "water_10k_m3:gdp_100m_yuan": N_("用水总量 ÷ 地区生产总值（当年价）"),
    "industrial_value_100m_yuan:industrial_land_mu": N_("工业增加值（当年价） ÷ 工业用地面积"),
    "gdp_100m_yuan:construction_land_ha": N_("地区生产总值（当年价） ÷ 建设用地面积"),
    "irrigation_net_10k_m3:irrigation_gross_10k_m3": N_("灌入田间的有效水量 ÷ 渠首引水量"),
    "reused_water_10k_m3:industrial_water_10k_m3": N_("重复用水量 ÷ 工业用水总量 × 100"),
    "power_coal_10k_t:coal_10k_t": N_("电力行业煤炭消费量 ÷ 煤炭消费总量 × 100"),
    "nonpower_coal_10k_t:coal_10k_t": N_("非电行业煤炭消费量 ÷ 煤炭消费总量 × 100"),
    "high_technology_output_100m_yuan:industrial_output_100m_yuan": N_(
        "高新技术产业产值 ÷ 规模以上工业总产值 × 100"
    ),
    "primary_100m_yuan:gdp_100m_yuan": N_("第一产业增加值 ÷ 地区生产总值 × 100"),
    "secondary_100m_yuan:gdp_100m_yuan": N_("第二产业增加值 ÷ 地区生产总值 × 100"),
    "services_100m_yuan:gdp_100m_yuan": N_("第三产业增加值 ÷ 地区生产总值 × 100"),
}
FALLS: Final = {
    "energy_10k_tce": N_("（1 − 本年单位GDP能耗 ÷ 上年单位GDP能耗） × 100，按可比价"),
    "coal_10k_t": N_("（1 − 本年单位GDP煤炭消费量 ÷ 上年单位GDP煤炭消费量） × 100，按可比价"),
    "water_10k_m3": N_("（1 − 本年单位GDP用水量 ÷ 上年单位GDP用水量） × 100，按可比价"),
    "industrial_energy_10k_tce": N_(
        "（1 − 本年单位工业增加值能耗 ÷ 上年单位工业增加值能耗） × 100，按可比价"
    ),
}
AMOUNT = N_("部门填报的总量")
BY_COMPARABLE = N_("地区生产总值按可比价计为{value}{unit}")
PRICES: Final = "prices"
"""Current or comparable ones, among the ways in which a value may vary."""


@statistic("resource_amount")
def resource_amount(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Take a total of the table; the argument names its column."""
    found = resource_figures(inputs).get(indicator.argument)
    return [] if found is None else [as_told(indicator, inputs, DATASET, found, message(AMOUNT))]


@statistic("resource_ratio")
def resource_ratio(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure what is used or gained a unit of something else, or a share of a whole.

    The argument names both columns and the factor between their units and the indicator's:
    ``energy_10k_tce:gdp_100m_yuan:1``. Plans do not say at which prices value is taken: it is
    taken at those of the year, and what comparable ones would give is told and kept as what the
    value may vary with.
    """
    names, factor = indicator.argument.rsplit(":", 1)
    part_name, whole_name = names.split(":")
    figures = resource_figures(inputs)
    part, whole = figures.get(part_name), figures.get(whole_name)
    if part is None or whole is None:
        return []
    exact = intensity(part.value, whole.value, Decimal(factor))
    is_share = _is_share(part_name, whole_name)
    reason = "part_exceeds_whole" if is_share and part.value > whole.value else ""
    computed = Computed(
        value=rounded(exact or Fraction(0), _places(indicator)),
        unrounded="" if exact is None else exact_text(exact),
        formula=message(RATIOS[names]),
        substituted=_substituted(part, whole, Decimal(factor)),
        n_used=1,
        n_expected=1,
        reason=NOTHING_TO_RATE if exact is None else reason,
        notes=told_twice(part, whole),
    )
    rows = rows_of_figures(part, whole)
    found = observation_of_rows(indicator, inputs, computed, DATASET, rows)
    comparable = figures.get(GDP_COMPARABLE)
    if whole_name != GDP or is_share or comparable is None:
        return [found]
    return [_with_other_prices(found, indicator, part, comparable, Decimal(factor))]


@statistic("resource_fall")
def resource_fall(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure by how much an intensity fell on the year before, at comparable prices.

    The argument names what is used and the value at comparable prices; both years of both stand
    in this year's table, counted in one way.
    """
    names = indicator.argument.split(":")
    columns = [*names, *(f"{LAST_YEAR}{name}" for name in names)]
    told = resource_figures(inputs)
    known = [told[name] for name in columns if name in told]
    if len(known) < len(columns):
        return []
    exact = intensity_fall(*(one.value for one in known))
    part, whole, part_before, whole_before = (f"{one.value:f}" for one in known)
    computed = Computed(
        value=rounded(exact or Fraction(0), _places(indicator)),
        unrounded="" if exact is None else exact_text(exact),
        formula=message(FALLS[names[0]]),
        substituted=f"(1 − ({part} ÷ {whole}) ÷ ({part_before} ÷ {whole_before})) × 100",
        n_used=2,
        n_expected=2,
        reason=NOTHING_TO_RATE if exact is None else "",
        notes=told_twice(*known),
    )
    rows = rows_of_figures(*known)
    return [observation_of_rows(indicator, inputs, computed, DATASET, rows)]


def resource_figures(inputs: Inputs) -> dict[str, Figure]:
    """Return each column's number, from whichever department tells it; computed once."""
    if DATASET not in inputs.computed:
        inputs.computed[DATASET] = told_figures(inputs, DATASET)
    return cast("dict[str, Figure]", inputs.computed[DATASET])


def _with_other_prices(
    found: Observation, indicator: Indicator, part: Figure, comparable: Figure, factor: Decimal
) -> Observation:
    exact = intensity(part.value, comparable.value, factor)
    if exact is None or found.value is None:
        return found
    other = rounded(exact, _places(indicator))
    note = message(BY_COMPARABLE, value=other, unit=indicator.unit)
    trace = found.trace.model_copy(update={"notes": (*found.trace.notes, note)})
    ends = (min(found.value, other), max(found.value, other))
    return found.model_copy(update={"trace": trace, "sensitivity": {PRICES: ends}})


def _is_share(part: str, whole: str) -> bool:
    """Whether both are measured in one unit, so that the part can be no more than the whole."""
    units = ("_10k_tce", "_10k_t", "_10k_m3", "_100m_yuan")
    return any(part.endswith(unit) and whole.endswith(unit) for unit in units)


def _places(indicator: Indicator) -> int:
    return DECIMALS if indicator.decimals is None else indicator.decimals


def _substituted(part: Figure, whole: Figure, factor: Decimal) -> str:
    times = "" if factor == 1 else f" × {factor:f}"
    return f"{part.value:f} ÷ {whole.value:f}{times}"
