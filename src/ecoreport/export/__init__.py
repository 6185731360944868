"""What was computed, as files to take away: CSV, a workbook, JSON."""

from __future__ import annotations

import json
from typing import Any

from ecoreport.assess.judgement import Judgement
from ecoreport.assess.reasons import FRAGILITIES
from ecoreport.assessment import Assessment
from ecoreport.config.catalogue import Catalogue
from ecoreport.departments import WORKBOOK
from ecoreport.export.charts import chart_csv
from ecoreport.export.columns import (
    Edition,
    about_table,
    finding_table,
    observation_table,
    source_table,
    verdict_table,
)
from ecoreport.export.corrections import correction_table
from ecoreport.export.departments import department_tables
from ecoreport.export.rectification import problem_table, step_table
from ecoreport.i18n import _, current_locale, use_locale
from ecoreport.labels import basis_text, localized, reason_of
from ecoreport.narrative import reason_text
from ecoreport.observe.observation import Observation
from ecoreport.workbooks import csv_bytes, workbook_bytes

__all__ = ["chart_csv", "downloads"]


def downloads(
    assessment: Assessment, catalogue: Catalogue, locale: str, *, is_internal: bool = True
) -> dict[str, bytes]:
    """Return the files that lie beside the pages of a report.

    Parameters
    ----------
    assessment : Assessment
    catalogue : Catalogue
    locale : {"zh", "en"}
        Of headers and words; codes and identifiers are the same in both.
    is_internal : bool
        Whether the marks of 临界, and what they rest on, may leave the house.

    Returns
    -------
    dict of str to bytes
        By path below the report; the same assessment gives the same bytes.
    """
    before = current_locale()
    use_locale(locale)
    try:
        edition = Edition(assessment, catalogue, is_internal)
        verdicts, observations = verdict_table(edition), observation_table(edition)
        sheets = (
            verdicts,
            observations,
            source_table(edition),
            *([correction_table(edition)] if assessment.corrections else []),
            finding_table(edition),
            about_table(edition),
        )
        return {
            "data/verdicts.csv": csv_bytes(verdicts),
            "data/observations.csv": csv_bytes(observations),
            "data/assessment.xlsx": workbook_bytes(sheets),
            "data/assessment.json": _json_bytes(edition),
            **_corrections(edition),
            **_rectification(edition),
            WORKBOOK: workbook_bytes(department_tables(edition)),
        }
    finally:
        use_locale(before)


def _corrections(edition: Edition) -> dict[str, bytes]:
    """Return what letters changed, where they changed anything."""
    if not edition.assessment.corrections:
        return {}
    return {"data/corrections.csv": csv_bytes(correction_table(edition))}


def _rectification(edition: Edition) -> dict[str, bytes]:
    """Return the problems of the district's own plans and their steps, where there are any."""
    if not edition.assessment.rectification:
        return {}
    problems = problem_table(edition)
    return {
        "data/rectification.csv": csv_bytes(problems),
        "data/rectification.xlsx": workbook_bytes((problems, step_table(edition))),
    }


def _json_bytes(edition: Edition) -> bytes:
    assessment = edition.assessment
    content = {
        "district": assessment.district,
        "year": assessment.year,
        "period": assessment.period,
        "as_of": assessment.as_of.isoformat() if assessment.as_of else None,
        "is_draft": assessment.is_draft,
        "rests_on_demonstration": assessment.rests_on_demonstration,
        "verdicts": [_verdict(edition, one) for one in assessment.judgements],
        "observations": [_observation(edition, one) for one in assessment.observations],
        "rectification": [one.model_dump(mode="json") for one in assessment.rectification],
        "sources": [one.model_dump(mode="json") for one in assessment.sources],
        "corrections": [one.model_dump(mode="json") for one in assessment.corrections],
        "findings": [
            one.model_dump(mode="json") | {"reason": str(one.reason)}
            for one in assessment.validation.findings
        ],
    }
    parts = [f"{json.dumps(name)}: {_json(value)}" for name, value in content.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "replace")


def _json(value: object) -> str:
    """Write a list with an element on each line, which is quick to write and to compare."""
    if isinstance(value, list):
        return "[\n" + ",\n".join(map(_json, value)) + "\n]" if value else "[]"
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _verdict(edition: Edition, judgement: Judgement) -> dict[str, Any]:
    """Return a judgement with its words and the whole trace of what it rests on."""
    commitment = edition.commitments[judgement.commitment]
    known = judgement.model_dump(mode="json")
    marks = known.pop("fragility")
    if edition.is_internal:
        known["fragility"] = marks
        known["fragility_text"] = [_(FRAGILITIES[code]) for code in judgement.fragility]
    return known | {
        "plan": edition.plan_of[commitment.id].id,
        "seq": commitment.seq,
        "part_of": commitment.part_of,
        "indicator": commitment.indicator,
        "title": localized(commitment),
        "attribute": commitment.attribute,
        "responsible": list(commitment.responsible),
        "verdict_text": edition.verdict(judgement),
        "reason_text": reason_of(edition.catalogue, judgement),
        "maturity_text": edition.term("maturities", judgement.maturity),
        "evidence_text": edition.term("evidence", judgement.evidence),
        "rests_on_demonstration": judgement.rests_on_demonstration,
        "notes": [str(note) for note in judgement.notes],
        "trace": [{"observation": one.id, **_trace(one)} for one in edition.behind(judgement)],
    }


def _observation(edition: Edition, observation: Observation) -> dict[str, Any]:
    known = observation.model_dump(mode="json")
    if not edition.is_internal:
        del known["sensitivity"]
    return known | {
        "indicator_text": localized(edition.catalogue.indicators[observation.indicator]),
        "maturity_text": edition.term("maturities", observation.maturity),
        "basis_text": basis_text(observation),
        "reason_text": reason_text(observation.reason),
        "is_demonstration": observation.is_demonstration,
        "trace": _trace(observation),
    }


def _trace(observation: Observation) -> dict[str, Any]:
    trace = observation.trace
    return trace.model_dump(mode="json") | {
        "formula": str(trace.formula),
        "notes": [str(note) for note in trace.notes],
    }
