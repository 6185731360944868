"""Tables of the standards as the documentation shows them: figures, sources, how certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ecoreport.i18n import _, current_locale
from ecoreport.markdown import plain, table
from ecoreport.message import N_
from ecoreport.standards.tables import VERIFIED_LEVELS

Lines = Sequence[Mapping[str, str]]
"""Rows of a table of ``params/standards``, each cell as text."""
LEVEL_WORDS = {"verified": N_("已核实"), "one source": N_("一个来源"), "unverified": N_("未核实")}


def counted(lines: Lines) -> str:
    """Say how many lines there are, and how many of them are how certain."""
    counts = Counter(line["verified"] for line in lines if "verified" in line)
    parts = [
        f"{level_word(level)} {counts[level]}"
        for level in reversed(VERIFIED_LEVELS)
        if counts[level]
    ]
    return _("；").join([_("{n}行").format(n=len(lines)), *parts])


def whole(lines: Lines) -> str:
    """Show a table, each cell as it stands in the file, without words of the other language."""
    other = "_en" if current_locale() == "zh" else "_zh"
    own = f"_{current_locale()}"
    columns = [
        name
        for name in lines[0]
        if not (name.endswith(other) and name.removesuffix(other) + own in lines[0])
        and any(line[name] for line in lines)
    ]
    return table(
        [f"`{name}`" for name in columns],
        [[_cell(name, line[name]) for name in columns] for line in lines],
    )


def doubtful(lines: Lines) -> str:
    """Gather the lines of a long table that are not verified by why they are not."""
    groups = Counter(
        (
            line.get("edition", ""),
            line.get("clause", ""),
            line["verified"],
            line["source"],
            line["note"],
        )
        for line in lines
        if line.get("verified", "verified") != "verified"
    )
    if not groups:
        return ""
    head = (_("版本"), _("条款"), _("核实"), _("来源"), _("说明"), _("行数"))
    rows = [
        (plain(edition), plain(clause), level_word(level), plain(source), plain(note), str(count))
        for (edition, clause, level, source, note), count in groups.items()
    ]
    return table(head, rows, n_numbers=1)


def _cell(column: str, cell: str) -> str:
    return level_word(cell) if column == "verified" else plain(cell)


def level_word(level: str) -> str:
    """Return the word for how certain something is; what is not verified stands out."""
    word = _(LEVEL_WORDS[level])
    return word if level == "verified" else f"**{word}**"


def table_file(table_name: str) -> str:
    """Return the name of a standard's table, apart from statistics of the same name."""
    return f"{table_name}.csv"
