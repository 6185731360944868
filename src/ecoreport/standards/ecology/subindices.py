"""The sub-indices of HJ 192-2015 from areas of land cover, water, erosion and emissions.

A county or city and year is a row of each frame. Areas are in km²; the area of the whole stands in
``area_km2``. What is missing leaves its sub-index missing. A sub-index above 100 is given as it is;
`ecological_index` caps it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.columns import Floats, numbers, require_columns
from ecoreport.standards.tables import Line, select, single

AREA = "area_km2"
HIGHEST_INDEX = 100
LARGEST_NDVI = 1
SMALLEST_NDVI = -1


def rule(name: str) -> float:
    """Return a number of ``ei_rules.csv``."""
    return float(single("ei_rules", rule=name)["value"])


def habitat_quality(land_cover: pd.DataFrame) -> pd.Series[float]:
    """Return the habitat quality (生境质量指数).

    Parameters
    ----------
    land_cover : pandas.DataFrame
        ``area_km2`` and the twenty columns of ``ei_habitat_weights.csv`` (``forest_km2,
        shrub_km2, … other_unused_km2``).

    Returns
    -------
    pandas.Series
        On the same index.

    Raises
    ------
    InputError
        For missing columns, text, impossible numbers and an area of zero.

    Notes
    -----
    HJ 192-2015, appendix B: ``A_bio Σ (weight of the type × weight of the part × area) / area``.
    The order of the parts' weights comes from one source, the weight of glaciers from memory.
    """
    weights = {
        line["column"]: float(line["type_weight"]) * float(line["part_weight"])
        for line in select("ei_habitat_weights")
    }
    return _coefficient("A_bio") * _weighted(land_cover, weights) / _area(land_cover)


def biological_richness(
    habitat: pd.Series[float], biodiversity: pd.Series[float]
) -> pd.Series[float]:
    """Return the biological richness (生物丰度指数) where a biodiversity index was surveyed.

    Parameters
    ----------
    habitat, biodiversity : pandas.Series
        As `habitat_quality`; the biodiversity index (生物多样性指数), 0 to 100.

    Returns
    -------
    pandas.Series

    Notes
    -----
    HJ 192-2015, 5: the mean of the two.
    """
    index = biodiversity.to_frame("biodiversity")
    return (habitat + numbers(index, "biodiversity", 0, HIGHEST_INDEX)) / 2


def richness_carried_on(
    previous_richness: pd.Series[float],
    previous_habitat: pd.Series[float],
    habitat: pd.Series[float],
) -> pd.Series[float]:
    """Return the biological richness of a year without a new biodiversity index.

    Parameters
    ----------
    previous_richness, previous_habitat, habitat : pandas.Series
        Richness and habitat quality of the year before, habitat quality of the year.

    Returns
    -------
    pandas.Series

    Notes
    -----
    HJ 192-2015, 5: the richness changes as the habitat quality does (from memory, unverified).
    """
    return previous_richness + habitat - previous_habitat


def vegetation_coverage(ndvi: pd.Series[float]) -> pd.Series[float]:
    """Return the vegetation coverage (植被覆盖指数).

    Parameters
    ----------
    ndvi : pandas.Series
        Mean over the area of the monthly largest NDVI from May to September, -1 to 1.

    Returns
    -------
    pandas.Series

    Raises
    ------
    InputError
        For values outside -1 to 1: NDVI is often stored times 10000.

    Notes
    -----
    HJ 192-2015, appendix B: ``A_veg × mean NDVI × 10000`` (one source; the months from memory).
    """
    values = numbers(ndvi.to_frame("ndvi"), "ndvi", SMALLEST_NDVI, LARGEST_NDVI)
    return pd.Series(_coefficient("A_veg") * rule("ndvi_scale") * values, index=ndvi.index)


def water_network_density(water: pd.DataFrame) -> pd.Series[float]:
    """Return the density of the water network (水网密度指数).

    Parameters
    ----------
    water : pandas.DataFrame
        ``area_km2``, ``river_length_km``, ``water_area_km2``, ``water_resource_million_m3`` (of
        the year) and ``mean_water_resource_million_m3`` (of many years).

    Returns
    -------
    pandas.Series

    Raises
    ------
    InputError
        As `habitat_quality`.

    Notes
    -----
    HJ 192-2015, appendix B: ``(A_riv length + A_lak water area + A_res resource) / (3 area)``. From
    1.4 to 2.4 times the mean year the resource counts as ``mean × (2.4 − ratio)``, above as none
    (one source).
    """
    parts = (
        _coefficient("A_riv") * numbers(water, "river_length_km")
        + _coefficient("A_lak") * numbers(water, "water_area_km2")
        + _coefficient("A_res") * _counted_resource(water)
    )
    return pd.Series(parts / rule("water_parts"), index=water.index) / _area(water)


def land_stress(land: pd.DataFrame) -> pd.Series[float]:
    """Return the stress of the land (土地胁迫指数); more is worse.

    Parameters
    ----------
    land : pandas.DataFrame
        ``area_km2, heavy_erosion_km2, moderate_erosion_km2, built_up_km2, other_land_stress_km2``.

    Returns
    -------
    pandas.Series

    Raises
    ------
    InputError
        As `habitat_quality`.

    Notes
    -----
    HJ 192-2015, appendix B: ``A_ero (0.4 heavy + 0.2 moderate + 0.2 built-up + 0.2 other) / area``.
    """
    weights = {line["column"]: float(line["weight"]) for line in select("ei_land_stress")}
    return _coefficient("A_ero") * _weighted(land, weights) / _area(land)


def pollution_load(emissions: pd.DataFrame) -> pd.Series[float]:
    """Return the load of pollution (污染负荷指数); more is worse.

    Parameters
    ----------
    emissions : pandas.DataFrame
        ``area_km2``, ``precipitation_mm`` (of the year), ``cod_t, nh3n_t, so2_t,
        smoke_and_dust_t, nox_t, solid_waste_t`` (emitted or dumped in the year).

    Returns
    -------
    pandas.Series

    Raises
    ------
    InputError
        As `habitat_quality`, and for a year without any precipitation.

    Notes
    -----
    HJ 192-2015, appendix B: the weighted sum of each emission by the area, that of COD and NH3-N
    by precipitation times area (mm × km²), times its coefficient (one source).
    """
    area = _area(emissions)
    spread = {"area": area, "precipitation": area * _above_zero(emissions, "precipitation_mm")}
    loads = [_load(emissions, line, spread) for line in select("ei_pollution_load")]
    return pd.Series(np.sum(loads, axis=0), index=emissions.index)


def _load(emissions: pd.DataFrame, line: Line, spread: dict[str, Floats]) -> Floats:
    factor = float(line["weight"]) * float(line["coefficient"])
    return factor * numbers(emissions, line["column"]) / spread[line["spread_over"]]


def _counted_resource(water: pd.DataFrame) -> Floats:
    resource = numbers(water, "water_resource_million_m3")
    mean = _above_zero(water, "mean_water_resource_million_m3")
    ratio = resource / mean
    wet, drowned = rule("wet_year_from"), rule("wet_year_to")
    counted: Floats = np.where(ratio >= wet, mean * np.maximum(drowned - ratio, 0), resource)
    return counted


def _weighted(frame: pd.DataFrame, weights: dict[str, float]) -> pd.Series[float]:
    require_columns(frame, weights)
    total = np.sum([weight * numbers(frame, name) for name, weight in weights.items()], axis=0)
    return pd.Series(total, index=frame.index)


def _area(frame: pd.DataFrame) -> Floats:
    return _above_zero(frame, AREA)


def _above_zero(frame: pd.DataFrame, column: str) -> Floats:
    values = numbers(frame, column)
    if (values == 0).any():
        position = int((values == 0).argmax())
        raise InputError(
            _("列 {column} 第 {row} 个值（{label}）为 0，应大于 0。").format(
                column=column, row=position + 1, label=frame.index[position]
            )
        )
    return values


def _coefficient(symbol: str) -> float:
    return float(single("ei_coefficients", symbol=symbol)["value"])
