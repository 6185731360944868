"""What expectations found, kept for each table: another one's change does not check it again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import cast

from pydantic import TypeAdapter

from ecoreport.i18n import _, current_locale
from ecoreport.keys import Key, frame_digest, reasons, told
from ecoreport.project import Pair, Project
from ecoreport.store import read_json, write_json
from ecoreport.traced import Answers, digest
from ecoreport.validate.adapter import Outcome
from ecoreport.validate.check import Task, Validator, check_here

ROOTS = ("ecoreport.validate.adapter", "ecoreport.validate.expectations")
FOLDER = "checks"

_outcomes = TypeAdapter(list[Outcome])


def checked(project: Project, pair: Pair, validator: Validator | None = None) -> Validator:
    """Return what checks the tables of a pair, each once for the same content."""
    return cast("Validator", Checked(project, pair, validator))


@dataclass(frozen=True)
class Checked:
    """Checks the tables of one pair that were not checked yet as they are.

    Stands where a `Validator` does.
    """

    project: Project
    pair: Pair
    validator: Validator | None = None
    """Checks the rest elsewhere; without it, this process does."""

    def check(self, tasks: Sequence[Task]) -> list[list[Outcome]]:
        """Check frames, or take what was found before of the same content.

        Raises
        ------
        ParameterError
            If a suite is at fault; nothing is kept then.
        """
        keys = [self._key(task) for task in tasks]
        found = [self._kept(task, key) for task, key in zip(tasks, keys, strict=True)]
        due = [number for number, one in enumerate(found) if one is None]
        if due:
            check = self.validator.check if self.validator else check_here
            made = check([tasks[number] for number in due])
            for number, outcomes in zip(due, made, strict=True):
                found[number] = outcomes
                content = {
                    "key": asdict(keys[number]),
                    "outcomes": _outcomes.dump_python(outcomes, mode="json"),
                }
                write_json(self._path(tasks[number]), content)
        return [one for one in found if one is not None]

    def _path(self, task: Task) -> Path:
        return self.project.processed(self.pair) / FOLDER / f"{task.suite['name']}.json"

    def _key(self, task: Task) -> Key:
        name = task.suite["name"]
        given = {
            _("数据集 {name}").format(name=name): frame_digest(task.frame),
            f"expectations/{name}.json": digest(json.dumps(task.suite, sort_keys=True)),
            _("校验参数"): digest(json.dumps(task.parameters, sort_keys=True, default=str)),
            _("语言"): current_locale(),
            "great-expectations": version("great-expectations"),
        }
        return Key.of(self.project, ROOTS, given, Answers({}), (), ())

    def _kept(self, task: Task, key: Key) -> list[Outcome] | None:
        before = None
        try:
            content = read_json(self._path(task))
            before = Key(**content["key"])
            if before == key:
                return _outcomes.validate_python(content["outcomes"])
        except (OSError, ValueError, KeyError, TypeError):
            before = None
        name = _("{pair} {name}").format(pair=self.pair, name=task.suite["name"])
        told(_("校验 {name}").format(name=name), reasons(before, key))
        return None
