"""The bare cost of reading: ``archive_read.py FOLDER`` parses every file as text, keeps nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).glob("china_sites_*.csv*")):
        pl.read_csv(path, infer_schema=False)
