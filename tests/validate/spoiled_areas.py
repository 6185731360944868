"""What breaks the expectations on tables of waste, surveys and nature."""

from __future__ import annotations

import pandas as pd
from spoiling import Spoil, again, put, without


def as_text(column: str) -> Spoil:
    return lambda frame: frame.assign(**{column: frame[column].astype("str")})


SPOILED_AREAS: dict[str, Spoil] = {
    "waste_flows/columns": without("generated_t"),
    "waste_flows/kinds": as_text("generated_t"),
    "waste_flows/due_given_hazardous": put("due_t", None, row=1),
    "waste_flows/due_given_straw": put("due_t", None, row=2),
    "waste_flows/used_from_stock_within_used": put("used_from_stock_t", 700.0, row=1),
    "waste_flows/disposed_from_stock_within_disposed": put("disposed_from_stock_t", 1400.0, row=1),
    "waste_flows/from_stock_within_stock": put("stock_start_t", 100.0, row=1),
    "waste_flows/safely_treated_within_due": put("safely_treated_t", 2101.0, row=1),
    "waste_flows/straw_used_within_due": put("used_t", 4501.0, row=2),
    "waste_flows/straw_due_within_generated": put("due_t", 5001.0, row=2),
    "waste_flows/used_within_generated": put("used_t", 10001.0),
    "waste_flows/safely_treated_within_treated": put("safely_treated_t", 10001.0),
    "waste_flows/out_within_in": put("disposed_t", 8200.0),
    "waste_flows/in_within_out": put("generated_t", 10200.0),
    "waste_flows/stock_carried_on": put("stock_start_t", 101.0),
    "waste_flows/rows_contradicting": again(generated_t=10001.0),
    "waste_facilities/columns": without("status"),
    "waste_facilities/kinds": as_text("capacity_t_a"),
    "waste_facilities/operating_has_begun": put("commissioned", pd.Timestamp("2019-01-01")),
    "waste_facilities/rows_contradicting": again(status="planned"),
    "sorting_coverage/columns": without("n_due"),
    "sorting_coverage/kinds": as_text("n_due"),
    "sorting_coverage/n_covered_within_due": put("n_covered", 41.0),
    "sorting_coverage/households_within_due": put("households_covered", 20001.0),
    "sorting_coverage/rows_contradicting": again(n_covered=31.0),
    "surveys/columns": without("design"),
    "surveys/kinds": as_text("n_yes"),
    "surveys/asked_someone": put("n_asked", 0.0),
    "surveys/enough_asked": put("n_asked", 399.0),
    "surveys/n_yes_within_asked": put("n_yes", 1401.0),
    "surveys/asked_within_population": put("population", 1399.0),
    "surveys/design_effect_given_stratified": put("design_effect", None, row=1),
    "surveys/design_effect_given_cluster": put("design_effect", None, row=2),
    "surveys/design_effect_given_multistage": put("design_effect", None, row=3),
    "surveys/date_of_year": put("date", pd.Timestamp("2017-12-31")),
    "surveys/share_like_last_year": put("n_yes", 500.0),
    "surveys/rows_contradicting": again(n_yes=1000.0),
    "green_space/columns": without("period"),
    "green_space/kinds": as_text("land_km2"),
    "green_space/rows_contradicting": again(land_km2=301.0),
    "resource_accounts/columns": without("period"),
    "resource_accounts/kinds": as_text("energy_10k_tce"),
    "resource_accounts/coal_within_total": put("power_coal_10k_t", 65.0),
    "resource_accounts/sectors_within_gdp": put("services_100m_yuan", 280.0),
    "resource_accounts/gdp_within_sectors": put("services_100m_yuan", 260.0),
    "resource_accounts/energy_per_gdp_usual": put("energy_10k_tce", 2194000.0),
    "resource_accounts/water_per_gdp_usual": put("water_10k_m3", 2.2366),
    "resource_accounts/rows_contradicting": again(coal_10k_t=97.0),
    "ei_subindices/columns": without("ei_official"),
    "ei_subindices/kinds": as_text("ei_official"),
    "ei_subindices/ei_given": put("ei_official", None),
    "ei_subindices/restriction_known": put("environment_restriction", 4.0),
    "ei_subindices/covers_within_area": put("area_km2", 190.0),
    "ei_subindices/area_within_covers": put("area_km2", 210.0),
    "ei_subindices/ei_agrees": put("ei_official", 67.0),
    "ei_subindices/grade_agrees": put("grade_official", "excellent"),
    "ei_subindices/ei_official_like_last_year": put("ei_official", 58.0),
    "ei_subindices/document_given": put("document_number", None),
    "ei_subindices/rows_contradicting": again(ei_official=66.0),
}
