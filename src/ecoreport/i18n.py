"""Messages in the reader's language: Chinese in the source, other languages from catalogues."""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path

SOURCE_LOCALE = "zh"
LOCALES = ("zh", "en")

_locale: ContextVar[str] = ContextVar("locale", default=SOURCE_LOCALE)


@cache
def _catalogue(locale: str) -> gettext.NullTranslations:
    if locale == SOURCE_LOCALE:
        return gettext.NullTranslations()
    return gettext.translation("ecoreport", Path(__file__).parent / "locale", [locale])


def use_locale(locale: str) -> None:
    """Choose the language of all messages made from here on.

    Parameters
    ----------
    locale : {"zh", "en"}

    Raises
    ------
    ValueError
        If there is no catalogue for `locale`.
    """
    if locale not in LOCALES:
        raise ValueError(f"LOCALE: {locale!r} ({' | '.join(LOCALES)})")
    _locale.set(locale)


def current_locale() -> str:
    """Return the language in use."""
    return _locale.get()


def sentence_space() -> str:
    """Return what stands between two sentences: nothing in Chinese."""
    return "" if current_locale() == SOURCE_LOCALE else " "


def _(message: str) -> str:
    """Translate a message whose source text is Chinese."""
    return _catalogue(current_locale()).gettext(message) if message else ""
