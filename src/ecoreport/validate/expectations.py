"""Expectations that the core of Great Expectations lacks; importing this registers them.

Only :mod:`ecoreport.validate.adapter` imports this module: it loads the whole library. What is
computed stands in :mod:`ecoreport.validate.faults` and :mod:`ecoreport.validate.plausible`.
"""

# mypy: disable-error-code="misc, untyped-decorator, attr-defined, no-any-return"
# ruff: noqa: N805 - the library calls these methods with the class

# No "from __future__ import annotations": the library reads the annotations below as objects.
import datetime as dt
from typing import Any, ClassVar

import pandas as pd
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import (
    BatchExpectation,
    ColumnMapExpectation,
    MulticolumnMapExpectation,
)
from great_expectations.expectations.metrics.map_metric_provider import (
    ColumnMapMetricProvider,
    MulticolumnMapMetricProvider,
    column_condition_partial,
    multicolumn_condition_partial,
)
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from ecoreport.validate import faults, plausible

Parameter = dict[str, str]
"""``{"$PARAMETER": name}``, which the library replaces when it runs."""


class ColumnValuesWhole(ColumnMapMetricProvider):
    """Whether a number is whole."""

    condition_metric_name = "column_values.whole"

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: "pd.Series[float]", **_kwargs: object) -> "pd.Series[bool]":
        return column % 1 == 0


class ExpectColumnValuesToBeWhole(ColumnMapExpectation):
    """Expect whole numbers."""

    map_metric = "column_values.whole"


class RowCondition(MulticolumnMapMetricProvider):
    """Whether rows are in order: subclasses name what flags the others, and its arguments."""

    flags: ClassVar[Any]

    @multicolumn_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column_list: pd.DataFrame, **kwargs: Any) -> "pd.Series[bool]":
        return ~cls.flags(column_list, **{name: kwargs[name] for name in cls.condition_value_keys})


class RowsAgree(RowCondition):
    """Whether no row with the same key says something else."""

    condition_metric_name = "multicolumn_values.agree"
    condition_value_keys = ("key",)
    flags = faults.contradicting


class ExpectRowsOfOneKeyToAgree(MulticolumnMapExpectation):
    """Expect rows with the same key to be the same in ``column_list``."""

    key: list[str]
    map_metric = "multicolumn_values.agree"
    success_keys = ("key", "mostly")


class RowNotNamed(RowCondition):
    """Whether a row is none of those found at fault beforehand."""

    condition_metric_name = "multicolumn_values.not_named"
    condition_value_keys = ("places",)
    flags = faults.named


class ExpectRowsNotToBeNamed(MulticolumnMapExpectation):
    """Expect no row at one of ``places``: file, sheet, row, as ``column_list`` begins."""

    places: list[Any] | Parameter
    map_metric = "multicolumn_values.not_named"
    success_keys = ("places", "mostly")


class StepFollows(RowCondition):
    """Whether a step can stand behind the one before it."""

    condition_metric_name = "multicolumn_values.follow"
    condition_value_keys = ("group", "order", "may_follow", "may_begin")
    flags = faults.not_following


class ExpectStepsToFollow(MulticolumnMapExpectation):
    """Expect each step, the last of ``column_list``, to follow one that may stand before it."""

    group: str
    order: str
    may_follow: dict[str, list[str]]
    may_begin: list[str]
    map_metric = "multicolumn_values.follow"
    success_keys = ("group", "order", "may_follow", "may_begin", "mostly")


class ValueNearNeighbours(RowCondition):
    """Whether a value is not far above both neighbours in time."""

    condition_metric_name = "multicolumn_values.near_neighbours"
    condition_value_keys = ("group", "order", "ratio", "difference")
    flags = faults.jumping


class ExpectValuesNotToJump(MulticolumnMapExpectation):
    """Expect the last of ``column_list`` to stay near its neighbours in time."""

    group: str
    order: list[str]
    ratio: float
    difference: float
    map_metric = "multicolumn_values.near_neighbours"
    success_keys = ("group", "order", "ratio", "difference", "mostly")


class ValueNotStuck(RowCondition):
    """Whether a value is not part of a long run of equal ones."""

    condition_metric_name = "multicolumn_values.not_stuck"
    condition_value_keys = ("group", "order", "longest")
    flags = faults.stuck


class ExpectValuesNotToBeStuck(MulticolumnMapExpectation):
    """Expect the last of ``column_list`` not to stay the same more than ``longest`` times."""

    group: str
    order: list[str]
    longest: int
    map_metric = "multicolumn_values.not_stuck"
    success_keys = ("group", "order", "longest", "mostly")


class PartsWithinWhole(RowCondition):
    """Whether parts together are no more than their whole."""

    condition_metric_name = "multicolumn_values.within_whole"
    condition_value_keys = ("parts", "wholes", "added", "tolerance_percent")
    flags = faults.exceeding


class ExpectPartsWithinWhole(MulticolumnMapExpectation):
    """Expect the sum of ``parts`` not to exceed the sum of ``wholes``."""

    parts: list[str]
    wholes: list[str]
    added: list[str]
    tolerance_percent: float
    map_metric = "multicolumn_values.within_whole"
    success_keys = ("parts", "wholes", "added", "tolerance_percent", "mostly")


class ValueLikeLastYear(RowCondition):
    """Whether a value is within a ratio of last year's."""

    condition_metric_name = "multicolumn_values.like_last_year"
    condition_value_keys = ("key", "last_year", "ratio", "column_before", "difference")
    flags = faults.unlike_last_year


class ExpectValuesLikeLastYear(MulticolumnMapExpectation):
    """Expect the last of ``column_list`` within ``ratio`` or ``difference`` of last year's."""

    key: list[str]
    last_year: dict[str, Any] | Parameter
    ratio: float = 0
    column_before: str = ""
    difference: float = 0
    map_metric = "multicolumn_values.like_last_year"
    success_keys = ("key", "last_year", "ratio", "column_before", "difference", "mostly")


class TableMetric(TableMetricProvider):
    """Faults of a whole table: subclasses name a function of ``faults`` and its arguments."""

    function: ClassVar[Any]

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(
        cls,
        execution_engine: PandasExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        **_kwargs: object,
    ) -> list[dict[str, str]]:
        frame, _compute, _accessor = execution_engine.get_compute_domain(
            domain_kwargs=metric_domain_kwargs, domain_type=MetricDomainTypes.TABLE
        )
        return cls.function(frame, **{name: metric_value_kwargs[name] for name in cls.value_keys})


class TableExpectation(BatchExpectation):
    """Passes when its one metric finds no fault; the faults are its details."""

    def _validate(
        self, metrics: dict[str, Any], *_args: object, **_kwargs: object
    ) -> dict[str, object]:
        found = metrics[self.metric_dependencies[0]]
        return {
            "success": not found,
            "result": {"observed_value": len(found), "details": {"faults": found}},
        }


class TableWrongKinds(TableMetric):
    """Columns that hold something else than they should."""

    metric_name = "table.wrong_kinds"
    value_keys = ("kinds",)
    function = faults.wrong_kinds


class ExpectTableColumnsToBeOfKind(TableExpectation):
    """Expect numbers, dates and texts where the dataset says so."""

    kinds: dict[str, str] | Parameter
    metric_dependencies = ("table.wrong_kinds",)
    success_keys = ("kinds",)


class TableLackingValues(TableMetric):
    """Values that groups should have and lack."""

    metric_name = "table.lacking_values"
    value_keys = ("group", "expected_groups", "column", "expected", "stands_for")
    function = faults.lacking_values


class ExpectGroupsToContainValues(TableExpectation):
    """Expect each of ``expected_groups`` to have all values of ``expected``."""

    group: str
    expected_groups: list[str] | Parameter
    column: str
    expected: list[str] | Parameter
    stands_for: dict[str, Any]
    metric_dependencies = ("table.lacking_values",)
    success_keys = ("group", "expected_groups", "column", "expected", "stands_for")


class TableShortPeriods(TableMetric):
    """Months and years with too few days that have a value."""

    metric_name = "table.short_periods"
    value_keys = ("group", "expected_groups", "months")
    function = faults.short_periods


class ExpectEnoughDays(TableExpectation):
    """Expect each of ``expected_groups`` to have enough days with a value in each period."""

    group: str
    expected_groups: list[str] | Parameter
    months: dict[str, Any]
    metric_dependencies = ("table.short_periods",)
    success_keys = ("group", "expected_groups", "months")


class TableShortDays(TableMetric):
    """Days with too few hours that have a value, by month."""

    metric_name = "table.short_days"
    value_keys = ("group", "expected_groups", "minima", "first_hour", "first_day")
    function = faults.short_days


class ExpectEnoughHours(TableExpectation):
    """Expect each of ``expected_groups`` to have enough hours with a value every day."""

    group: str
    expected_groups: list[str] | Parameter
    minima: dict[str, Any]
    first_hour: dict[str, Any]
    first_day: dt.datetime | Parameter
    metric_dependencies = ("table.short_days",)
    success_keys = ("group", "expected_groups", "minima", "first_hour", "first_day")


class ValueWithinLimits(RowCondition):
    """Whether a value is within the limits of what it is of."""

    condition_metric_name = "multicolumn_values.within_limits"
    condition_value_keys = ("limits",)
    flags = plausible.outside_limits


class ExpectValuesWithinLimits(MulticolumnMapExpectation):
    """Expect the last of ``column_list`` within the limits of what the first one names."""

    limits: dict[str, Any] | Parameter
    map_metric = "multicolumn_values.within_limits"
    success_keys = ("limits", "mostly")


class ValueChangedAsUsual(RowCondition):
    """Whether a value changed against last year no more than what it is of may."""

    condition_metric_name = "multicolumn_values.changed_as_usual"
    condition_value_keys = ("key", "last_year", "changes", "ratios")
    flags = plausible.changed_beyond


class ExpectValuesChangedAsUsual(MulticolumnMapExpectation):
    """Expect the last of ``column_list`` near last year's, by what the first one names."""

    key: list[str]
    last_year: dict[str, Any] | Parameter
    changes: dict[str, float] | Parameter
    ratios: dict[str, float] | Parameter
    map_metric = "multicolumn_values.changed_as_usual"
    success_keys = ("key", "last_year", "changes", "ratios", "mostly")


class RowsWithinWhole(RowCondition):
    """Whether figures that are parts of another are together no more than it."""

    condition_metric_name = "multicolumn_values.rows_within_whole"
    condition_value_keys = ("key", "parts_of_wholes")
    flags = plausible.beyond_whole


class ExpectRowsWithinWhole(MulticolumnMapExpectation):
    """Expect rows of parts not to exceed the row of their whole, within one ``key``."""

    key: list[str]
    parts_of_wholes: list[Any] | Parameter
    map_metric = "multicolumn_values.rows_within_whole"
    success_keys = ("key", "parts_of_wholes", "mostly")


class TableUnlikeLastYear(TableMetric):
    """Whether a list has many more or fewer names than last year's."""

    metric_name = "table.number_unlike_last_year"
    value_keys = ("key", "n_last_year", "ratio")
    function = faults.number_unlike_last_year


class ExpectAboutAsManyAsLastYear(TableExpectation):
    """Expect as many rows of different ``key`` as last year, within ``ratio``."""

    key: list[str]
    n_last_year: int | Parameter
    ratio: float
    metric_dependencies = ("table.number_unlike_last_year",)
    success_keys = ("key", "n_last_year", "ratio")
