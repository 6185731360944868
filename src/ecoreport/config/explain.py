"""What pydantic found wrong, as sentences for the people who write the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ecoreport.config.read import Location, Problems, Record, Table
from ecoreport.i18n import _

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Found(Generic[Model]):
    """A model and the record that it was read from, which knows the lines."""

    value: Model
    record: Record


def validated(record: Record, model: type[Model], problems: Problems) -> Found[Model] | None:
    """Return `record` as a `model`, or note each thing that is wrong with its line."""
    try:
        return Found(model.model_validate(record.values), record)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            location = detail["loc"]
            message = _sentence(detail, model)
            where = place(location, record)
            problems.add(record.file, record.line(*location), f"{where}{message}")
        return None


def is_headed(table: Table, model: type[BaseModel], problems: Problems) -> bool:
    """Whether a table's columns are those of `model`; each that is not is noted once."""
    known = model.model_fields
    wrong = [unknown(name, known) for name in table.columns if name not in known]
    wrong += [
        _("表头缺少 {name}").format(name=name)
        for name, column in known.items()
        if column.is_required() and name not in table.columns
    ]
    for message in wrong:
        problems.add(table.file, 1, message)
    return not wrong


def place(location: Location, record: Record) -> str:
    """Name the place inside a document or row; the line says the rest."""
    name = ".".join(str(part) for part in location if part != "[key]")
    if not name:
        return ""
    if record.is_row:
        return _("列 {column}：").format(column=name)
    return f"{name}: "


def _sentence(detail: Mapping[str, Any], model: type[BaseModel]) -> str:
    kind, location = detail["type"], detail["loc"]
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return unknown(location[-1], _fields_at(model, location[:-1]))
    if kind == "value_error":
        return str(context["error"])
    return _template(kind).format(
        given=_shown(detail["input"]),
        expected=str(context.get("expected", "")).replace(" or ", ", "),
        type=_type_name(kind),
        pattern=context.get("pattern", ""),
        limit=context.get("ge", context.get("le", "")),
        detail=detail["msg"],
    )


def _template(kind: str) -> str:
    templates = {
        "missing": _("缺少这一项，必须填写"),
        "enum": _("应为 {expected} 之一，收到 {given}"),
        "literal_error": _("应为 {expected} 之一，收到 {given}"),
        "string_pattern_mismatch": _("格式应为 {pattern}，收到 {given}"),
        "greater_than_equal": _("应不小于 {limit}，收到 {given}"),
        "less_than_equal": _("应不大于 {limit}，收到 {given}"),
    }
    by_type = _("应为{type}，收到 {given}")
    other = by_type if _type_name(kind) else _("内容不合要求（{detail}），收到 {given}")
    return templates.get(kind, other)


def _type_name(kind: str) -> str:
    """Name the type of a pydantic error such as ``decimal_parsing`` or ``string_type``."""
    names = {
        "string": _("文字（数字形式的编码要加引号）"),
        "int": _("整数"),
        "float": _("数字"),
        "decimal": _("数字"),
        "bool": _("true 或 false"),
        "date": _("日期，如 2018-12-31"),
        "tuple": _("列表"),
        "dict": _("“键: 值”"),
        "model": _("“键: 值”"),
    }
    return names.get(kind.partition("_")[0], "")


def unknown(name: object, known: Iterable[str]) -> str:
    """Say that `name` does not exist, and which name may have been meant."""
    names = sorted(known)
    near = get_close_matches(str(name), names, n=1, cutoff=0.5)
    if near:
        return _("没有名为 {name} 的项，是否应为 {near}？").format(name=_shown(name), near=near[0])
    return _("没有名为 {name} 的项；可用的有：{known}").format(
        name=_shown(name), known=_shortened(", ".join(names), 300)
    )


def _fields_at(model: type[BaseModel], location: Location) -> list[str]:
    """Return the keys that the part of `model` at `location` may have."""
    for name in location:
        if name in model.model_fields:
            model = _model_in(model.model_fields[str(name)].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(argument) for argument in get_args(annotation))
    return next((model for model in found if model is not None), None)


def _shown(given: object) -> str:
    return _shortened(repr(given), 60)


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
