"""What the columns of each download hold, under the names that readers know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ecoreport.assess.judgement import Judgement
from ecoreport.assess.reasons import FRAGILITIES
from ecoreport.assessment import Assessment
from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.models import Commitment
from ecoreport.facts import Fact
from ecoreport.findings.verdicts import explain
from ecoreport.i18n import _, current_locale
from ecoreport.ingest.parts import Source
from ecoreport.labels import STATUS_WORDS, basis_text, localized, reason_of, verdict_label, worded
from ecoreport.message import N_
from ecoreport.narrative import blurred, plain, reason_text, target_text
from ecoreport.observe.observation import Observation, SourceReference
from ecoreport.rows import substituted_text
from ecoreport.validate.finding import Finding
from ecoreport.validate.shown import named, told
from ecoreport.workbooks import Cell, Table

BETWEEN = "; "
DEMONSTRATION = N_("演示数据")


@dataclass(frozen=True)
class Edition:
    """An assessment with the words it is told in.

    Attributes
    ----------
    is_internal : bool
        Whether it is the bureau's own: only that one carries the marks of 临界.
    """

    assessment: Assessment
    catalogue: Catalogue
    is_internal: bool

    @cached_property
    def names(self) -> dict[str, str]:
        """What findings name, in the reader's language."""
        return named(self.catalogue)

    @cached_property
    def plan_of(self) -> dict[str, CompletePlan]:
        """The plan of each commitment."""
        plans = self.catalogue.plans.values()
        return {one.id: plan for plan in plans for one in plan.commitments}

    @cached_property
    def commitments(self) -> dict[str, Commitment]:
        """Commitments by id."""
        return {one.id: one for plan in self.catalogue.plans.values() for one in plan.commitments}

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        """Judgements by commitment."""
        return {one.commitment: one for one in self.assessment.judgements}

    @cached_property
    def observations(self) -> dict[str, Observation]:
        """Observations by id."""
        return {one.id: one for one in self.assessment.observations}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Facts by id."""
        return {one.id: one for one in self.assessment.facts}

    @cached_property
    def demonstration_files(self) -> frozenset[str]:
        """Files that our generator made."""
        return frozenset(one.path for one in self.assessment.sources if one.is_demonstration)

    def behind(self, judgement: Judgement) -> list[Observation]:
        """Return the observations that a judgement rests on."""
        return [self.observations[one] for one in judgement.observations]

    def term(self, kind: str, word: str | None) -> str:
        """Return the label of a word of a closed list."""
        return localized(self.catalogue.terms[kind][word]) if word else ""

    def verdict(self, judgement: Judgement) -> str:
        """Return a verdict in the words of its plan."""
        style = self.catalogue.verdicts[judgement.verdict]
        return verdict_label(style, self.plan_of[judgement.commitment])

    def departments(self, names: Iterable[str]) -> str:
        """Return the names of departments."""
        known = self.catalogue.departments
        return _("、").join(localized(known[name]) if name in known else name for name in names)


def verdict_table(edition: Edition) -> Table:
    """Return one row for each commitment, parts included."""
    judgements = edition.assessment.judgements
    return _table(edition, N_("结论"), VERDICT_COLUMNS, INTERNAL_COLUMNS, judgements)


def observation_table(edition: Edition) -> Table:
    """Return one row for each observation, of the years compared with too."""
    return _table(edition, N_("观测值"), OBSERVATION_COLUMNS, (), edition.assessment.observations)


def source_table(edition: Edition) -> Table:
    """Return one row for each file: of the year, then of the years compared with."""
    own = {one.path for one in edition.assessment.sources}
    others = {
        source.file: Source(
            dataset=source.dataset,
            path=source.file,
            sha256=source.sha256,
            maturity=(source.maturity,),
            is_demonstration=observation.is_demonstration,
        )
        for observation in edition.assessment.observations
        for source in observation.trace.sources
        if source.file not in own
    }
    sources = [*edition.assessment.sources, *others.values()]
    return _table(edition, N_("来源"), SOURCE_COLUMNS, (), sources)


def finding_table(edition: Edition) -> Table:
    """Return one row for each finding of validation."""
    findings = edition.assessment.validation.findings
    return _table(edition, N_("数据质量"), FINDING_COLUMNS, (), findings)


def about_table(edition: Edition) -> Table:
    """Return what a reader has to know before using the other tables."""
    assessment, catalogue = edition.assessment, edition.catalogue
    district = catalogue.districts[assessment.district]
    rows = [(_("区域"), localized(district)), (_("年度"), str(assessment.year))]
    if assessment.as_of:
        rows.append((_("数据截至"), assessment.as_of.isoformat()))
    if assessment.is_draft:
        rows.append((_("草稿"), _("有数据未通过校验，不参与评价；不得发布")))
    if assessment.rests_on_demonstration:
        rows.append((_(DEMONSTRATION), _("标明演示数据的行由程序生成，不是监测结果，不得引用")))
    for plan in catalogue.plans_binding(assessment.district):
        rows.append((_("方案"), f"{localized(plan)} {plan.document_number}"))
        rows += [
            (_("评价依据"), worded(plan, "judged_text")),
            (_("覆盖范围"), worded(plan, "coverage_note")),
        ]
        rows += [
            (_("结论用词"), f"{verdict_label(style, plan)} ({verdict})")
            for verdict, style in catalogue.verdicts.items()
        ]
    for kind, label in (("maturities", _("数据性质")), ("evidence", _("证据"))):
        rows += [(label, _explained(term)) for term in catalogue.terms[kind].values()]
    rows.append((_("数值"), _("“数值”已按标准修约，评价以它为准；“修约前”仅供核对")))
    return Table(_("说明"), (_("项目"), _("内容")), rows)


def references(sources: Sequence[SourceReference]) -> str:
    """Return files with sheet, rows and full SHA-256."""
    return BETWEEN.join(dict.fromkeys(_reference(source) for source in sources))


def _reference(source: SourceReference) -> str:
    rows = _("、").join(map(str, source.rows))
    words = (
        source.file,
        source.sheet,
        _("第 {rows} 行").format(rows=rows) if rows else "",
        f"SHA-256 {source.sha256}",
    )
    return " · ".join(word for word in words if word)


Column = tuple[str, Callable[..., Cell]]


def _table(
    edition: Edition,
    title: str,
    columns: Sequence[Column],
    internal: Sequence[Column],
    things: Iterable[object],
) -> Table:
    shown = [*columns, *(internal if edition.is_internal else ())]
    if edition.assessment.is_draft:
        shown.append((N_("版本"), lambda _edition, _thing: _("草稿")))
    return Table(
        _(title),
        [_(header) for header, _cell in shown],
        [[cell(edition, thing) for _header, cell in shown] for thing in things],
    )


def _explained(term: object) -> str:
    note = getattr(term, f"note_{current_locale()}")
    return _("{word}：{note}").format(word=localized(term), note=note) if note else localized(term)


def _joined(values: Iterable[object]) -> str:
    return BETWEEN.join(text for text in dict.fromkeys(map(str, values)) if text)


def _yes(holds: bool) -> str:
    return _("是") if holds else _("否")


def mark(is_demonstration: bool) -> str:
    """Return the words that mark demonstration data."""
    return _(DEMONSTRATION) if is_demonstration else ""


def status(text: str) -> str:
    """Return a status word in the reader's language."""
    return _(STATUS_WORDS.get(text, text)) if text else ""


def target(edition: Edition, judgement: Judgement) -> str:
    """Return a target as the plan writes it: with its sign, or in words."""
    commitment = edition.commitments[judgement.commitment]
    if judgement.target is None:
        return target_text(judgement, getattr(commitment, f"target_{current_locale()}"))
    return str(blurred(target_text(judgement), commitment.fuzzy))


def _point(edition: Edition, observation: Observation) -> str:
    if not observation.is_of_one_point:
        return ""
    code = observation.id.split("@")[1].split("/")[0]
    stations = edition.catalogue.districts[observation.district].stations
    return next((f"{code} {localized(one)}" for one in stations if one.code == code), code)


def _explained_verdict(edition: Edition, judgement: Judgement) -> str:
    commitment = edition.commitments[judgement.commitment]
    return plain(explain(edition, edition.plan_of[judgement.commitment], commitment, judgement))


def _traces(edition: Edition, judgement: Judgement, part: str) -> str:
    return _joined(getattr(one.trace, part) for one in edition.behind(judgement))


VERDICT_COLUMNS: tuple[Column, ...] = (
    (N_("序号"), lambda e, j: e.commitments[j.commitment].seq),
    (N_("编号"), lambda _e, j: j.commitment),
    (N_("方案"), lambda e, j: localized(e.plan_of[j.commitment])),
    (N_("指标"), lambda e, j: localized(e.commitments[j.commitment])),
    (N_("指标代码"), lambda e, j: e.commitments[j.commitment].indicator),
    (N_("属于"), lambda e, j: e.commitments[j.commitment].part_of),
    (N_("领域"), lambda e, j: e.term("areas", e.commitments[j.commitment].area)),
    (N_("属性"), lambda e, j: e.term("attributes", e.commitments[j.commitment].attribute)),
    (N_("责任单位"), lambda e, j: e.departments(e.commitments[j.commitment].responsible)),
    (N_("目标"), target),
    (N_("目标值"), lambda _e, j: j.target),
    (N_("目标来源"), lambda _e, j: j.target_source),
    (N_("数值"), lambda _e, j: j.value),
    (N_("单位"), lambda _e, j: _(j.unit)),
    (N_("完成情况"), lambda _e, j: status(j.text)),
    (N_("与目标差距"), lambda _e, j: j.margin),
    (N_("结论"), lambda e, j: e.verdict(j)),
    (N_("结论代码"), lambda _e, j: str(j.verdict)),
    (N_("原因"), lambda e, j: reason_of(e.catalogue, j)),
    (N_("原因代码"), lambda _e, j: j.reason),
    (N_("证据"), lambda e, j: e.term("evidence", j.evidence)),
    (N_("数据性质"), lambda e, j: e.term("maturities", j.maturity)),
    (DEMONSTRATION, lambda _e, j: mark(j.rests_on_demonstration)),
    (N_("规则已核实"), lambda _e, j: _yes(j.is_verified)),
    (N_("数据截至"), lambda _e, j: j.as_of),
    (N_("口径"), lambda e, j: _joined(basis_text(one) for one in e.behind(j))),
    (N_("公式"), lambda e, j: _traces(e, j, "formula")),
    (
        N_("代入"),
        lambda e, j: _joined(substituted_text(one.trace.substituted) for one in e.behind(j)),
    ),
    (N_("标准"), lambda e, j: _traces(e, j, "edition")),
    (N_("条款"), lambda e, j: _traces(e, j, "clause")),
    (N_("说明"), _explained_verdict),
    (N_("备注"), lambda _e, j: _joined(j.notes)),
    (N_("观测值编号"), lambda _e, j: _joined(j.observations)),
    (N_("不一致的其他来源"), lambda _e, j: _joined(j.disagreeing)),
    (
        N_("来源文件"),
        lambda e, j: references([s for one in e.behind(j) for s in one.trace.sources]),
    ),
)

INTERNAL_COLUMNS: tuple[Column, ...] = (
    (N_("临界"), lambda _e, j: _joined(_(FRAGILITIES[code]) for code in j.fragility)),
)

OBSERVATION_COLUMNS: tuple[Column, ...] = (
    (N_("观测值编号"), lambda _e, o: o.id),
    (N_("年度"), lambda _e, o: o.year),
    (N_("时段"), lambda _e, o: o.period),
    (N_("指标"), lambda e, o: localized(e.catalogue.indicators[o.indicator])),
    (N_("指标代码"), lambda _e, o: o.indicator),
    (N_("点位"), _point),
    (N_("数值"), lambda _e, o: o.value),
    (N_("单位"), lambda _e, o: _(o.unit)),
    (N_("完成情况"), lambda _e, o: status(o.text)),
    (N_("修约前"), lambda _e, o: o.unrounded),
    (N_("数据性质"), lambda e, o: e.term("maturities", o.maturity)),
    (DEMONSTRATION, lambda _e, o: mark(o.is_demonstration)),
    (N_("有效数据充足"), lambda _e, o: _yes(o.is_sufficient)),
    (N_("原因"), lambda _e, o: reason_text(o.reason)),
    (N_("有效数据"), lambda _e, o: o.trace.n_used),
    (N_("应有数据"), lambda _e, o: o.trace.n_expected),
    (N_("完整率"), lambda _e, o: o.completeness),
    (N_("口径"), lambda _e, o: basis_text(o)),
    (N_("责任单位"), lambda e, o: e.departments([o.department] if o.department else [])),
    (N_("认定人"), lambda _e, o: o.confirmed_by),
    (N_("认定日期"), lambda _e, o: o.confirmed_on),
    (N_("有来源文件"), lambda _e, o: _yes(o.has_document)),
    (N_("有佐证材料"), lambda _e, o: _yes(o.has_evidence_file)),
    (N_("公式"), lambda _e, o: str(o.trace.formula)),
    (N_("代入"), lambda _e, o: substituted_text(o.trace.substituted)),
    (N_("标准"), lambda _e, o: o.trace.edition),
    (N_("条款"), lambda _e, o: o.trace.clause),
    (N_("规则已核实"), lambda _e, o: _yes(o.trace.is_verified)),
    (N_("说明"), lambda _e, o: _joined(o.trace.notes)),
    (N_("来源文件"), lambda _e, o: references(o.trace.sources)),
)

SOURCE_COLUMNS: tuple[Column, ...] = (
    (N_("数据集"), lambda e, s: _dataset(e, s.dataset)),
    (N_("文件"), lambda _e, s: s.path),
    (N_("SHA-256"), lambda _e, s: s.sha256),
    (N_("工作表"), lambda _e, s: _joined(s.sheets)),
    (N_("行数"), lambda _e, s: s.rows or None),
    (N_("数据性质"), lambda e, s: _joined(e.term("maturities", one) for one in s.maturity)),
    (DEMONSTRATION, lambda _e, s: mark(s.is_demonstration)),
    (N_("未采用的原因"), lambda _e, s: s.ignored_because),
)

FINDING_COLUMNS: tuple[Column, ...] = (
    (N_("数据集"), lambda e, f: _dataset(e, f.dataset)),
    (N_("性质"), lambda _e, f: _("停止") if f.severity == "stop" else _("提示")),
    (N_("校验项"), lambda _e, f: f.expectation),
    (N_("列"), lambda _e, f: f.column),
    (N_("文件"), lambda _e, f: f.file),
    (N_("工作表"), lambda _e, f: f.sheet),
    (N_("行"), lambda _e, f: f.row),
    (N_("值"), lambda _e, f: f.value),
    (N_("原因"), lambda e, f: told(f.reason, e.names)),
    (DEMONSTRATION, lambda e, f: mark(_is_demonstration(e, f))),
)


def _dataset(edition: Edition, name: str) -> str:
    known = edition.catalogue.datasets
    return localized(known[name]) if name in known else name


def _is_demonstration(edition: Edition, finding: Finding) -> bool:
    return finding.file in edition.demonstration_files
