"""Run the sides in turn and set their times against each other, round by round."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.sides import Measured, Side


@dataclass(frozen=True)
class Spread:
    """The least, the middle and the greatest of some measurements."""

    min: float
    median: float
    max: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Return the spread of at least one value."""
        return cls(min(values), statistics.median(values), max(values))


@dataclass(frozen=True)
class Compared:
    """All runs of one side, with its times over those of the first side in the same round."""

    label: str
    runs: tuple[Measured, ...]
    ratios: tuple[float, ...]

    @property
    def wall(self) -> Spread:
        """Seconds from start to end."""
        return Spread.of([run.wall_seconds for run in self.runs])

    @property
    def cells(self) -> Spread:
        """Seconds of executing cells."""
        return Spread.of([run.cell_seconds for run in self.runs])

    @property
    def other(self) -> Spread:
        """Seconds that are not executing cells."""
        return Spread.of([run.other_seconds for run in self.runs])

    def step(self, name: str) -> Spread:
        """Seconds of one step."""
        return Spread.of([run.step_seconds[name] for run in self.runs])


def compare(
    sides: Sequence[Side], n_rounds: int, tell: Callable[[str], object] = lambda _text: None
) -> list[Compared]:
    """Run every side once a round, after one round that fills the file caches and is dropped.

    Parameters
    ----------
    sides : sequence of Side
        The first is what the others are compared with.
    n_rounds : int
        At least one.
    tell : callable
        Told a line for each run.
    """
    rounds: list[list[Measured]] = []
    for number in range(n_rounds + 1):
        one_round = []
        for side in sides:
            measured = side.run()
            one_round.append(measured)
            tell(f"{number or 'warm-up'}/{n_rounds}  {side.label}  {measured.wall_seconds:.2f} s")
        rounds.append(one_round)
    return set_against_first([side.label for side in sides], rounds[1:])


def set_against_first(
    labels: Sequence[str], rounds: Sequence[Sequence[Measured]]
) -> list[Compared]:
    """Return each side's runs with their ratios: pair by pair, as noise comes in stretches."""
    return [
        Compared(
            label,
            runs,
            tuple(
                run.wall_seconds / one_round[0].wall_seconds
                for run, one_round in zip(runs, rounds, strict=True)
            ),
        )
        for label, runs in zip(labels, zip(*rounds, strict=True), strict=True)
    ]
