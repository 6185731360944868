"""Great Expectations suites as they stand in ``expectations/``, read without the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from ecoreport.config.models import Strict
from ecoreport.config.vocabulary import Severity
from ecoreport.errors import ParameterError
from ecoreport.i18n import _

META = "ecoreport"


class About(Strict):
    """What ``meta.ecoreport`` says of an expectation, in texts with named places.

    Places may be named after the expectation's own arguments, ``column`` (its header), ``unit``,
    ``value`` and, in `reason`, the columns of the row.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    severity: Severity
    description: str
    """What is expected."""
    reason: str
    """What is wrong with a row."""
    advice: str
    """What the department should do."""
    column: str = ""
    """Column at fault, where the expectation reads several."""


class Expectation(Strict):
    """One expectation of a suite."""

    type: str
    kwargs: dict[str, Any]
    meta: dict[str, About]

    @property
    def about(self) -> About:
        """Key, severity and texts."""
        return self.meta[META]

    @property
    def column(self) -> str:
        """The column at fault; empty for a whole row or table."""
        return self.about.column or str(self.kwargs.get("column", ""))


class Suite(Strict):
    """``expectations/<dataset>.json``: what Great Expectations itself reads."""

    name: str
    expectations: tuple[Expectation, ...]
    meta: dict[str, Any] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """Where the limits come from."""

    def as_json(self) -> dict[str, Any]:
        """Return the suite as Great Expectations takes it."""
        return self.model_dump(mode="json")


def read_suite(path: Path) -> Suite:
    """Read a suite.

    Raises
    ------
    ParameterError
        If it is no suite, an expectation says too little in ``meta.ecoreport``, or two have the
        same key.
    """
    try:
        suite = Suite.model_validate(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise ParameterError(_not_a_suite(path, error)) from error
    keys = [one.about.key for one in suite.expectations]
    repeated = sorted({key for key in keys if keys.count(key) > 1})
    if repeated:
        raise ParameterError(
            _("expectations/{file} 中有重复的 key：{keys}").format(
                file=path.name, keys=_("、").join(repeated)
            )
        )
    return suite


def _not_a_suite(path: Path, error: Exception) -> str:
    detail = str(error)
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        detail = "{}: {}".format(".".join(map(str, first["loc"])), first["msg"])
    elif isinstance(error, OSError):
        detail = error.strerror or detail
    return _("expectations/{file} 不是可用的校验规则：{detail}").format(
        file=path.name, detail=detail
    )
