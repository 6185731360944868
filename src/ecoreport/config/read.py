"""Files of ``params/`` as plain values that still know their lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ecoreport.errors import ParameterError
from ecoreport.i18n import _

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
ENCODINGS = ("utf-8-sig", "gb18030")
"""UTF-8 with or without its mark; then what Excel writes in China."""

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """Something in a parameter file that must be mended."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.message}"


@dataclass
class Problems:
    """All problems of one reading: people want to see them together."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, message: str) -> None:
        """Note one problem."""
        self.found.append(Problem(file, line, message))

    def raise_if_any(self) -> None:
        """Raise one error that lists every problem, in the order of files and lines.

        Raises
        ------
        ParameterError
            If a problem was noted.
        """
        if self.found:
            raise ParameterError(told(self.found))


def told(found: Iterable[Problem]) -> str:
    """Return what people are told of problems: each with file and line, in their order."""
    problems = sorted(set(found), key=lambda one: (one.file, one.line, one.message))
    head = _("参数文件有 {count} 处错误：").format(count=len(problems))
    return "\n".join([head, *(f"  {problem}" for problem in problems)])


@dataclass(frozen=True)
class Record:
    """One YAML document or one row of a table."""

    file: str
    """Relative to the project."""
    values: dict[str, object]
    lines: Mapping[Location, int]
    """Line of each key and item; ``()`` is the record's own first line."""
    is_row: bool = False

    def line(self, *location: str | int) -> int:
        """Return the line of `location`, or of the nearest thing around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines[location]


@dataclass(frozen=True)
class Table:
    """A CSV file: its column names and its rows."""

    file: str
    columns: list[str]
    rows: list[Record]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's safe loader, less guessing.

    Only true and false are booleans, not also yes, no, on and off; dates stay text until their
    model reads them, so that a wrong one is reported with its line.
    """


def _is_plain(tag: str, first: str) -> bool:
    if tag == "tag:yaml.org,2002:bool":
        return first in "tTfF"
    return tag != "tag:yaml.org,2002:timestamp"


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if _is_plain(tag, first)]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_document(path: Path, file: str, problems: Problems) -> Record | None:
    """Read a YAML file whose top is a mapping.

    Parameters
    ----------
    path : Path
    file : str
        Name of the file in messages.
    problems : Problems
        Takes what is wrong: no such file, not YAML, tags of other languages, aliases, keys twice.

    Returns
    -------
    Record or None
        None if a problem was noted.
    """
    text = _text(path, file, problems)
    if text is None:
        return None
    try:
        if (line := _forbidden_line(text)) is not None:
            problems.add(file, line, _("不能使用别名（&、*）或过深的嵌套，请直接写出内容"))
            return None
        loader = _Loader(text)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = error.problem or error.context or ""
        line = mark.line + 1 if mark else 1
        problems.add(file, line, _("不是有效的 YAML：{detail}").format(detail=detail))
        return None
    except (yaml.YAMLError, ValueError) as error:
        problems.add(file, 1, _("不是有效的 YAML：{detail}").format(detail=error))
        return None
    if not isinstance(node, yaml.MappingNode):
        problems.add(file, 1, _("最外层应为“键: 值”"))
        return None
    lines: dict[Location, int] = {(): node.start_mark.line + 1}
    _walk(node, (), lines, file, problems)
    return Record(file, values, lines)


def _forbidden_line(text: str) -> int | None:
    """Return the line of the first alias, or of a nesting that nobody would write by hand."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > MAX_DEPTH:
            return event.start_mark.line + 1 if event.start_mark else 1
    return None


def _walk(
    node: yaml.Node, location: Location, lines: dict[Location, int], file: str, problems: Problems
) -> None:
    """Note the line of every key and item below `node`, and keys that stand twice."""
    children: Iterator[tuple[str | int, yaml.Node, yaml.Node]]
    if isinstance(node, yaml.MappingNode):
        children = ((key.value, key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        children = ((index, item, item) for index, item in enumerate(node.value))
    else:
        return
    for name, marked, child in children:
        inner = (*location, name)
        line = marked.start_mark.line + 1
        if inner in lines:
            problems.add(file, line, _("键 {key!r} 重复").format(key=name))
        lines.setdefault(inner, line)
        _walk(child, inner, lines, file, problems)


def read_table(path: Path, file: str, problems: Problems) -> Table:
    """Read a CSV file with one head row; rows without any text are left out.

    Parameters
    ----------
    path : Path
    file : str
        Name of the file in messages.
    problems : Problems
        Takes what is wrong: no such file, no head, columns twice, rows longer than the head.

    Returns
    -------
    Table
        Cells without text are absent from the rows' ``values``.
    """
    text = _text(path, file, problems)
    if text is None:
        return Table(file, [], [])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    head: list[str] = []
    rows: list[Record] = []
    line = 1
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            if not head:
                head = _head(row, file, problems)
            elif any(row):
                rows.append(_row(head, row, file, line, problems))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.add(file, line, _("不是有效的 CSV：{detail}").format(detail=error))
    if not head:
        problems.add(file, 1, _("没有表头"))
    return Table(file, head, rows)


def _head(row: list[str], file: str, problems: Problems) -> list[str]:
    for name in {name for name in row if row.count(name) > 1}:
        problems.add(file, 1, _("表头 {key!r} 重复").format(key=name))
    return row


def _row(head: list[str], row: list[str], file: str, line: int, problems: Problems) -> Record:
    if any(row[len(head) :]):
        problems.add(file, line, _("这一行比表头多出单元格；含逗号的文字要用半角双引号括起来"))
    values: dict[str, object] = {name: cell for name, cell in zip(head, row, strict=False) if cell}
    return Record(file, values, {(): line}, is_row=True)


def _text(path: Path, file: str, problems: Problems) -> str | None:
    try:
        if path.stat().st_size > MAX_BYTES:
            problems.add(file, 1, _("文件过大"))
            return None
        content = path.read_bytes()
    except OSError:
        problems.add(file, 1, _("文件不存在或无法读取"))
        return None
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    problems.add(file, 1, _("编码既不是 UTF-8 也不是 GB18030，请用 UTF-8 另存"))
    return None
