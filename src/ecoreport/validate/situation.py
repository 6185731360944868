"""What is checked, and where and when: all that a parameter of a suite may depend on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.layouts import Dataset
from ecoreport.config.models import Commitment, Indicator
from ecoreport.project import Pair, Project
from ecoreport.standards.air import AirEdition, air_edition


@dataclass(frozen=True)
class Situation:
    """What is checked, and where and when."""

    project: Project
    catalogue: Catalogue
    pair: Pair
    dataset: Dataset
    frame: pd.DataFrame
    today: dt.date
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """Frames of all datasets of the district and year: what a list names, others refer to."""
    cleaning: pd.DataFrame = field(default_factory=pd.DataFrame)
    """The dataset's cleaning log."""
    cleanings: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """Those of all datasets of the district and year."""

    @property
    def year(self) -> int:
        """The year of all dates."""
        return self.pair.year

    @property
    def air_standard(self) -> AirEdition:
        """The edition of the air standards that judges the year."""
        edition = self.catalogue.district_year(self.pair).air_edition
        return air_edition(self.year, edition)

    @cached_property
    def commitments(self) -> dict[str, Commitment]:
        """Commitments of the district that have an indicator, by id."""
        bound = self.catalogue.commitments_for(self.pair.district)
        return {one.id: one for one in bound if one.indicator}

    def indicator_named(self, name: str) -> Indicator | None:
        """Return an indicator by its id, or by that of a commitment."""
        known = self.commitments.get(name)
        return self.catalogue.indicators.get(known.indicator if known else name)

    def beside_last_year(self, compare: Callable[..., Any]) -> Any:
        """Return what a function of `last_year` says of the frame and the one before it."""
        return compare(self.project, self.pair, self.dataset, self.frame)

    def pairs_of(self, *columns: str) -> Iterator[tuple[str, str]]:
        """Yield what stands in two columns of the frame, each pair once, none with a blank."""
        pairs = self.frame[list(columns)].drop_duplicates().dropna()
        yield from pairs.itertuples(index=False, name=None)
