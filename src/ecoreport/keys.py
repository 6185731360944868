"""What a step was made from, by content, and in what two such keys differ, in words."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecoreport import opened
from ecoreport.code import here
from ecoreport.i18n import _
from ecoreport.pins import pins
from ecoreport.project import Project
from ecoreport.traced import Answers, Question, digest, questions
from ecoreport.unchanged import listed

if TYPE_CHECKING:
    import pandas as pd

logger = logging.getLogger("ecoreport.why")


@dataclass(frozen=True)
class Key:
    """Everything that the result of a step depends on, by content."""

    code: dict[str, str]
    """SHA-256 of modules, by name."""
    pins: dict[str, str]
    """Versions of packages."""
    given: dict[str, str]
    """What the step was started with, by a name for people."""
    files: dict[str, str]
    """What it opened, by path below the project."""
    answers: dict[str, str]
    """What it asked of parameters and assessment: digests of the answers."""

    @classmethod
    def read(cls, content: object) -> Key | None:
        """Return the key that JSON holds, or None where it holds no key of this form."""
        try:
            return cls(**content)  # type: ignore[arg-type]
        except TypeError:
            return None

    @classmethod
    def of(
        cls,
        project: Project,
        roots: Iterable[str],
        given: Mapping[str, str],
        answers: Answers,
        asked: Iterable[Question],
        paths: Iterable[str],
    ) -> Key:
        """Return the key of a step that was just taken.

        Parameters
        ----------
        roots : iterable of str
            Modules that the step calls.
        given : mapping of str to str
        answers : Answers
            Of what was traced.
        asked : iterable of Question
        paths : iterable of str
            Absolute paths that it read.
        """
        return cls(
            code=code_of(roots),
            pins=pins(project),
            given=dict(given),
            files=opened.digests(project.root, paths),
            answers=answers.digests(asked),
        )

    def now(
        self, project: Project, roots: Iterable[str], given: Mapping[str, str], answers: Answers
    ) -> Key:
        """Return the key that the step would have today, if it read the same things again."""
        return Key.of(
            project,
            roots,
            given,
            answers,
            questions(self.answers),
            [str(project.root / name) for name in self.files],
        )


def code_of(roots: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of modules and all that they import, by name."""
    return here().closure(roots)


def frame_digest(frame: pd.DataFrame) -> str:
    """Return the SHA-256 of a frame's rows, with the names and kinds of its columns."""
    from pandas.util import hash_pandas_object  # noqa: PLC0415 - who has no frame needs none

    rows = hash_pandas_object(frame, index=False).to_numpy().tobytes()
    columns = [f"{name} {kind}" for name, kind in frame.dtypes.items()]
    return digest(json.dumps(columns).encode() + rows)


def reasons(before: Key | None, now: Key | None) -> list[str]:
    """Return in words why a step is taken again; nothing where the keys are the same."""
    if before is None or now is None:
        return [_("还没有做过，或结果已被删除")]
    words = {
        "code": _("代码 {names}"),
        "pins": _("软件包 {names}"),
        "given": "{names}",
        "files": _("文件 {names}"),
        "answers": _("读到的内容 {names}"),
    }
    found = []
    for part, text in words.items():
        names = list(_differing(getattr(before, part), getattr(now, part)))
        if names:
            shown = listed([readable(name) for name in names])
            found.append(_("{what} 有变化").format(what=text.format(names=shown)))
    return found


def told(step: str, why: Iterable[str]) -> None:
    """Log why a step is taken again; with ``WHY=1`` it is printed too."""
    logger.info("%s", _("重做 {step}：{why}").format(step=step, why=_("；").join(why)))


def readable(name: str) -> str:
    """Return the name of a part as people read it: a question without its brackets."""
    return " ".join(map(str, _question(name))) if name.startswith("[") else name


def _question(text: str) -> Iterator[Any]:
    (question,) = questions([text])
    return (part for part in question[1:] if part not in ("key", "call", None, ""))


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in {**before, **now}:
        if before.get(name) != now.get(name):
            yield name
