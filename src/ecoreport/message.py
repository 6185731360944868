"""Sentences kept in data: written once, read in any language later."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from ecoreport.i18n import _


def N_(text: str) -> str:  # noqa: N802 - the gettext convention's name
    """Mark a text for the catalogues without translating it yet."""
    return text


class Message(BaseModel):
    """A text with named places and what stands in them.

    Observations and judgements outlive the language in which they were computed, so they keep
    the Chinese source text and its values, and are translated where they are shown.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    values: dict[str, str | tuple[str, ...]] = {}

    def __str__(self) -> str:
        return _(self.text).format_map(
            {name: _in_words(value) for name, value in self.values.items()}
        )


def _in_words(value: str | tuple[str, ...]) -> str:
    return _(value) if isinstance(value, str) else _("、").join(map(_, value))


def message(text: str, **values: object) -> Message:
    """Return `text` (marked with :func:`N_`) with its `values`: each a text, or a tuple of them."""
    told = {
        name: tuple(map(str, value)) if isinstance(value, tuple) else str(value)
        for name, value in values.items()
    }
    return Message(text=text, values=told)
