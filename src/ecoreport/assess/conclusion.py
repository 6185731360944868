"""What the judgements of a plan amount to: vetoes first, then counts, then what needs attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ecoreport.assess.judgement import Judgement
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Attribute, Verdict

ATTENTION_ORDER = (
    Verdict.NOT_MET,
    Verdict.BEHIND,
    Verdict.NO_DATA,
    Verdict.INSUFFICIENT_DATA,
    Verdict.TO_CONFIRM,
    Verdict.NOT_ASSIGNED,
)


@dataclass(frozen=True)
class Conclusion:
    """Counts by verdict for each attribute; no share is formed of them."""

    vetoes: tuple[Judgement, ...]
    """Commitments whose breach vetoes the whole (否决项), with how they stand."""
    counts: Mapping[Attribute, Mapping[Verdict, int]]
    totals: Mapping[Attribute, int]
    n_met_so_far: int
    """Not due yet, but met already."""
    attention: tuple[Judgement, ...]
    """What is not met, behind, missing or open, worst first."""
    open_so_far: tuple[Judgement, ...]
    """Not due yet, and not met, missing or open so far, worst first; in no count of verdicts."""

    @property
    def is_vetoed(self) -> bool:
        """Whether a veto has fallen."""
        return any(judgement.verdict is Verdict.NOT_MET for judgement in self.vetoes)


def conclude(plan: CompletePlan, judgements: Mapping[str, Judgement]) -> Conclusion:
    """Sum up a plan.

    Parts of a composite are not counted beside it: the denominators are the plan's own numbers.
    """
    counted = plan.counted()
    counts = {
        attribute: Counter(
            judgements[one.id].verdict for one in counted if one.attribute is attribute
        )
        for attribute in Attribute
    }
    return Conclusion(
        vetoes=tuple(judgements[name] for name in plan.vetoes),
        counts=counts,
        totals={attribute: sum(count.values()) for attribute, count in counts.items()},
        n_met_so_far=sum(judgements[one.id].so_far is Verdict.MET for one in counted),
        attention=_worst_first(counted, judgements, lambda one: one.verdict),
        open_so_far=_worst_first(counted, judgements, lambda one: one.so_far),
    )


def _worst_first(
    commitments: Iterable[Commitment],
    judgements: Mapping[str, Judgement],
    verdict_of: Callable[[Judgement], Verdict | None],
) -> tuple[Judgement, ...]:
    """Return the judgements that `verdict_of` finds open: of one verdict the binding ones first."""
    ranked = []
    for one in commitments:
        judgement = judgements[one.id]
        verdict = verdict_of(judgement)
        if verdict in ATTENTION_ORDER:
            is_reference = one.attribute is Attribute.REFERENCE
            rank = (ATTENTION_ORDER.index(verdict), is_reference, one.seq or 0)
            ranked.append((rank, judgement))
    return tuple(judgement for _rank, judgement in sorted(ranked, key=lambda pair: pair[0]))
