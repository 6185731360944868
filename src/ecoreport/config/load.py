"""Read everything under ``params/`` and check it, before anything is computed."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from ecoreport.config.assessment import AssessmentSettings, Review
from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.evidence import EvidenceKind, EvidenceSource, EvidenceState
from ecoreport.config.models import Plan
from ecoreport.config.presentation import VerdictStyle
from ecoreport.config.read import Problem, told
from ecoreport.config.reader import Reader
from ecoreport.config.references import Loaded, check_references
from ecoreport.config.tiles import Tile, check_tiles
from ecoreport.config.vocabulary import (
    Area,
    Attribute,
    DepartmentLevel,
    EvidenceStatus,
    Kind,
    Maturity,
    Verdict,
)
from ecoreport.errors import ParameterError
from ecoreport.project import Pair, Project

TERMS: dict[str, type[StrEnum]] = {
    "areas": Area,
    "attributes": Attribute,
    "department_levels": DepartmentLevel,
    "evidence": EvidenceStatus,
    "evidence_kinds": EvidenceKind,
    "evidence_sources": EvidenceSource,
    "evidence_states": EvidenceState,
    "kinds": Kind,
    "maturities": Maturity,
}
"""Closed lists whose labels stand in ``params/<name>.csv``."""
OWN_DEPTH = 3
"""Parts of the path of ``params/districts/<id>`` itself."""
DISTRICT_FILE = "district.yml"


def load_catalogue(project: Project) -> Catalogue:
    """Read all parameters of a project.

    Raises
    ------
    ParameterError
        If anything is wrong anywhere; the message lists every problem with file and line.
    """
    return _read(Reader(project))


def load_sound(project: Project) -> Catalogue:
    """Read all parameters, where need be without files of districts that are wrong.

    What is wrong with a district stands in ``at_fault`` of the catalogue: what rests on it must
    not be computed, and need not keep others from being. ``district.yml`` is everybody's: areas,
    names and plans of others hang on it.

    Raises
    ------
    ParameterError
        If anything is wrong that is no district's own.
    """
    at_fault: dict[str, list[Problem]] = {}
    while True:
        known = {one.file for problems in at_fault.values() for one in problems}
        reader = Reader(project, left_out=frozenset(known))
        try:
            found = _read(reader)
        except ParameterError:
            problems = reader.problems.found
            if not all(_district_of(one) and one.file not in known for one in problems):
                return load_catalogue(project)
            for one in problems:
                at_fault.setdefault(_district_of(one), []).append(one)
        else:
            return replace(found, at_fault={name: told(at_fault[name]) for name in at_fault})


def _district_of(problem: Problem) -> str:
    """Return the district whom alone the file of a problem concerns; nothing for other files."""
    parts = problem.file.split("/")
    is_own = parts[1] == "districts" and len(parts) > OWN_DEPTH and parts[-1] != DISTRICT_FILE
    return parts[2] if is_own else ""


def _read(reader: Reader) -> Catalogue:
    project = reader.project
    loaded = reader.everything()
    verdicts = reader.shelf(
        reader.table(project.params / "verdicts.csv", VerdictStyle), VerdictStyle, "verdict"
    )
    terms = {name: reader.terms(name, words) for name, words in TERMS.items()}
    reader.check_words(project.params / "verdicts.csv", verdicts, Verdict)
    tiles = reader.table(project.params / "tile_grids.csv", Tile)
    check_references(loaded, reader.problems)
    check_tiles(tiles, loaded.districts, reader.problems)
    tile_of = reader.shelf(tiles, Tile, "district").values()
    states = reader.states(loaded)
    minimums = reader.minimums(loaded)
    corrections = reader.corrections(loaded)
    plausible = reader.plausible(loaded)
    plausible_parts = reader.plausible_parts(loaded)
    yearly_falls = reader.yearly_falls(loaded)
    reader.problems.raise_if_any()
    # Else their absence was raised above.
    assert loaded.report is not None  # noqa: S101
    assert loaded.assessment is not None  # noqa: S101
    styles = sorted(verdicts.values().values(), key=lambda style: style.order)
    return Catalogue(
        districts=loaded.districts.values(),
        plans={plan.id: _complete(plan, loaded) for plan in loaded.plans.values().values()},
        indicators=loaded.indicators.values(),
        datasets=loaded.datasets.values(),
        departments=loaded.departments.values(),
        verdicts={style.verdict: style for style in styles},
        report=loaded.report.value,
        assessment=loaded.assessment.value,
        terms=terms,
        tiles=tile_of,
        rectification_states=states,
        district_years={
            Pair(one.value.district, one.value.year): one.value for one in loaded.district_years
        },
        corrections=corrections,
        computed=tuple(one.value for one in loaded.computed),
        public_minimums=minimums,
        plausible=plausible,
        plausible_parts=plausible_parts,
        yearly_falls=yearly_falls,
    )


def load_reviews(project: Project) -> tuple[Review, ...]:
    """Read the days of every year that ``AS_OF`` may name.

    Raises
    ------
    ParameterError
        If ``params/assessment.yml`` is missing or wrong.
    """
    reader = Reader(project)
    found = reader.document(project.params / "assessment.yml", AssessmentSettings)
    reader.problems.raise_if_any()
    assert found is not None  # noqa: S101 - else its absence was raised above
    return found.value.reviews


def _complete(plan: Plan, loaded: Loaded) -> CompletePlan:
    return CompletePlan(
        **dict(plan),
        commitments=tuple(one.value for one in loaded.commitments_of[plan.id]),
        contradictions=tuple(one.value for one in loaded.contradictions_of[plan.id]),
        path=tuple(one.value for one in loaded.path_of.get(plan.id, ())),
        problems=tuple(one.value for one in loaded.problems_of.get(plan.id, ())),
        evidence=tuple(one.value for one in loaded.evidence_of.get(plan.id, ())),
        evidence_deadlines=tuple(one.value for one in loaded.deadlines_of.get(plan.id, ())),
        owner=next(
            (one.id for one in loaded.districts.values().values() if plan.id in one.plans), ""
        ),
    )
