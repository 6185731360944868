"""What is asked of several districts, or over several years, one line each with its outcomes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ecoreport.assess.conclusion import ATTENTION_ORDER
from ecoreport.assess.judgement import AreaValue, Judgement
from ecoreport.comparison.districts import areas_between
from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.models import Commitment, District
from ecoreport.config.vocabulary import CHANGES, Verdict
from ecoreport.observe.observation import Observation

WITHOUT_RESULT = (Verdict.NO_DATA, Verdict.NOT_ASSIGNED, Verdict.TO_CONFIRM, Verdict.NOT_DUE)
SETTLED = (Verdict.MET, Verdict.NOT_MET)


@dataclass(frozen=True)
class Outcome:
    """How one commitment stands in one district and year."""

    verdict: Verdict
    value: Decimal | None
    unit: str
    so_far: Verdict | None = None
    observation: str = ""
    """Id of what was judged, where anything was observed."""
    is_demonstration: bool = False
    is_before_plan: bool = False
    """Of a year in which the plan had not begun: its value is shown, and nothing is judged."""

    @property
    def shown(self) -> Verdict:
        """The verdict, or before the deadline what it would be by the present value."""
        return self.so_far or self.verdict

    @property
    def has_result(self) -> bool:
        """Whether something was judged, be it only by the present value."""
        return not self.is_before_plan and self.shown not in WITHOUT_RESULT

    @property
    def is_settled(self) -> bool:
        """Whether it is met or not met, be it by the present value."""
        return not self.is_before_plan and self.shown in SETTLED


@dataclass(frozen=True)
class Line:
    """One commitment, or the same asked of several districts, over districts or years."""

    commitment: Commitment
    """The row itself, or the composite that the districts' own rows are parts of."""
    indicator: str
    """Where several rows of one plan share an indicator: the line bears its name."""
    outcomes: Mapping[str, Outcome]
    """By district or year."""

    @property
    def has_result(self) -> bool:
        """Whether anything was judged in any column."""
        return any(one.has_result for one in self.outcomes.values())


def lines_by_district(
    catalogue: Catalogue,
    districts: Sequence[District],
    judgements: Iterable[Judgement],
    observations: Mapping[str, Observation],
) -> list[Line]:
    """Set districts beside each other by what is asked of each of them.

    Rows that name a district stand in one line where they are parts of one composite, or share a
    plan and an indicator; of two rows of one district the worse one counts. Values of districts
    below stand in the line of their city's row. What is judged for a district by its city's
    value is none of its own and is left out, as is a line with a single district.

    Parameters
    ----------
    judgements : iterable of Judgement
        Of one year, of the report's own district and of those compared with it.
    observations : mapping
        By id.
    """
    rows = {one.id: one for plan in catalogue.plans.values() for one in plan.commitments}
    named = {one.id for one in (*districts, *areas_between(catalogue, districts))}
    lines: dict[tuple[str, str], tuple[Commitment, dict[str, Outcome]]] = {}
    for one in judgements:
        row = rows[one.commitment]
        if row.scope in named:
            head, indicator = _head(row, rows)
            key = (head.id if not indicator else head.id.split("/")[0], indicator)
            _put(lines.setdefault(key, (head, {}))[1], row.scope, _outcome(one))
        for area in one.areas:
            if area.district in named and area.verdict is not Verdict.NOT_APPLICABLE:
                outcome = _outcome_of_area(area, observations)
                _put(lines.setdefault((row.id, ""), (row, {}))[1], area.district, outcome)
    order = {name: position for position, name in enumerate(rows)}
    found = [
        Line(head, indicator, outcomes)
        for (_name, indicator), (head, outcomes) in lines.items()
        if len(outcomes) > 1
    ]
    return sorted(found, key=lambda line: order[line.commitment.id])


def lines_by_year(plans: Iterable[CompletePlan], judgements: Iterable[Judgement]) -> list[Line]:
    """Set the years of one district beside each other, in the order of its plans.

    Of years before a plan began only values stand there, where they are of the unit that is
    judged: a cut has none without its base. A commitment with one year only is left out.
    """
    own: dict[str, list[Judgement]] = defaultdict(list)
    for one in sorted(judgements, key=lambda one: one.year):
        own[one.commitment].append(one)
    lines = [
        Line(row, "", _by_year(row, plan.first_year, own[row.id]))
        for plan in plans
        for row in plan.counted()
    ]
    return [line for line in lines if len(line.outcomes) > 1]


def _by_year(row: Commitment, begins: int, judgements: Iterable[Judgement]) -> dict[str, Outcome]:
    outcomes = {}
    for one in judgements:
        is_before = one.year < begins
        is_cut = row.kind in CHANGES
        is_value = one.value is not None and not (is_cut and one.unit != row.unit)
        if is_value or not is_before:
            outcomes[str(one.year)] = replace(_outcome(one), is_before_plan=is_before)
    return outcomes


def tallied(lines: Iterable[Line], column: str, *, is_so_far: bool = False) -> Counter[Verdict]:
    """Count the verdicts of one column; real and demonstration data are never added up.

    Where a column has both, what rests on demonstration data is left out.

    Parameters
    ----------
    is_so_far : bool
        Count what is not due yet by its present value, and nothing else.
    """
    columns = [line.outcomes[column] for line in lines if column in line.outcomes]
    outcomes = [one for one in columns if not one.is_before_plan]
    has_real = any(one.observation and not one.is_demonstration for one in outcomes)
    return Counter(
        one.shown
        for one in outcomes
        if (one.so_far is not None) is is_so_far and not (has_real and one.is_demonstration)
    )


def turned(lines: Iterable[Line], before: str, now: str) -> Counter[Verdict]:
    """Count what turned into met and into not met, be it by present values; of one nature only."""
    found: Counter[Verdict] = Counter()
    for line in lines:
        first, last = line.outcomes.get(before), line.outcomes.get(now)
        if (
            first is not None
            and last is not None
            and first.is_settled
            and last.is_settled
            and first.shown is not last.shown
            and first.is_demonstration == last.is_demonstration
        ):
            found[last.shown] += 1
    return found


def _head(row: Commitment, rows: Mapping[str, Commitment]) -> tuple[Commitment, str]:
    """Return the row that a line is named after, and the indicator where it has its name."""
    if row.part_of:
        return rows[row.part_of], ""
    return row, row.indicator


def _put(outcomes: dict[str, Outcome], column: str, new: Outcome) -> None:
    held = outcomes.get(column)
    if held is None or _badness(new) < _badness(held):
        outcomes[column] = new


def _badness(outcome: Outcome) -> int:
    order = ATTENTION_ORDER
    return order.index(outcome.shown) if outcome.shown in order else len(order)


def _outcome(judgement: Judgement) -> Outcome:
    return Outcome(
        verdict=judgement.verdict,
        value=judgement.value,
        unit=judgement.unit,
        so_far=judgement.so_far,
        observation=next(iter(judgement.observations), ""),
        is_demonstration=judgement.rests_on_demonstration,
    )


def _outcome_of_area(area: AreaValue, observations: Mapping[str, Observation]) -> Outcome:
    return Outcome(
        verdict=area.verdict,
        value=area.value,
        unit=area.unit,
        observation=next(iter(area.observations), ""),
        is_demonstration=any(observations[name].is_demonstration for name in area.observations),
    )
