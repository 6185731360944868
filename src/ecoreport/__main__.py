"""``python -m ecoreport``."""

import sys

INTERRUPTED = 130
"""As :data:`ecoreport.cli.INTERRUPTED`, which is not known before it is imported."""


def run() -> int:
    """Run a task and return its exit code, also where it is ended while its modules load."""
    try:
        from ecoreport import garbage  # noqa: PLC0415 - an interrupt from here on is told

        garbage.put_off()
        from ecoreport.cli import main  # noqa: PLC0415

        exit_code = main()
        garbage.settle()
    except KeyboardInterrupt:
        # The language asked for may not have been found out yet.
        sys.stderr.write("已中断。 Interrupted.\n")
        return INTERRUPTED
    return exit_code


if __name__ == "__main__":
    sys.exit(run())
