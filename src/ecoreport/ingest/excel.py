"""Reads one Excel workbook in a process of its own; started by :mod:`ecoreport.ingest.files`.

A damaged workbook can make the reader abort the whole process or ask for more memory than there
is. Run alone, as a script that imports nothing of this package, it takes nobody with it.

The workbook comes through standard input; through standard output goes a pickle: a list with
name, rows, merged regions and whether it is hidden for each worksheet.
"""

from __future__ import annotations

import contextlib
import io
import pickle
import sys
from typing import Any

MAX_MEMORY_BYTES = 4 * 2**30
PASSWORD_EXIT, DAMAGED_EXIT = 3, 4


def sheets(content: bytes) -> list[tuple[str, list[list[Any]], list[Any], bool]]:
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


def main() -> int:
    """Read standard input, write standard output, return the exit code."""
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415

    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - absent on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    try:
        pickle.dump(sheets(sys.stdin.buffer.read()), sys.stdout.buffer)
    except PasswordError:
        return PASSWORD_EXIT
    except (CalamineError, MemoryError):
        return DAMAGED_EXIT
    return 0


if __name__ == "__main__":
    sys.exit(main())
