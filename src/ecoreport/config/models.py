"""Pydantic models of ``params/``: the one place that says what those files may hold."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ecoreport.config.vocabulary import (
    AirPlace,
    Area,
    Attribute,
    DepartmentLevel,
    Kind,
    Maturity,
)
from ecoreport.i18n import _


def split_words(cell: object) -> object:
    """Split the words of one table cell at ``|``; a YAML list stays as it is."""
    if not isinstance(cell, str):
        return cell
    return tuple(word.strip() for word in cell.split("|") if word.strip())


def _with_hyphens(cell: object) -> object:
    """Turn 2018/1/3 into 2018-01-03: spreadsheets rewrite dates so when they save a table."""
    parts = cell.split("/") if isinstance(cell, str) else []
    return "-".join(part.zfill(2) for part in parts) if len(parts) == 3 else cell


Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,40}$")]
Year = Annotated[int, Field(ge=2000, le=2100)]
Day = Annotated[dt.date, BeforeValidator(_with_hyphens)]
Words = Annotated[tuple[str, ...], BeforeValidator(split_words)]
Identifiers = Annotated[tuple[Identifier, ...], BeforeValidator(split_words)]


class Strict(BaseModel):
    """Base: unknown keys are errors, values cannot change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class StationRole(Strict):
    """What a station counts as, over a span of years."""

    role: Literal["national_assessment", "provincial", "district", "control", "traffic"]
    """Role in the assessment; only ``national_assessment`` points enter a city's value."""
    first_year: Year | None = None
    """First year of this role; empty where it is not known to have begun later than the data."""
    last_year: Year | None = None
    """Last year of this role; empty while it lasts."""
    source: str
    """Document or list that says so."""


class Station(Strict):
    """A monitoring point."""

    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z.-]{1,20}$")]
    """Code in the national or provincial list, e.g. ``1206A``."""
    name_zh: str
    name_en: str
    roles: tuple[StationRole, ...]
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    """Degrees east as listed."""
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    """Degrees north as listed."""


class District(Strict):
    """``params/districts/<id>/district.yml``."""

    id: Identifier
    name_zh: str
    name_en: str
    level: Literal["province", "city", "district", "county", "county_city", "area"]
    parent: Identifier | None = None
    """District above this one."""
    adcode: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    """Six digits of GB/T 2260; empty for areas without one."""
    plans: tuple[Identifier, ...] = ()
    """Plans that bind this district directly."""
    aliases: tuple[str, ...] = ()
    """Other names under which tables speak of it."""
    stations: tuple[Station, ...] = ()
    air_of: Identifier | None = None
    """District whose air values are this one's: a city's points stand for its urban districts."""
    air_place: AirPlace = AirPlace.CITY_POINTS
    """What the mean of these stations stands for; part of the basis of every air value."""
    note: str = ""
    """For people; never parsed."""


class AssignedTarget(Strict):
    """A value that a superior assigned for one year."""

    commitment: str
    value: Decimal
    unit: str
    document: str
    """Title and number of the letter that assigns it."""
    date: Day


class DustExclusion(Strict):
    """Days on which a superior's list takes dust out of the particulate values."""

    first_day: Day
    last_day: Day
    document: str
    """Title and number of the list; we never choose days ourselves."""


class DistrictYear(Strict):
    """``params/districts/<id>/<year>.yml``: what holds for one year only."""

    district: Identifier
    year: Year
    assigned_targets: tuple[AssignedTarget, ...] = ()
    dust_exclusions: tuple[DustExclusion, ...] = ()
    air_edition: Literal["2012", "2026"] | None = None
    """Edition of the air standards (GB 3095, HJ 633, HJ 663) that judges a year which two share,
    as 2026: it must be named, for nothing read settles it."""
    maturity: dict[str, Maturity] = {}
    """Maturity of a dataset's files where the files themselves do not say it."""


class PlanTask(Strict):
    """A task (任务) of a plan's table with the numbers it holds."""

    id: Identifier
    label: str
    """Number as printed, e.g. （一）."""
    name_zh: str
    name_en: str
    seq: tuple[int, ...]
    """Numbers (序号) of its indicators."""


class PlanField(Strict):
    """A field (领域) under which the plan groups its tasks."""

    id: Identifier
    name_zh: str
    name_en: str
    tasks: tuple[PlanTask, ...]


class Plan(Strict):
    """``params/plans/<id>/plan.yml``."""

    id: Identifier
    title_zh: str
    title_en: str
    issuer: str
    document_number: str
    """Empty where our text of the document does not carry it."""
    issued: Day | None = None
    """Empty where our text of the document does not carry it."""
    first_year: Year
    last_year: Year
    vetoes: tuple[str, ...] = ()
    """Commitments whose breach vetoes the whole (否决项), whatever else was reached."""
    unit_word: Literal["indicator", "task", "rectification"]
    """Which words its verdicts take: 达标 or 完成, and what its commitments are called."""
    fields: tuple[PlanField, ...]
    judged_text: str
    judged_text_en: str = ""
    """Which part of the document is judged, and why, where that is a choice."""
    coverage_note: str = ""
    coverage_note_en: str = ""
    """How far our text of the document goes, where it does not go to the end."""


class Commitment(Strict):
    """One row of ``params/plans/<id>/commitments.csv``."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)+$")]
    seq: int | None = None
    """Number (序号) in the plan's own table."""
    clause: str
    clause_en: str = ""
    area: Area
    indicator: str = ""
    """Empty for a composite, whose parts have indicators."""
    scope: Identifier
    kind: Kind
    operator: Literal["<=", "<", ">=", ">", "=="] | None = None
    value: Decimal | None = None
    unit: str = ""
    base_year: Year | None = None
    deadline: Day | None = None
    attribute: Attribute
    frequency: Literal["once", "monthly", "quarterly", "half_yearly", "yearly"] | None = None
    due_in: Annotated[str, Field(pattern=r"^(|Q[1-4]|H[12]|0[1-9]|1[0-2])$")] = ""
    """Part of every year in which a yearly duty falls due, as periods name it: Q1, H2, 09."""
    water_body: str = ""
    parameter: str = ""
    combine: Literal["all", "any", "sum", "each"] | None = None
    part_of: str = ""
    """Id of the composite that this row is a part of."""
    tolerance: Decimal | None = None
    """Change smaller than this is no change, where the plan says so; a standard's own step is in
    its table."""
    fuzzy: Literal["", "around", "basically", "strive", "fully"] = ""
    """Word that blurs the target: 左右, 基本, 力争, 全面; read as ``assessment.yml`` says."""
    is_kept: bool = False
    """Whether it must be kept after the plan's last year (稳定保持, 不降低): judged then too."""
    is_for_every_unit: bool = False
    """Whether the target holds for each unit by itself (每个网格): the worst one is judged."""
    responsible: Annotated[Identifiers, Field(min_length=1)]
    """Departments that lead, first the one named first; ``|`` between them."""
    title_zh: str
    title_en: str
    target_zh: str = ""
    """Target in words where there is no number (制定实施, 未发生)."""
    target_en: str = ""
    note: str = ""
    """For people; never parsed."""
    note_en: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        is_composite = self.kind is Kind.COMPOSITE
        if is_composite != (self.combine is not None) or is_composite != (not self.indicator):
            raise ValueError(_("kind 为 composite 的行要有 combine、没有 indicator；其他行相反"))
        if self.kind is Kind.LEVEL and (self.operator is None or self.value is None):
            raise ValueError(_("kind 为 level 的行要有 operator 和 value"))
        if self.kind is Kind.ASSIGNED and (self.operator is None or self.value is not None):
            raise ValueError(
                _(
                    "kind 为 assigned 的行要有 operator，value 留空；"
                    "数值写在 params/districts/…/年份.yml"
                )
            )
        if self.kind in {Kind.QUALITATIVE, Kind.EVENT_FREE} and not self.target_zh:
            raise ValueError(_("kind 为 {kind} 的行要有 target_zh").format(kind=self.kind))
        return self


class PathPoint(Strict):
    """One row of ``params/plans/<id>/path.csv``: an interim value that the document gives."""

    commitment: str
    year: Year
    """Year at whose end the value is to be reached."""
    value: Decimal
    unit: str = ""
    """Unit of the commitment's target."""
    clause: str
    """Where the document says so."""


class Contradiction(Strict):
    """One row of ``params/plans/<id>/contradictions.csv``: two places that differ."""

    id: Identifier
    commitments: str
    """Ids of the rows concerned, separated by spaces."""
    place_a: str
    place_a_en: str = ""
    value_a: str
    value_a_en: str = ""
    place_b: str
    place_b_en: str = ""
    value_b: str
    value_b_en: str = ""
    judged: Literal["a", "b", "both"]
    reason: str
    reason_en: str


class Indicator(Strict):
    """One row of ``params/indicators.csv``: an indicator, defined once."""

    id: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z0-9_]+$")]
    zh: str
    en: str
    area: Area
    unit: str = ""
    decimals: int | None = None
    better: Literal["higher", "lower", "none"]
    formula: str = ""
    numerator: str = ""
    denominator: str = ""
    coverage: str = ""
    statistic: str
    """Name of the function registered in ``observe``."""
    argument: str = ""
    """What the function needs to know, e.g. the pollutant and statistic."""
    dataset: str
    standard: str = ""
    source: str
    """Where the definition comes from."""
    is_verified: bool
    """False where the definition was not read in its source."""

    @model_validator(mode="after")
    def _begins_with_area(self) -> Self:
        if not self.id.startswith(f"{self.area}."):
            raise ValueError(_("id 应以 area 开头：{area}.…").format(area=self.area))
        return self


class Computation(Strict):
    """One row of ``params/computed.csv``: what else gives an indicator, beside its own dataset.

    What a department reports stays a source of its own; both are told where they differ.
    """

    indicator: str
    statistic: str
    """Name of the function registered in ``observe``."""
    argument: str = ""
    """What the function needs to know, e.g. which sections."""
    dataset: str
    """Where this was sent, the indicator is computed."""
    source: str
    """Where the way of computing comes from, and what was chosen."""
    is_verified: bool
    """False where the way of computing was not read in its source."""
    also_from: Words = ()
    """Other datasets without which it cannot be computed; ``|`` between them."""

    @property
    def datasets(self) -> tuple[str, ...]:
        """All that it takes to compute it."""
        return (self.dataset, *self.also_from)


class YearlyFall(Strict):
    """One row of ``params/yearly_falls.csv``: what is told at the prices of its own year.

    A cut of it since a base year is made of its falls on the year before at comparable prices.
    """

    indicator: str
    fall: str
    """Indicator of its fall on the year before, at comparable prices."""
    source: str
    """Why it is done so."""


class Department(Strict):
    """One row of ``params/departments.csv``."""

    id: Identifier
    district: Identifier
    """District whose department it is: short names repeat from one district to the next."""
    level: DepartmentLevel
    zh: str
    en: str
    aliases: Words = ()
    """Other names under which tables speak of it; ``|`` between them."""
    first_year: Year | None = None
    last_year: Year | None = None
    successor: str = ""
