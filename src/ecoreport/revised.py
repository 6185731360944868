"""What changed from one version of a report to another, in words: for terminal and pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ecoreport.assessment import Assessment
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Maturity, Verdict
from ecoreport.i18n import _
from ecoreport.labels import (
    DUST_WORDS,
    PLACE_WORDS,
    STATE_WORDS,
    STATUS_WORDS,
    localized,
    verdict_label,
)
from ecoreport.message import N_
from ecoreport.narrative import OPERATOR_SIGNS
from ecoreport.numbers import format_number
from ecoreport.revision import Change, Revision, Version, version_of

TITLES = {
    "verdicts": N_("结论改变"),
    "values": N_("数值修订"),
    "added": N_("新增数值"),
    "withdrawn": N_("不再给出的数值"),
    "maturities": N_("数据性质改变"),
    "standards": N_("标准或口径改变"),
    "targets": N_("目标值改变"),
    "data": N_("数据文件改变"),
}
"""Headings by the names of what a revision holds, in the order shown."""
COUNTED = {
    "verdicts": N_("{n}项结论改变"),
    "values": N_("{n}个数值修订"),
    "added": N_("新增{n}个数值"),
    "withdrawn": N_("{n}个数值不再给出"),
    "maturities": N_("{n}个数值的数据性质改变"),
    "standards": N_("{n}个数值的标准或口径改变"),
    "targets": N_("{n}项目标值改变"),
    "data": N_("{n}类数据文件改变"),
}
BASIS_WORDS = {**STATE_WORDS, **DUST_WORDS, **PLACE_WORDS}


@dataclass(frozen=True)
class Line:
    """One change in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Group:
    """All changes of one kind."""

    name: str
    """As in `Revision`."""
    title: str
    lines: tuple[Line, ...]


def version_of_assessment(assessment: Assessment) -> Version:
    """Return what a report that is being made tells."""
    return version_of(assessment.model_dump(mode="json"))


def essence(revision: Revision) -> str:
    """Say in one clause how much changed; that nothing did, where it is so."""
    told = [
        _(text).format(n=len(getattr(revision, name)))
        for name, text in COUNTED.items()
        if getattr(revision, name)
    ]
    return _("，").join(told) or _("结论、数值、数据和标准均无变化")


def groups(catalogue: Catalogue, revision: Revision) -> tuple[Group, ...]:
    """Return what changed, kind by kind; kinds without a change are left out."""
    write = _Writer(catalogue)
    return tuple(
        Group(name, _(title), tuple(write.line(name, one) for one in getattr(revision, name)))
        for name, title in TITLES.items()
        if getattr(revision, name)
    )


class _Writer:
    """Names and words of one catalogue; what it does not know any more keeps its id."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.plans = {one.id: plan for plan in catalogue.plans.values() for one in plan.commitments}
        self.commitments = {
            one.id: one for plan in catalogue.plans.values() for one in plan.commitments
        }

    def line(self, name: str, change: Change) -> Line:
        words: Callable[[str], str] = {
            "verdicts": lambda code: self._verdict(change.what, code),
            "maturities": self._maturity,
            "standards": standard_text,
            "targets": lambda text: _target(text) + change.unit,
            "data": lambda count: _("{n}个文件").format(n=count),
        }.get(name, lambda value: value_text(value, change.unit))
        before, after = (words(one) if one else _("无") for one in (change.before, change.after))
        if name == "data" and before == after:
            after = _("{files}，内容改变").format(files=after)
        return Line(self._what(name, change), before, after)

    def _what(self, name: str, change: Change) -> str:
        known = {
            "verdicts": self.commitments,
            "targets": self.commitments,
            "data": self.catalogue.datasets,
        }.get(name, self.catalogue.indicators)
        words = localized(known[change.what]) if change.what in known else change.what
        return _("{name}（{when}）").format(name=words, when=change.when) if change.when else words

    def _verdict(self, commitment: str, code: str) -> str:
        plan = self.plans.get(commitment)
        if plan is None or code not in list(Verdict):
            return code
        return verdict_label(self.catalogue.verdicts[Verdict(code)], plan)

    def _maturity(self, code: str) -> str:
        terms = self.catalogue.terms["maturities"]
        return localized(terms[code]) if code in list(Maturity) else code


def standard_text(text: str) -> str:
    """Write edition, clause and basis as a version keeps them."""
    parts = (_(BASIS_WORDS[part]) if part in BASIS_WORDS else part for part in text.split(" · "))
    return _("，").join(parts)


def _target(text: str) -> str:
    """Write ``>=60.7`` as plans do: ≥60.7."""
    sign = text.rstrip("0123456789.-")
    return OPERATOR_SIGNS.get(sign, sign) + value_text(text.removeprefix(sign), "")


def value_text(text: str, unit: str) -> str:
    """Write a value as a version keeps it: a number with its unit, or a status word."""
    try:
        written = format_number(Decimal(text))
    except InvalidOperation:
        return _(STATUS_WORDS[text]) if text in STATUS_WORDS else text
    return f"{written} {_(unit)}".strip() if unit not in {"%", "/"} else written + unit.strip("/")
