"""SVG as matplotlib writes it -> SVG that stands inside a page beside others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ecoreport.charts.style import Appearance

NAMESPACE = "http://www.w3.org/2000/svg"
HREF = "{http://www.w3.org/1999/xlink}href"
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REFERENCE = re.compile(r"url\(#([^)]+)\)")
LONG_NUMBER = re.compile(r"-?\d+\.\d+")
NO_ROTATION = re.compile(r"rotate\(-?0(\.0*)?( [^)]*)?\)")
# Said once on the root, where every element inherits it.
INHERITED = {"font-family", "stroke-linejoin"}
DEFAULTS = {("text-anchor", "start"), ("stroke-dashoffset", "0"), ("stroke-width", "1")}
STEP = re.compile(r"([MLQCz])([^MLQCz]*)")


def embed(source: str, chart_id: str, *, title: str, description: str, look: Appearance) -> str:
    """Make matplotlib's SVG small, accessible and safe to stand beside others in one page.

    Parameters
    ----------
    source : str
        SVG with text as text, drawn at 72 dots per inch.
    chart_id : str
        Prefix of every id; unique in the page.
    title, description : str
        What the drawing says, and what it shows, for those who do not see it.
    look : Appearance
        Its text size and the page's font families are said once, on the root.

    Returns
    -------
    str
        One ``<svg>`` element without prolog, styles, scripts or metadata.
    """
    root = ElementTree.fromstring(NOT_IN_XML.sub("", source))  # noqa: S314 - our own drawing
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        element.tail = None
        _style_to_attributes(element, look.text_size)
        _shorten_numbers(element)
    _drop(root, {"metadata", "style", "title"})
    _rename_ids(root, chart_id)
    _flatten(root)
    _head(root, chart_id, NOT_IN_XML.sub("", title), NOT_IN_XML.sub("", description))
    root.set(
        "font-family", ",".join(f"'{name}'" if " " in name else name for name in look.page_families)
    )
    root.set("font-size", f"{look.text_size:g}")
    return ElementTree.tostring(root, encoding="unicode")


def _style_to_attributes(element: Element, text_size: float) -> None:
    """Turn inline styles into attributes, which a page's style sheet and policy may override."""
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _colon, value = (part.strip() for part in declaration.partition(":"))
        if name == "font-size":
            value = value.removesuffix("px")
            if float(value) == text_size:
                continue
        if name and name not in INHERITED and (name, value) not in DEFAULTS:
            element.set(name, value)


def _shorten_numbers(element: Element) -> None:
    """Keep a tenth of a pixel."""
    if path := element.get("d"):
        element.set("d", _short_path(LONG_NUMBER.sub(lambda long: _short(long[0]), path)))
    for name in ("x", "y", "width", "height"):
        if name in element.attrib:
            element.set(name, _short(element.attrib[name].removesuffix("pt")))
    if NO_ROTATION.fullmatch(element.get("transform", "")):
        del element.attrib["transform"]


def _short(number: str) -> str:
    return f"{float(number):.1f}".removesuffix(".0")


def _short_path(path: str) -> str:
    """Write lines along one axis as H and V, and leave out blanks."""
    short: list[str] = []
    x = y = ""
    for command, numbers in STEP.findall(path):
        points = numbers.split()
        if command == "L" and points[1] == y:
            short.append(f"H{points[0]}")
        elif command == "L" and points[0] == x:
            short.append(f"V{points[1]}")
        else:
            short.append(command + " ".join(points))
        if points:
            x, y = points[-2:]
    return "".join(short)


def _drop(root: Element, tags: set[str]) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in tags:
                parent.remove(child)


def _rename_ids(root: Element, chart_id: str) -> None:
    """Keep only ids that are referred to, each with the chart's id before it."""
    references = {name for element in root.iter() for name in _references(element)}
    found = [e.get("id") for e in root.iter() if e.get("id") in references]
    names = {old: f"{chart_id}-{number}" for number, old in enumerate(dict.fromkeys(found), 1)}
    for element in root.iter():
        old = element.attrib.pop("id", None)
        if old in names:
            element.set("id", names[old])
        for name, value in list(element.attrib.items()):
            if name == HREF:
                del element.attrib[HREF]
                element.set("href", f"#{names[value.removeprefix('#')]}")
            else:
                element.set(name, REFERENCE.sub(lambda hit: f"url(#{names[hit[1]]})", value))


def _references(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name == HREF:
            yield value.removeprefix("#")
        yield from REFERENCE.findall(value)


def _flatten(parent: Element) -> None:
    """Put the children of groups that say nothing in the place of the group."""
    children: list[Element] = []
    for child in parent:
        _flatten(child)
        says_nothing = child.tag in {"g", "defs"} and not child.attrib
        if child.tag == "g" and says_nothing:
            children.extend(child)
        elif len(child) or not says_nothing:
            children.append(child)
    parent[:] = children
    if parent.text and not parent.text.strip():
        parent.text = None


def _head(root: Element, chart_id: str, title: str, description: str) -> None:
    """Name the drawing for assistive technology (SVG Accessibility API Mappings)."""
    root.attrib.pop("id", None)
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = Element(tag, {"id": f"{chart_id}-{tag}"})
        element.text = text
        root.insert(position, element)
    root.set("xmlns", NAMESPACE)
    root.set("role", "img")
    root.set("aria-labelledby", f"{chart_id}-title")
    root.set("aria-describedby", f"{chart_id}-desc")
    root.set("stroke-linejoin", "round")
