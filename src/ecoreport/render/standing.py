"""What a page says of its own standing: a draft until it is issued, then who answers for it.

A page is made, verified and hashed as a draft. Issuing fills marked places in its frame and
touches nothing else, so that what was approved is what is read.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.render import fonts
from ecoreport.render.style import css_string, font_families

FONTS_PLACE = "/*fonts*//*end*/"
_FONTS = re.compile(r"/\*fonts\*/.*?/\*end\*/", re.DOTALL)
_PLACE = re.compile(r"<!--(draft|way|standing)-->.*?<!--end-->", re.DOTALL)
# Behind it stands what notebooks show, which may hold anything.
_END_OF_FRAME = "<!--content-->"

Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Release:
    """Who answers for a report, and which issue of it this is."""

    compiled_by: str
    checked_by: str
    released_by: str
    released_on: dt.date
    number: int = 1
    """1, then one more for each revision (修订)."""
    why_revised: str = ""
    way: Markup | None = None
    """Links from the report's pages to the site that they are part of."""

    def lines(self) -> Lines:
        """Return what the head of each page says."""
        revised = _("修订（第{n}版）").format(n=self.number)
        names = (self.compiled_by, self.checked_by, self.released_by)
        return (
            (_("状态"), revised if self.number > 1 else _("已签发")),
            *([(_("修订说明"), self.why_revised)] if self.number > 1 else []),
            (_("编制 · 审核 · 签发"), " · ".join(names)),
            (_("签发日期"), self.released_on.isoformat()),
        )


def draft_lines() -> Lines:
    """Return what the head of a page says that nobody has released."""
    return (_("状态"), _("草稿，未签发")), (_("编制 · 审核 · 签发"), "—")


def draft_style() -> str:
    """Return the rule that prints 草稿 at the head of every sheet."""
    return f"@page{{@top-center{{font-family:{font_families()};content:{css_string(_('草稿'))}}}}}"


def written(lines: Iterable[tuple[str, str]]) -> Markup:
    """Return lines of the head as they stand in the list of facts, escaped."""
    line = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    return Markup("\n").join(line.format(*one) for one in lines)


def issue(page: str, release: Release) -> str:
    """Return a page as it is published: no draft any more, with the names of those who answer.

    Raises
    ------
    InputError
        If the page has no such places: it was made by another version of the program.
    """
    frame, end, content = page.partition(_END_OF_FRAME)
    parts = {"draft": "", "way": str(release.way or ""), "standing": str(written(release.lines()))}
    filled = _PLACE.sub(lambda place: parts[place[1]], frame)
    if not end or set(_PLACE.findall(frame)) != parts.keys():
        raise InputError(_("报告由旧版程序生成，无法签发。请重新运行 make report。"))
    return with_fonts(_FONTS.sub(FONTS_PLACE, filled, count=1) + end + content)


def with_fonts(page: str) -> str:
    """Return a page with the glyphs that it uses in its fonts' place."""
    faces = fonts.font_faces(set(html.unescape(page)))
    return page.replace(FONTS_PLACE, f"/*fonts*/{faces}/*end*/", 1)
