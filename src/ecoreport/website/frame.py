"""The frame of the site's own pages: look, policy, fonts; every value escaped."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable
from functools import cache
from typing import Any

from markupsafe import Markup

from ecoreport.components import environment
from ecoreport.config.catalogue import Catalogue
from ecoreport.i18n import current_locale
from ecoreport.project import Project
from ecoreport.render import fonts
from ecoreport.render.site import LANGUAGE_TAGS
from ecoreport.render.standing import FONTS_PLACE, with_fonts
from ecoreport.render.style import marks, style
from ecoreport.visible import stilled

POLICY_PLACE = "policy-of-this-page"
FONTS = "fonts.css"
"""Beside the home page of a language: the glyphs of all its pages."""


def site_page(
    template: str,
    catalogue: Catalogue,
    *,
    root: str = "",
    is_alone: bool = False,
    is_searching: bool = False,
    **values: Any,
) -> bytes:
    """Render ``templates/site/<template>.html.j2``.

    Parameters
    ----------
    root : str
        Way from the page to the home page of its language: ``""`` or ``"../"``.
    is_alone : bool
        Whether the page is no part of a site: it then carries its fonts itself.
    is_searching : bool
        Whether the page has the script and the index.
    **values
        Whatever the template shows.
    """
    verdicts = tuple(catalogue.verdicts.values())
    place = FONTS_PLACE if is_alone else ""
    text = (
        environment("site", "components", "report")
        .get_template(f"{template}.html.j2")
        .render(
            root=root,
            language_tag=LANGUAGE_TAGS[current_locale()],
            policy=POLICY_PLACE,
            fonts="" if is_alone else f"{root}{FONTS}",
            style=Markup(f"{place}{style(verdicts)}\n{_sheet()}"),  # noqa: S704 - our own files
            script=Markup(_script()) if is_searching else "",  # noqa: S704 - our own file
            marks=marks(verdicts),
            **values,
        )
    )
    text = stilled(text)
    made = with_fonts(text) if is_alone else text
    return made.replace(POLICY_PLACE, _policy(made, is_searching=is_searching), 1).encode()


def fonts_sheet(pages: Iterable[bytes]) -> bytes:
    """Return the style sheet with the glyphs of some pages: cut once for all of them."""
    used = {character for page in pages for character in html.unescape(page.decode())}
    return fonts.font_faces(used).encode()


def _policy(page: str, *, is_searching: bool) -> str:
    """Return a policy that allows the page's own style and script, and files of the site."""
    style_hash = _digest(page.partition("<style>")[2].partition("</style>")[0])
    script = f"'self' {_digest(_script())}" if is_searching else "'none'"
    return (
        f"default-src 'none'; script-src {script}; style-src 'self' {style_hash}; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"


@cache
def _sheet() -> str:
    return (Project.here().templates / "site" / "site.css").read_text("utf-8")


@cache
def _script() -> str:
    return (Project.here().templates / "site" / "search.js").read_text("utf-8")
