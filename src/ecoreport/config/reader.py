"""The files of ``params/`` as models, with all that is wrong with them gathered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from ecoreport.config.assessment import AssessmentSettings
from ecoreport.config.corrections import Corrections, FiledCorrection, filed_corrections
from ecoreport.config.disclosure import PublicMinimum
from ecoreport.config.evidence import EvidenceDeadline, EvidenceRequirement
from ecoreport.config.explain import Found, is_headed, unknown, validated
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
    YearlyFall,
)
from ecoreport.config.plausible import Plausible, PlausibleParts
from ecoreport.config.presentation import ReportSettings, Term
from ecoreport.config.read import Problems, Record, read_document, read_table
from ecoreport.config.rectification import RectificationItem
from ecoreport.config.rectification_states import RectificationState, StateStyle, check_states
from ecoreport.config.references import Loaded, Shelf
from ecoreport.i18n import _
from ecoreport.project import Pair, Project

Model = TypeVar("Model", bound=BaseModel)

CORRECTIONS = "districts/*/corrections.yml"


@dataclass
class Reader:
    """Reads the files of one project and gathers what is wrong with them."""

    project: Project
    problems: Problems = field(default_factory=Problems)
    names: dict[type[BaseModel], set[str]] = field(default_factory=dict)
    """Ids of each model that were met, also in records that are wrong."""
    left_out: frozenset[str] = frozenset()
    """Files that are not read."""

    def everything(self) -> Loaded:
        """Read the files that refer to each other."""
        params = self.project.params
        plans = self.folders("plans", "plan.yml", Plan)
        commitments = {
            plan.parent.name: self.table(plan.with_name("commitments.csv"), Commitment)
            for plan in self.paths("plans/*/plan.yml")
        }
        contradictions = {
            plan.parent.name: self.table(plan.with_name("contradictions.csv"), Contradiction)
            for plan in self.paths("plans/*/plan.yml")
        }
        path = {
            file.parent.name: self.table(file, PathPoint) for file in self.paths("plans/*/path.csv")
        }
        problems = {
            file.parent.name: self.table(file, RectificationItem)
            for file in self.paths("plans/*/problems.csv")
        }
        for found in contradictions.values():
            self.shelf(found, Contradiction)
        for items in problems.values():
            self.shelf(items, RectificationItem)
        self.refuse_strays()
        return Loaded(
            districts=self.folders("districts", "district.yml", District),
            plans=plans,
            indicators=self.shelf(self.table(params / "indicators.csv", Indicator), Indicator),
            datasets=self.datasets(),
            departments=self.shelf(self.table(params / "departments.csv", Department), Department),
            commitments=self.shelf(
                [one for found in commitments.values() for one in found], Commitment
            ),
            commitments_of=commitments,
            contradictions_of=contradictions,
            path_of=path,
            problems_of=problems,
            evidence_of=self.of_plans("evidence.csv", EvidenceRequirement),
            deadlines_of=self.of_plans("evidence_deadlines.csv", EvidenceDeadline),
            district_years=self.district_years(),
            computed=self.table(params / "computed.csv", Computation),
            report=self.document(params / "report.yml", ReportSettings),
            assessment=self.document(params / "assessment.yml", AssessmentSettings),
        )

    def of_plans(self, file: str, model: type[Model]) -> dict[str, list[Found[Model]]]:
        """Read a table that some plans have, by the id of the plan."""
        return {path.parent.name: self.table(path, model) for path in self.paths(f"plans/*/{file}")}

    def paths(self, pattern: str) -> list[Path]:
        """Return the files below ``params/`` that match, in a fixed order."""
        found = sorted(self.project.params.glob(pattern))
        return [path for path in found if self.name(path) not in self.left_out]

    def name(self, path: Path) -> str:
        """Return how messages name a file, wherever a link may lead."""
        return path.relative_to(self.project.root).as_posix()

    def document(self, path: Path, model: type[Model]) -> Found[Model] | None:
        """Read one YAML file."""
        record = read_document(path, self.name(path), self.problems)
        return self.validated(record, model) if record else None

    def table(self, path: Path, model: type[Model]) -> list[Found[Model]]:
        """Read one CSV file."""
        table = read_table(path, self.name(path), self.problems)
        if not table.columns or not is_headed(table, model, self.problems):
            for record in table.rows:
                self.remember(record, model)
            return []
        found = (self.validated(record, model) for record in table.rows)
        return [one for one in found if one is not None]

    def validated(self, record: Record, model: type[Model]) -> Found[Model] | None:
        """Make a model of a record and remember its id, whether it is right or not."""
        self.remember(record, model)
        return validated(record, model, self.problems)

    def remember(self, record: Record, model: type[BaseModel]) -> None:
        """Keep the id of a record."""
        self.names.setdefault(model, set()).add(str(record.values.get("id", "")))

    def shelf(
        self, found: Iterable[Found[Model]], model: type[Model], key: str = "id"
    ) -> Shelf[Model]:
        """Put things on a shelf by their `key`; a second one of the same is noted."""
        shelf: Shelf[Model] = Shelf()
        for one in found:
            name = str(getattr(one.value, key))
            if name in shelf.things:
                first = shelf.things[name].record
                self.problems.add(
                    one.record.file,
                    one.record.line(key),
                    _("{key} {name} 重复，首次见 {file}:{line}").format(
                        key=key, name=name, file=first.file, line=first.line(key)
                    ),
                )
            shelf.things.setdefault(name, one)
        shelf.names = self.names.get(model, set()) | set(shelf.things)
        return shelf

    def folders(self, folder: str, file: str, model: type[Model]) -> Shelf[Model]:
        """Read one YAML file a folder; its id is the folder's name."""
        paths = self.project.params.glob(f"{folder}/*/{file}")
        # Others refer to it whether it can be read or not.
        self.names.setdefault(model, set()).update(path.parent.name for path in paths)
        found = [self.document(path, model) for path in self.paths(f"{folder}/*/{file}")]
        shelf = self.shelf((one for one in found if one is not None), model)
        for name, one in shelf.things.items():
            expected = one.record.file.split("/")[-2]
            self._same(one.record, "id", name, expected)
        return shelf

    def datasets(self) -> Shelf[Dataset]:
        """Read the layouts of raw tables."""
        found = [self.document(path, Dataset) for path in self.paths("datasets/*.yml")]
        shelf = self.shelf((one for one in found if one is not None), Dataset)
        for name, one in shelf.things.items():
            self._same(one.record, "id", name, Path(one.record.file).stem)
        return shelf

    def district_years(self) -> list[Found[DistrictYear]]:
        """Read what holds for one year of a district."""
        found = [
            self.document(path, DistrictYear)
            for path in self.paths("districts/*/[0-9][0-9][0-9][0-9].yml")
        ]
        for one in (read := [one for one in found if one is not None]):
            path = Path(one.record.file)
            self._same(one.record, "district", one.value.district, path.parent.name)
            self._same(one.record, "year", str(one.value.year), path.stem)
        return read

    def terms(self, name: str, words: type[StrEnum]) -> dict[str, Term]:
        """Read the labels of a closed list, each word of it once."""
        path = self.project.params / f"{name}.csv"
        shelf = self.shelf(self.table(path, Term), Term, "word")
        self.check_words(path, shelf, words)
        return shelf.values()

    def states(self, loaded: Loaded) -> dict[RectificationState, StateStyle]:
        """Read the states of rectification, in the order of legends."""
        path = self.project.params / "rectification_states.csv"
        found = self.table(path, StateStyle)
        shelf = self.shelf(found, StateStyle, "state")
        self.check_words(path, shelf, RectificationState)
        check_states(found, loaded.datasets, self.problems)
        return {
            one.state: one for one in sorted(shelf.values().values(), key=lambda one: one.order)
        }

    def minimums(self, loaded: Loaded) -> dict[str, PublicMinimum]:
        """Read what a public edition tells at least, each of a dataset that there is."""
        found = self.table(self.project.params / "public_minimums.csv", PublicMinimum)
        shelf = self.shelf(found, PublicMinimum, "dataset")
        for name, one in shelf.things.items():
            if name not in loaded.datasets.names:
                words = unknown(name, loaded.datasets.names)
                self.problems.add(one.record.file, one.record.line("dataset"), words)
        return shelf.values()

    def plausible(self, loaded: Loaded) -> dict[str, Plausible]:
        """Read what figures of an indicator can well be."""
        found = self.table(self.project.params / "plausible.csv", Plausible)
        shelf = self.shelf(found, Plausible, "indicator")
        for name, one in shelf.things.items():
            self._known_indicator(one.record, "indicator", name, loaded)
        return shelf.values()

    def plausible_parts(self, loaded: Loaded) -> tuple[PlausibleParts, ...]:
        """Read which indicators are parts of another."""
        found = self.table(self.project.params / "plausible_parts.csv", PlausibleParts)
        for one in found:
            for name in one.value.parts:
                self._known_indicator(one.record, "parts", name, loaded)
            if one.value.whole:
                self._known_indicator(one.record, "whole", one.value.whole, loaded)
        return tuple(one.value for one in found)

    def yearly_falls(self, loaded: Loaded) -> dict[str, str]:
        """Read which indicator tells the fall of another on the year before."""
        found = self.table(self.project.params / "yearly_falls.csv", YearlyFall)
        for one in found:
            for name in ("indicator", "fall"):
                self._known_indicator(one.record, name, getattr(one.value, name), loaded)
        return {one.value.indicator: one.value.fall for one in found}

    def _known_indicator(self, record: Record, key: str, name: str, loaded: Loaded) -> None:
        if name not in loaded.indicators.names:
            words = unknown(name, loaded.indicators.names)
            self.problems.add(record.file, record.line(key), words)

    def corrections(self, loaded: Loaded) -> dict[Pair, tuple[FiledCorrection, ...]]:
        """Read what departments' letters change."""
        found = [self.document(path, Corrections) for path in self.paths(CORRECTIONS)]
        documents = [one for one in found if one is not None]
        return filed_corrections(documents, loaded.districts.names, loaded.datasets, self.problems)

    def check_words(self, path: Path, shelf: Shelf[Model], words: type[StrEnum]) -> None:
        """Note words of a closed list without a row, and rows that are not in the list."""
        file = self.name(path)
        for word in words:
            if word not in shelf.things:
                self.problems.add(file, 1, _("缺少 {word} 一行").format(word=word))
        for name, one in shelf.things.items():
            if name not in set(words):
                self.problems.add(file, one.record.line(), unknown(name, words))

    def refuse_strays(self) -> None:
        """Note YAML files that nothing reads: a misnamed file must not pass unseen."""
        read = {
            path
            for pattern in (
                "districts/*/district.yml",
                "districts/*/[0-9][0-9][0-9][0-9].yml",
                CORRECTIONS,
                "plans/*/plan.yml",
                "datasets/*.yml",
            )
            for path in self.paths(pattern)
        }
        for folder in ("districts", "plans", "datasets"):
            for path in [*self.paths(f"{folder}/**/*.yml"), *self.paths(f"{folder}/**/*.yaml")]:
                if path not in read:
                    self.problems.add(self.name(path), 1, _("文件名不对，没有程序会读它"))

    def _same(self, record: Record, key: str, given: str, expected: str) -> None:
        if given != expected:
            self.problems.add(
                record.file,
                record.line(key),
                _("{key}: 应与文件夹或文件名相同（{expected}），收到 {given!r}").format(
                    key=key, expected=expected, given=given
                ),
            )
