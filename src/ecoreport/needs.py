"""What is missing behind a verdict, where it is entered, and by when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ecoreport.assess.judgement import Judgement
from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.layouts import Dataset
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import EvidenceStatus, Verdict
from ecoreport.departments import is_open, is_open_so_far, lacks, lacks_evidence
from ecoreport.i18n import _
from ecoreport.labels import localized, reason_of, verdict_label
from ecoreport.message import N_
from ecoreport.observe.period import period_of
from ecoreport.project import Pair

EVIDENCE_COLUMN = "evidence_file"
EVIDENCE_LACKING = {
    EvidenceStatus.PARTIAL: N_("佐证材料不足"),
    EvidenceStatus.NONE: N_("没有佐证材料"),
}
SAYS_NOTHING_MISSING = frozenset({"", "deadline_ahead", "part_open", "part_not_met"})
"""Reasons that do not tell what is missing: the verdict's own word does."""


@dataclass(frozen=True)
class Need:
    """One thing that a department has to bring for one commitment."""

    commitment: Commitment
    what: str
    where: str
    """Table or document in which it is entered."""
    by_when: str


@dataclass(frozen=True)
class Needs:
    """What is missing from a district's departments in one edition."""

    catalogue: Catalogue
    pair: Pair
    as_of: dt.date | None
    judgements: Mapping[str, Judgement]

    def of(self, plan: CompletePlan, commitment: Commitment) -> list[Need]:
        """Return what is missing for a commitment: of a composite, for its parts.

        Where the whole is settled, a part without a figure is not asked for.
        """
        whole = self.judgements[commitment.id]
        if not whole.parts:
            return list(self._needs(plan, commitment, commitment, is_asked=True))
        is_asked = is_open(whole) or is_open_so_far(whole)
        return [
            need
            for part in plan.parts_of(commitment)
            for need in self._needs(plan, part, commitment, is_asked=is_asked)
        ]

    def deadline(self, commitment: Commitment) -> str:
        """Return a deadline as a table shows it."""
        return commitment.deadline.isoformat() if commitment.deadline else _("逐年")

    def _needs(
        self, plan: CompletePlan, commitment: Commitment, whole: Commitment, *, is_asked: bool
    ) -> Iterator[Need]:
        judgement = self.judgements[commitment.id]
        if is_asked and lacks(judgement):
            what = self._what(plan, judgement)
            yield Need(commitment, what, self._table(commitment, judgement), self._by(whole))
        elif lacks_evidence(judgement):
            what = _(EVIDENCE_LACKING[judgement.evidence])
            yield Need(commitment, what, self._evidence(commitment), self._by(whole))

    def _what(self, plan: CompletePlan, judgement: Judgement) -> str:
        if judgement.reason not in SAYS_NOTHING_MISSING:
            return reason_of(self.catalogue, judgement)
        return verdict_label(self.catalogue.verdicts[judgement.so_far or judgement.verdict], plan)

    def _table(self, commitment: Commitment, judgement: Judgement) -> str:
        if (judgement.so_far or judgement.verdict) is Verdict.NOT_ASSIGNED:
            return _("上级下达目标值的文件")
        return self._files(commitment)

    def _evidence(self, commitment: Commitment) -> str:
        dataset = self._dataset(commitment)
        columns = dataset.columns if dataset else ()
        column = next((one for one in columns if one.name == EVIDENCE_COLUMN), None)
        if column is None:
            return _("文件和佐证材料")
        return _("{file} 的“{column}”列").format(
            file=self._file(commitment), column=localized(column)
        )

    def _files(self, commitment: Commitment) -> str:
        """Return the files from which it can be judged, each with who sends it.

        What is computed of measurements comes first; any of the ways is enough.
        """
        ways = self._ways.get(commitment.indicator, [])
        return _("；或者 ").join(_(" 和 ").join(map(self._sent, way)) for way in ways)

    def _sent(self, name: str) -> str:
        dataset = self.catalogue.datasets[name]
        file = dataset.template_name(self.pair.year)
        return _("{file}（{sender}）").format(file=file, sender=_(dataset.department))

    @cached_property
    def _ways(self) -> dict[str, list[tuple[str, ...]]]:
        return self.catalogue.ways()

    def _file(self, commitment: Commitment) -> str:
        """Return the name of the file that the template for a department has."""
        dataset = self._dataset(commitment)
        return dataset.template_name(self.pair.year) if dataset else ""

    def _dataset(self, commitment: Commitment) -> Dataset | None:
        indicator = self.catalogue.indicators.get(commitment.indicator)
        return self.catalogue.datasets[indicator.dataset] if indicator else None

    def _by(self, commitment: Commitment) -> str:
        if commitment.deadline is None:
            return _("{year}年内（方案未写时限）").format(year=self.pair.year)
        day = commitment.deadline.isoformat()
        last_day = period_of(self.pair, self.as_of).last_day
        return _("{day}（已到期）").format(day=day) if commitment.deadline <= last_day else day
