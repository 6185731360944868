"""Reads Excel workbooks in a process of its own; started by :mod:`ecoreport.ingest.apart`.

A damaged workbook can make the reader abort the whole process or ask for more memory than there
is. Run apart, as a script that imports nothing of this package, it takes nobody with it.

Pickles go both ways: through standard input the content of a workbook, through standard output
what came of it and a list with name, rows, merged regions and whether it is hidden for each
worksheet. After a workbook that it could not read the process ends: it reads no other.
"""

from __future__ import annotations

import contextlib
import io
import pickle
import sys
from typing import Any

Worksheets = list[tuple[str, list[list[Any]], list[Any], bool]]

MAX_MEMORY_BYTES = 4 * 2**30
READ, WITH_PASSWORD, DAMAGED = "read", "with password", "damaged"


def sheets(content: bytes) -> Worksheets:
    """Return every worksheet from A1 on; sheets of charts and macros are left out."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook  # noqa: PLC0415

    workbook = load_workbook(io.BytesIO(content))
    found = []
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        rows = sheet.to_python(skip_empty_area=False)
        is_hidden = about.visible != SheetVisibleEnum.Visible
        found.append((about.name, rows, list(sheet.merged_cell_ranges or ()), is_hidden))
    return found


def answer(content: bytes) -> tuple[str, Worksheets]:
    """Return what came of reading a workbook, and its worksheets."""
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415

    try:
        return READ, sheets(content)
    except PasswordError:
        return WITH_PASSWORD, []
    except (CalamineError, MemoryError):
        return DAMAGED, []


def main() -> None:
    """Answer one workbook after the other, until there is no more or one cannot be read."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - absent on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    outcome = READ
    with contextlib.suppress(EOFError):
        while outcome == READ:
            outcome, found = answer(pickle.load(sys.stdin.buffer))  # noqa: S301 - our own parent
            pickle.dump((outcome, found), sys.stdout.buffer)
            sys.stdout.buffer.flush()
            # The next one has the same memory.
            del found


if __name__ == "__main__":
    main()
