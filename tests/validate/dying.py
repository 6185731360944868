"""A check whose process ends before it answers."""

import os
import signal
from collections.abc import Sequence


def die(tasks: Sequence[object]) -> None:  # noqa: ARG001
    os.kill(os.getpid(), signal.SIGKILL)
