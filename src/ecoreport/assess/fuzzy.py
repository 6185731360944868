"""Words that blur a target (左右, 基本, 力争): read as ``params/assessment.yml`` says."""

from __future__ import annotations

from ecoreport.assess.context import Context
from ecoreport.assess.judgement import Judgement
from ecoreport.config.assessment import FuzzyReading
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Verdict

MISSED = {Verdict.NOT_MET, Verdict.BEHIND}


def softened(commitment: Commitment, judgement: Judgement, context: Context) -> Judgement:
    """Return a judgement as the word that blurs its target allows; what holds stays as it is."""
    reading = context.fuzzy.get(commitment.fuzzy)
    if reading is None or judgement.verdict not in MISSED:
        return judgement
    if _is_close(judgement, reading):
        return _with(judgement, Verdict.MET, f"within_{commitment.fuzzy}")
    if reading.accepts_mostly_done and judgement.reason == "mostly_done":
        return _with(judgement, Verdict.MET, "mostly_done_accepted")
    if not reading.counts_as_failure:
        return _with(judgement, Verdict.NOT_APPLICABLE, f"{commitment.fuzzy}_not_reached")
    return judgement


def _is_close(judgement: Judgement, reading: FuzzyReading) -> bool:
    if judgement.margin is None or judgement.target is None or not reading.tolerance_percent:
        return False
    return -judgement.margin * 100 <= abs(judgement.target) * reading.tolerance_percent


def _with(judgement: Judgement, verdict: Verdict, reason: str) -> Judgement:
    return judgement.model_copy(update={"verdict": verdict, "reason": reason, "fragility": ()})
