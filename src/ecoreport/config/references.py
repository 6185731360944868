"""Whether what one parameter file names exists in another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Generic, TypeVar

from pydantic import BaseModel

from ecoreport.config.assessment import AssessmentSettings
from ecoreport.config.evidence import EvidenceDeadline, EvidenceRequirement
from ecoreport.config.explain import Found, place, unknown
from ecoreport.config.layouts import Dataset
from ecoreport.config.models import (
    Commitment,
    Computation,
    Contradiction,
    Department,
    District,
    DistrictYear,
    Indicator,
    PathPoint,
    Plan,
)
from ecoreport.config.presentation import ReportSettings
from ecoreport.config.read import Problems, Record
from ecoreport.config.rectification import RectificationItem
from ecoreport.config.vocabulary import CHANGES, Kind
from ecoreport.i18n import _

Model = TypeVar("Model", bound=BaseModel)


@dataclass
class Shelf(Generic[Model]):
    """Things by id."""

    things: dict[str, Found[Model]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    """All ids, also of things that could not be read: one mistake is reported once."""

    def values(self) -> dict[str, Model]:
        """Return the models alone."""
        return {name: found.value for name, found in self.things.items()}


@dataclass
class Loaded:
    """Everything read so far, with its lines."""

    districts: Shelf[District]
    plans: Shelf[Plan]
    indicators: Shelf[Indicator]
    datasets: Shelf[Dataset]
    departments: Shelf[Department]
    commitments: Shelf[Commitment]
    """Of all plans."""
    commitments_of: dict[str, list[Found[Commitment]]]
    """Of each plan."""
    contradictions_of: dict[str, list[Found[Contradiction]]]
    path_of: dict[str, list[Found[PathPoint]]]
    """Of each plan whose document gives interim values."""
    problems_of: dict[str, list[Found[RectificationItem]]]
    """Of each plan of rectification."""
    evidence_of: dict[str, list[Found[EvidenceRequirement]]]
    """Of each plan that asks for papers."""
    deadlines_of: dict[str, list[Found[EvidenceDeadline]]]
    district_years: list[Found[DistrictYear]]
    computed: list[Found[Computation]]
    report: Found[ReportSettings] | None
    assessment: Found[AssessmentSettings] | None


def check_references(loaded: Loaded, problems: Problems) -> None:
    """Note every name that leads nowhere, with file and line."""
    _check_districts(loaded, problems)
    _check_district_years(loaded, problems)
    _check_departments(loaded, problems)
    for dataset in loaded.datasets.things.values():
        if replaced := dataset.value.stands_in_for:
            _check(dataset.record, ("stands_in_for",), replaced, loaded.datasets, problems)
        for index, name in enumerate(dataset.value.beside):
            _check(dataset.record, ("beside", index), name, loaded.datasets, problems)
    for indicator in loaded.indicators.things.values():
        _check(indicator.record, ("dataset",), indicator.value.dataset, loaded.datasets, problems)
    for computation in loaded.computed:
        one, record = computation.value, computation.record
        _check(record, ("indicator",), one.indicator, loaded.indicators, problems)
        _check(record, ("dataset",), one.dataset, loaded.datasets, problems)
        for name in one.also_from:
            _check(record, ("also_from",), name, loaded.datasets, problems)
    for commitment in loaded.commitments.things.values():
        _check_commitment(commitment, loaded, problems)
    _check_plans(loaded, problems)
    if loaded.report:
        settings, record = loaded.report.value, loaded.report.record
        for key, names in (("headline", settings.headline), ("followed", settings.followed)):
            for index, name in enumerate(names):
                _check(record, (key, index), name, loaded.indicators, problems)


def _check_plans(loaded: Loaded, problems: Problems) -> None:
    """Note what the tables of a plan name that the plan does not hold."""
    for plan in loaded.plans.things.values():
        for index, name in enumerate(plan.value.vetoes):
            _check(plan.record, ("vetoes", index), name, loaded.commitments, problems)
        _check_numbers(plan, loaded.commitments_of.get(plan.value.id, []), problems)
    for one in chain.from_iterable(loaded.contradictions_of.values()):
        for name in one.value.commitments.split():
            _check(one.record, ("commitments",), name, loaded.commitments, problems)
    for point in chain.from_iterable(loaded.path_of.values()):
        _check_path(point, loaded, problems)
    for item in chain.from_iterable(loaded.problems_of.values()):
        _check_item(item, loaded, problems)
    for name, required in loaded.evidence_of.items():
        _check_evidence(name, required, loaded, problems)


def _check(
    record: Record,
    location: tuple[str | int, ...],
    name: str,
    shelf: Shelf[Model],
    problems: Problems,
) -> None:
    if name not in shelf.names:
        message = f"{place(location, record)}{unknown(name, shelf.names)}"
        problems.add(record.file, record.line(*location), message)


def _check_districts(loaded: Loaded, problems: Problems) -> None:
    districts = loaded.districts.values()
    for name, found in loaded.districts.things.items():
        district, record = found.value, found.record
        for index, plan in enumerate(district.plans):
            _check(record, ("plans", index), plan, loaded.plans, problems)
        for key, above in (("parent", district.parent), ("air_of", district.air_of)):
            if above is not None:
                _check(record, (key,), above, loaded.districts, problems)
        codes = [station.code for station in district.stations]
        for index, code in enumerate(codes):
            if code in codes[:index]:
                line = record.line("stations", index, "code")
                problems.add(record.file, line, _("监测点 {code} 重复").format(code=code))
        seen, above = {name}, district.parent
        while above in districts and above not in seen:
            seen.add(above)
            above = districts[above].parent
        if above in seen:
            problems.add(record.file, record.line("parent"), _("parent 绕成了一圈"))


def _check_district_years(loaded: Loaded, problems: Problems) -> None:
    for found in loaded.district_years:
        record, value = found.record, found.value
        _check(record, ("district",), value.district, loaded.districts, problems)
        for dataset in value.maturity:
            _check(record, ("maturity", dataset), dataset, loaded.datasets, problems)
        for index, target in enumerate(value.assigned_targets):
            place = ("assigned_targets", index, "commitment")
            _check(record, place, target.commitment, loaded.commitments, problems)
            commitment = loaded.commitments.things.get(target.commitment)
            if commitment and value.district not in _lineage(commitment.value.scope, loaded):
                problems.add(
                    record.file,
                    record.line(*place),
                    _("承诺 {id} 的范围是 {scope}，不能在 {district} 的文件里下达").format(
                        id=target.commitment,
                        scope=commitment.value.scope,
                        district=value.district,
                    ),
                )
            if commitment and commitment.value.unit != target.unit:
                problems.add(
                    record.file,
                    record.line("assigned_targets", index, "unit"),
                    _("单位 {unit} 与承诺的单位 {expected} 不同").format(
                        unit=target.unit, expected=commitment.value.unit
                    ),
                )


def _lineage(district: str, loaded: Loaded) -> list[str]:
    """Return a district and those above it; a circle, which is noted elsewhere, ends it."""
    districts = loaded.districts.values()
    found = [district]
    while (one := districts.get(found[-1])) and one.parent and one.parent not in found:
        found.append(one.parent)
    return found


def _check_departments(loaded: Loaded, problems: Problems) -> None:
    names: Counter[tuple[str, str]] = Counter()
    for found in loaded.departments.things.values():
        one = found.value
        _check(found.record, ("district",), one.district, loaded.districts, problems)
        if one.successor:
            _check(found.record, ("successor",), one.successor, loaded.departments, problems)
        for name in {one.zh, *one.aliases}:
            names[one.district, name] += 1
            if names[one.district, name] > 1:
                problems.add(
                    found.record.file,
                    found.record.line(),
                    _("{name} 已是另一个部门的名称").format(name=name),
                )


def _check_commitment(found: Found[Commitment], loaded: Loaded, problems: Problems) -> None:
    commitment, record = found.value, found.record
    _check(record, ("scope",), commitment.scope, loaded.districts, problems)
    for department in commitment.responsible:
        _check(record, ("responsible",), department, loaded.departments, problems)
    if commitment.indicator:
        _check(record, ("indicator",), commitment.indicator, loaded.indicators, problems)
        _check_unit(found, loaded, problems)
    if commitment.part_of:
        _check(record, ("part_of",), commitment.part_of, loaded.commitments, problems)
        whole = loaded.commitments.things.get(commitment.part_of)
        if whole and whole.value.kind is not Kind.COMPOSITE:
            problems.add(
                record.file,
                record.line(),
                _("列 part_of：{whole} 的 kind 不是 composite").format(whole=commitment.part_of),
            )
    if commitment.kind is Kind.COMPOSITE and not _has_parts(commitment, loaded):
        problems.add(record.file, record.line(), _("kind 为 composite，却没有分项（part_of）"))


def _has_parts(commitment: Commitment, loaded: Loaded) -> bool:
    return any(one.value.part_of == commitment.id for one in loaded.commitments.things.values())


def _check_unit(found: Found[Commitment], loaded: Loaded, problems: Problems) -> None:
    """Note a target whose unit is not that of the values held against it."""
    commitment, record = found.value, found.record
    indicator = loaded.indicators.things.get(commitment.indicator)
    is_number = commitment.operator is not None
    is_share_of_base = commitment.kind in CHANGES and commitment.unit == "%"
    if is_share_of_base or commitment.kind is Kind.CLASS_LIMIT:
        return
    if indicator and is_number and commitment.unit != indicator.value.unit:
        problems.add(
            record.file,
            record.line(),
            _("列 unit：{unit!r} 与指标 {indicator} 的单位 {expected!r} 不同").format(
                unit=commitment.unit,
                indicator=commitment.indicator,
                expected=indicator.value.unit,
            ),
        )


def _check_path(found: Found[PathPoint], loaded: Loaded, problems: Problems) -> None:
    """Note an interim value of no commitment, or in another unit than the target's."""
    point, record = found.value, found.record
    _check(record, ("commitment",), point.commitment, loaded.commitments, problems)
    commitment = loaded.commitments.things.get(point.commitment)
    if commitment and commitment.value.unit != point.unit:
        problems.add(
            record.file,
            record.line(),
            _("单位 {unit} 与承诺的单位 {expected} 不同").format(
                unit=point.unit, expected=commitment.value.unit
            ),
        )


def _check_item(found: Found[RectificationItem], loaded: Loaded, problems: Problems) -> None:
    """Note an item whose commitments or departments lead nowhere."""
    item, record = found.value, found.record
    for name in item.commitments:
        _check(record, ("commitments",), name, loaded.commitments, problems)
    for name in item.lead:
        _check(record, ("lead",), name, loaded.departments, problems)
    for name in item.acceptance:
        _check(record, ("acceptance",), name, loaded.departments, problems)


def _check_evidence(
    plan: str, required: list[Found[EvidenceRequirement]], loaded: Loaded, problems: Problems
) -> None:
    """Note papers of no row of the plan's own table, of no department, or numbered twice."""
    own = {one.value.id: one.value for one in loaded.commitments_of.get(plan, [])}
    seen = set()
    for found in required:
        one, record = found.value, found.record
        _check(record, ("commitment",), one.commitment, loaded.commitments, problems)
        commitment = own.get(one.commitment)
        if one.commitment in loaded.commitments.names and (
            commitment is None or commitment.seq is None or commitment.part_of
        ):
            message = _("列 commitment：{name} 不是本方案中有序号的一项")
            problems.add(record.file, record.line(), message.format(name=one.commitment))
        if one.department:
            _check(record, ("department",), one.department, loaded.departments, problems)
        if (one.commitment, one.number) in seen:
            message = _("列 number：{name} 的 {number} 重复")
            message = message.format(name=one.commitment, number=one.number)
            problems.add(record.file, record.line(), message)
        seen.add((one.commitment, one.number))


def _check_numbers(
    plan: Found[Plan], commitments: list[Found[Commitment]], problems: Problems
) -> None:
    """Note numbers of the plan's fields without a commitment, and the other way round."""
    numbers = [seq for field in plan.value.fields for task in field.tasks for seq in task.seq]
    counted = [one for one in commitments if not one.value.part_of and one.value.seq is not None]
    record = plan.record
    for seq in _repeated(numbers):
        problems.add(record.file, record.line("fields"), _("序号 {seq} 重复").format(seq=seq))
    for seq in sorted(set(numbers) - {one.value.seq for one in counted}):
        problems.add(
            record.file,
            record.line("fields"),
            _("序号 {seq} 在 commitments.csv 里没有承诺").format(seq=seq),
        )
    for one in counted:
        if one.value.seq not in numbers:
            problems.add(
                one.record.file,
                one.record.line(),
                _("列 seq：序号 {seq} 不在 plan.yml 的 fields 里").format(seq=one.value.seq),
            )
    for seq in _repeated(one.value.seq for one in counted):
        again = [one.record for one in counted if one.value.seq == seq][-1]
        problems.add(again.file, again.line(), _("列 seq：序号 {seq} 重复").format(seq=seq))


def _repeated(values: Iterable[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]
