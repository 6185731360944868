"""Run the sides in turn and set their times against each other, round by round."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.environments import BenchmarkError
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
    def cells(self) -> Spread | None:
        """Seconds of executing cells."""
        known = [run.cell_seconds for run in self.runs if run.cell_seconds is not None]
        return Spread.of(known) if known else None

    def step(self, name: str) -> Spread:
        """Seconds of one step."""
        return Spread.of([run.step_seconds[name] for run in self.runs])


@dataclass(frozen=True)
class Comparison:
    """What was measured, and why something was not."""

    compared: list[Compared]
    absent: Mapping[str, str] = field(default_factory=dict)
    """By label: why a side could not be made."""


def compare(
    sides: Sequence[Side], n_rounds: int, tell: Callable[[str], object] = lambda _text: None
) -> Comparison:
    """Run every side once a round, after all files that it reads were read once.

    Parameters
    ----------
    sides : sequence of Side
        The first is what the others are compared with. Another that does not come through its
        warm-up takes no part.
    n_rounds : int
        At least one.
    tell : callable
        Told a line for each run.

    Raises
    ------
    BenchmarkError
        If the first side fails, or another after its warm-up.
    """
    ready, absent = [], {}
    for side in sides:
        tell(f"warm-up  {side.label}")
        try:
            side.warm_up()
            ready.append(side)
        except BenchmarkError as error:
            if side is sides[0]:
                raise
            absent[side.label] = str(error)
            tell(str(error))
    rounds: list[list[Measured]] = []
    for number in range(1, n_rounds + 1):
        rounds.append([])
        for side in ready:
            measured = side.run()
            rounds[-1].append(measured)
            tell(f"{number}/{n_rounds}  {side.label}  {measured.wall_seconds:.2f} s")
    return Comparison(set_against_first([side.label for side in ready], rounds), absent)


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
