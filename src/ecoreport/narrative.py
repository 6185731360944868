"""Sentences made from data: every number in them knows the observation it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from markupsafe import Markup, escape

from ecoreport.assess.judgement import Judgement
from ecoreport.assess.reasons import REASONS
from ecoreport.facts import Fact
from ecoreport.i18n import _
from ecoreport.numbers import format_number
from ecoreport.observe.observation import Observation

UNITS_WITHOUT_SPACE = {"%", "‰", "天", "项"}
OPERATOR_SIGNS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">", "==": ""}


def number(what: Observation | Fact, *, is_signed: bool = False) -> Markup:
    """Write the number of an observation or a fact so that it can be traced and checked.

    Raises
    ------
    ValueError
        If there is no value: a sentence must say that in words.
    """
    if what.value is None:
        raise ValueError(f"{what.id} has no value")
    return Markup('<data value="{}" data-observation="{}">{}</data>').format(
        f"{what.value:f}", what.id, format_number(what.value, is_signed=is_signed)
    )


def quantity(what: Observation | Fact, *, is_signed: bool = False) -> Markup:
    """Write a number with its unit."""
    return number(what, is_signed=is_signed) + unit_suffix(what.unit)


def unit_suffix(unit: str) -> Markup:
    """Return the unit as it follows a number: per cent directly, others after a thin space."""
    if not unit or unit == "/":
        return Markup("")
    words = _(unit)
    return escape(words) if words in UNITS_WITHOUT_SPACE else Markup("\u2009") + escape(words)


def sentence(text: str, **parts: Markup | str | int | Decimal) -> Markup:
    """Fill a translated `text` with parts; whatever is not markup is escaped."""
    return escape(_(text)).format(**parts)


def target_text(judgement: Judgement, words: str = "") -> str:
    """Write a target as the plan does: ``≥55``, ``100%``, or its words."""
    if judgement.target is None:
        return words or "—"
    sign = OPERATOR_SIGNS.get(judgement.operator, "")
    number_text = format_number(judgement.target)
    return f"{sign}{number_text}"


def blurred(target: str | Markup, fuzzy: str) -> str | Markup:
    """Write a target, its unit with it, with the word that blurs it: ``≥85%左右``."""
    words = _("{target}左右") if fuzzy == "around" else "{target}"
    return type(target)(words).format(target=target)


def reason_text(code: str) -> str:
    """Return a reason code in words."""
    return _(REASONS[code]) if code else ""


def joined(parts: Iterable[Markup | str]) -> Markup:
    """Join parts of a list as the language does: 、 in Chinese, a comma in English."""
    return escape(_("、")).join(parts)


def on_pages(text: Markup | str) -> Markup:
    """Mark what only the pages say, to whoever runs the programs: no document to hand up has it."""
    return Markup('<span class="only-pages">{}</span>').format(text)


def plain(text: Markup) -> str:
    """Return a finding without its marks, for titles and alternative texts."""
    return text.striptags()
