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
def environment(*folders: str) -> Environment:
    """Return what renders the templates of some folders, the first that has a name going first.

    All that is not markup is escaped; a name that is not given is an error.
    """
    found = Environment(
        loader=FileSystemLoader([Project.here().templates / name for name in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["_"] = _
    found.filters["with_symbols"] = with_symbols
    return found


def component(name: str, **values: Any) -> Markup:
    """Render ``templates/components/<name>.html.j2`` with `values`."""
    template = environment("components", "report").get_template(f"{name}.html.j2")
    return Markup(template.render(**values).strip())  # noqa: S704
