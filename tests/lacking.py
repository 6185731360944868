"""What a machine lacks: a reason to pass a test over, or to fail where it has to be there."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(message: str) -> NoReturn:
    """Pass a test over, saying what to install; where browsers are required, fail."""
    if os.environ.get("ECOREPORT_REQUIRE_BROWSER") == "1":
        pytest.fail(message)
    pytest.skip(message)
