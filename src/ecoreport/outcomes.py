"""What became of each report of a batch, kept while it goes on, and shown at its end."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from rich.table import Table

from ecoreport.i18n import _
from ecoreport.progress import Progress
from ecoreport.project import Pair, Project
from ecoreport.run import JobResult
from ecoreport.store import read_json, write_json

FILE = "run.json"
SHARE_OF_WRITING = 0.05
"""Of the time of a batch: the journal is written whole, and grows with each report."""

logger = logging.getLogger("ecoreport.why")


class State(StrEnum):
    """What became of a report."""

    MADE = "made"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass
class Outcome:
    """What became of one report, and why."""

    pair: Pair
    state: State
    reason: str = ""
    said: list[str] = field(default_factory=list)
    """What people have to be told of it."""


class Journal:
    """Outcomes and costs of a batch, in ``reports/run.json`` from its first moment on.

    Parameters
    ----------
    project : Project
    given : mapping
        The words of the command.
    pairs : iterable of Pair
        All that was asked for.
    progress : Progress
    """

    def __init__(
        self,
        project: Project,
        given: Mapping[str, Any],
        pairs: Iterable[Pair],
        progress: Progress,
    ) -> None:
        self.path = journal_path(project)
        self.outcomes: dict[Pair, Outcome] = {}
        self._pairs, self._progress = list(pairs), progress
        self._started = time.perf_counter()
        self._due = 0.0
        self._costs: dict[Pair, list[dict[str, Any]]] = {}
        self._about: dict[str, Any] = {
            "started": dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
            "given": dict(given),
            "pairs": [str(one) for one in self._pairs],
        }
        self._write()

    def add(self, outcome: Outcome) -> None:
        """Note what became of a report, and tell it."""
        self.outcomes[outcome.pair] = outcome
        if time.perf_counter() >= self._due:
            self._write()
        number = f"{len(self.outcomes)}/{len(self._pairs)} {outcome.pair}"
        if outcome.state is State.SKIPPED:
            self._progress.say(_("{number} 跳过：{why}").format(number=number, why=outcome.reason))
        elif outcome.state is State.FAILED:
            self._progress.say(_("{number} 失败：{why}").format(number=number, why=outcome.reason))
        else:
            self._progress.say(_("{number} 已生成").format(number=number))
        for line in outcome.said:
            self._progress.say(f"  {line}")

    def cost(self, pair: Pair, step: str, result: JobResult) -> None:
        """Note what a step took."""
        self._costs.setdefault(pair, []).append(
            {
                "step": step,
                "wall_seconds": round(result.wall_seconds, 3),
                "peak_memory_mib": result.peak_memory_mib,
                "stages_seconds": {
                    name: round(spent, 3)
                    for name, spent in getattr(result.after, "seconds", {}).items()
                },
                "cell_seconds": [round(one, 3) for one in result.cell_seconds],
            }
        )

    def why(self, *lines: str) -> None:
        """Log what is done again, and why."""
        for line in lines:
            logger.info("%s", line)

    def finish(self) -> int:
        """Show what was made, skipped and failed; return the exit code."""
        self._about["seconds"] = round(time.perf_counter() - self._started, 3)
        self._write()
        self._progress.show(self._table())
        counts = {state: self.number(state) for state in State}
        failed = [str(one.pair) for one in self.outcomes.values() if one.state is State.FAILED]
        self._progress.say(
            _("完成 {made} 份，跳过 {skipped} 份，失败 {failed} 份{names}").format(
                made=counts[State.MADE],
                skipped=counts[State.SKIPPED],
                failed=counts[State.FAILED],
                names=_("：") + _("、").join(failed) if failed else "",
            )
        )
        return 1 if failed else 0

    def number(self, state: State) -> int:
        """Return how many reports came out so."""
        return sum(one.state is state for one in self.outcomes.values())

    def _table(self) -> Table:
        words = {
            State.MADE: _("已生成"),
            State.SKIPPED: _("跳过"),
            State.FAILED: _("失败"),
        }
        table = Table(_("区域"), _("年份"), _("结果"), _("用时（秒）"), _("内存（MiB）"), _("说明"))
        for pair in self._pairs:
            outcome = self.outcomes.get(pair)
            if outcome is None:
                continue
            costs = self._costs.get(pair, [])
            seconds = sum(one["wall_seconds"] for one in costs)
            peak = max((one["peak_memory_mib"] or 0.0 for one in costs), default=0.0)
            table.add_row(
                pair.district,
                str(pair.year),
                words[outcome.state],
                f"{seconds:.1f}" if costs else "",
                f"{peak:.0f}" if peak else "",
                outcome.reason.partition("\n")[0],
            )
        return table

    def _write(self) -> None:
        began = time.perf_counter()
        outcomes = {str(pair): one for pair, one in self.outcomes.items()}
        found = {
            str(pair): {
                "state": outcomes[str(pair)].state if str(pair) in outcomes else None,
                "reason": outcomes[str(pair)].reason if str(pair) in outcomes else "",
                "steps": self._costs.get(pair, []),
            }
            for pair in dict.fromkeys([*self._pairs, *self._costs])
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_json(self.path, {**self._about, "reports": found})
        ended = time.perf_counter()
        self._due = ended + (ended - began) / SHARE_OF_WRITING


def journal_path(project: Project) -> Path:
    """Return where the journal of the last batch is kept."""
    return project.root / "reports" / FILE


def interrupted(project: Project) -> tuple[list[str], dict[str, Any]]:
    """Return the pairs of the last batch and the words that it was started with.

    Nothing if it came to its end and none of its reports failed.
    """
    try:
        content = read_json(journal_path(project))
        is_open = "seconds" not in content or any(
            one["state"] == State.FAILED for one in content["reports"].values()
        )
        return (list(content["pairs"]), dict(content["given"])) if is_open else ([], {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [], {}
