"""``python -m ecoreport``."""

from ecoreport import garbage

garbage.put_off()

import sys  # noqa: E402

from ecoreport.cli import main  # noqa: E402

if __name__ == "__main__":
    exit_code = main()
    garbage.settle()
    sys.exit(exit_code)
