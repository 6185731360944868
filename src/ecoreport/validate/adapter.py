"""The one door to Great Expectations: a frame, a suite and parameters in, outcomes out.

Importing this module does not load the library, which takes seconds: :func:`load` does, once.
"""

from __future__ import annotations

import copy
import datetime as dt
import logging
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from ecoreport.config.models import Strict
from ecoreport.errors import ParameterError
from ecoreport.i18n import _
from ecoreport.validate.lean import lean
from ecoreport.validate.suite import META

if TYPE_CHECKING:
    import pandas as pd


WHETHER: Final = {"result_format": "BOOLEAN_ONLY"}
"""Asks whether anything is at fault."""
WHERE: Final = {"result_format": "COMPLETE", "return_unexpected_index_query": False}
"""Asks in which rows."""
IGNORING: Final[dict[str, Literal["any", "all"] | None]] = {
    "never": None,
    "neither": None,
    "either_value_is_missing": "any",
    "any_value_is_missing": "any",
    "both_values_are_missing": "all",
    "all_values_are_missing": "all",
}
"""How many missing values make the library pass over a row."""


class Outcome(Strict):
    """What one expectation found."""

    key: str
    is_passed: bool
    n_checked: int | None = None
    """Values looked at; None for an expectation on the whole table."""
    rows: tuple[int, ...] = ()
    """Places in the frame of the rows at fault, from 0."""
    faults: tuple[dict[str, str], ...] = ()
    """Faults of the whole table, each with what its texts name."""


@cache
def load() -> Any:
    """Import the library with everything off that reaches out or draws; return it.

    Notes
    -----
    ``rfc3987_syntax`` comes with JupyterLab and costs over a second: jsonschema, which imports it
    where it is there, does without.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import great_expectations  # noqa: PLC0415 - takes seconds: only where data are checked

        import ecoreport.validate.expectations  # noqa: F401, PLC0415 - registers them
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    lean()
    return great_expectations


def preload() -> None:
    """Load all that a check needs now, so that processes forked from this one need not."""
    _whole_frame()


def check_frame(
    frame: pd.DataFrame, suite: Mapping[str, Any], parameters: Mapping[str, Any]
) -> list[Outcome]:
    """Check a frame against a suite.

    Parameters
    ----------
    frame : pandas.DataFrame
    suite : mapping
        As ``expectations/<dataset>.json`` holds it.
    parameters : mapping
        Values of the suite's ``$PARAMETER``s; those whose names end in ``_day`` are ISO dates.

    Returns
    -------
    list of Outcome
        One for each expectation whose columns the frame has, in the order of the suite.

    Raises
    ------
    ParameterError
        If an expectation is unknown, ill-written, or fails to run.
    """
    # The library copies an expectation many times over: it gets no more of it than it needs.
    wanted = [
        {**one, "meta": {META: {"key": one["meta"][META]["key"]}}}
        for one in suite["expectations"]
        if _has_columns(frame, one["kwargs"])
    ]
    frame = frame.reset_index(drop=True)
    checked = _Checked(frame, _batch(frame), suite, _with_dates(parameters))
    found = checked.outcomes(wanted, WHETHER)
    # Most find nothing: only of the others it has to be known in which rows.
    due = [one for one in wanted if _is_to_ask(one["kwargs"], found[_key(one)])]
    found |= checked.outcomes(due, WHERE) if due else {}
    return [found[_key(one)] for one in wanted]


def _key(expectation: Mapping[str, Any]) -> str:
    key: str = expectation["meta"][META]["key"]
    return key


def _is_to_ask(kwargs: Mapping[str, Any], outcome: Outcome) -> bool:
    """Tell whether more has to be known than that nothing is at fault."""
    return not outcome.is_passed or bool(kwargs.keys() & {"mostly", "row_condition"})


@dataclass(frozen=True)
class _Checked:
    """A frame to be checked: rows numbered from 0."""

    frame: pd.DataFrame
    batch: Any
    suite: Mapping[str, Any]
    parameters: Mapping[str, Any]

    def outcomes(
        self, wanted: Sequence[Mapping[str, Any]], result_format: Mapping[str, Any]
    ) -> dict[str, Outcome]:
        """Return what some expectations of the suite find, by their keys."""
        loaded = _expectation_suite({**self.suite, "expectations": wanted})
        known = {one.meta[META]["key"]: one for one in loaded.expectations}
        validated = self.batch.validate(
            loaded, result_format=dict(result_format), expectation_parameters=self.parameters
        )
        outcomes = {one.key: one for one in map(_outcome, validated.results)}
        if result_format is WHERE:
            return outcomes
        return {
            key: one.model_copy(update={"n_checked": n_looked_at(self.frame, known[key])})
            for key, one in outcomes.items()
        }


def n_looked_at(frame: pd.DataFrame, expectation: Any) -> int | None:
    """Count the values that an expectation without a condition on rows looks at.

    Returns
    -------
    int or None
        None for an expectation on the whole table.
    """
    if not hasattr(expectation, "map_metric"):
        return None
    if hasattr(expectation, "column"):
        return int(frame[expectation.column].count())
    columns = getattr(expectation, "column_list", None) or [
        expectation.column_A,
        expectation.column_B,
    ]
    how = IGNORING[expectation.ignore_row_if]
    return len(frame if how is None else frame.dropna(subset=columns, how=how))


def _with_dates(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: dt.datetime.fromisoformat(value) if name.endswith("_day") else value
        for name, value in parameters.items()
    }


def _has_columns(frame: pd.DataFrame, kwargs: Mapping[str, Any]) -> bool:
    """Tell whether a check can be made: that a required column is missing is a fault of its own."""
    named = [kwargs[name] for name in ("column", "column_A", "column_B", "group") if name in kwargs]
    named += kwargs.get("column_list", [])
    return set(named) <= set(frame.columns)


def _expectation_suite(suite: dict[str, Any]) -> Any:
    """Make the suite; the library itself leaves out what it cannot read and goes on."""
    library = load()
    logging.getLogger("great_expectations.core.expectation_suite").disabled = True
    try:
        loaded = library.ExpectationSuite(**copy.deepcopy(suite))
    except Exception as error:
        raise ParameterError(
            _("expectations/{file} 不是可用的校验规则：{detail}").format(
                file=f"{suite['name']}.json", detail=error
            )
        ) from error
    made = {one.meta[META]["key"] for one in loaded.expectations}
    lost = [
        f"{key} ({one['type']})"
        for one in suite["expectations"]
        if (key := one["meta"][META]["key"]) not in made
    ]
    if lost:
        raise ParameterError(
            _("expectations/{file} 中的 {keys} 写法不对，无法执行").format(
                file=f"{suite['name']}.json", keys=_("、").join(lost)
            )
        )
    return loaded


@cache
def _whole_frame() -> Any:
    """Return what makes batches of whole frames, in a context that exists in memory only."""
    context = load().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    return asset.add_batch_definition_whole_dataframe("whole")


def _batch(frame: pd.DataFrame) -> Any:
    return _whole_frame().get_batch({"dataframe": frame})


def _outcome(result: Any) -> Outcome:
    config = result.expectation_config
    key = config.meta[META]["key"]
    if error := _raised(result.exception_info):
        raise ParameterError(_("校验规则 {key} 无法执行：{detail}").format(key=key, detail=error))
    found = result.result
    missing = found.get("details", {}).get("mismatched", {}).get("missing", [])
    checked = found.get("element_count")
    return Outcome(
        key=key,
        is_passed=bool(result.success),
        n_checked=None if checked is None else checked - found.get("missing_count", 0),
        rows=tuple(found.get("unexpected_index_list") or ()),
        faults=(
            *({"column": name} for name in missing),
            *found.get("details", {}).get("faults", ()),
        ),
    )


def _raised(info: Mapping[str, Any]) -> str:
    """Return the message of an exception: the library gives one, or one for each metric."""
    for one in (info, *(part for part in info.values() if isinstance(part, dict))):
        if one.get("raised_exception"):
            return str(one.get("exception_message"))
    return ""
