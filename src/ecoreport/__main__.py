"""``python -m ecoreport``."""

import sys

from ecoreport.cli import main

if __name__ == "__main__":
    sys.exit(main())
