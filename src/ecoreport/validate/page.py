"""The page of ``make check``: each expectation, what was seen, the rows at fault; no script."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Severity
from ecoreport.i18n import _, current_locale
from ecoreport.project import Pair, Project
from ecoreport.store import write_aside
from ecoreport.validate.finding import Validation
from ecoreport.validate.shown import counts, shown, warnings_text
from ecoreport.validate.suite import read_suite
from ecoreport.visible import stilled

LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}
COLOURS: Final = ("ink", "quiet", "faint", "paper", "accent")


def write_check_page(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    validation: Validation,
    path: Path,
    *,
    is_demonstration: bool = False,
) -> None:
    """Write the page, complete in one file.

    Parameters
    ----------
    project : Project
    pair : Pair
    catalogue : Catalogue
    validation : Validation
    path : pathlib.Path
        Of the page; replaced in one step.
    is_demonstration : bool
        Whether any dataset rests on demonstration data: the page then says so.
    """
    environment = Environment(
        loader=FileSystemLoader(project.templates / "check"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = _
    district = catalogue.districts[pair.district]
    datasets = shown(validation, catalogue)
    html = environment.get_template("page.html.j2").render(
        language=LANGUAGES[current_locale()],
        title=_("{district} {year} 年数据校验").format(
            district=getattr(district, f"name_{current_locale()}"), year=pair.year
        ),
        summary=_("校验 {checks} 项：停止 {stops} 处，{warnings}").format(
            checks=len(validation.checks),
            stops=counts(validation)[Severity.STOP],
            warnings=warnings_text(validation, catalogue),
        ),
        datasets=datasets,
        notes={one.id: _notes(project, one.id) for one in datasets},
        is_demonstration=is_demonstration,
        style=_style(project),
    )
    write_aside(path, lambda aside: aside.write_text(stilled(html), encoding="utf-8"))


def _notes(project: Project, dataset: str) -> tuple[str, ...]:
    """Return where the limits of a dataset's suite come from."""
    path = project.expectations / f"{dataset}.json"
    return read_suite(path).notes if path.exists() else ()


def _style(project: Project) -> Markup:
    """Return the report's look with what this page adds; both are files of the project."""
    look = yaml.safe_load((project.params / "appearance" / "charts.yml").read_text("utf-8"))
    rules = "".join(f"--{name}:{look[name]};" for name in COLOURS)
    families = ",".join(f'"{one}"' if " " in one else one for one in look["page_families"])
    sheets = [
        (project.templates / folder / name).read_text("utf-8")
        for folder, name in (("report", "report.css"), ("check", "check.css"))
    ]
    root = f":root{{{rules}--tint:{look['accent_tint']};--font:{families}}}"
    return Markup("\n".join([root, *sheets]))  # noqa: S704
