"""One sheet a department to send out: its commitments, what is missing, room for its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import Commitment
from ecoreport.departments import ANSWERS, Duty, duties
from ecoreport.export.columns import Column, Edition, mark, status, target
from ecoreport.i18n import _
from ecoreport.labels import localized, reason_of
from ecoreport.message import N_
from ecoreport.needs import Need, Needs
from ecoreport.project import Pair
from ecoreport.workbooks import Table, sheet_title

ANSWER = N_("答复")


@dataclass(frozen=True)
class Line:
    """A commitment, or a part of it, on the sheet of a department."""

    duty: Duty
    commitment: Commitment
    judgement: Judgement
    needs: tuple[Need, ...]


def department_tables(edition: Edition) -> list[Table]:
    """Return a sheet that explains, then one for each department that answers for something."""
    assessment, catalogue = edition.assessment, edition.catalogue
    plans = catalogue.plans_binding(assessment.district)
    owed = duties(plans, catalogue.departments, assessment.year)
    tables = [_guide(edition)]
    for name, ours in owed.items():
        title = sheet_title(
            localized(catalogue.departments[name]), [table.title for table in tables]
        )
        tables.append(_sheet(edition, title, ours))
    return tables


def _guide(edition: Edition) -> Table:
    district = localized(edition.catalogue.districts[edition.assessment.district])
    rows = [
        (_("区域"), district),
        (_("年度"), str(edition.assessment.year)),
        (_(ANSWER), _("从下拉列表选择：{words}").format(words=_("、").join(map(_, ANSWERS)))),
        (_("说明"), _("异议写理由；补充佐证写材料名称和文号，材料随表附上")),
        (_("缺什么"), _("在“报到哪里”所列的表中补报；本表只收意见，不收数据")),
    ]
    if edition.assessment.is_draft:
        rows.append((_("草稿"), _("有数据未通过校验，不参与评价；不得发布")))
    if edition.assessment.rests_on_demonstration:
        rows.append((_("演示数据"), _("标明演示数据的行由程序生成，不是监测结果，不得引用")))
    return Table(_("填表说明"), (_("项目"), _("内容")), rows)


def _sheet(edition: Edition, title: str, ours: Sequence[Duty]) -> Table:
    lines = [line for duty in ours for line in _lines(edition, duty)]
    return Table(
        title,
        [*(_(header) for header, _cell in COLUMNS), *map(_, TO_FILL)],
        [
            [*(cell(edition, line) for _header, cell in COLUMNS), *(None for _blank in TO_FILL)]
            for line in lines
        ],
        {_(ANSWER): [_(answer) for answer in ANSWERS]},
    )


def _lines(edition: Edition, duty: Duty) -> Iterator[Line]:
    """Yield a commitment and its parts; what is missing stands with the one that lacks it."""
    assessment = edition.assessment
    judgements = edition.judgements
    pair = Pair(assessment.district, assessment.year)
    needs = Needs(edition.catalogue, pair, assessment.as_of, judgements)
    missing = needs.of(duty.plan, duty.commitment)
    for one in (duty.commitment, *duty.plan.parts_of(duty.commitment)):
        yield Line(
            duty,
            one,
            judgements[one.id],
            tuple(need for need in missing if need.commitment.id == one.id),
        )


def _joined(line: Line, part: str) -> str:
    return _("；").join(dict.fromkeys(getattr(need, part) for need in line.needs))


def _deadline(line: Line) -> str:
    deadline = line.commitment.deadline or line.duty.commitment.deadline
    return deadline.isoformat() if deadline else _("逐年")


def _named(line: Line) -> str:
    place = line.duty.named.index(line.duty.department) + 1
    return _("第{place}，共{n}个").format(place=place, n=len(line.duty.named))


COLUMNS: tuple[Column, ...] = (
    (N_("序号"), lambda _e, one: one.duty.commitment.seq),
    (N_("方案"), lambda _e, one: localized(one.duty.plan)),
    (N_("事项"), lambda _e, one: localized(one.commitment)),
    (N_("列名"), lambda _e, one: _named(one)),
    (N_("目标"), lambda e, one: target(e, one.judgement)),
    (N_("现状值"), lambda _e, one: one.judgement.value),
    (N_("单位"), lambda _e, one: _(one.judgement.unit)),
    (N_("完成情况"), lambda _e, one: status(one.judgement.text)),
    (N_("与目标差距"), lambda _e, one: one.judgement.margin),
    (N_("结论"), lambda e, one: e.verdict(one.judgement)),
    (N_("原因"), lambda e, one: reason_of(e.catalogue, one.judgement)),
    (N_("佐证"), lambda e, one: e.term("evidence", one.judgement.evidence)),
    (N_("演示数据"), lambda _e, one: mark(one.judgement.rests_on_demonstration)),
    (N_("时限"), lambda _e, one: _deadline(one)),
    (N_("缺什么"), lambda _e, one: _joined(one, "what")),
    (N_("报到哪里"), lambda _e, one: _joined(one, "where")),
)
TO_FILL = (ANSWER, N_("说明"), N_("佐证材料名称"), N_("文号"), N_("填写人"), N_("日期"))
