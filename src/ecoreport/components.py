"""Pieces of HTML from ``templates/components``, every value escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ecoreport.i18n import _
from ecoreport.project import Project
from ecoreport.symbols import with_symbols


@cache
def _environment() -> Environment:
    folders = [Project.here().templates / name for name in ("components", "report")]
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals["_"] = _
    environment.filters["with_symbols"] = with_symbols
    return environment


def component(name: str, **values: Any) -> Markup:
    """Render ``templates/components/<name>.html.j2`` with `values`."""
    return Markup(_environment().get_template(f"{name}.html.j2").render(**values).strip())  # noqa: S704
