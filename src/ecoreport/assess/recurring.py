"""How a duty that comes back every month, quarter, half-year or year is judged."""

from __future__ import annotations

from decimal import Decimal

from ecoreport.assess.compare import is_met
from ecoreport.assess.context import Context, Found
from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Verdict
from ecoreport.message import N_, message
from ecoreport.observe.period import PARTS_OF_YEAR


def judge_recurring(commitment: Commitment, context: Context) -> Judgement:
    """Judge a duty by each of its periods that has ended: all must have been done.

    A period that nobody reported is not done, and not failed either: the duty stays open.
    """
    periods = _due(commitment, context)
    found = {period: context.find_exactly(commitment.indicator, period) for period in periods}
    failed = [p for p, one in found.items() if one is not None and not _is_done(commitment, one)]
    missing = [p for p, one in found.items() if one is None]
    n_done = len(periods) - len(failed) - len(missing)
    if not periods:
        verdict, reason = Verdict.NOT_DUE, "deadline_ahead"
    elif failed:
        verdict, reason = Verdict.NOT_MET, "period_not_done"
    elif missing:
        verdict = Verdict.NO_DATA if len(missing) == len(periods) else Verdict.INSUFFICIENT_DATA
        reason = "not_reported" if verdict is Verdict.NO_DATA else "period_missing"
    else:
        verdict, reason = Verdict.MET, ""
    first = next((one for one in found.values() if one is not None), None)
    return context.judge(
        commitment,
        verdict,
        found=first,
        reason=reason,
        value=Decimal(n_done) if first else None,
        text="",
        unit=N_("期"),
        operator=">=",
        target=Decimal(len(periods)),
        observations=tuple(one.chosen.id for one in found.values() if one is not None),
        notes=tuple(
            message(text, periods=tuple(names))
            for text, names in (
                (N_("未完成的期次：{periods}"), failed),
                (N_("未报送的期次：{periods}"), missing),
            )
            if names
        ),
    )


def _due(commitment: Commitment, context: Context) -> list[str]:
    """Return the periods of the year judged that have ended by its last day."""
    year = context.pair.year
    parts = PARTS_OF_YEAR.get(commitment.frequency or "")
    if commitment.due_in:
        parts = tuple(
            part for one in PARTS_OF_YEAR.values() for part in one if part[0] == commitment.due_in
        )
    if parts is None:
        return [str(year)]
    is_whole = not context.is_partial
    n_over = 12 if is_whole else context.n_whole_months
    return [f"{year}-{name}" for name, last_month in parts if last_month <= n_over]


def _is_done(commitment: Commitment, found: Found) -> bool:
    """Whether a period was confirmed as done, or its number reached what the plan asks."""
    if commitment.value is not None and found.chosen.value is not None:
        return is_met(found.chosen.value, commitment.operator or ">=", commitment.value)
    return found.chosen.text == "done"
