"""Pages of the documentation that say how each indicator is computed, area by area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.layouts import Dataset
from ecoreport.config.methods import Methods
from ecoreport.config.models import Indicator
from ecoreport.config.vocabulary import Area, Secrecy
from ecoreport.documented import Documented, documented_standards, documented_statistics
from ecoreport.i18n import _, current_locale, use_locale
from ecoreport.labels import localized
from ecoreport.markdown import INDEX, SUFFIXES, Cells, file_of, joined, other_language, plain, table
from ecoreport.message import N_
from ecoreport.method_tables import counted, doubtful, level_word, table_file, whole
from ecoreport.standards.tables import select

COMMON, SOURCES = "common", "sources"
CONFIRMED = frozenset({"confirmation", "nil_return"})
"""Statistics of duties: nothing is computed but what people signed."""
TOPICS = {
    "edition": N_("版本"),
    "hours": N_("昼夜"),
    "validity": N_("有效性"),
    "rounding": N_("修约"),
    "equality": N_("等于限值"),
    "detection_limit": N_("检出限"),
    "missing": N_("缺数"),
    "denominator": N_("分母"),
    "secrecy": N_("保密"),
    "source": N_("来源"),
    "precedence": N_("取舍"),
    "unverified": N_("核实"),
}
ORIGINS = {"monitored": N_("监测"), "reported": N_("填报")}
SECRECIES = {
    Secrecy.PUBLIC: N_("公开"),
    Secrecy.INTERNAL: N_("内部"),
    Secrecy.FORBIDDEN: N_("不得入库"),
}


def method_pages(catalogue: Catalogue, methods: Methods) -> dict[str, str]:
    """Return an index, a page for each area and two for all, in each language, by file name.

    Returns
    -------
    dict of str to str
        Markdown, e.g. ``README.md``, ``water.md`` and ``water.zh-CN.md``.
    """
    before = current_locale()
    pages = {}
    for locale, suffix in SUFFIXES.items():
        use_locale(locale)
        book = _Book(catalogue, methods, documented_statistics(), documented_standards())
        pages[INDEX + suffix] = _index(book)
        pages[COMMON + suffix] = _page(book, None)
        pages[SOURCES + suffix] = _sources()
        for area in Area:
            pages[area.value + suffix] = _page(book, area)
    use_locale(before)
    return pages


@dataclass(frozen=True)
class _Book:
    """What the pages are made from, and where each thing stands."""

    catalogue: Catalogue
    methods: Methods
    statistics: Mapping[str, Documented]
    standards: Mapping[str, Documented]

    def indicators(self, area: Area | None) -> list[Indicator]:
        return [one for one in self.catalogue.indicators.values() if one.area is area]

    @cached_property
    def ways(self) -> Mapping[str, list[Indicator]]:
        """What each indicator is computed from beside its own dataset."""
        found = defaultdict(list)
        for way in self.catalogue.computed:
            own = self.catalogue.indicators[way.indicator]
            found[way.indicator].append(
                own.model_copy(update=way.model_dump(exclude={"indicator"}) | {"standard": ""})
            )
        return found

    @cached_property
    def asked_by(self) -> Mapping[str, list[str]]:
        """Links to the commitments that rest on each indicator."""
        found = defaultdict(list)
        for plan in self.catalogue.plans.values():
            for one in plan.commitments:
                if one.indicator:
                    found[one.indicator].append(f"[{one.id}](../plans/{file_of(plan.id)})")
        return found

    @cached_property
    def area_of_statistic(self) -> Mapping[str, Area | None]:
        """The one area whose indicators rest on a statistic; None where there are several."""
        areas = defaultdict(set)
        for one in self.catalogue.observed():
            areas[one.statistic].add(one.area)
        return {name: next(iter(of)) if len(of) == 1 else None for name, of in areas.items()}

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The link to each statistic, function and table."""
        found = {one.function: one.area for one in self.methods.functions}
        found |= {table_file(one.table): one.area for one in self.methods.tables}
        found |= self.area_of_statistic
        return {
            name: f"[`{name}`]({file_of(area or COMMON)}#{name.replace('.', '')})"
            for name, area in found.items()
        }

    def links(self, names: Iterable[str]) -> str:
        return _("、").join(self.places[name] for name in names)


def _index(book: _Book) -> str:
    lines = []
    for area in Area:
        own = book.indicators(area)
        duties = sum(one.statistic in CONFIRMED for one in own)
        computed = sum(one.statistic != "reported_value" or one.id in book.ways for one in own)
        lines.append(
            (
                f"[{plain(_area_name(book, area))}]({file_of(area)})",
                str(len(own)),
                str(computed - duties),
                str(len(own) - computed),
                str(duties),
                str(sum(not one.is_verified for one in own)),
            )
        )
    head = (
        _("领域"),
        _("指标"),
        _("由数据计算"),
        _("只有填报值"),
        _("凭文件认定"),
        _("定义未核实"),
    )
    common, sources = _("各领域共用的方法"), _("来源")
    return joined(
        "# " + _("指标的计算方法"),
        other_language(INDEX),
        _generated(),
        table(head, lines, n_numbers=5),
        f"- [{common}]({file_of(COMMON)})\n- [{sources}]({file_of(SOURCES)})",
        _("“一个来源”：只在一处读到；“未核实”：没有读到标准原文。依据它们的结论在报告中带标记。"),
    )


def _page(book: _Book, area: Area | None) -> str:
    title = _("各领域共用的方法")
    if area:
        title = _("{area}：计算方法").format(area=_area_name(book, area))
    return joined(
        f"# {title}",
        other_language(area or COMMON),
        _generated(),
        *_practices(book, area),
        *_datasets(book, area),
        *_measured(book, area),
        *_duties(book, area),
        *_statistics(book, area),
        *_functions(book, area),
        *_tables(book, area),
    )


def _generated() -> str:
    return _(
        "由 params 中的 indicators.csv、computed.csv、methods、standards 和函数的说明生成，"
        "不要手工修改：make methods。"
    )


def _practices(book: _Book, area: Area | None) -> Iterator[str]:
    found = [one for one in book.methods.practices if one.area is area]
    if found:
        yield "## " + _("规则")
        colon = _("：")
        yield "\n".join(
            f"- **{_(TOPICS[one.topic])}**{colon}{plain(localized(one))}"
            + (f" {book.links(map(table_file, one.tables))}" if one.tables else "")
            for one in found
        )


def _datasets(book: _Book, area: Area | None) -> Iterator[str]:
    names = {one.dataset for one in book.catalogue.observed() if one.area is area}
    found = [one for one in book.catalogue.datasets.values() if one.id in names]
    if found:
        yield "## " + _("数据")
        head = (_("数据集"), _("名称"), _("报送部门"), _("监测或填报"), _("保密级别"), _("关键列"))
        yield table(head, [_dataset(one) for one in found])


def _dataset(dataset: Dataset) -> Cells:
    columns = {one.name: one for one in dataset.columns}
    keys = [localized(columns[name]) if name in columns else name for name in dataset.key]
    return (
        f"`{dataset.id}`",
        plain(localized(dataset)),
        plain(dataset.department),
        _(ORIGINS[dataset.origin]),
        _(SECRECIES[dataset.secrecy]),
        plain(_("、").join(keys)),
    )


def _measured(book: _Book, area: Area | None) -> Iterator[str]:
    found = [one for one in book.indicators(area) if one.statistic not in CONFIRMED]
    if found:
        yield "## " + _("指标")
        yield _("“└”是上一行指标在有该数据集时的另一种算法；填报值仍是单独的来源，不一致时并列。")
        head = (
            _("指标"), _("名称"), _("单位"), _("小数位"), _("公式"), _("统计范围"), _("统计方法"),
            _("数据集"), _("标准"), _("依据"), _("核实"), _("承诺"),
        )  # fmt: skip
        yield table(head, [row for one in found for row in _indicator_rows(book, one)])


def _indicator_rows(book: _Book, indicator: Indicator) -> Iterator[Cells]:
    name, formula = plain(localized(indicator)), plain(_(indicator.formula))
    decimals = "" if indicator.decimals is None else str(indicator.decimals)
    unit, asked = plain(_(indicator.unit)), _asked(book, indicator)
    coverage = plain(indicator.coverage)
    yield (
        f"`{indicator.id}`", name, unit, decimals, formula, coverage, *_way(book, indicator), asked
    )  # fmt: skip
    for way in book.ways.get(indicator.id, ()):
        yield ("└", "", "", "", "", "", *_way(book, way), "")


def _way(book: _Book, indicator: Indicator) -> Cells:
    argument = f" `{indicator.argument}`" if indicator.argument else ""
    return (
        book.places[indicator.statistic] + argument,
        f"`{indicator.dataset}`",
        plain(indicator.standard),
        plain(indicator.source),
        level_word("verified" if indicator.is_verified else "unverified"),
    )


def _duties(book: _Book, area: Area | None) -> Iterator[str]:
    found = [one for one in book.indicators(area) if one.statistic in CONFIRMED]
    if found:
        yield "## " + _("凭文件认定的任务")
        head = (_("指标"), _("名称"), _("统计方法"), _("依据"), _("核实"), _("承诺"))
        yield table(
            head,
            [
                (
                    f"`{one.id}`",
                    plain(localized(one)),
                    book.places[one.statistic],
                    plain(one.source),
                    level_word("verified" if one.is_verified else "unverified"),
                    _asked(book, one),
                )
                for one in found
            ],
        )


def _asked(book: _Book, indicator: Indicator) -> str:
    return _("、").join(book.asked_by.get(indicator.id, ()))


def _statistics(book: _Book, area: Area | None) -> Iterator[str]:
    found = [
        one
        for one in book.methods.statistics
        if book.area_of_statistic.get(one.statistic, area) is area
    ]
    if found:
        yield "## " + _("统计方法")
    for one in found:
        rests = [*one.functions, *map(table_file, one.tables)]
        yield "### " + f"`{one.statistic}`"
        yield from _explained(book.statistics[one.statistic], one.zh, is_called=False)
        if rests:
            yield _("依据：{links}").format(links=book.links(rests))


def _functions(book: _Book, area: Area | None) -> Iterator[str]:
    found = [one for one in book.methods.functions if one.area is area]
    if found:
        yield "## " + _("标准函数")
        yield _("模块 ecoreport.standards 的公开函数，可在笔记本中直接调用。")
    for one in found:
        yield "### " + f"`{one.function}`"
        yield from _explained(book.standards[one.function], one.zh, is_called=True)


def _explained(function: Documented, zh: str, *, is_called: bool) -> Iterator[str]:
    """Yield one sentence in the reader's language, then the whole docstring to be opened."""
    yield zh if current_locale() == "zh" else function.summary.replace("``", "`")
    whole = f"{function.signature}\n\n{function.docstring}" if is_called else function.docstring
    if is_called or function.docstring != function.summary or current_locale() == "zh":
        summary = _("函数说明（英文）")
        yield f"<details><summary>{summary}</summary>\n\n```text\n{whole}\n```\n\n</details>"


def _tables(book: _Book, area: Area | None) -> Iterator[str]:
    found = [one for one in book.methods.tables if one.area is area]
    if found:
        yield "## " + _("标准表")
        yield _("文件在 params/standards。来源的编号见 [来源]({file})。").format(
            file=file_of(SOURCES)
        )
    for one in found:
        yield f"### `{table_file(one.table)}`"
        lines = select(one.table)
        yield plain(localized(one)) + _("：") + counted(lines)
        yield whole(lines) if one.is_shown_whole else doubtful(lines)


def _sources() -> str:
    lines = select("sources")
    head = (_("编号"), _("内容"), _("种类"), _("地址"))
    return joined(
        "# " + _("来源"),
        other_language(SOURCES),
        _generated(),
        table(
            head,
            [
                (one["id"], plain(one["what"]), plain(one["kind"]), f"`{one['address']}`")
                for one in lines
            ],
        ),
    )


def _area_name(book: _Book, area: Area) -> str:
    return localized(book.catalogue.terms["areas"][area])
