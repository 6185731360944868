"""Great Expectations without what it does over and over: the same results in less time.

For each argument of an expectation the library builds its configuration anew, for each metric it
writes the arguments down as JSON to have an id, and it walks to what a metric needs once for each
that needs it. What is built, written or walked once stays good while an expectation is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

PLAIN = {str, int, float, bool, type(None)}
"""Types of which equal values are written alike."""
KWARGS_OF_EXPECTATIONS = ("_get_domain_kwargs", "_get_success_kwargs", "_get_runtime_kwargs")


@cache
def lean() -> None:
    """Change the library in this process; a second time does nothing."""
    from great_expectations.core.id_dict import IDDict  # noqa: PLC0415 - takes seconds
    from great_expectations.expectations.expectation import Expectation  # noqa: PLC0415
    from great_expectations.validator.validation_graph import ValidationGraph  # noqa: PLC0415

    _configure_once(Expectation)
    _identify_once(IDDict)
    _walk_once(ValidationGraph)


def _configure_once(expectation: Any) -> None:
    """Let an expectation build its configuration once while all of its arguments are asked for.

    These three functions only read it.
    """
    build = expectation.configuration.fget
    held: dict[int, Any] = {}

    def configuration(self: Any) -> Any:
        return held[id(self)] if id(self) in held else build(self)

    def holding(original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def asked(self: Any, *arguments: Any, **named: Any) -> Any:
            if id(self) in held:
                return original(self, *arguments, **named)
            held[id(self)] = build(self)
            try:
                return original(self, *arguments, **named)
            finally:
                del held[id(self)]

        return asked

    expectation.configuration = property(configuration)
    for name in KWARGS_OF_EXPECTATIONS:
        setattr(expectation, name, holding(getattr(expectation, name)))


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
