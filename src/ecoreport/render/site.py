"""What all pages of one report share."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from ecoreport.config.presentation import VerdictStyle
from ecoreport.errors import InputError
from ecoreport.i18n import SOURCE_LOCALE, _

PAGE_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True, order=True)
class Chapter:
    """A notebook as a page: sorted by `order`, the first is the report's opening page."""

    order: int
    id: str
    """Word of the notebook's metadata: ``air``."""
    title: str
    """Title in the language of the report."""


@dataclass(frozen=True)
class Site:
    """A report's frame: the same for each of its pages.

    Nothing here tells when or where the pages were made, so that equal inputs give equal bytes.
    """

    district: str
    """Name of the district in the language of the report."""
    year: int
    plans: tuple[str, ...]
    """Titles of the plans judged."""
    chapters: tuple[Chapter, ...]
    verdicts: tuple[VerdictStyle, ...]
    """How each verdict is marked."""
    locale: str = SOURCE_LOCALE
    as_of: dt.date | None = None
    """Last day of data, where that is not the end of the year."""
    edition: str = ""
    """What a report made within the year is called (一季度通报), where it has a name."""
    is_draft: bool = False
    rests_on_demonstration: bool = False
    internal_datasets: tuple[str, ...] = ()
    """Names of the internal datasets that the report tells of."""
    facts: tuple[tuple[str, str], ...] = field(default=())
    """Small lines of the head: 数据来源, 口径, 数据截至, 编制 and so on with their words."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "chapters", tuple(sorted(self.chapters)))
        names = [chapter.id for chapter in self.chapters]
        wrong = {name for name in names if not PAGE_NAME.fullmatch(name) or names.count(name) > 1}
        if wrong or not names or "index" in names:
            raise InputError(
                _(
                    "笔记本元数据 ecoreport.chapter 应为互不相同的小写英文词，且不为 index：{names}"
                ).format(names=", ".join(sorted(wrong) or names or "—"))
            )

    @property
    def period_title(self) -> str:
        """Year and kind of the report, with the last day of a part of the year."""
        if self.as_of is None:
            return _("{year}年度评估").format(year=self.year)
        text = _("{year}年度评估（截至{date}）")
        if self.edition:
            text = _("{year}年{edition}（截至{date}）")
        return text.format(year=self.year, edition=self.edition, date=self.as_of.isoformat())

    @property
    def language_tag(self) -> str:
        """BCP 47 tag of the pages."""
        return LANGUAGE_TAGS[self.locale]

    def chapter(self, chapter_id: str) -> Chapter:
        """Return the chapter of a notebook.

        Raises
        ------
        InputError
            If the report has no such chapter.
        """
        for chapter in self.chapters:
            if chapter.id == chapter_id:
                return chapter
        raise InputError(
            _("笔记本的 chapter 为 {chapter!r}，不在本报告的章节之列：{known}").format(
                chapter=chapter_id, known=", ".join(chapter.id for chapter in self.chapters)
            )
        )

    def file_name(self, chapter: Chapter) -> str:
        """Return the page's name: the first chapter opens the report."""
        return "index.html" if chapter == self.chapters[0] else f"{chapter.id}.html"


def report_title(site: Site) -> str:
    """Return the title of a report: district and year, and the last day of a part of it."""
    return _("{district}{title}").format(district=site.district, title=site.period_title)
