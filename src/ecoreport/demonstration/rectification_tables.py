"""Fill in the ledger of rectification (整改台账): a row a step of a problem, with its papers."""

from __future__ import annotations

import datetime as dt
from typing import Final

from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Day, Strict, Words, Year
from ecoreport.config.rectification import problem_id, problem_spellings
from ecoreport.demonstration.papers import document, evidence_file
from ecoreport.demonstration.profiles import Fill, rows_of
from ecoreport.demonstration.workbook import Row
from ecoreport.project import Pair, Project

CLOSED: Final = "已销号"
DAYS_BEFORE: Final = {"acceptance_date": 25, "publicity_start": 15, "publicity_end": 8}
"""What must have happened before a problem is closed, in days before it."""


class RectificationStep(Strict):
    """A row of ``rectification_steps.csv``: on a day a problem is said to have reached a state."""

    district: str
    year: Year
    """Whose ledger it stands in."""
    problem: str
    """``<plan>/<item>``."""
    state: str
    date: Day
    without: Words = ()
    """Columns that somebody forgot to fill in."""
    note: str = ""


def rectification_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return the steps of a year's ledger."""
    found = []
    named = {
        problem_id(plan.id, item): problem_spellings(plan.id, item)[0]
        for plan in load_catalogue(project).plans_binding(pair.district)
        for item in plan.problems
    }
    steps = rows_of(project, "rectification_steps", RectificationStep, pair)
    for number, step in enumerate(steps, start=1):
        row: Row = {
            "problem": named[step.problem],
            "state": step.state,
            "date": step.date,
            "person": "演示丙",
            **document(named[step.problem], number, pair.year),
            **evidence_file(f"整改-{number:02d}"),
        }
        if step.state == CLOSED:
            row |= _closing(step.date, number)
        found.append({name: cell for name, cell in row.items() if name not in step.without})
    return found


def _closing(day: dt.date, number: int) -> Row:
    days: Row = {name: day - dt.timedelta(days=n) for name, n in DAYS_BEFORE.items()}
    return days | {
        "acceptance_unit": "演示验收组",
        "publicity_address": "演示公示栏",
        "closing_number": f"演示销〔{day.year}〕{number}号",
    }


FILL: Final[dict[str, Fill]] = {"rectification": rectification_rows}
