"""A commitment as a reader sees it: its judgement in words, numbers and a trace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from ecoreport.assess.judgement import Judgement
from ecoreport.assess.reasons import FRAGILITIES
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Commitment, PlanTask
from ecoreport.config.presentation import VerdictStyle
from ecoreport.config.vocabulary import CHANGES, EvidenceStatus, Maturity, Verdict
from ecoreport.facts import difference_unit
from ecoreport.findings.verdicts import explain
from ecoreport.i18n import _, current_locale
from ecoreport.labels import (
    STATUS_WORDS,
    basis_text,
    judgement_label,
    localized,
    reason_of,
    verdict_label,
    worded,
)
from ecoreport.narrative import blurred, number, target_text, unit_suffix
from ecoreport.numbers import format_number
from ecoreport.observe.observation import Observation

if TYPE_CHECKING:
    from ecoreport.report import Report


@dataclass(frozen=True)
class TraceLine:
    """One line of where a number comes from."""

    label: str
    text: str


@dataclass(frozen=True)
class Row:
    """One commitment with everything its table cells and its trace say."""

    commitment: Commitment
    judgement: Judgement
    style: VerdictStyle
    label: str
    title: str
    field: str
    task: str
    area: str
    attribute: str
    target: str
    value: Markup
    unit: str
    margin: Markup
    margin_unit: Markup
    reason: str
    evidence: str
    fragility: tuple[str, ...]
    departments: tuple[str, ...]
    history: tuple[tuple[int, Decimal], ...]
    trace: tuple[tuple[TraceLine, ...], ...]
    sentence: Markup
    """The verdict and what it rests on, in one sentence."""
    others: tuple[str, ...]
    """What other sources tell otherwise: value, how far it was checked, file."""
    parts: tuple[Row, ...] = ()

    @property
    def anchor(self) -> str:
        """Id of the row on its page."""
        return "c-" + self.commitment.id.replace("/", "-")

    @property
    def unit_suffix(self) -> Markup:
        """The unit as it follows a number."""
        return unit_suffix(self.judgement.unit)

    @property
    def clause(self) -> str:
        """Where the plan says it."""
        return worded(self.commitment, "clause")

    @property
    def note(self) -> str:
        """What had to be decided to read the plan's text."""
        return worded(self.commitment, "note")

    @property
    def has_numeric_target(self) -> bool:
        """Whether the target is a number, and not words."""
        return self.judgement.target is not None and self.target[-1:].isdecimal()

    @property
    def target_alone(self) -> str:
        """The target without its unit, with the word that blurs it."""
        return self._blurred(self.target)

    @property
    def target_with_unit(self) -> str:
        """The target with its unit, with the word that blurs it."""
        # Without its base a cut is judged by nothing: its value has the unit of what is to be cut.
        is_change = self.commitment.kind in CHANGES and self.judgement.margin is None
        unit = self.commitment.unit if is_change else self.judgement.unit
        suffix = unit_suffix(unit) if self.has_numeric_target else ""
        return self._blurred(f"{self.target}{suffix}")

    def _blurred(self, target: str) -> str:
        # A target in words says itself what it asks.
        return blurred(target, self.commitment.fuzzy) if self.has_numeric_target else target

    @property
    def is_demonstration(self) -> bool:
        """Whether the verdict rests on demonstration data."""
        return self.judgement.rests_on_demonstration


def rows_of(report: Report, plan: CompletePlan) -> list[Row]:
    """Return the rows of a plan in its own order, parts below their composite."""
    return [row_of(report, plan, one) for one in plan.counted()]


def task_name(task: PlanTask) -> str:
    """Return a task of a plan; its Chinese numeral is a part of the Chinese name."""
    if current_locale() == "en":
        return localized(task)
    space = "" if task.label.endswith("）") else " "
    return f"{task.label}{space}{task.name_zh}"


def row_of(report: Report, plan: CompletePlan, commitment: Commitment) -> Row:
    """Return the row of a commitment of a plan, its parts below it."""
    judgement = report.judgements[commitment.id]
    style = report.catalogue.verdicts[judgement.verdict]
    terms = report.catalogue.terms
    field, task = _place(plan, commitment)
    observed = [report.observations[one] for one in judgement.observations]
    parts = () if not judgement.parts else plan.parts_of(commitment)
    return Row(
        commitment=commitment,
        judgement=judgement,
        style=style,
        label=judgement_label(report.catalogue, plan, judgement),
        title=localized(commitment),
        field=field,
        task=task,
        area=localized(terms["areas"][commitment.area]),
        attribute=localized(terms["attributes"][commitment.attribute]),
        target=_target(commitment, judgement),
        value=_value(judgement, observed),
        unit=_(_unit(judgement)),
        margin=_margin(report, judgement),
        margin_unit=unit_suffix(difference_unit(_unit(judgement))),
        reason=_reason(report, plan, judgement),
        evidence=localized(terms["evidence"][judgement.evidence]) if _has_result(judgement) else "",
        fragility=tuple(_(FRAGILITIES[code]) for code in judgement.fragility),
        departments=tuple(
            localized(report.catalogue.departments[name]) for name in commitment.responsible
        ),
        history=_history(report, commitment),
        trace=() if judgement.parts else tuple(_trace(report, one) for one in observed),
        sentence=explain(report, plan, commitment, judgement),
        others=tuple(
            _other(report, known)
            for name in judgement.disagreeing
            if (known := report.observations.get(name)) is not None
        ),
        parts=tuple(row_of(report, plan, part) for part in parts),
    )


def _reason(report: Report, plan: CompletePlan, judgement: Judgement) -> str:
    if judgement.so_far is None:
        return reason_of(report.catalogue, judgement)
    label = verdict_label(report.catalogue.verdicts[judgement.so_far], plan)
    return _("按现值：{verdict}").format(verdict=label)


def _unit(judgement: Judgement) -> str:
    return judgement.unit if judgement.unit != "/" else ""


def _has_result(judgement: Judgement) -> bool:
    return judgement.evidence is not EvidenceStatus.NONE or bool(judgement.observations)


def _place(plan: CompletePlan, commitment: Commitment) -> tuple[str, str]:
    for field in plan.fields:
        for task in field.tasks:
            if commitment.seq in task.seq:
                return localized(field), task_name(task)
    return "", ""


def _target(commitment: Commitment, judgement: Judgement) -> str:
    words = commitment.target_en if current_locale() == "en" else commitment.target_zh
    if words or judgement.verdict is Verdict.NOT_ASSIGNED or judgement.target is None:
        return words or _("由上级下达")
    return target_text(judgement)


def _value(judgement: Judgement, observed: list[Observation]) -> Markup:
    if judgement.parts:
        return Markup("")
    if judgement.text:
        return Markup("{}").format(_(STATUS_WORDS.get(judgement.text, judgement.text)))
    if judgement.value is None or not observed:
        return Markup("—")
    if judgement.value == observed[0].value:
        return number(observed[0])
    return Markup("{}").format(format_number(judgement.value))


def _margin(report: Report, judgement: Judgement) -> Markup:
    if judgement.margin is None:
        return Markup("")
    return number(report.fact(f"margin/{judgement.commitment}"), is_signed=True)


def _history(report: Report, commitment: Commitment) -> tuple[tuple[int, Decimal], ...]:
    """Return the whole years of one nature: no part of a year, no demonstration beside real."""
    found = [report.observation(commitment.indicator, year=year) for year in report.years_observed]
    whole = [
        one
        for one in found
        if one is not None and one.value is not None and one.period == str(one.year)
    ]
    return tuple(
        (one.year, one.value)
        for one in whole
        if one.value is not None and one.is_demonstration == whole[-1].is_demonstration
    )


def _trace(report: Report, observation: Observation) -> tuple[TraceLine, ...]:
    trace = observation.trace
    maturity = report.catalogue.terms["maturities"][observation.maturity]
    lines = [
        TraceLine(_("时段"), observation.period),
        TraceLine(_("数据性质"), localized(maturity)),
        TraceLine(_("公式"), str(trace.formula)),
        TraceLine(_("代入"), substituted_text(trace.substituted)),
        TraceLine(_("修约前"), observation.unrounded),
        TraceLine(_("有效数据"), _counts(observation)),
        TraceLine(_("口径"), basis_text(observation)),
        TraceLine(_("标准"), trace.rule),
        TraceLine(_("核实"), "" if trace.is_verified else _("规则或定义未见原文，未经核实")),
        TraceLine(_("认定"), _confirmation(observation)),
        *(TraceLine(_("说明"), str(note)) for note in trace.notes),
        *(TraceLine(_("来源"), source_text(source)) for source in trace.sources),
    ]
    return tuple(line for line in lines if line.text)


def _other(report: Report, observation: Observation) -> str:
    """Return in one line what another source tells: whose, value, how far checked, file."""
    district = observation.district
    is_own = district == report.pair.district
    told = _(STATUS_WORDS.get(observation.text, observation.text))
    if observation.value is not None:
        told = format_number(observation.value) + str(unit_suffix(observation.unit))
    words = (
        "" if is_own else localized(report.catalogue.districts[district]),
        observation.unit_name,
        told,
        basis_text(observation),
        maturity_label(report, observation.maturity),
        *(one.file for one in observation.trace.sources[:1]),
    )
    return " · ".join(word for word in words if word)


def substituted_text(substituted: str) -> str:
    """Return what was substituted with its units in the reader's language."""
    return " ".join(map(_, substituted.split(" ")))


def _counts(observation: Observation) -> str:
    trace = observation.trace
    return f"{trace.n_used} / {trace.n_expected}" if trace.n_expected else ""


def _confirmation(observation: Observation) -> str:
    day = observation.confirmed_on.isoformat() if observation.confirmed_on else ""
    return " · ".join(word for word in (observation.confirmed_by, day) if word)


def source_text(source: object) -> str:
    """Return file, sheet, rows and hash of a source in one line."""
    rows: Iterable[int] = getattr(source, "rows", ())
    row_text = _("第 {rows} 行").format(rows=", ".join(map(str, rows))) if rows else ""
    words = (
        getattr(source, "file", ""),
        getattr(source, "sheet", ""),
        row_text,
        "SHA-256 " + getattr(source, "sha256", "")[:12],
    )
    return " · ".join(word for word in words if word)


def maturity_label(report: Report, maturity: Maturity) -> str:
    """Return the label of a maturity."""
    return localized(report.catalogue.terms["maturities"][maturity])
