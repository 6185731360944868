"""``python -m ecoreport``."""

import gc

# What imports make is kept: looking for garbage in it takes half a second.
gc.disable()

import sys  # noqa: E402

from ecoreport.cli import main  # noqa: E402

if __name__ == "__main__":
    exit_code = main()
    # Nor is there any use in a last look before all of it goes.
    gc.freeze()
    sys.exit(exit_code)
