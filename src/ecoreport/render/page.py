"""An executed notebook to one page, whole in itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, meta
from markupsafe import Markup
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.project import Project
from ecoreport.render import fonts, outputs
from ecoreport.render.site import Chapter, Site, report_title
from ecoreport.render.standing import FONTS_PLACE, draft_lines, draft_style, with_fonts, written
from ecoreport.render.style import (
    MARKS,
    content_security_policy,
    environment,
    marks,
    page_style,
    script,
    style,
)

# Best first; what is not here (scripts, widgets) is not shown, and verify says so.
SHOWN = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain")
TEMPLATE = "index.html.j2"


class PageExporter(TemplateExporter):
    """nbconvert with the template ``templates/report``, escaping whatever is not markup."""

    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "report"

    @property
    def default_config(self) -> Config:
        """Configuration of the class, without what users' own files say."""
        config = Config(
            {
                "NbConvertBase": {"display_data_priority": list(SHOWN)},
                # Once, not before and after each preprocessor.
                "Exporter": {"optimistic_validation": True},
            }
        )
        inherited: Config = super().default_config.copy()
        inherited.merge(config)
        return inherited

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        environment.globals["_"] = _
        for name in ("image", "inline_svg", "markdown", "notes"):
            environment.filters[name] = getattr(outputs, name)
        return environment


@cache
def _exporter(templates: Path) -> PageExporter:
    return PageExporter(extra_template_basedirs=[str(templates)])  # type: ignore[no-untyped-call]


def preload() -> None:
    """Read templates, script and fonts now, so that processes forked from this one need not."""
    fonts.preload()
    _compile(_exporter(Project.here().templates).environment, TEMPLATE)
    _compile(environment(), MARKS)
    script()


def _compile(environment: Environment, name: str) -> None:
    """Compile a template and those that it is made of."""
    assert environment.loader is not None  # noqa: S101 - nbconvert gives one
    source, _file, _is_uptodate = environment.loader.get_source(environment, name)
    for other in meta.find_referenced_templates(environment.parse(source)):
        if other:
            _compile(environment, other)
    environment.get_template(name)


def render_page(executed: Path | NotebookNode, site: Site, out: Path) -> None:
    """Write the page of an executed notebook to `out`; see :func:`page`."""
    out.write_text(page(executed, site), "utf-8", newline="\n")


def page(executed: Path | NotebookNode, site: Site) -> str:
    """Return the page of an executed notebook as HTML.

    Parameters
    ----------
    executed : Path or NotebookNode
        Its metadata say which chapter it is: ``{"ecoreport": {"chapter": "air", …}}``.
    site : Site
        What all pages share.

    Raises
    ------
    InputError
        If the file is no notebook, or names no chapter of `site`.
    """
    notebook = executed if isinstance(executed, NotebookNode) else _read(executed)
    chapter = _chapter(notebook, site)
    resources = {
        "site": site,
        "chapter": chapter,
        "contents": outputs.headings(notebook),
        "report_title": report_title(site),
        "page_style": Markup(page_style(report_title(site), _marks(site, chapter))),  # noqa: S704
        "assets": _assets(site),
    }
    body, _resources = _exporter(Project.here().templates).from_notebook_node(
        notebook, resources=resources
    )
    return with_fonts(str(body))


def _assets(site: Site) -> dict[str, Any]:
    return {
        "marks": marks(site.verdicts),
        "style": Markup(style(site.verdicts)),  # noqa: S704 - our own file
        "script": Markup(script()),  # noqa: S704 - our own file
        "content_security_policy": content_security_policy(),
        "fonts": Markup(FONTS_PLACE),  # noqa: S704
        "draft_style": Markup(draft_style()),  # noqa: S704
        "standing": written(draft_lines()),
    }


def _marks(site: Site, chapter: Chapter) -> str:
    """Return the right side of the running head: chapter, and what must not be overlooked."""
    words = [chapter.title]
    if site.rests_on_demonstration:
        words.append(_("演示数据"))
    return " · ".join(words)


def _read(path: Path) -> NotebookNode:
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise InputError(
            _("无法读取已运行的笔记本 {file}：{reason}").format(file=path.name, reason=error)
        ) from error
    return notebook


def _chapter(notebook: NotebookNode, site: Site) -> Chapter:
    named = notebook.metadata.get("ecoreport", {}).get("chapter", "")
    return site.chapter(str(named))
