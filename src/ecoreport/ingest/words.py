"""Spelling made comparable: one word in full width, with spaces or with ₂ is one word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# NFKC leaves these apart from what people mean by them.
MINUS_SIGNS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "·": "·", "‧": "·", "・": "·"})
NOT_SPOKEN = re.compile(r"[^\w.%‰℃]|_", re.UNICODE)
SPACE = re.compile(r"\s+")
CACHED = 2**14
"""Texts remembered: the same names, units and marks are asked about in every row."""


def normalise(text: str) -> str:
    """Return `text` in half width, with plain minus signs and no spaces around it.

    Subscripts, superscripts and both code points of μ become one form (Unicode NFKC).
    """
    return unicodedata.normalize("NFKC", text).translate(MINUS_SIGNS).strip()


@lru_cache(CACHED)
def compact(text: str) -> str:
    """Return `text` normalised, without spaces and without regard to case."""
    return SPACE.sub("", normalise(text)).casefold()


@lru_cache(CACHED)
def spoken(text: str) -> str:
    """Return what is left of `text` when read aloud: letters, digits and the decimal point.

    ``细颗粒物(PM₂.₅)`` and ``细颗粒物 pm2.5`` are the same.
    """
    return NOT_SPOKEN.sub("", compact(text))
