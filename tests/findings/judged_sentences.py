"""Cases of sentences: a commitment of a plan, what was observed, and what is said of the two."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ecoreport.assess import assess
from ecoreport.assess.context import Context
from ecoreport.assess.judgement import Judgement
from ecoreport.assessment import Assessment
from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.load import load_catalogue
from ecoreport.config.models import AssignedTarget, Commitment
from ecoreport.facts import judgement_facts
from ecoreport.message import message
from ecoreport.observe.observation import Basis, Observation, Trace, observation_id
from ecoreport.project import Pair, Project
from ecoreport.report import Report
from ecoreport.validate.finding import Validation

LETTER = "苏环发〔2018〕1号"


@dataclass(frozen=True)
class Seen:
    """One value or status of the commitment's indicator, or of another's."""

    value: str | None = None
    text: str = ""
    year: int = 2018
    period: str = ""
    of: str = ""
    place: str = ""
    maturity: str = "audited"
    papers: int = 2
    basis: Basis = field(default_factory=Basis)
    known: dict[str, Any] = field(default_factory=dict)
    traced: dict[str, Any] = field(default_factory=dict)


@cache
def catalogue() -> Catalogue:
    """Return the project's own parameters."""
    return load_catalogue(Project.here())


def plan_of(commitment: str) -> CompletePlan:
    """Return the plan that a commitment's id begins with."""
    return catalogue().plans[commitment.split("/", maxsplit=1)[0]]


def told_of(
    commitment: str,
    *seen: Seen,
    district: str = "",
    year: int = 2018,
    as_of: dt.date | None = None,
    assigned: str = "",
    changes: dict[str, Any] | None = None,
    **context: Any,
) -> tuple[Report, CompletePlan, Commitment, Judgement]:
    """Return a report in which a commitment, changed or not, was judged on what was seen."""
    plan = plan_of(commitment)
    row = next(one for one in plan.commitments if one.id == commitment)
    row = row.model_copy(update=changes or {})
    rows = [row, *(one for one in plan.commitments if one.part_of == row.id)]
    plan = plan.model_copy(
        update={"commitments": tuple({one.id: one for one in (*plan.commitments, row)}.values())}
    )
    pair = Pair(district or plan.id.split("-")[0], year)
    observations = [_observation(row, one) for one in seen]
    by_pair: dict[Pair, list[Observation]] = {}
    for one in observations:
        by_pair.setdefault(Pair(one.district, one.year), []).append(one)
    last_day = as_of or dt.date(year, 12, 31)
    judgements, derived = assess(
        rows,
        {},
        Context(
            pair=pair,
            last_day=last_day,
            period=f"{year}-01-01/{as_of}" if as_of else str(year),
            observations=by_pair,
            is_partial=as_of is not None,
            assigned=_assigned(row, assigned),
            fuzzy=catalogue().assessment.fuzzy,
            steps={row.indicator: catalogue().clear_change_from(row.indicator)},
            **context,
        ),
    )
    assessment = Assessment(
        district=pair.district,
        year=year,
        period=str(year),
        as_of=as_of,
        observations=(*observations, *derived),
        judgements=tuple(judgements),
        facts=tuple(judgement_facts(pair, judgements)),
        sources=(),
        validation=Validation(),
    )
    report = Report(Project(Path()), pair, catalogue(), assessment)
    return report, plan, row, judgements[0]


def _assigned(row: Commitment, value: str) -> dict[str, AssignedTarget]:
    if not value:
        return {}
    target = AssignedTarget(
        commitment=row.id,
        value=Decimal(value),
        unit=row.unit,
        document=LETTER,
        date=dt.date(2018, 3, 1),
    )
    return {row.id: target}


def _observation(row: Commitment, seen: Seen) -> Observation:
    indicator = seen.of or row.indicator
    district = seen.place or row.scope
    period = seen.period or str(seen.year)
    return Observation.model_validate(
        {
            "id": observation_id(district, seen.year, indicator, period, seen.maturity)
            + "".join(f"/{one}" for one in seen.known.values() if isinstance(one, str)),
            "district": district,
            "year": seen.year,
            "period": period,
            "indicator": indicator,
            "value": None if seen.value is None else Decimal(seen.value),
            "text": seen.text,
            "unit": catalogue().indicators[indicator].unit,
            "basis": seen.basis,
            "maturity": seen.maturity,
            "has_document": seen.papers > 0,
            "has_evidence_file": seen.papers > 1,
            "confirmed_by": "某人" if seen.text else "",
            "trace": Trace(
                formula=message("部门上报值"), substituted="", **{"n_used": 1, **seen.traced}
            ),
            **seen.known,
        }
    )
