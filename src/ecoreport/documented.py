"""The functions that compute figures, with what their docstrings say: for the documentation."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ecoreport import standards
from ecoreport.assess.derive import DERIVATIONS
from ecoreport.observe import statistics

HELPERS = frozenset({"columns", "tables"})
"""Modules of the standards that read frames and tables and compute nothing."""


@dataclass(frozen=True)
class Documented:
    """A function as the documentation shows it."""

    name: str
    signature: str
    docstring: str

    @property
    def summary(self) -> str:
        """First paragraph of the docstring, on one line."""
        return " ".join(self.docstring.partition("\n\n")[0].split())


def documented_statistics() -> dict[str, Documented]:
    """Return what computes each ``statistic`` of the indicators, of one year or of several."""
    return {
        name: _documented(name, function)
        for found in (statistics(), DERIVATIONS)
        for name, function in found.items()
    }


def documented_standards() -> dict[str, Documented]:
    """Return the public functions of ``ecoreport.standards`` as ``air.aqi`` or ``ratios.rate``."""
    found = {}
    for module in pkgutil.iter_modules(standards.__path__):
        if module.name not in HELPERS:
            for name, function in _public(import_module(f"{standards.__name__}.{module.name}")):
                full = f"{module.name}.{name}"
                found[full] = _documented(full, function)
    return found


def _public(module: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Return the functions that a package offers, or that a module defines, by name."""
    own = [name for name, one in vars(module).items() if inspect.getmodule(one) is module]
    names = getattr(module, "__all__", [name for name in own if not name.startswith("_")])
    return [(name, getattr(module, name)) for name in names if _is_function(getattr(module, name))]


def _is_function(thing: object) -> bool:
    """Whether a thing is a function, also where its results are kept."""
    return callable(thing) and not inspect.isclass(thing)


def _documented(name: str, function: Callable[..., Any]) -> Documented:
    return Documented(
        name,
        f"{name.rpartition('.')[2]}{inspect.signature(function)}",
        inspect.getdoc(function) or "",
    )
