"""Great Expectations without what it does over and over: the same results in less time.

For each argument of an expectation the library builds its configuration anew, and from that the
expectation again; for each metric it writes the arguments down as JSON to have an id, and it walks
to what a metric needs once for each that needs it. What is built, written or walked once stays
good while a suite is asked.
"""

from __future__ import annotations

import threading
from functools import cache, wraps
from typing import Any

PLAIN = {str, int, float, bool, type(None)}
"""Types of which equal values are written alike."""


class _Held(threading.local):
    """What a validation in this thread made of expectations and configurations, by their ids."""

    def __init__(self) -> None:
        self.is_validating = False
        self.by_id: dict[int, tuple[Any, Any]] = {}


_held = _Held()


@cache
def lean() -> None:
    """Change the library in this process; a second time does nothing."""
    from great_expectations.core.id_dict import IDDict  # noqa: PLC0415 - takes seconds
    from great_expectations.execution_engine import pandas_execution_engine  # noqa: PLC0415
    from great_expectations.expectations.expectation import Expectation  # noqa: PLC0415
    from great_expectations.expectations.expectation_configuration import (  # noqa: PLC0415
        ExpectationConfiguration,
    )
    from great_expectations.expectations.metrics import util  # noqa: PLC0415
    from great_expectations.validator.validation_graph import ValidationGraph  # noqa: PLC0415
    from great_expectations.validator.validator import Validator  # noqa: PLC0415

    _build_once(Expectation, ExpectationConfiguration, Validator)
    _identify_once(IDDict)
    _walk_once(ValidationGraph)
    _find_columns_once(util)
    pandas_execution_engine.hash_pandas_dataframe = _no_fingerprint


def _build_once(expectation: Any, configuration: Any, validator: Any) -> None:
    """Let an expectation and its configuration be made of each other once a validation.

    Neither is changed while expectations are asked. What was made of an object is held with it,
    so that no other gets its id meanwhile.
    """
    configure, build = expectation.configuration.fget, configuration.to_domain_obj
    validate = validator.graph_validate

    def configured(self: Any) -> Any:
        if not _held.is_validating:
            return configure(self)
        if id(self) not in _held.by_id:
            found = configure(self)
            _held.by_id |= {id(self): (self, found), id(found): (found, self)}
        return _held.by_id[id(self)][1]

    @wraps(build)
    def built(self: Any) -> Any:
        if not _held.is_validating:
            return build(self)
        if id(self) not in _held.by_id:
            _held.by_id[id(self)] = (self, build(self))
        return _held.by_id[id(self)][1]

    @wraps(validate)
    def validated(self: Any, *arguments: Any, **named: Any) -> Any:
        _held.is_validating = True
        try:
            return validate(self, *arguments, **named)
        finally:
            _held.is_validating = False
            _held.by_id.clear()

    expectation.configuration = property(configured)
    configuration.to_domain_obj = built
    validator.graph_validate = validated


def _identify_once(arguments: Any) -> None:
    """Keep the ids of arguments: equal ones, types included, have the same."""
    write = arguments.to_id
    known: dict[tuple[tuple[str, type, Any], ...], Any] = {}

    @wraps(write)
    def to_id(self: Any, *selecting: Any, **named: Any) -> Any:
        if selecting or named:
            return write(self, *selecting, **named)
        content = tuple((name, type(value), value) for name, value in self.items())
        if not all(kind in PLAIN for _name, kind, _value in content):
            return write(self)
        if content not in known:
            known[content] = write(self)
        return known[content]

    arguments.to_id = to_id


def _walk_once(graph: Any) -> None:
    """Walk to what a metric needs only where the graph does not hold it yet."""
    walk = graph.build_metric_dependency_graph

    @wraps(walk)
    def build(self: Any, metric_configuration: Any, *arguments: Any, **named: Any) -> None:
        walked = self.__dict__.setdefault("walked", set())
        if metric_configuration.id not in walked:
            walked.add(metric_configuration.id)
            walk(self, metric_configuration, *arguments, **named)

    graph.build_metric_dependency_graph = build


def _find_columns_once(metrics: Any) -> None:
    """Keep which columns of a table some names are, however they are written."""
    name = "_verify_column_names_exist_and_get_normalized_typed_column_names_map"
    find = getattr(metrics, name)

    @cache
    def known(names: tuple[str, ...], columns: tuple[str, ...], **named: Any) -> Any:
        return find(list(names), list(columns), **named)

    @wraps(find)
    def found(column_names: Any, batch_columns_list: Any, **named: Any) -> Any:
        names = (column_names,) if isinstance(column_names, str) else tuple(column_names)
        return known(names, tuple(batch_columns_list), **named)

    setattr(metrics, name, found)


def _no_fingerprint(_frame: object) -> str:
    """Stand for the hash of a whole table, which goes into markers that nobody reads."""
    return ""
