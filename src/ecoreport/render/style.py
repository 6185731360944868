"""What every page of a report carries: style, script, and the policy that allows no other."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ecoreport.charts.appearance import appearance
from ecoreport.config.presentation import VerdictStyle
from ecoreport.project import Project

# After the page's own families, for subscripts and thin spaces that Chinese fonts lack.
LAST_FAMILIES = ("DejaVu Sans", "sans-serif")
MARKS = "marks.svg.j2"


def report_templates() -> Path:
    """Return the folder of the nbconvert template."""
    return Project.here().templates / "report"


@cache
def environment() -> Environment:
    """Return the environment of the small templates beside the nbconvert one."""
    return Environment(
        loader=FileSystemLoader(report_templates()), autoescape=True, undefined=StrictUndefined
    )


@cache
def script() -> str:
    """Return the one script of the pages."""
    return (report_templates() / "report.js").read_text("utf-8")


@cache
def style(verdicts: Sequence[VerdictStyle]) -> str:
    """Return the one style sheet: look, then colours of verdicts, then the rules.

    Parameters
    ----------
    verdicts : sequence of VerdictStyle
        A tuple; rows of ``params/verdicts.csv``.
    """
    sheet = (report_templates() / "report.css").read_text("utf-8")
    colours = "".join(f".verdict-{one.verdict}{{color:{one.colour}}}" for one in verdicts)
    return f"{_look()}\n{colours}\n{sheet}"


@cache
def marks(verdicts: Sequence[VerdictStyle]) -> Markup:
    """Return the marks of verdicts, to be used as ``<use href="#mark-met">``.

    Parameters
    ----------
    verdicts : sequence of VerdictStyle
        A tuple; rows of ``params/verdicts.csv``.
    """
    template = environment().get_template(MARKS)
    return Markup(template.render(verdicts=verdicts))  # noqa: S704 - escaped by the template


def content_security_policy() -> str:
    """Return the policy of a page: its own script, its own styles, data within it.

    Inline styles are allowed because drawings and analysts' frames have them; with all other
    sources shut they can fetch nothing.
    """
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def css_string(text: str) -> str:
    """Quote a text for CSS, safe inside a style element as well."""
    escaped = "".join(
        character if character.isalnum() or character in " ·-" else f"\\{ord(character):x} "
        for character in text
    )
    return f'"{escaped}"'


def page_style(left: str, right: str) -> str:
    """Return the running head of a page on paper."""
    return (
        f"@page{{font-family:{font_families()};@top-left{{content:{css_string(left)}}}"
        f"@top-right{{content:{css_string(right)}}}}}"
    )


def _look() -> str:
    look = appearance()
    colours = {
        "ink": look.ink,
        "quiet": look.quiet,
        "faint": look.faint,
        "paper": look.paper,
        "accent": look.accent,
        "tint": look.accent_tint,
    }
    rules = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    return f":root{{{rules}--font:{font_families()}}}"


def font_families() -> str:
    """Return the families of a page, as CSS lists them."""
    families = [name for name in appearance().page_families if name not in LAST_FAMILIES]
    return ",".join(f'"{name}"' if " " in name else name for name in (*families, *LAST_FAMILIES))
