"""The one door through which notebooks read: judgements, observations and frames, as computed.

Nothing is judged here. In a run, what a notebook reads is noted, so that a chapter is made again
only where something that it read has changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from ecoreport import opened
from ecoreport.assess.conclusion import Conclusion, conclude
from ecoreport.assess.judgement import Judgement
from ecoreport.assessment import Assessment, frames_folder, read_assessment
from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.models import District, Indicator
from ecoreport.config.vocabulary import Maturity
from ecoreport.errors import InputError
from ecoreport.facts import Fact, counted
from ecoreport.i18n import _, current_locale, use_locale
from ecoreport.inputs import fingerprint, sound_catalogue
from ecoreport.observe.observation import Observation
from ecoreport.project import Pair, Project
from ecoreport.rectification import Problem, problems_of
from ecoreport.store import read_frame
from ecoreport.traced import CALL, Question, TracedMapping, bare
from ecoreport.whole import asked_once, whole_plan

if TYPE_CHECKING:
    import pandas as pd

Value = TypeVar("Value")


@dataclass(frozen=True)
class Provenance:
    """Source, method and download of what is shown, for the line below it."""

    sources: tuple[str, ...] = ()
    method: str = ""
    download: str = ""
    is_demonstration: bool = False
    is_verified: bool = True


@dataclass
class Report:
    """What one district's report of one year may show."""

    project: Project
    pair: Pair
    catalogue: Catalogue
    assessment: Assessment
    asked: set[Question] | None = None
    """All that was read of it, in a run; elsewhere nothing is noted."""

    @property
    def is_of_run(self) -> bool:
        """Whether a run opened it, which has just computed what it holds."""
        return self.asked is not None

    @property
    def district(self) -> District:
        """The district reported on."""
        return self.catalogue.districts[self.pair.district]

    @property
    def year(self) -> int:
        """The year reported on."""
        return self.pair.year

    @property
    def air_edition(self) -> str | None:
        """Edition of the air standards that the year's settings name, if any."""
        return self.catalogue.district_year(self.pair).air_edition

    @property
    def as_of(self) -> dt.date | None:
        """Last day of data, where that is not the end of the year."""
        return self.assessment.as_of

    @cached_property
    def observations(self) -> Mapping[str, Observation]:
        """All observations by id: of this year, of the years compared with, and derived ones."""
        known = bare(self.assessment).observations
        return self._served("observations", {one.id: one for one in known})

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """All facts by id."""
        known = bare(self.assessment).facts
        return self._served("facts", {fact.id: fact for fact in known})

    @cached_property
    def judgements(self) -> Mapping[str, Judgement]:
        """All judgements by commitment."""
        known = bare(self.assessment).judgements
        return self._served("judgements", {one.commitment: one for one in known})

    @property
    def compared(self) -> Sequence[Judgement]:
        """Judgements of other districts in the year, and of the district in earlier years."""
        return self.assessment.compared

    @cached_property
    def plans(self) -> Sequence[CompletePlan]:
        """The plans that bind the district: its own, then what plans above ask of it."""
        return self.catalogue.plans_binding(self.pair.district)

    @property
    def plan(self) -> CompletePlan:
        """The first of the district's plans.

        Raises
        ------
        InputError
            If no plan binds the district.
        """
        if not self.plans:
            raise InputError(
                _("{district} 没有适用的方案：请在 district.yml 的 plans 中写明。").format(
                    district=self.district.name_zh
                )
            )
        return self.plans[0]

    def conclusion(self, plan: CompletePlan) -> Conclusion:
        """Return the conclusion of a plan, whatever its judgements rest on."""
        return conclude(plan, self.judgements)

    def counted(self, plan: CompletePlan) -> Conclusion:
        """Return the conclusion that headlines tell: real and demonstration data never together."""
        return counted(plan, self.judgements)

    def problems(self, plan: CompletePlan) -> tuple[Problem, ...]:
        """Return what a plan of the district's own puts right, and how far each has come."""
        return problems_of(self.catalogue, plan.id, self.assessment.rectification)

    def indicator(self, name: str) -> Indicator:
        """Return the definition of an indicator."""
        return self.catalogue.indicators[name]

    def fact(self, name: str) -> Fact:
        """Return a fact by its id without the leading ``district/year/``."""
        return self.facts[f"{self.pair}/{name}"]

    def change(self, indicator: str) -> Fact | None:
        """Return this year's value minus last year's, or None where they cannot be compared."""
        return self.facts.get(f"{self.pair}/change/{indicator}")

    def observation(
        self, indicator: str, *, year: int | None = None, period: str = "", place: str = ""
    ) -> Observation | None:
        """Return the best checked observation of an indicator, or None.

        Parameters
        ----------
        indicator : str
            Id of ``indicators.csv``.
        year : int, optional
            Another year than the report's.
        period : str, optional
            Another period than the one reported on, e.g. ``2018-03``.
        place : str, optional
            Code of a station, where its own value is asked for.
        """
        return self.best_observation(indicator, year or self.year, period, place)

    def best_observation(
        self, indicator: str, year: int, period: str, place: str
    ) -> Observation | None:
        """Return what :meth:`observation` does."""
        self._note("best_observation", indicator, year, period, place)
        own = (self._period, str(year)) if year == self.year else (str(year),)
        name = f"{indicator}@{place}" if place else indicator
        for wanted in (period,) if period else own:
            found = self._by_maturity.get(f"{self.pair.district}/{year}/{name}/{wanted}", ())
            if found:
                return min(found, key=lambda one: list(Maturity).index(one.maturity))
        return None

    def value(self, indicator: str, **where: object) -> Decimal | None:
        """Return the value of :meth:`observation`, or None."""
        found = self.observation(indicator, **where)  # type: ignore[arg-type]
        return found.value if found else None

    def frame(self, name: str, year: int | None = None) -> pd.DataFrame | None:
        """Return a frame that ``observe`` left behind, or None where there was no data.

        Parameters
        ----------
        name : str
            ``air_area_daily``, ``air_station_daily``, ``air_aqi_daily``, ``air_hourly``, …
        """
        year = year or self.year
        path = frames_folder(self.project, self.pair, self.as_of, year) / f"{name}.parquet"
        opened.note(path)
        if path not in self._frames:
            self._frames[path] = read_frame(path) if path.exists() else None
        found = self._frames[path]
        # Written to or not, each reader has a frame of his own: a copy costs nothing before.
        return None if found is None else found.copy()

    def files(self, dataset: str) -> tuple[str, ...]:
        """Return the names of a dataset's files that were used."""
        self._note("files", dataset)
        return tuple(
            PurePosixPath(one.path).name
            for one in bare(self.assessment).sources
            if one.dataset == dataset and not one.ignored_because
        )

    def provenance(
        self, observations: Iterable[Observation | None], *, method: str = "", download: str = ""
    ) -> Provenance:
        """Return source, method and download of what rests on `observations`."""
        known = [one for one in observations if one is not None]
        files = dict.fromkeys(
            PurePosixPath(source.file).name for one in known for source in one.trace.sources
        )
        clauses = dict.fromkeys(one.trace.rule for one in known if one.trace.rule)
        return Provenance(
            sources=tuple(files),
            method=method or _("；").join(clauses),
            download=download,
            is_demonstration=any(one.is_demonstration for one in known)
            or any(self.is_made(source.file) for one in known for source in one.trace.sources),
            is_verified=all(one.trace.is_verified for one in known),
        )

    def judged(self, plan: CompletePlan) -> list[Observation]:
        """Return the observations that the judgements of a plan rest on."""
        names = dict.fromkeys(
            name for one in plan.commitments for name in self.judgements[one.id].observations
        )
        return [self.observations[name] for name in names]

    def is_made(self, file: str) -> bool:
        """Whether a table was made by our generator."""
        self._note("is_made", file)
        return file in self._made

    def is_changed(self) -> bool:
        """Whether tables or parameters differ from those that the assessment was computed from."""
        if self.is_of_run:
            return False
        digest = fingerprint(self.project, self.catalogue, self.pair)
        return digest != self.assessment.inputs_sha256

    @property
    def rests_on_demonstration(self) -> bool:
        """Whether anything in the report was made by our generator."""
        return self.assessment.rests_on_demonstration

    @cached_property
    def years_observed(self) -> tuple[int, ...]:
        """All years of which anything was observed, in order."""
        self._note("years_observed")
        return tuple(sorted({one.year for one in bare(self.assessment).observations}))

    def observations_of(self, indicator: str) -> tuple[Observation, ...]:
        """Return all observations of an indicator: of any district, year and period."""
        self._note("observations_of", indicator)
        return tuple(self._all_of.get(indicator, ()))

    def facts_below(self, prefix: str) -> tuple[Fact, ...]:
        """Return the facts whose ids begin with `prefix`."""
        self._note("facts_below", prefix)
        return tuple(one for one in bare(self.assessment).facts if one.id.startswith(prefix))

    def is_dataset_made(self, dataset: str) -> bool:
        """Whether any table of a dataset that was used was made by our generator."""
        self._note("is_dataset_made", dataset)
        return any(
            one.is_demonstration
            for one in bare(self.assessment).sources
            if one.dataset == dataset and not one.ignored_because
        )

    @cached_property
    def whole(self) -> CompletePlan:
        """All that binds the district as one plan: counts of it count nothing twice."""
        self._note("whole")
        known = self._untraced
        departments = known.catalogue.departments
        return whole_plan(known.plans, known.judgements, departments, self.year)

    @cached_property
    def asked_alike(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Plan and id of every commitment, those that ask the same of the district together."""
        self._note("asked_alike")
        known = self._untraced
        return tuple(
            tuple((plan.id, one.id) for plan, one in same)
            for same in asked_once(known.plans, known.judgements)
        )

    @cached_property
    def _frames(self) -> dict[Path, pd.DataFrame | None]:
        """What was read once."""
        return {}

    @cached_property
    def _untraced(self) -> Report:
        if self.asked is None:
            return self
        return replace(
            self, catalogue=bare(self.catalogue), assessment=bare(self.assessment), asked=None
        )

    @cached_property
    def _all_of(self) -> Mapping[str, list[Observation]]:
        found: dict[str, list[Observation]] = {}
        for one in bare(self.assessment).observations:
            found.setdefault(one.indicator, []).append(one)
        return found

    @cached_property
    def _period(self) -> str:
        return bare(self.assessment).period

    @cached_property
    def _by_maturity(self) -> Mapping[str, list[Observation]]:
        """Observations by their id up to the maturity."""
        found: dict[str, list[Observation]] = {}
        for one in bare(self.assessment).observations:
            # A part of a year has a slash in its name, and a city's word for a county its own end.
            found.setdefault(one.id.partition(f"/{one.maturity}")[0], []).append(one)
        return found

    @cached_property
    def _made(self) -> frozenset[str]:
        used = bare(self.assessment).used_sources
        return frozenset(one.path for one in used if one.is_demonstration)

    def _note(self, name: str, *given: str | int) -> None:
        if self.asked is not None:
            self.asked.add(("report", name, CALL, *given) if given else ("report", name))

    def _served(self, name: str, values: dict[str, Value]) -> Mapping[str, Value]:
        return values if self.asked is None else TracedMapping(values, ("report", name), self.asked)


_of_run: Report | None = None


def serve(report: Report) -> None:
    """Let :func:`open_report` give what the run that this process belongs to has computed."""
    global _of_run  # noqa: PLW0603 - a process belongs to one run
    _of_run = report


def open_report(
    district: str, year: int, as_of: str = "", locale: str = "", project: Project | None = None
) -> Report:
    """Open what was computed for one district and year.

    Raises
    ------
    InputError
        If nothing was computed yet: the message gives the command.
    """
    use_locale(locale or current_locale())
    project = project or Project.here()
    last_day = dt.date.fromisoformat(as_of) if as_of else None
    wanted = (project, f"{district}/{year}", last_day)
    if _of_run and (_of_run.project, str(_of_run.pair), bare(_of_run.assessment).as_of) == wanted:
        return _of_run
    pair = project.pair(district, year)
    assessment = read_assessment(project, pair, last_day)
    if assessment is None:
        raise InputError(
            _("{pair} 尚未计算。请先运行：make report DISTRICT={district} YEAR={year}").format(
                pair=pair, district=pair.district, year=pair.year
            )
        )
    return Report(project, pair, sound_catalogue(project, pair), assessment)
