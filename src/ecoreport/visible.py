"""Characters that act where they stand instead of being seen: controls, marks that turn writing.

A name with U+202E turns the rest of its line around, an escape clears the terminal. What is shown
to people holds none of them: a page or a table has U+FFFD in their place, a message spells them.
"""

from __future__ import annotations

import re
from typing import Final

TURNING: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""As part of a regular expression: marks of direction, embeddings, overrides, isolates."""
ACTING: Final = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029{TURNING}\ud800-\udfff\ufffe\uffff]"
)
"""Also what XML 1.0 has no place for: half characters, U+FFFE and U+FFFF."""
REPLACEMENT: Final = "\ufffd"


def stilled(text: str) -> str:
    """Return a text in which nothing acts: U+FFFD says that something stood there."""
    return ACTING.sub(REPLACEMENT, text)


def spelt(text: str) -> str:
    """Return a text for a terminal or a log: what would act is spelt by its code point."""
    return ACTING.sub(lambda hit: f"\\u{ord(hit[0]):04x}", text.replace("\r", "\\u000d"))


def spelt_name(path: str) -> str:
    """Return the path of a file for people, on one line; nothing is found by it."""
    return spelt(path.replace("\t", "\\u0009").replace("\n", "\\u000a"))


def is_plain(name: str) -> bool:
    """Whether a file's name can be shown on one line as it is."""
    return not ACTING.search(name) and not set(name) & set("\t\r\n")
