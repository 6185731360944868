"""How a duty that comes back every month, quarter, half-year or year is judged."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ecoreport.assess.compare import is_met
from ecoreport.assess.context import Context, Found, evidence_of, least_evidence, weakest
from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Verdict
from ecoreport.message import N_, message
from ecoreport.observe.period import PARTS_OF_YEAR

LAST_MONTH = 12
FAILED = N_("未完成的期次：{periods}")
MISSING = N_("未报送的期次：{periods}")
UNSIGNED = N_("没有注明认定人的期次：{periods}")
"""Notes of a judgement that name its periods."""


def judge_recurring(commitment: Commitment, context: Context) -> Judgement:
    """Judge a duty by each of its periods that has ended: all must have been done.

    A period that nobody reported is not done, and not failed either: the duty stays open. So it
    does where nobody signed that a period was done.
    """
    periods = _due(commitment, context)
    told = {period: context.find_exactly(commitment.indicator, period) for period in periods}
    # A period that was not reported to its end is not reported.
    found = {p: one for p, one in told.items() if one is not None and one.chosen.is_sufficient}
    done = [period for period, one in found.items() if _is_done(commitment, one)]
    unsigned = [period for period in done if not _is_signed(found[period])]
    failed = [period for period in found if period not in done]
    missing = [period for period in periods if period not in found]
    verdict, reason = _outcome(commitment, context, periods, failed, missing, unsigned)
    known = list(found.values())
    judged = context.judge(
        commitment,
        verdict,
        found=known[0] if known else None,
        reason=reason,
        value=Decimal(len(done) - len(unsigned)) if known else None,
        text="",
        unit=N_("期"),
        operator=">=",
        target=Decimal(len(periods)),
        notes=tuple(
            message(text, periods=tuple(names))
            for text, names in (
                (FAILED, failed),
                (MISSING, missing),
                (UNSIGNED, unsigned),
            )
            if names
        ),
    )
    return judged.model_copy(update=_of_periods(known)) if known else judged


def _outcome(
    commitment: Commitment,
    context: Context,
    periods: Sequence[str],
    failed: Sequence[str],
    missing: Sequence[str],
    unsigned: Sequence[str],
) -> tuple[Verdict, str]:
    if not periods:
        return Verdict.NOT_DUE, "deadline_ahead"
    if failed:
        return Verdict.NOT_MET, "period_not_done"
    if len(missing) == len(periods):
        is_rejected = context.is_rejected(commitment)
        return Verdict.NO_DATA, "rejected" if is_rejected else "not_reported"
    if missing:
        return Verdict.INSUFFICIENT_DATA, "period_missing"
    return (Verdict.TO_CONFIRM, "unsigned") if unsigned else (Verdict.MET, "")


def _of_periods(known: Sequence[Found]) -> dict[str, object]:
    """Return what the whole takes over: it is no better than the weakest of its periods."""
    chosen = [one.chosen for one in known]
    return {
        "observations": tuple(one.id for one in chosen),
        "disagreeing": tuple(other.id for one in known for other in one.disagreeing),
        "maturity": weakest(one.maturity for one in chosen),
        "is_verified": all(one.trace.is_verified for one in chosen),
        "evidence": least_evidence(evidence_of(one) for one in chosen),
    }


def periods_of_year(commitment: Commitment, year: int) -> list[tuple[str, int]]:
    """Return the periods of a year in which a duty falls due, with the month that ends each."""
    parts = PARTS_OF_YEAR.get(commitment.frequency or "", ((str(year), LAST_MONTH),))
    if commitment.due_in:
        parts = tuple(
            part for one in PARTS_OF_YEAR.values() for part in one if part[0] == commitment.due_in
        )
    return [(name if name == str(year) else f"{year}-{name}", month) for name, month in parts]


def _due(commitment: Commitment, context: Context) -> list[str]:
    """Return the periods of the year judged that have ended by its last day.

    What had ended before the plan was issued is not asked.
    """
    year = context.pair.year
    n_over = context.n_whole_months if context.is_partial else LAST_MONTH
    issued = context.issued.get(commitment.id)
    first = issued.month if issued is not None and issued.year == year else 1
    periods = periods_of_year(commitment, year)
    return [name for name, last_month in periods if first <= last_month <= n_over]


def _is_done(commitment: Commitment, found: Found) -> bool:
    """Whether a period was confirmed as done, or its number reached what the plan asks."""
    if commitment.value is not None and found.chosen.value is not None:
        return is_met(found.chosen.value, commitment.operator or ">=", commitment.value)
    return found.chosen.text == "done"


def _is_signed(found: Found) -> bool:
    """Whether somebody answers for a period that was confirmed; a figure needs no signature."""
    return found.chosen.value is not None or bool(found.chosen.confirmed_by)
