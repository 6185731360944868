"""Check parameters against the cell that declares them; papermill lets any of them pass."""

from __future__ import annotations

import ast
import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecoreport.errors import InputError
from ecoreport.i18n import _

TAG = "parameters"
TYPES: dict[str, type] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "list": list,
    "dict": dict,
    "None": type(None),
}


@dataclass(frozen=True)
class Declared:
    """A parameter as its notebook declares it."""

    annotation: str

    def accepts(self, value: object) -> bool:
        """Return whether `value` is of the declared type; a whole number may stand for a float."""
        kinds = {TYPES[word.strip()] for word in self.annotation.split("|")}
        return type(value) in kinds or (type(value) is int and float in kinds)


def check_parameters(notebook: Path, parameters: Mapping[str, object]) -> None:
    """Check names and types of `parameters`; the notebook is read and never run.

    Parameters
    ----------
    notebook : Path
        With a code cell tagged ``parameters`` that holds lines like ``year: int = 2018``.
    parameters : Mapping
        Names and values to be injected. Those left out keep their defaults.

    Raises
    ------
    InputError
        For an unknown name, a wrong type, or a notebook that does not declare its parameters.
    """
    declared = declared_parameters(notebook)
    for name, value in parameters.items():
        if name not in declared:
            raise InputError(_unknown(notebook, name, list(declared)))
        if not declared[name].accepts(value):
            raise InputError(
                _(
                    "笔记本 {notebook} 的参数 {name} 应为 {expected}，收到的是 {value!r}（{got}）"
                ).format(
                    notebook=notebook.name,
                    name=name,
                    expected=declared[name].annotation,
                    value=str(value)[:60],
                    got=type(value).__name__,
                )
            )


def declared_parameters(notebook: Path) -> dict[str, Declared]:
    """Return the parameters that a notebook declares, in its order.

    Raises
    ------
    InputError
        If it cannot be read, has no such cell or several, or a line of it is not a typed default.
    """
    source = _tagged_source(notebook)
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise InputError(
            _("笔记本 {notebook} 的参数单元格第 {line} 行不是有效的 Python：{text}").format(
                notebook=notebook.name, line=error.lineno, text=(error.text or "").strip()[:60]
            )
        ) from error
    declared = {}
    for statement in body:
        if not _is_docstring(statement):
            name, parameter = _declaration(statement, notebook)
            declared[name] = parameter
    return declared


def _tagged_source(notebook: Path) -> str:
    cells = [cell for cell in _read_cells(notebook) if TAG in cell["metadata"].get("tags", [])]
    if len(cells) != 1 or cells[0]["cell_type"] != "code":
        raise InputError(
            _("笔记本 {notebook} 应有且只有一个标记为 parameters 的代码单元格").format(
                notebook=notebook.name
            )
        )
    return "".join(cells[0]["source"])


def _read_cells(notebook: Path) -> list[dict[str, Any]]:
    try:
        cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            _("无法读取笔记本 {notebook}：文件不存在，或不是有效的 .ipynb").format(
                notebook=notebook
            )
        ) from error
    return cells


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _declaration(statement: ast.stmt, notebook: Path) -> tuple[str, Declared]:
    """Read ``name: type = literal``; the default must be of its own type."""
    if (
        isinstance(statement, ast.AnnAssign)
        and isinstance(statement.target, ast.Name)
        and statement.value is not None
    ):
        declared = Declared(ast.unparse(statement.annotation))
        words = {word.strip() for word in declared.annotation.split("|")}
        try:
            default = ast.literal_eval(statement.value)
        except ValueError:
            words = set()
        if words and words <= TYPES.keys() and declared.accepts(default):
            return statement.target.id, declared
    raise InputError(
        _(
            "笔记本 {notebook} 的参数单元格第 {line} 行应写成 名称: 类型 = 默认值，"
            '如 district: str = "hailing"；类型可用 {types}，默认值须为该类型的字面值'
        ).format(notebook=notebook.name, line=statement.lineno, types=_("、").join(TYPES))
    )


def _unknown(notebook: Path, name: str, known: list[str]) -> str:
    message = _("笔记本 {notebook} 没有参数 {name!r}。可用的参数：{known}").format(
        notebook=notebook.name, name=str(name)[:60], known=_("、").join(known)
    )
    nearest = difflib.get_close_matches(str(name), known, n=1)
    if nearest:
        message += _("。是否想写 {nearest}？").format(nearest=nearest[0])
    return message
