"""What a judgement may look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ecoreport.assess.judgement import Judgement
from ecoreport.config.assessment import FuzzyReading
from ecoreport.config.models import AssignedTarget, Commitment
from ecoreport.config.vocabulary import Area, EvidenceStatus, Maturity, Verdict
from ecoreport.message import Message
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import Period
from ecoreport.observe.precedence import RANKS, ranked
from ecoreport.project import Pair


@dataclass(frozen=True)
class Found:
    """The observation that is judged, and those of other sources that differ from it."""

    chosen: Observation
    disagreeing: tuple[Observation, ...] = ()
    is_ambiguous: bool = False
    """Whether another source, checked alike, tells another value on another basis."""


PARTS_FROM_JANUARY = {(3, 31): "Q1", (6, 30): "H1"}
"""Parts of a year that begin with it, by their last day: they name what a part up to then is."""


@dataclass(frozen=True)
class Context:
    """Observations, assigned targets and earlier judgements of one assessment."""

    pair: Pair
    last_day: dt.date
    """Last day of the year judged, or the day of ``AS_OF``."""
    period: str
    observations: Mapping[Pair, Sequence[Observation]]
    assigned: Mapping[str, AssignedTarget] = field(default_factory=dict)
    datasets: Mapping[str, Set[str]] = field(default_factory=dict)
    """Datasets that each indicator is read or computed from."""
    coverages: Mapping[str, str] = field(default_factory=dict)
    """What each indicator covers by its definition (全区, 城镇)."""
    steps: Mapping[str, Decimal] = field(default_factory=dict)
    """Change below which an indicator has not clearly changed by its standard."""
    yearly_falls: Mapping[str, str] = field(default_factory=dict)
    """Indicator of the fall on the year before at comparable prices, by what is told at the prices
    of its own year."""
    rejected_datasets: frozenset[str] = frozenset()
    """Datasets that validation stopped, in a draft."""
    withheld: frozenset[str] = frozenset()
    """Indicators that internal data tell of, in an edition that does not read them."""
    is_partial: bool = False
    """Whether data end before the year does."""
    path: Mapping[str, Mapping[int, Decimal]] = field(default_factory=dict)
    """Interim values by commitment and year, from a plan's document or a signed letter."""
    terms: Mapping[str, range] = field(default_factory=dict)
    """First to last year of each commitment's plan."""
    issued: Mapping[str, dt.date] = field(default_factory=dict)
    """Day on which each commitment's plan was issued, where it is known."""
    place: str = ""
    """District whose values are held against the target; the one judged where empty."""
    air_of: Mapping[str, str] = field(default_factory=dict)
    """District whose air values are another's."""
    areas: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Districts below each district of which something was observed."""
    fuzzy: Mapping[str, FuzzyReading] = field(default_factory=dict)
    """How a word that blurs a target is read."""

    def at(self, place: str) -> Context:
        """Return the context in which the values of `place` are judged."""
        return replace(self, place=place)

    def in_year(self, year: int) -> Context:
        """Return the context in which the whole of an earlier year is judged."""
        return replace(
            self,
            pair=Pair(self.pair.district, year),
            last_day=dt.date(year, 12, 31),
            period=str(year),
            is_partial=False,
        )

    def observed(self, indicator: str, year: int | None = None) -> Sequence[Observation]:
        """Return what was observed in the place judged; its air may be that of another."""
        place = self.place or self.pair.district
        if indicator.startswith(f"{Area.AIR}."):
            place = self.air_of.get(place, place)
        return self.observations.get(Pair(place, year or self.pair.year), ())

    @property
    def n_whole_months(self) -> int:
        """Months of the year judged that have ended by its last day."""
        return Period(self.pair.year, self.last_day).n_whole_months

    def find(self, indicator: str, year: int | None = None, period: str = "") -> Found | None:
        """Choose among the sources of one value: the better checked one is judged.

        Parameters
        ----------
        indicator : str
        year : int, optional
            The year judged where not given.
        period : str, optional
            A part of `year`; where not given, the period judged, or the whole of another year.

        Notes
        -----
        Values of single stations are no sources of the area's value.
        """
        year = year or self.pair.year
        periods = (period,) if period else self._periods(year)
        candidates = ranked(
            (one for one in self.observed(indicator, year) if one.indicator == indicator),
            tuple(dict.fromkeys((*periods, str(year)))),
        )
        if not candidates:
            return None
        chosen, *others = self._of_the_coverage_asked(candidates)
        differing = tuple(
            other
            for other in others
            if other.period == chosen.period
            and (other.value, other.text) != (chosen.value, chosen.text)
        )
        asked = self.coverages.get(indicator, "")
        is_open = chosen.basis.place != asked and _is_ambiguous(chosen, differing)
        return Found(chosen, differing, is_open)

    def _periods(self, year: int) -> tuple[str, ...]:
        """Return how tables name what is judged of a year: a half is also 2018-H1."""
        if year != self.pair.year:
            return (str(year),)
        part = PARTS_FROM_JANUARY.get((self.last_day.month, self.last_day.day))
        return (self.period, f"{year}-{part}") if self.is_partial and part else (self.period,)

    def _of_the_coverage_asked(self, candidates: list[Observation]) -> list[Observation]:
        """Put the value whose basis is the indicator's own coverage before others checked alike."""
        asked = self.coverages.get(candidates[0].indicator, "")
        return sorted(
            candidates,
            key=lambda one: (
                RANKS[one.maturity],
                bool(asked) and one.basis.place != asked,
                candidates.index(one),
            ),
        )

    def find_exactly(self, indicator: str, period: str) -> Found | None:
        """Choose among the sources of one period of the year judged; the year itself is none."""
        found = self.find(indicator, period=period)
        return found if found is not None and found.chosen.period == period else None

    def is_rejected(self, commitment: Commitment) -> bool:
        """Whether validation stopped a dataset that the commitment's indicator comes from."""
        return bool(self.rejected(commitment))

    def rejected(self, commitment: Commitment) -> tuple[str, ...]:
        """Return the stopped datasets among those that the commitment's indicator comes from."""
        known = self.datasets.get(commitment.indicator, frozenset())
        return tuple(sorted(known & self.rejected_datasets))

    def absent(
        self,
        commitment: Commitment,
        found: Found | None,
        *,
        target: Decimal | None = None,
        target_source: str = "",
    ) -> Judgement:
        """Judge a commitment without a value: nothing was observed, or nothing comparable."""
        verdict, reason = Verdict.NO_DATA, self._why_absent(commitment.indicator)
        if found is not None and found.chosen.reason:
            verdict, reason = Verdict.INSUFFICIENT_DATA, found.chosen.reason
        elif self.is_rejected(commitment):
            reason = "rejected"
        return self.judge(
            commitment,
            verdict,
            found=found,
            target=target,
            target_source=target_source,
            reason=reason,
        )

    def _why_absent(self, indicator: str) -> str:
        own = self.observed(indicator)
        if any(one.indicator == indicator and not one.is_of_one_point for one in own):
            return "only_parts_reported"
        if indicator in self.withheld:
            return "withheld"
        return "period_not_over" if self.is_partial else "not_reported"

    def judge(
        self,
        commitment: Commitment,
        verdict: Verdict,
        *,
        found: Found | None = None,
        bases: Sequence[Observation] = (),
        notes: tuple[Message, ...] = (),
        target: Decimal | None = None,
        **known: object,
    ) -> Judgement:
        """Make the judgement of `commitment`, carrying over what the observation knows."""
        observed = [found.chosen, *bases] if found else list(bases)
        chosen = found.chosen if found else None
        if found is not None and found.is_ambiguous:
            verdict, known = Verdict.TO_CONFIRM, known | {"reason": "bases_differ"}
        return Judgement.model_validate(
            {
                "commitment": commitment.id,
                "district": self.pair.district,
                "year": self.pair.year,
                "as_of": self.last_day if self.is_partial else None,
                "verdict": verdict,
                "value": chosen.value if chosen else None,
                "text": chosen.text if chosen else "",
                "unit": chosen.unit if chosen else commitment.unit,
                "operator": commitment.operator or "",
                "target": commitment.value if target is None else target,
                "evidence": evidence_of(chosen),
                "maturity": weakest(one.maturity for one in observed),
                "is_verified": all(one.trace.is_verified for one in observed),
                "observations": tuple(one.id for one in observed),
                "disagreeing": tuple(one.id for one in found.disagreeing) if found else (),
                "rejected": self.rejected(commitment),
                "notes": notes,
                **known,
            }
        )


def _is_ambiguous(chosen: Observation, others: Sequence[Observation]) -> bool:
    return any(
        other.maturity is chosen.maturity and other.basis.place != chosen.basis.place
        for other in others
    )


def weakest(maturities: object) -> Maturity | None:
    """Return the least checked of several maturities: a result is no better than its worst part."""
    found = [maturity for maturity in maturities if maturity is not None]  # type: ignore[attr-defined]
    return max(found, key=RANKS.__getitem__) if found else None


EVIDENCE_WORST_FIRST = (EvidenceStatus.NONE, EvidenceStatus.PARTIAL, EvidenceStatus.COMPLETE)


def least_evidence(statuses: Iterable[EvidenceStatus]) -> EvidenceStatus:
    """Return the worst of several: a whole is evidenced no better than its worst part."""
    return min(statuses, key=EVIDENCE_WORST_FIRST.index)


def evidence_of(observation: Observation | None) -> EvidenceStatus:
    """Say whether a document and its file stand behind an observation (齐全, 不足, 无)."""
    if observation is None:
        return EvidenceStatus.NONE
    has = (observation.has_document, observation.has_evidence_file)
    if all(has):
        return EvidenceStatus.COMPLETE
    return EvidenceStatus.PARTIAL if any(has) else EvidenceStatus.NONE
