"""What was computed for one district and year: all that a report may say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ecoreport.assess.judgement import Judgement
from ecoreport.config.corrections import FiledCorrection
from ecoreport.config.models import Strict
from ecoreport.facts import Fact
from ecoreport.ingest.parts import Source
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import period_of
from ecoreport.observe.rectification import ProblemState
from ecoreport.project import Pair, Project
from ecoreport.store import read_json
from ecoreport.validate.finding import Validation


class Assessment(Strict):
    """Observations, judgements and facts, with the sources and checks behind them."""

    district: str
    year: int
    period: str
    as_of: dt.date | None = None
    is_draft: bool = False
    """Whether it went on without datasets that validation stopped."""
    observations: tuple[Observation, ...]
    judgements: tuple[Judgement, ...]
    compared: tuple[Judgement, ...] = ()
    """What stands beside them: other districts in the year, the district in earlier years."""
    rectification: tuple[ProblemState, ...] = ()
    """How far each problem of the district's own plans has come."""
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    """Files of the year."""
    compared_sources: tuple[Source, ...] = ()
    """Files of the years compared with."""
    corrections: tuple[FiledCorrection, ...] = ()
    """What letters changed in the tables read, those of the year first, or why they did not."""
    validation: Validation
    internal_datasets: tuple[str, ...] = ()
    """Internal datasets that were read: whatever shows them stays in the house."""
    inputs_sha256: str = ""
    """`ecoreport.inputs.fingerprint` of what was read."""

    @property
    def pair(self) -> Pair:
        """District and year."""
        return Pair(self.district, self.year)

    @property
    def used_sources(self) -> tuple[Source, ...]:
        """Files, of whatever year, of which something was read."""
        return tuple(
            one for one in (*self.sources, *self.compared_sources) if not one.ignored_because
        )

    @property
    def has_data(self) -> bool:
        """Whether anything of its year came: of the district, or of others that it is judged by."""
        judged = {name for one in self.judgements for name in one.observations}
        return any(not one.ignored_because for one in self.sources) or any(
            one.year == self.year and (one.district == self.district or one.id in judged)
            for one in self.observations
        )

    @property
    def rests_on_demonstration(self) -> bool:
        """Whether anything that was read was made by our generator."""
        return any(one.is_demonstration for one in self.used_sources) or any(
            one.is_demonstration for one in self.observations
        )

    def numbers(self) -> dict[str, Observation | Fact]:
        """Return every number that a sentence may name, by id."""
        found: dict[str, Observation | Fact] = {one.id: one for one in self.observations}
        return found | {one.id: one for one in self.facts}


def assessment_path(project: Project, pair: Pair, as_of: dt.date | None) -> Path:
    """Return where the assessment of a pair is kept."""
    return project.processed(pair) / period_of(pair, as_of).folder / "assessment.json"


def frames_folder(project: Project, pair: Pair, as_of: dt.date | None, year: int) -> Path:
    """Return where the frames that a pair's charts are drawn from are kept, by their `year`.

    Frames of a year compared with lie below the pair's own: another pair's folder is written by
    that pair's run alone.
    """
    own = assessment_path(project, pair, as_of).parent
    return own if year == pair.year else own / "compared" / str(year)


def read_assessment(project: Project, pair: Pair, as_of: dt.date | None) -> Assessment | None:
    """Return what was computed last, or None."""
    path = assessment_path(project, pair, as_of)
    return Assessment.model_validate(read_json(path)) if path.exists() else None
