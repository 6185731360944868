"""The one door through which notebooks read: judgements, observations and frames, as computed.

Nothing is judged here. What a notebook reads is recorded, so that a chapter's inputs are known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ecoreport.assess.conclusion import Conclusion, conclude
from ecoreport.assess.judgement import Judgement
from ecoreport.assessment import Assessment, frames_folder, read_assessment
from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.load import load_catalogue
from ecoreport.config.models import District, Indicator
from ecoreport.config.vocabulary import Maturity
from ecoreport.errors import InputError
from ecoreport.facts import Fact, counted
from ecoreport.i18n import _, current_locale, use_locale
from ecoreport.inputs import fingerprint
from ecoreport.observe.observation import Observation
from ecoreport.project import Pair, Project
from ecoreport.rectification import Problem, problems_of
from ecoreport.store import read_frame

if TYPE_CHECKING:
    import pandas as pd


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
    reads: set[str] = field(default_factory=set)
    """Names of all that was served, for the chapter's dependencies."""

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
        self.reads.add("observations")
        return {one.id: one for one in self.assessment.observations}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """All facts by id."""
        self.reads.add("facts")
        return {fact.id: fact for fact in self.assessment.facts}

    @cached_property
    def judgements(self) -> Mapping[str, Judgement]:
        """All judgements by commitment."""
        self.reads.add("judgements")
        return {one.commitment: one for one in self.assessment.judgements}

    @property
    def compared(self) -> Sequence[Judgement]:
        """Judgements of other districts in the year, and of the district in earlier years."""
        self.reads.add("compared")
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
        self.reads.add("rectification")
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
        year = year or self.year
        own = (self.assessment.period, str(year)) if year == self.year else (str(year),)
        name = f"{indicator}@{place}" if place else indicator
        order = list(Maturity)
        for wanted in (period,) if period else own:
            prefix = f"{self.pair.district}/{year}/{name}/{wanted}/"
            found = [one for one in self.assessment.observations if one.id.startswith(prefix)]
            if found:
                return min(found, key=lambda one: order.index(one.maturity))
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
        self.reads.add(f"{Pair(self.pair.district, year)}/{name}")
        path = frames_folder(self.project, self.pair, self.as_of, year) / f"{name}.parquet"
        return read_frame(path) if path.exists() else None

    def files(self, dataset: str) -> tuple[str, ...]:
        """Return the names of a dataset's files that were used."""
        return tuple(
            PurePosixPath(one.path).name
            for one in self.assessment.sources
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
        made = {one.path for one in self.assessment.used_sources if one.is_demonstration}
        clauses = dict.fromkeys(one.trace.rule for one in known if one.trace.rule)
        return Provenance(
            sources=tuple(files),
            method=method or _("；").join(clauses),
            download=download,
            is_demonstration=any(one.is_demonstration for one in known)
            or any(source.file in made for one in known for source in one.trace.sources),
            is_verified=all(one.trace.is_verified for one in known),
        )

    def judged(self, plan: CompletePlan) -> list[Observation]:
        """Return the observations that the judgements of a plan rest on."""
        names = dict.fromkeys(
            name for one in plan.commitments for name in self.judgements[one.id].observations
        )
        return [self.observations[name] for name in names]

    def is_changed(self) -> bool:
        """Whether tables or parameters differ from those that the assessment was computed from."""
        digest = fingerprint(self.project, self.catalogue, self.pair)
        return digest != self.assessment.inputs_sha256

    @property
    def rests_on_demonstration(self) -> bool:
        """Whether anything in the report was made by our generator."""
        return self.assessment.rests_on_demonstration


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
    pair = project.pair(district, year)
    assessment = read_assessment(project, pair, dt.date.fromisoformat(as_of) if as_of else None)
    if assessment is None:
        raise InputError(
            _("{pair} 尚未计算。请先运行：make report DISTRICT={district} YEAR={year}").format(
                pair=pair, district=pair.district, year=pair.year
            )
        )
    return Report(project, pair, load_catalogue(project), assessment)
