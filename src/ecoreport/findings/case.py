"""One judgement with the parts that its sentence is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from markupsafe import Markup, escape

from ecoreport.assess.judgement import Judgement
from ecoreport.assessment import Assessment
from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Kind, Verdict
from ecoreport.facts import Fact
from ecoreport.i18n import _, current_locale
from ecoreport.labels import LABELS_BY_REASON, localized, verdict_label
from ecoreport.message import N_
from ecoreport.narrative import OPERATOR_SIGNS, number, sentence, unit_suffix
from ecoreport.numbers import format_number
from ecoreport.observe.observation import Observation
from ecoreport.symbols import symbol, with_symbols

COMPARED = {
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.ON_TRACK,
    Verdict.BEHIND,
    Verdict.NOT_APPLICABLE,
}
"""Outcomes of a value that was held against its target."""
CHANGES = {
    Kind.REDUCTION: N_("目标比{year}年减少{target}"),
    Kind.GROWTH: N_("目标比{year}年增加{target}"),
}
NAMED_BY_TITLE = {Kind.MILESTONE, Kind.QUALITATIVE, Kind.RECURRING, Kind.COMPOSITE}
"""Kinds that are no number of an indicator: the commitment's own title says what they are."""
ASKED_IN_WORDS = {Kind.CLASS_LIMIT, Kind.RECURRING}
"""Kinds whose number is not the plan's own: a limit of the class asked for, periods due so far."""
ANNUAL_MEAN = "annual_mean"


class Told(Protocol):
    """What sentences are made from."""

    @property
    def catalogue(self) -> Catalogue:
        """Names, words and definitions."""

    @property
    def assessment(self) -> Assessment:
        """What was computed."""

    @property
    def observations(self) -> Mapping[str, Observation]:
        """Observations by id."""

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Facts by id."""

    @property
    def judgements(self) -> Mapping[str, Judgement]:
        """Judgements of the report's own district and year, by commitment."""


@dataclass(frozen=True)
class Case:
    """A commitment and its judgement, in the reader's language."""

    told: Told
    plan: CompletePlan
    commitment: Commitment
    judgement: Judgement

    @cached_property
    def observed(self) -> tuple[Observation, ...]:
        """What was judged, the chosen one first; then what it was held against."""
        known = self.told.observations
        return tuple(known[name] for name in self.judgement.observations if name in known)

    @property
    def outcome(self) -> Verdict:
        """The verdict, or what it would be today where the deadline lies ahead."""
        return self.judgement.so_far or self.judgement.verdict

    @property
    def is_compared(self) -> bool:
        """Whether a value was held against its target, whoever has to say what follows."""
        return self.outcome in COMPARED or self.judgement.reason == "no_clear_change"

    @cached_property
    def subject(self) -> Markup:
        """What is spoken of: place where it is not the report's, year or part of it, name."""
        is_part = self._is_part
        name = with_symbols(self._name(is_part=is_part))
        day = self.judgement.as_of
        when: dict[str, str | int] = {"what": name, "year": self.judgement.year}
        if is_part and day is not None:
            when["date"] = day.isoformat()
        text = N_("截至{date}的{what}") if is_part else N_("{year}年{what}")
        if not (place := self._place(name)):
            return sentence(text, **when)
        text = N_("{place}截至{date}的{what}") if is_part else N_("{place}{year}年{what}")
        return sentence(text, place=place, **when)

    @property
    def _is_part(self) -> bool:
        """Whether the value is of a part of the year; without one, whether data end early."""
        if self.judgement.as_of is None:
            return False
        is_known = bool(self.observed) and self.commitment.kind is not Kind.RECURRING
        return not is_known or self.observed[0].period != str(self.observed[0].year)

    def _name(self, *, is_part: bool) -> str:
        indicator = self.told.catalogue.indicators.get(self.commitment.indicator)
        if indicator is None or self.commitment.kind in NAMED_BY_TITLE:
            return localized(self.commitment)
        pollutant, _colon, statistic = indicator.argument.partition(":")
        if is_part and statistic == ANNUAL_MEAN:
            return _("{pollutant}平均浓度").format(pollutant=symbol(pollutant))
        return localized(indicator)

    def _place(self, name: str) -> str:
        scope = self.commitment.scope
        if scope == self.told.assessment.district or scope not in self.told.catalogue.districts:
            return ""
        place = localized(self.told.catalogue.districts[scope])
        return "" if place in name else place

    @cached_property
    def value(self) -> Markup:
        """The value that is judged, with its unit; empty where there is none."""
        value, unit = self.judgement.value, unit_suffix(self.judgement.unit)
        if value is None:
            return Markup("")
        if self.observed and self.observed[0].value == value:
            return number(self.observed[0]) + unit
        fact = self.fact("value")
        return (number(fact) if fact else escape(format_number(value))) + unit

    @cached_property
    def target(self) -> Markup:
        """The target's number with its unit; empty where there is none."""
        target = self.judgement.target
        if target is None:
            return Markup("")
        fact = self.fact("target")
        shown = number(fact) if fact else escape(format_number(target))
        return shown + unit_suffix(self._target_unit)

    @property
    def _target_unit(self) -> str:
        is_change = self.commitment.kind in CHANGES
        return self.commitment.unit if is_change and self.commitment.unit else self.judgement.unit

    @property
    def words(self) -> str:
        """The target in words, where the plan has them."""
        return str(
            getattr(self.commitment, f"target_{current_locale()}") or self.commitment.target_zh
        )

    @property
    def is_asked_in_words(self) -> bool:
        """Whether a number stands only for words of the plan: more than nought for 提高."""
        is_nought = self.commitment.value is not None and not self.commitment.value
        return is_nought and bool(self.words) and self.commitment.kind in CHANGES

    @cached_property
    def asked(self) -> Markup:
        """What the plan asks, where no value is held against it; empty where it says nothing."""
        kind = self.commitment.kind
        if self.judgement.target is None or self.is_asked_in_words or kind in ASKED_IN_WORDS:
            return sentence(N_("目标为“{words}”"), words=self.words) if self.words else Markup("")
        target = escape(OPERATOR_SIGNS.get(self.judgement.operator, "")) + self.target
        if kind not in CHANGES:
            return sentence(N_("目标为{target}"), target=target)
        year = self.commitment.base_year or self.judgement.year - 1
        return sentence(CHANGES[kind], year=year, target=target)

    @cached_property
    def deadline(self) -> dt.date | None:
        """The commitment's own deadline, or that of the composite it is a part of."""
        if self.commitment.deadline or not self.commitment.part_of:
            return self.commitment.deadline
        wholes = {one.id: one for one in self.plan.commitments}
        whole = wholes.get(self.commitment.part_of)
        return whole.deadline if whole else None

    @property
    def deadline_words(self) -> str:
        """The deadline as people say it: 2020年底."""
        if self.deadline is None:
            return ""
        if (self.deadline.month, self.deadline.day) == (12, 31):
            return _("{year}年底").format(year=self.deadline.year)
        return self.deadline.isoformat()

    @cached_property
    def parts(self) -> tuple[tuple[Commitment, Judgement], ...]:
        """Parts of a composite with their judgements; none of another district or year."""
        known, whole = self.told.judgements, self.judgement
        found = [
            (part, known[part.id])
            for part in self.plan.parts_of(self.commitment)
            if part.id in known
        ]
        return tuple(
            (part, one)
            for part, one in found
            if (one.district, one.year) == (whole.district, whole.year)
        )

    def fact(self, name: str) -> Fact | None:
        """Return the fact that tells a number of this very judgement, where there is one."""
        judgement = self.judgement
        found = self.told.facts.get(
            f"{judgement.district}/{judgement.year}/{name}/{judgement.commitment}"
        )
        return found if found and found.value == getattr(judgement, name) else None

    def label(self, verdict: Verdict) -> str:
        """Return a verdict's word as it stands within a sentence: in small letters."""
        return verdict_label(self.told.catalogue.verdicts[verdict], self.plan).lower()

    def label_of(self, judgement: Judgement) -> str:
        """Return the word under which a judgement is shown, as it stands within a sentence."""
        if judgement.reason in LABELS_BY_REASON:
            return _(LABELS_BY_REASON[judgement.reason]).lower()
        return self.label(judgement.verdict)
