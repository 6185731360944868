"""What breaks the expectations of drinking-water sources, black-odorous waters and sewage."""

from __future__ import annotations

import numpy as np
import pandas as pd
from spoiling import Spoil, again, first_rows_gone, put, without

SPOILED_WATER: dict[str, Spoil] = {
    "drinking_sources/codmn_within_cod": put("codmn_mg_l", 4.0),
    "drinking_sources/bod5_within_cod": put("bod5_mg_l", 4.0),
    "sewage/plants_possible": put("plants", -1.0),
    "water_automatic/columns": without("tp_mg_l"),
    "water_automatic/kinds": lambda frame: frame.assign(tp_mg_l="0.1"),
    "water_automatic/date_of_year": put("date", pd.Timestamp("2017-12-31")),
    "water_automatic/hour_of_day": put("hour", 25),
    "water_automatic/section_listed": put("section", "别处"),
    "water_automatic/ph_usual": put("ph", 9.4),
    "water_automatic/nh3n_within_tn": put("nh3n_mg_l", 2.5),
    "water_automatic/class_agrees": put("class_published", "II"),
    "water_automatic/near_last_year": lambda frame: frame.assign(nh3n_mg_l=frame["nh3n_mg_l"] / 4),
    "water_automatic/rows_contradicting": again(tp_mg_l=0.19),
    "black_odorous_points/columns": without("date"),
    "black_odorous_points/kinds": lambda frame: frame.assign(do_mg_l="5"),
    "black_odorous_points/transparency_within_depth": put("transparency_cm", 151.0),
    "black_odorous_points/body_listed": put("body", "别处"),
    "black_odorous_points/points_enough": lambda frame: frame[frame["point"] != "1#"],
    "black_odorous_points/visits_enough": first_rows_gone(1),
    "black_odorous_points/level_agrees": lambda frame: frame.assign(do_mg_l=1.0),
    "black_odorous_points/rows_contradicting": again(do_mg_l=4.0),
    "black_odour/columns": without("before"),
    "black_odour/kinds": lambda frame: frame.assign(removed_on="2018-11-01"),
    "black_odour/was_black": put("before", "none"),
    "black_odour/document_given": put("document_number", None),
    "black_odour/removed_not_in_future": put("removed_on", pd.Timestamp("2019-03-02")),
    "black_odour/removed_is_not_black": put("after", "light"),
    "black_odour/rows_contradicting": again(before="light"),
    "discharges/columns": without("discharge_t"),
    "discharges/kinds": lambda frame: frame.assign(discharge_t="9000"),
    "discharges/sources_within_total": put("discharge_t", 7500.0, row=3),
    "discharges/nh3n_within_tn": put("discharge_t", 9500.0),
    "discharges/rows_contradicting": again(discharge_t=3100.0),
    "drinking_sources/columns": without("kind"),
    "drinking_sources/kinds": lambda frame: frame.assign(tp_mg_l="0.1"),
    "drinking_sources/month_of_year": put("month", "2017-12"),
    "drinking_sources/nh3n_within_tn": put("nh3n_mg_l", 2.5),
    "drinking_sources/months_covered": first_rows_gone(1),
    "drinking_sources/conclusion_agrees": put("tp_mg_l", 0.3),
    "drinking_sources/items_measured": put("cyanide_mg_l", None),
    "drinking_sources/items_enough": lambda frame: frame.assign(
        **{name: np.nan for name in frame.columns if name.endswith("_mg_l")}
    ),
    "drinking_sources/rows_contradicting": again(tp_mg_l=0.19),
    "sewage/columns": without("treated_10k_m3"),
    "sewage/kinds": lambda frame: frame.assign(treated_10k_m3="9610"),
    "sewage/treated_within_discharged": put("treated_10k_m3", 10001.0),
    "sewage/rate_agrees": put("rate_percent", 93.0),
    "sewage/plants_whole": put("plants", 11.5),
    "sewage/rows_contradicting": again(plants=13.0),
}
