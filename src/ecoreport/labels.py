"""Names of things and words of verdicts, in the reader's language."""

from __future__ import annotations

from ecoreport.assess.judgement import Judgement
from ecoreport.assess.reasons import REASONS
from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.presentation import VerdictStyle
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_
from ecoreport.observe.observation import Observation

STATUS_WORDS = {
    "done": N_("已完成"),
    "mostly_done": N_("基本完成"),
    "started": N_("已启动"),
    "not_done": N_("未开展"),
}

LABELS_BY_REASON = {
    "basis_differs": N_("口径不一致，不予评价"),
    "period_differs": N_("时段不一致，不予评价"),
    "base_insufficient": N_("基数不足，不予评价"),
    "no_base": N_("缺少基数，不予评价"),
    "rejected": N_("数据已退回"),
}
"""A verdict for want of something comparable says so, and not that data were too few; where data
were sent back it does not say that none came."""


def localized(thing: object) -> str:
    """Return the name of a model in the reader's language.

    Models carry ``zh`` and ``en``, ``name_zh`` and ``name_en``, or ``title_zh`` and ``title_en``.
    """
    for stem in ("", "name_", "title_"):
        found = getattr(thing, f"{stem}{current_locale()}", None)
        if found:
            return str(found)
    raise AttributeError(f"{type(thing).__name__} has no name")


def worded(thing: object, field: str) -> str:
    """Return a text of a model in the reader's language: of ``note`` and ``note_en`` the one.

    Where nobody translated it, it is what the document says.
    """
    return str(getattr(thing, f"{field}_{current_locale()}", "") or getattr(thing, field))


def verdict_label(style: VerdictStyle, plan: CompletePlan) -> str:
    """Return a verdict's word as the plan's kind of commitment takes it."""
    return style.label_en if current_locale() == "en" else style.label_zh(plan.unit_word)


def standard_label(style: VerdictStyle) -> str:
    """Return the word for what is held against a standard (达标), whatever plans say of tasks."""
    return style.label_en if current_locale() == "en" else style.label_indicator_zh


def judgement_label(catalogue: Catalogue, plan: CompletePlan, judgement: Judgement) -> str:
    """Return the word under which a judgement is shown."""
    if judgement.reason in LABELS_BY_REASON:
        return _(LABELS_BY_REASON[judgement.reason])
    return verdict_label(catalogue.verdicts[judgement.verdict], plan)


def reason_of(catalogue: Catalogue, judgement: Judgement) -> str:
    """Return why a verdict is what it is; of tables that were stopped which, and where to look."""
    if judgement.reason == "rejected" and judgement.rejected:
        return _("{tables}未通过校验，错处见总览的数据校验和退回表").format(
            tables=rejected_tables(catalogue, judgement)
        )
    return _(REASONS[judgement.reason]) if judgement.reason else ""


def rejected_tables(catalogue: Catalogue, judgement: Judgement) -> str:
    """Return the names of the tables behind a judgement that validation stopped."""
    return _("、").join(localized(catalogue.datasets[name]) for name in judgement.rejected)


STATE_WORDS = {
    "reference": N_("标况"),
    "actual": N_("实况"),
    "mixed": N_("8月31日前标况，9月1日起实况"),
}
DUST_WORDS = {"included": N_("不扣沙"), "excluded": N_("扣沙")}
PLACE_WORDS = {"city_points": N_("城市评价点均值"), "district_points": N_("辖区点位均值")}


def state_text(observation: Observation) -> str:
    """Return the state of an observation's gas values (标况, 实况) in words."""
    return _(STATE_WORDS.get(observation.basis.state, ""))


def basis_text(observation: Observation) -> str:
    """Return the basis (口径) of an observation in words."""
    basis = observation.basis
    words = (
        _(STATE_WORDS.get(basis.state, "")),
        _(DUST_WORDS.get(basis.dust, "")),
        _(PLACE_WORDS.get(basis.place, basis.place)),
    )
    return _("、").join(word for word in words if word)
