"""Water: classes of GB 3838, assessment, lakes, black-odorous water, drinking-water sources."""

from ecoreport.standards.water.black_odour import (
    BlackOdourBody,
    black_odour_body,
    black_odour_levels,
    black_odour_points,
)
from ecoreport.standards.water.categories import as_water_classes, water_class_type
from ecoreport.standards.water.changes import (
    ShareChange,
    change_of_shares,
    grade_change,
    share_change,
)
from ecoreport.standards.water.classes import (
    coliform_class,
    item_classes,
    missing_items,
    nitrogen_class,
    section_class,
)
from ecoreport.standards.water.detection import half_detection_limits, unresolved_limits
from ecoreport.standards.water.drinking import (
    SourceRates,
    attainment_rates,
    basic_source_items,
    groundwater_class,
    groundwater_edition,
    has_enough_source_items,
    items_not_held,
    missing_source_items,
    source_attainment,
    source_exceedances,
    year_attainment,
)
from ecoreport.standards.water.grades import (
    BasinGrade,
    ClassShares,
    basin_grade,
    class_shares,
    grade_of_shares,
    section_grade,
)
from ecoreport.standards.water.indicators import (
    basin_main_indicators,
    exceedances,
    main_indicators,
)
from ecoreport.standards.water.limits import ClassLimit, class_limit
from ecoreport.standards.water.margins import Margin, limit_margin, target_margins
from ecoreport.standards.water.means import period_means, rounded_for_assessment
from ecoreport.standards.water.monitored import (
    agrees_with_list,
    monitored_points,
    monitored_waters,
    readings_of_state,
)
from ecoreport.standards.water.rules import Rule, assessment_rule
from ecoreport.standards.water.sewage import (
    plant_loads,
    plants_beside_totals,
    removal,
    whole_load,
)
from ecoreport.standards.water.tap import served_by, tap_water_edition, tap_water_samples
from ecoreport.standards.water.targets import attains_target
from ecoreport.standards.water.trophic import (
    index_decimals,
    trophic_index,
    trophic_state,
    trophic_weights,
)

__all__ = [
    "BasinGrade",
    "BlackOdourBody",
    "ClassLimit",
    "ClassShares",
    "Margin",
    "Rule",
    "ShareChange",
    "SourceRates",
    "agrees_with_list",
    "as_water_classes",
    "assessment_rule",
    "attainment_rates",
    "attains_target",
    "basic_source_items",
    "basin_grade",
    "basin_main_indicators",
    "black_odour_body",
    "black_odour_levels",
    "black_odour_points",
    "change_of_shares",
    "class_limit",
    "class_shares",
    "coliform_class",
    "exceedances",
    "grade_change",
    "grade_of_shares",
    "groundwater_class",
    "groundwater_edition",
    "half_detection_limits",
    "has_enough_source_items",
    "index_decimals",
    "item_classes",
    "items_not_held",
    "limit_margin",
    "main_indicators",
    "missing_items",
    "missing_source_items",
    "monitored_points",
    "monitored_waters",
    "nitrogen_class",
    "period_means",
    "plant_loads",
    "plants_beside_totals",
    "readings_of_state",
    "removal",
    "rounded_for_assessment",
    "section_class",
    "section_grade",
    "served_by",
    "share_change",
    "source_attainment",
    "source_exceedances",
    "tap_water_edition",
    "tap_water_samples",
    "target_margins",
    "trophic_index",
    "trophic_state",
    "trophic_weights",
    "unresolved_limits",
    "water_class_type",
    "whole_load",
    "year_attainment",
]
