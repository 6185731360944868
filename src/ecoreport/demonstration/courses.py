"""How figures go over the years, and the papers that are named beside them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from ecoreport.demonstration.reported import cases_of, figures
from ecoreport.demonstration.seeds import generator_for
from ecoreport.demonstration.workbook import Cell, Row
from ecoreport.project import Pair, Project

TOTAL = "合计"
Figures = dict[str, Decimal]
"""By indicator, in its own unit."""


def figures_of(project: Project, pair: Pair, seed: str) -> Figures:
    """Return the figures that departments report of a year: what is computed has to meet them."""
    return figures(project, pair, cases_of(project, pair), seed)


def deviation(pair: Pair, thing: str, spread: Decimal, seed: str) -> Decimal:
    """Return a random number between ``-spread`` and ``spread``, the same each time."""
    rng = generator_for(pair, thing, seed)
    return Decimal(repr(float(rng.uniform(-1, 1)))) * spread


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Return a number with so many decimals, half to even."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


def number_cell(value: Decimal) -> Cell:
    """Return a number as somebody types it: whole numbers whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def with_totals(rows: Sequence[Row], columns: Sequence[str]) -> list[Row]:
    """Return the rows of a table with a last one that adds some of its columns up."""
    sums: Row = {
        name: number_cell(sum((Decimal(str(row.get(name) or 0)) for row in rows), Decimal(0)))
        for name in columns
    }
    total: Row = {"seq": TOTAL}
    return [*rows, total | sums] if rows else []


def papers(title: str, number: int, year: int) -> Row:
    """Return the papers behind a row of `year`; their names and numbers say they are invented."""
    return {
        "document": f"演示文件《{title}》",
        "document_number": f"演示〔{year + 1}〕{number}号",
        "evidence_file": f"演示材料/{title}.pdf",
    }
