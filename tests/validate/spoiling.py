"""How a sound frame is spoiled: one fault at a time."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

Spoil = Callable[[pd.DataFrame], pd.DataFrame]


def put(column: str | list[str], value: object, row: int = 0) -> Spoil:
    """Write a value into one row."""

    def spoil(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc[row, column] = value
        return frame

    return spoil


def again(**changes: object) -> Spoil:
    """Repeat the first row, with changes."""

    def spoil(frame: pd.DataFrame) -> pd.DataFrame:
        return pd.concat([frame, frame.iloc[[0]].assign(**changes)], ignore_index=True)

    return spoil


def constant(column: str, value: float) -> Spoil:
    """Let a column stand still."""
    return lambda frame: frame.assign(**{column: value})


def without(column: str) -> Spoil:
    return lambda frame: frame.drop(columns=column)


def first_rows_gone(n: int) -> Spoil:
    return lambda frame: frame.iloc[n:]


def multiplied(column: str, factor: float) -> Spoil:
    """Write a column many times as large, as in another unit."""
    return lambda frame: frame.assign(**{column: frame[column] * factor})
