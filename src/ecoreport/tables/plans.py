"""What each plan amounts to: its scorecard, its own table, what is to be known of its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ecoreport.components import component
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Commitment, Contradiction
from ecoreport.config.vocabulary import Attribute, Verdict
from ecoreport.findings.overview import unit_name
from ecoreport.i18n import _, current_locale
from ecoreport.labels import localized, verdict_label, worded
from ecoreport.listing import Entry
from ecoreport.report import Report
from ecoreport.rows import Row, rows_of, task_name
from ecoreport.tables.open_items import Tally

Differing = tuple[CompletePlan, list[Contradiction]]
"""A plan and the contradictions that its table lists."""


@dataclass(frozen=True)
class Counted:
    """Commitments of one nature with their verdicts."""

    label: str
    total: int
    tallies: list[Tally]
    n_demonstration: int
    """Of the total, what rests on demonstration data beside real data: in no tally."""


@dataclass(frozen=True)
class Scorecard:
    """What one plan amounts to."""

    title: str
    about: str
    """Document number, day of issue, and whose plan it is where it is one from above."""
    extent: str
    """How far its text goes."""
    vetoes: list[Row]
    counted: list[Counted]


@dataclass(frozen=True)
class TaskLines:
    """A task of the plan's own table with its rows."""

    name: str
    rows: list[Row]
    total: int
    tallies: list[Tally]

    @property
    def n_lines(self) -> int:
        """Lines of the table that it spans: composites bring those of their parts."""
        return sum(1 + len(row.parts) for row in self.rows)


@dataclass(frozen=True)
class FieldLines:
    """A field of the plan's own table with its tasks."""

    name: str
    tasks: list[TaskLines]

    @property
    def n_lines(self) -> int:
        """Lines of the table that it spans."""
        return sum(task.n_lines for task in self.tasks)


def conclusion(report: Report, lines: Sequence[Markup]) -> Markup:
    """Return what the plans amount to: vetoes, then `lines`, or a scorecard for each plan.

    Parameters
    ----------
    lines : sequence of Markup
        The sentences that say it of a single plan; of a plan without attributes the heading
        says the same, and its scorecard stands instead.
    """
    cards = [scorecard(report, plan) for plan in report.plans]
    if len(cards) == 1 and len(lines) > 1 and not _is_from_above(report, report.plan):
        return component("conclusion", card=cards[0], lines=lines)
    return component("scorecards", cards=cards)


def scorecard(report: Report, plan: CompletePlan) -> Scorecard:
    """Return what a plan amounts to, by attribute, or by how a plan from above binds."""
    rows = {row.commitment.id: row for row in rows_of(report, plan)}
    about = [plan.document_number, plan.issued.isoformat() if plan.issued else ""]
    if _is_from_above(report, plan):
        about.insert(0, localized(report.catalogue.districts[plan.owner]))
        counted = _by_scope(report, plan)
    else:
        counted = _by_attribute(report, plan)
    return Scorecard(
        title=localized(plan),
        about=" · ".join(filter(None, about)),
        extent=_first_sentence(worded(plan, "coverage_note")),
        vetoes=[rows[one.commitment] for one in report.conclusion(plan).vetoes],
        counted=[one for one in counted if one.total],
    )


def _is_from_above(report: Report, plan: CompletePlan) -> bool:
    return plan.owner != report.pair.district


def _by_attribute(report: Report, plan: CompletePlan) -> list[Counted]:
    attributes = {one.attribute for one in plan.counted()}
    if len(attributes) == 1:
        return [_counted(report, plan, unit_name([plan]), lambda _one: True)]
    return [
        _counted(
            report,
            plan,
            localized(report.catalogue.terms["attributes"][attribute]),
            lambda one, attribute=attribute: one.attribute is attribute,  # type: ignore[misc]
        )
        for attribute in Attribute
    ]


def _by_scope(report: Report, plan: CompletePlan) -> list[Counted]:
    own = report.pair.district
    above = localized(report.catalogue.districts[plan.owner])
    of_whole = _("按{above}整体评价").format(above=above)
    named = _("点名{district}").format(district=localized(report.district))
    return [
        _counted(report, plan, named, lambda one: one.scope == own),
        _counted(report, plan, of_whole, lambda one: one.scope != own),
    ]


def _counted(
    report: Report, plan: CompletePlan, label: str, is_meant: Callable[[Commitment], bool]
) -> Counted:
    kept = tuple(one for one in plan.counted() if is_meant(one))
    counts = report.counted(plan.model_copy(update={"commitments": kept, "vetoes": ()})).counts
    tallies = [
        (style, verdict_label(style, plan), n)
        for verdict, style in report.catalogue.verdicts.items()
        if (n := sum(by_verdict.get(verdict, 0) for by_verdict in counts.values()))
    ]
    n_apart = len(kept) - sum(n for _style, _label, n in tallies)
    return Counted(label, len(kept), tallies, n_apart)


def _first_sentence(text: str) -> str:
    mark = "。" if current_locale() == "zh" else ". "
    first, stop, _rest = text.partition(mark)
    return first + stop.strip()


def plan_tables(report: Report) -> Markup:
    """Return each plan's own table, one below the other."""
    return Markup("\n").join(plan_table(report, plan) for plan in report.plans)


def plan_table(report: Report, plan: CompletePlan) -> Markup:
    """Return the plan's own table: its fields and tasks with their numbers and verdicts.

    A plan that fits a sheet stands row by row; of a longer one each task is a line, and its rows
    stand in the list of all commitments, grouped alike.
    """
    rows = rows_of(report, plan)
    fields = _fields(report, plan, {row.commitment.seq: row for row in rows})
    if len(rows) <= report.catalogue.report.plan_rows_max:
        return component("plan_table", fields=fields, plan=plan, plan_title=localized(plan))
    verdicts = dict.fromkeys(row.judgement.verdict for row in rows)
    styles = [style for name, style in report.catalogue.verdicts.items() if name in verdicts]
    return component(
        "plan_tasks",
        fields=fields,
        plan=plan,
        plan_title=localized(plan),
        heads=[(style, verdict_label(style, plan)) for style in styles],
        unit_name=unit_name([plan]),
    )


def _fields(report: Report, plan: CompletePlan, by_seq: dict[int | None, Row]) -> list[FieldLines]:
    return [
        FieldLines(
            localized(field),
            [
                _task_lines(report, plan, task_name(task), [by_seq[seq] for seq in task.seq])
                for task in field.tasks
            ],
        )
        for field in plan.fields
    ]


def _task_lines(report: Report, plan: CompletePlan, name: str, rows: list[Row]) -> TaskLines:
    return TaskLines(name, rows, len(rows), tallies_of(report, [(plan, row) for row in rows]))


def tallies_of(report: Report, rows: Sequence[tuple[CompletePlan, Row]]) -> list[Tally]:
    """Count rows by verdict, whatever they rest on; words are those of the first row's plan."""
    found: dict[Verdict, list[CompletePlan]] = {}
    for plan, row in rows:
        found.setdefault(row.judgement.verdict, []).append(plan)
    return [
        (style, verdict_label(style, found[verdict][0]), len(found[verdict]))
        for verdict, style in report.catalogue.verdicts.items()
        if verdict in found
    ]


def notes(report: Report, entries: Sequence[Entry]) -> Markup:
    """Return what is to be known of the plans: what is judged, how far the text goes, its words."""
    plans = [
        (localized(plan), worded(plan, "judged_text"), worded(plan, "coverage_note"))
        for plan in report.plans
    ]
    rows = [row for entry in entries for row in (entry.row, *entry.row.parts)]
    words = [
        (worded(reading, "word"), n, worded(reading, "meaning"))
        for word, reading in report.catalogue.assessment.fuzzy.items()
        if (n := sum(row.commitment.fuzzy == word for row in rows))
    ]
    has_path = any(row.judgement.path_value is not None for row in rows)
    return component(
        "plan_notes", plans=plans, words=words, has_path=has_path, unit=unit_name(report.plans)
    )


def contradictions(report: Report, found: Sequence[Differing]) -> Markup:
    """Return where plans differ within or between them, of what binds the district."""
    commitments = {
        one.id: one for plan in report.catalogue.plans.values() for one in plan.commitments
    }
    plans = [
        (localized(plan), [_contradiction(one, commitments) for one in differing])
        for plan, differing in found
    ]
    return component("contradictions", plans=plans)


def contradictions_of(report: Report) -> list[Differing]:
    """Return the contradictions that touch the district, by the plan whose table lists them."""
    bound = {one.id for plan in report.plans for one in plan.commitments}
    found = [
        (plan, [one for one in plan.contradictions if bound & set(one.commitments.split())])
        for plan in report.catalogue.plans.values()
    ]
    order = {plan.id: place for place, plan in enumerate(report.plans)}
    touched = [(plan, differing) for plan, differing in found if differing]
    return sorted(touched, key=lambda pair: order.get(pair[0].id, len(order)))


def _contradiction(one: Contradiction, commitments: dict[str, Commitment]) -> dict[str, object]:
    return {
        "titles": dict.fromkeys(localized(commitments[name]) for name in one.commitments.split()),
        "a": (worded(one, "place_a"), worded(one, "value_a")),
        "b": (worded(one, "place_b"), worded(one, "value_b")),
        "judged": _("两处均评") if one.judged == "both" else worded(one, f"place_{one.judged}"),
        "reason": worded(one, "reason"),
    }
