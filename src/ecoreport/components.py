"""Pieces of HTML from ``templates/components``, every value escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from ecoreport import opened
from ecoreport.i18n import _
from ecoreport.project import Project
from ecoreport.symbols import with_symbols


class NotingEnvironment(Environment):
    """Notes each template that is used: one compiled before it was needed is not opened again."""

    def get_template(self, *arguments: Any, **named: Any) -> Template:
        """Return a template, as jinja2 does for includes and imports too."""
        found = super().get_template(*arguments, **named)
        if found.filename:
            opened.note(Path(found.filename))
        return found


@cache
def environment(*folders: str) -> NotingEnvironment:
    """Return what renders the templates of some folders, the first that has a name going first.

    All that is not markup is escaped; a name that is not given is an error.
    """
    found = NotingEnvironment(
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
    template = _components().get_template(f"{name}.html.j2")
    return Markup(template.render(**values).strip())  # noqa: S704


def preload() -> None:
    """Compile all components now, so that processes forked from this one need not."""
    with opened.unnoticed():
        for path in (Project.here().templates / "components").glob("[!.]*.j2"):
            _components().get_template(path.name)


def _components() -> NotingEnvironment:
    return environment("components", "report")
