"""Random generators, one for each thing generated, so that a change stays where it is made."""

from __future__ import annotations

import hashlib

import numpy as np

from ecoreport.project import Pair

SEED = "ecoreport demonstration 1"
"""Changing this changes every generated file."""


def generator_for(pair: Pair, thing: str, seed: str = SEED) -> np.random.Generator:
    """Return the random generator of one thing (a dataset, a file) of one district and year."""
    digest = hashlib.sha256(f"{seed}/{pair}/{thing}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))
