"""Random generators, one for each thing generated, so that a change stays where it is made."""

from __future__ import annotations

import hashlib

import numpy as np

from ecoreport.project import Pair

SEED = "ecoreport demonstration 1"
"""Changing this changes every generated file."""


def generator_for(whose: Pair | str, thing: str, seed: str = SEED) -> np.random.Generator:
    """Return the random generator of one thing (a dataset, a file).

    Parameters
    ----------
    whose : Pair or str
        A district and year, or a district: then the same in each of its years.
    """
    digest = hashlib.sha256(f"{seed}/{whose}/{thing}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))
