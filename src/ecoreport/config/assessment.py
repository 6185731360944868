"""``params/assessment.yml``: how words that blur a target are read, and a year's reviews."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ecoreport.config.models import Strict
from ecoreport.i18n import _

FuzzyWord = Literal["around", "basically", "strive", "fully"]
Percent = Annotated[Decimal, Field(ge=0, le=50)]


class FuzzyReading(Strict):
    """How one word that blurs a target is read. No standard says it: the setting is ours."""

    word_zh: str
    word_en: str
    tolerance_percent: Percent = Decimal(0)
    """How far a number may stay behind its target, in per cent of the target."""
    accepts_mostly_done: bool = False
    """Whether a duty without a number is done when it was confirmed as mostly done (基本完成)."""
    counts_as_failure: bool = True
    """Whether a target that was missed counts as not met."""
    meaning_zh: str
    """What a reader is told."""
    meaning_en: str


class Review(Strict):
    """A day of every year up to which it is reviewed: what ``AS_OF`` may name."""

    words: Annotated[tuple[str, ...], Field(min_length=1)]
    """What ``AS_OF`` may be, besides a date."""
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]
    zh: str
    """Name of the report made on it (一季度通报)."""
    en: str

    @model_validator(mode="after")
    def _is_a_day(self) -> Self:
        try:
            self.in_year(2001)
        except ValueError:
            raise ValueError(_("没有这一天")) from None
        return self

    def is_named(self, word: str) -> bool:
        """Whether `word` names it, in capitals or not."""
        return word.casefold() in map(str.casefold, self.words)

    def in_year(self, year: int) -> dt.date:
        """Return its day in `year`."""
        return dt.date(year, self.month, self.day)


class AssessmentSettings(Strict):
    """How judgements are made where a plan leaves it open."""

    fuzzy: dict[FuzzyWord, FuzzyReading]
    """One reading for each word that ``commitments.csv`` may name in ``fuzzy``."""
    reviews: tuple[Review, ...] = ()

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        missing = {"around", "basically", "strive", "fully"} - set(self.fuzzy)
        if missing:
            raise ValueError(_("fuzzy 缺少 {words}").format(words=_("、").join(sorted(missing))))
        words = [word.casefold() for review in self.reviews for word in review.words]
        if len(words) != len(set(words)):
            raise ValueError(_("reviews 的 words 有重复"))
        return self

    def review_on(self, day: dt.date | None) -> Review | None:
        """Return the review whose day is `day`."""
        if day is None:
            return None
        return next((one for one in self.reviews if one.in_year(day.year) == day), None)
