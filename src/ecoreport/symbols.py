"""Formulas of pollutants as they are printed: PM₂.₅, with true subscripts."""

from __future__ import annotations

import csv
import re
from functools import cache

from ecoreport.errors import ParameterError
from ecoreport.i18n import _
from ecoreport.project import Project


@cache
def appearances() -> dict[str, dict[str, str]]:
    """Return the rows of ``params/appearance/pollutants.csv`` by pollutant, in their order.

    Raises
    ------
    ParameterError
        If the table cannot be read.
    """
    path = Project.here().params / "appearance" / "pollutants.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return {row["pollutant"]: row for row in csv.DictReader(lines)}
    except (OSError, ValueError, KeyError) as error:
        raise ParameterError(
            _("图表样式 {file} 有误：{reason}").format(file=path.name, reason=error)
        ) from error


def pollutants() -> list[str]:
    """Return the pollutants that are known, in the order in which charts stack them."""
    return list(appearances())


def symbol(pollutant: str) -> str:
    """Return a pollutant's formula with true subscripts: ``PM2.5`` -> PM₂.₅."""
    known = appearances().get(pollutant)
    return known["symbol"] if known else pollutant


def with_symbols(text: str) -> str:
    """Return a text with the formulas of pollutants in true subscripts."""
    for pollutant in sorted(appearances(), key=len, reverse=True):
        text = re.sub(rf"(?<![A-Za-z]){re.escape(pollutant)}(?!\d)", symbol(pollutant), text)
    return text
