"""What a step read of the parameters and of an assessment: questions asked, and their answers.

A step is given a `Traced` object in place of the real one. Every attribute, call and lookup of
it is a question; asked again of what is there now, the same answers mean that the step would do
the same again.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from decimal import Decimal
from enum import Enum
from functools import singledispatch
from pathlib import PurePath
from typing import Any, TypeVar

from pydantic import BaseModel

from ecoreport.opened import ABSENT
from ecoreport.project import Pair

Thing = TypeVar("Thing")
Question = tuple[str | int | None, ...]
"""Name of the object, name of its attribute, then ``"key"`` with a key or ``"call"`` with what
it was called with."""
KEY, CALL = "key", "call"
PAIR = "pair:"
SIMPLE = (str, int, type(None))
PLAIN = frozenset({str, int, float, bool, type(None)})
"""What JSON holds as it is, and most of what there is."""


class Traced:
    """Answers as `value` does, and notes what was asked.

    Parameters
    ----------
    value : object
        Mappings among its attributes are traced by key; a call whose arguments are named, or
        neither texts nor numbers nor pairs, counts as reading all of it.
    name : str
    asked : set of Question
        Grows.
    """

    def __init__(self, value: object, name: str, asked: set[Question]) -> None:
        self.__dict__["_traced"] = (value, name, asked)

    def __getattr__(self, attribute: str) -> Any:
        value, name, asked = self.__dict__["_traced"]
        found = getattr(value, attribute)
        if attribute.startswith("_"):
            return found
        if callable(found):
            return _calling(found, (name, attribute), asked)
        if isinstance(found, Mapping):
            return TracedMapping(found, (name, attribute), asked)
        asked.add((name, attribute))
        return found


class TracedMapping(Mapping[Any, Any]):
    """A mapping that notes which keys were looked up; going through it counts as reading all."""

    def __init__(self, value: Mapping[Any, Any], place: Question, asked: set[Question]) -> None:
        self._value, self._place, self._asked = value, place, asked

    def __getitem__(self, key: Any) -> Any:
        self._asked.add((*self._place, KEY, str(key)))
        return self._value[key]

    def __iter__(self) -> Iterator[Any]:
        self._asked.add(self._place)
        return iter(self._value)

    def __len__(self) -> int:
        self._asked.add(self._place)
        return len(self._value)


def bare(thing: Thing) -> Thing:
    """Return the object itself where it is traced: who asks so tells by himself what he read."""
    if isinstance(thing, Traced):
        found: Thing = thing.__dict__["_traced"][0]
        return found
    return thing


class Answers:
    """Digests of what objects answer, each question asked once.

    Parameters
    ----------
    objects : mapping of str to object
        By the names that questions use.
    """

    def __init__(self, objects: Mapping[str, object]) -> None:
        self._objects = objects
        self._known: dict[Question, str] = {}

    def digests(self, asked: Iterable[Question]) -> dict[str, str]:
        """Return the digest of each answer, by the question as JSON text."""
        found = {}
        for question in sorted(asked, key=str):
            if question not in self._known:
                self._known[question] = self._digest(question)
            found[json.dumps(question, ensure_ascii=False)] = self._known[question]
        return found

    def _digest(self, question: Question) -> str:
        name, *rest = question
        value = self._objects[str(name)]
        if not rest:
            return digest(value)
        found: Any = getattr(value, str(rest[0]), ABSENT)
        if rest[1:2] == [CALL]:
            try:
                found = found(*map(_given, rest[2:]))
            except (LookupError, TypeError):
                return ABSENT
        elif rest[1:2] == [KEY]:
            found = {str(key): one for key, one in found.items()}.get(str(rest[2]), ABSENT)
        return digest(found)


def essential(asked: set[Question]) -> list[Question]:
    """Return the questions that no other one includes, in a fixed order."""
    return sorted(
        (one for one in asked if not (len(one) > 2 and one[2] == KEY and one[:2] in asked)),
        key=str,
    )


def questions(texts: Iterable[str]) -> set[Question]:
    """Return the questions of texts that :meth:`Answers.digests` gave."""
    return {tuple(json.loads(text)) for text in texts}


def digest(value: object) -> str:
    """Return the SHA-256 of a value of models, dataclasses, containers, texts and numbers.

    The same content gives the same digest in every process: sets are sorted.
    """
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    text = json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _given(word: str | int | None) -> object:
    """Return what a call was given, as it was."""
    if isinstance(word, str) and word.startswith(PAIR):
        district, _, year = word.removeprefix(PAIR).partition("/")
        return Pair(district, int(year))
    return word


def _calling(function: Callable[..., Any], place: Question, asked: set[Question]) -> Any:
    def call(*given: Any, **named: Any) -> Any:
        words = [f"{PAIR}{one}" if type(one) is Pair else one for one in given]
        is_simple = not named and all(type(one) in SIMPLE for one in words)
        asked.add((*place, CALL, *words) if is_simple else place[:1])
        found = function(*given, **named)
        # What is given bit by bit would end once and for all.
        return list(found) if isinstance(found, Iterator) else found

    return call


def _ordered(value: Any) -> Any:
    """Return what has no models; mappings of parameters stand in the order of their tables.

    Kept as JSON and read again, a model's own mappings have lost theirs.
    """
    return [list(map(str, value)), _plain(value)] if isinstance(value, Mapping) else _plain(value)


def _plain(value: Any) -> Any:
    return value if type(value) in PLAIN else _shaped(value)


@singledispatch
def _shaped(value: Any) -> Any:
    if not dataclasses.is_dataclass(value):
        raise TypeError(f"no digest of {type(value).__name__}")
    return {one.name: _ordered(getattr(value, one.name)) for one in dataclasses.fields(value)}


@_shaped.register(str)
@_shaped.register(int)
@_shaped.register(float)
@_shaped.register(type(None))
def _itself(value: Any) -> Any:
    return value


@_shaped.register(Decimal)
@_shaped.register(PurePath)
@_shaped.register(Enum)
@_shaped.register(dt.date)
def _text(value: Any) -> str:
    return str(value)


@_shaped.register
def _model(value: BaseModel) -> dict[str, Any]:
    return {name: _plain(one) for name, one in value.__dict__.items()}


@_shaped.register(Mapping)
def _pairs(value: Mapping[Any, Any]) -> list[list[Any]]:
    return [[str(key), _plain(value[key])] for key in sorted(value, key=str)]


@_shaped.register(Set)
def _sorted(value: Set[Any]) -> list[str]:
    return sorted(json.dumps(_plain(one), ensure_ascii=False) for one in value)


@_shaped.register(Iterable)
def _list(value: Iterable[Any]) -> list[Any]:
    return [_plain(one) for one in value]
