"""How charts look, as ``params/appearance/charts.yml`` says it: told without drawing anything."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

import yaml
from pydantic import Field, PositiveInt, ValidationError

from ecoreport.config.models import Strict
from ecoreport.errors import ParameterError
from ecoreport.i18n import _
from ecoreport.project import Project

WidthName = Literal["text", "page"]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class RunningMean(Strict):
    """How the running mean under a course of daily values is taken."""

    days: PositiveInt
    days_needed: PositiveInt


class Appearance(Strict):
    """``params/appearance/charts.yml``."""

    ink: Colour
    quiet: Colour
    faint: Colour
    paper: Colour
    accent: Colour
    accent_tint: Colour
    accent_trace: Colour
    """The accent at nothing: where a scale of tints begins."""
    missing: Colour
    hatch: Colour
    cell_edge: Colour
    hatch_pattern: str
    course: Colour
    """Daily values, under the mean that stands before them."""
    widths: dict[WidthName, PositiveInt]
    text_size: Annotated[int, Field(ge=12)]
    label_size: Annotated[int, Field(ge=12)]
    font_package: str
    font_file: str
    font_families: tuple[str, ...]
    page_families: tuple[str, ...]
    svg_kept_below_bytes: PositiveInt
    png_pixels_per_pixel: PositiveInt
    print_pixels_per_pixel: PositiveInt
    running_mean: RunningMean
    units: dict[str, str]


@cache
def appearance() -> Appearance:
    """Return the look of the charts.

    Raises
    ------
    ParameterError
        If ``params/appearance/charts.yml`` is missing or wrong.
    """
    path = Project.here().params / "appearance" / "charts.yml"
    try:
        return Appearance.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ParameterError(
            _("图表样式 {file} 有误：{reason}").format(file=path.name, reason=error)
        ) from error
