"""Invent the answers of public surveys, so that their shares are the figures reported."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Day, Strict, Year
from ecoreport.demonstration.courses import figures_of, papers, rounded
from ecoreport.demonstration.profiles import Fill, rows_of
from ecoreport.demonstration.workbook import Row
from ecoreport.project import Pair, Project


class SurveyQuestion(Strict):
    """A row of ``surveys.csv``: one question of a survey and how it was asked."""

    district: str
    year: Year
    survey: str
    topic: str
    question: str
    role: str
    n_asked: int
    indicator: str = ""
    """Whose reported figure the share of yes is, where one is reported."""
    share_percent: Decimal | None = None
    """The share of yes otherwise."""
    design: str
    design_effect: Decimal | None = None
    population: int | None = None
    agency: str
    date: Day
    department: str


def surveys_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row a question: how many answered, and how many of them said yes."""
    names = load_catalogue(project).departments
    told = figures_of(project, pair, seed)
    found: list[Row] = []
    for number, one in enumerate(rows_of(project, "surveys", SurveyQuestion, pair), start=1):
        share = told.get(one.indicator, one.share_percent)
        row: Row = {
            "seq": number,
            "survey": one.survey,
            "topic": one.topic,
            "question": one.question,
            "role": one.role,
            "n_asked": one.n_asked,
            "n_yes": int(rounded((share or Decimal(0)) * one.n_asked / 100, 0)),
            "design": one.design,
            "design_effect": None if one.design_effect is None else float(one.design_effect),
            "population": one.population,
            "agency": one.agency,
            "date": one.date,
            "department": names[one.department].zh,
        }
        found.append(row | papers(f"{one.survey}报告", 1, pair.year))
    return found


FILL: Final[dict[str, Fill]] = {"surveys": surveys_rows}
