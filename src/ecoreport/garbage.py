"""When Python looks for garbage: never while it imports, seldom while it computes."""

import gc

SELDOM = (200_000, 20, 20)
"""Objects made and kept before the youngest are looked through, then turns of each older kind.

As it comes (700, 10, 10) a report is a fifth longer, most of it for objects that stay. So many
objects are some tens of megabytes.
"""


def put_off() -> None:
    """Look for none from here on: what imports make is kept."""
    gc.disable()


def look_seldom() -> None:
    """Look for it again, but not among what there is."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()


def settle() -> None:
    """Never look through what there is: children keep it, or all of it goes now."""
    gc.freeze()
