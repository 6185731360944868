"""Pages of the documentation that list what each plan commits to, as the catalogue holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.crosswalk import CompleteCrosswalk
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Area, Kind
from ecoreport.i18n import _, current_locale, use_locale
from ecoreport.labels import localized, worded
from ecoreport.markdown import INDEX, SUFFIXES, Cells, file_of, joined, other_language, plain, table
from ecoreport.message import N_
from ecoreport.narrative import OPERATOR_SIGNS, unit_suffix
from ecoreport.numbers import format_number

DEPARTMENTS_MOST = 3
"""Departments that a row names; of more it tells how many they are."""
CHANGES = {
    (Kind.REDUCTION, True): N_("比{year}年减少{number}"),
    (Kind.REDUCTION, False): N_("比上年减少{number}"),
    (Kind.GROWTH, True): N_("比{year}年增加{number}"),
    (Kind.GROWTH, False): N_("比上年增加{number}"),
}
"""By kind, and whether the plan names a base year."""
FREQUENCIES = {
    "once": N_("一次"),
    "monthly": N_("每月"),
    "quarterly": N_("每季"),
    "half_yearly": N_("每半年"),
    "yearly": N_("每年"),
}
MATCHES = {
    "same": N_("目标相同"),
    "differs": N_("目标不同"),
    "name_only": N_("只能对名称"),
    "only_plan": N_("只在方案中"),
    "only_scheme": N_("只在国家指标中"),
}
CERTAINTIES = {
    "read": N_("读到文本"),
    "probable": N_("按次序配对，大概如此"),
    "not_seen": N_("没有见到"),
}
COMBINATIONS = {
    "all": N_("分项全部达到"),
    "any": N_("分项达到其一"),
    "each": N_("分项各自评价"),
    "sum": N_("分项合计"),
}


def plan_pages(
    catalogue: Catalogue, crosswalks: Sequence[CompleteCrosswalk] = ()
) -> dict[str, str]:
    """Return an index and a page for each plan and crosswalk, in each language, by file name.

    Returns
    -------
    dict of str to str
        Markdown, e.g. ``README.md``, ``hailing.md`` and ``hailing.zh-CN.md``.
    """
    before = current_locale()
    pages = {}
    for locale, suffix in SUFFIXES.items():
        use_locale(locale)
        pages[INDEX + suffix] = _index(catalogue, crosswalks)
        for crosswalk in crosswalks:
            pages[crosswalk.id + suffix] = _crosswalk(catalogue, crosswalk)
        for plan in catalogue.plans.values():
            pages[plan.id + suffix] = _page(catalogue, plan)
    use_locale(before)
    return pages


def _index(catalogue: Catalogue, crosswalks: Sequence[CompleteCrosswalk]) -> str:
    head = (_("方案"), _("区域"), _("起止年份"), _("承诺数"), _("行数"), _("不一致"))
    lines = [
        (
            f"[{plain(localized(plan))}]({file_of(plan.id)})",
            _place(catalogue, plan.owner),
            _years(plan),
            str(len(plan.counted())),
            str(len(plan.commitments)),
            str(len(plan.contradictions)),
        )
        for plan in catalogue.plans.values()
    ]
    kinds = catalogue.terms["kinds"].values()
    return joined(
        "# " + _("方案和承诺"),
        other_language(INDEX),
        _("由 params/plans 生成，不要手工修改：make plans。合并判定的承诺与它的分项各占一行。"),
        table(head, lines, n_numbers=3),
        "\n".join(f"- [{plain(localized(one))}]({file_of(one.id)})" for one in crosswalks),
        "## " + _("各种判定方式"),
        table(
            (_("代码"), _("名称"), _("含义")),
            [(f"`{one.word}`", plain(localized(one)), plain(worded(one, "note"))) for one in kinds],
        ),
    )


def _crosswalk(catalogue: Catalogue, crosswalk: CompleteCrosswalk) -> str:
    """Set a plan's indicators beside those of the scheme that it serves, with what is missing."""
    commitments = {one.id: one for one in catalogue.plans[crosswalk.plan].commitments}
    editions = {one.id: one for one in crosswalk.editions}
    lines = []
    for one in crosswalk.pairings:
        own, edition = commitments.get(one.commitment), editions.get(one.edition)
        lines.append(
            (
                f"`{one.commitment}`" if one.commitment else "",
                plain(localized(own)) if own else "",
                plain(localized(edition)) if edition else "",
                one.number,
                plain(worded(one, "name_zh") if current_locale() == "zh" else one.name_en),
                plain(one.target_en if current_locale() == "en" else one.target_zh),
                _(MATCHES[one.match]),
                _(CERTAINTIES[one.certainty]),
                plain(one.missing_en if current_locale() == "en" else one.missing_zh),
            )
        )
    head = (
        _("编号"), _("承诺"), _("国家指标版本"), _("序号"), _("名称"), _("目标"),
        _("对照"), _("可靠程度"), _("缺什么"),
    )  # fmt: skip
    read = [
        f"- **{plain(localized(one))}**{_('：')}{plain(worded(one, 'read'))}"
        for one in crosswalk.editions
    ]
    return joined(
        f"# {plain(localized(crosswalk))}",
        other_language(crosswalk.id),
        plain(worded(crosswalk, "note")),
        "\n".join(read),
        table(head, lines),
    )


def _page(catalogue: Catalogue, plan: CompletePlan) -> str:
    head = (
        _("编号"),
        _("条款"),
        _("承诺"),
        _("判定方式"),
        _("目标"),
        _("时限"),
        _("范围"),
        _("责任单位"),
    )
    return joined(
        f"# {plain(localized(plan))}",
        other_language(plan.id),
        _about(catalogue, plan),
        "## " + _("项数"),
        _counts(catalogue, plan),
        "## " + _("承诺"),
        _("编号前都有 `{plan}/`；“└”是上一行的分项。").format(plan=plan.id),
        table(head, [_row(catalogue, plan, one) for one in plan.commitments]),
    )


def _about(catalogue: Catalogue, plan: CompletePlan) -> str:
    facts = (
        (_("印发单位"), plan.issuer),
        (_("文号"), plan.document_number),
        (_("印发日期"), plan.issued.isoformat() if plan.issued else ""),
        (_("起止年份"), _years(plan)),
        (_("区域"), _place(catalogue, plan.owner)),
        (_("评价依据"), worded(plan, "judged_text")),
        (_("覆盖范围"), worded(plan, "coverage_note")),
        (_("不一致"), _("{n}处").format(n=len(plan.contradictions))),
    )
    colon, unknown = _("："), _("文本未载")
    return "\n".join(f"- **{label}**{colon}{plain(text or unknown)}" for label, text in facts)


def _counts(catalogue: Catalogue, plan: CompletePlan) -> str:
    """Count the rows by kind and area; a composite and its parts are rows alike."""
    found = Counter((one.kind, one.area) for one in plan.commitments)
    areas = [area for area in Area if any(one.area is area for one in plan.commitments)]
    terms = catalogue.terms
    lines = [
        (
            localized(terms["kinds"][kind]),
            *(_count(found[kind, area]) for area in areas),
            _count(sum(found[kind, area] for area in areas)),
        )
        for kind in Kind
        if any(one.kind is kind for one in plan.commitments)
    ]
    totals = [sum(found[kind, area] for kind in Kind) for area in areas]
    lines.append((_("合计"), *map(_count, totals), _count(sum(totals))))
    head = (_("判定方式"), *(localized(terms["areas"][area]) for area in areas), _("合计"))
    return table(head, lines, n_numbers=len(areas) + 1)


def _count(number: int) -> str:
    return str(number) if number else ""


def _row(catalogue: Catalogue, plan: CompletePlan, commitment: Commitment) -> Cells:
    mark = "└ " if commitment.part_of else ""
    return (
        f"`{commitment.id.removeprefix(plan.id + '/')}`",
        plain(worded(commitment, "clause")),
        mark + plain(localized(commitment)),
        plain(localized(catalogue.terms["kinds"][commitment.kind])),
        plain(_target(catalogue, plan, commitment)),
        commitment.deadline.isoformat() if commitment.deadline else "",
        plain(_place(catalogue, commitment.scope)),
        plain(_departments(catalogue, commitment)),
    )


def _target(catalogue: Catalogue, plan: CompletePlan, commitment: Commitment) -> str:
    """Write what is asked: number or words, how often, what blurs it, and values on the way."""
    words = commitment.target_en if current_locale() == "en" else commitment.target_zh
    combination = COMBINATIONS.get(commitment.combine or "", "")
    frequency = FREQUENCIES.get(commitment.frequency or "", "")
    asked = (
        words or _number(commitment),
        _(combination),
        "" if words else _(frequency),
        _blurred(catalogue, commitment, words),
        *(_interim(one.year, _amount(one.value, one.unit)) for one in plan.path_of(commitment)),
    )
    return _("；").join(part for part in asked if part)


def _blurred(catalogue: Catalogue, commitment: Commitment, words: str) -> str:
    """Return the word that blurs a target, unless its words hold it already."""
    if not commitment.fuzzy:
        return ""
    word = worded(catalogue.assessment.fuzzy[commitment.fuzzy], "word")
    return "" if word in words else _("“{word}”").format(word=word)


def _interim(year: int, amount: str) -> str:
    return _("{year}年{amount}").format(year=year, amount=amount)


def _number(commitment: Commitment) -> str:
    if commitment.value is None:
        return ""
    sign = OPERATOR_SIGNS.get(commitment.operator or "", "")
    number = sign + _amount(commitment.value, commitment.unit)
    change = CHANGES.get((commitment.kind, commitment.base_year is not None))
    return _(change).format(year=commitment.base_year, number=number) if change else number


def _amount(value: Decimal, unit: str) -> str:
    return format_number(value) + unit_suffix(unit).unescape()


def _departments(catalogue: Catalogue, commitment: Commitment) -> str:
    names = [localized(catalogue.departments[one]) for one in commitment.responsible]
    listed = _("、").join(names[:DEPARTMENTS_MOST])
    if len(names) <= DEPARTMENTS_MOST:
        return listed
    return _("{names}等{n}个").format(names=listed, n=len(names))


def _place(catalogue: Catalogue, district: str) -> str:
    return localized(catalogue.districts[district])


def _years(plan: CompletePlan) -> str:
    if plan.first_year == plan.last_year:
        return str(plan.first_year)
    return f"{plan.first_year}–{plan.last_year}"
