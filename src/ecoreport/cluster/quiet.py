"""What the library logs of its own accord: people are told in our own words."""

from __future__ import annotations

import logging

LIBRARY = "distributed"


def silence(level: int) -> None:
    """Log of the library only what is as grave as `level`.

    Its loggers have levels of their own, so that it is not enough to set that of the first.
    """
    names = [name for name in logging.root.manager.loggerDict if name.startswith(f"{LIBRARY}.")]
    for name in (LIBRARY, *names):
        logging.getLogger(name).setLevel(level)
