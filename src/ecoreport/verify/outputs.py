"""Every output of an executed notebook stands in its page, and none is an error."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from nbformat import NotebookNode

from ecoreport.i18n import _
from ecoreport.verify.fault import Fault, Kind
from ecoreport.verify.read import Page

REMOVED = "remove-cell"
MARKS = re.compile(r'\bd="[^"]*"|\bpoints="[^"]*"')
WORDS = re.compile(r"\w+")
SPACE = re.compile(r"\s+")


def check_outputs(name: str, notebook: NotebookNode, source: str, page: Page) -> Iterator[Fault]:
    """Yield faults of a notebook's outputs.

    Parameters
    ----------
    name : str
        File name of the page.
    notebook : NotebookNode
        As executed.
    source : str
        The page's HTML.
    page : Page
        The same, read.
    """
    text = squeezed("".join(page.texts))
    carried: Counter[str] = Counter()
    for number, cell in enumerate(notebook.cells, start=1):
        is_removed = REMOVED in cell.get("metadata", {}).get("tags", ())
        for output in cell.get("outputs", ()):
            where = _("第 {number} 个单元格").format(number=number)
            yield from _check_health(name, where, output)
            if not is_removed and not _stands(output, source, text, carried):
                yield Fault(
                    name,
                    Kind.MISSING_OUTPUT,
                    where,
                    _("输出（{types}）未出现在页面中。").format(types=_types(output)),
                )


def squeezed(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return SPACE.sub(" ", text)


def _check_health(name: str, where: str, output: NotebookNode) -> Iterator[Fault]:
    if output.output_type == "error":
        cause = f"{output.get('ename', '')}: {output.get('evalue', '')}"
        yield Fault(name, Kind.ERROR, where, _("运行出错：{cause}").format(cause=cause[:200]))
    elif output.output_type == "stream" and output.get("name") == "stderr":
        yield Fault(
            name,
            Kind.WARNING,
            where,
            _("运行时有警告：{words}").format(words=squeezed(output.text).strip()[:200]),
        )


def _stands(output: NotebookNode, source: str, text: str, carried: Counter[str]) -> bool:
    """Whether an output stands in the page, as often as it was shown."""
    if output.output_type == "error" or output.get("name") == "stderr":
        return True  # a fault already, and rightly not shown
    if output.output_type == "stream":
        return squeezed(output.text).strip() in text
    data = output.get("data", {})
    if "text/html" in data:
        carried[data["text/html"]] += 1
        return source.count(data["text/html"]) >= carried[data["text/html"]]
    shown = next((media_type for media_type in STANDS if media_type in data), None)
    return STANDS[shown](data[shown], source, text) if shown else not data


# How each kind of output is found again in a page, in the order in which one is chosen.
STANDS: dict[str, Callable[[str, str, str], bool]] = {
    "image/svg+xml": lambda data, source, _text: all(m in source for m in MARKS.findall(data)),
    "image/png": lambda data, source, _text: "".join(data.split()) in source,
    "image/jpeg": lambda data, source, _text: "".join(data.split()) in source,
    "text/markdown": lambda data, _source, text: all(w in text for w in WORDS.findall(data)),
    "text/plain": lambda data, _source, text: squeezed(data).strip() in text,
}


def _types(output: NotebookNode) -> str:
    return ", ".join(output.get("data", {})) or str(output.get("name", output.output_type))
