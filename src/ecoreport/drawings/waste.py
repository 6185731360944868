"""The charts that only the chapter on waste has."""

from __future__ import annotations

from ecoreport.charts.chart import Chart
from ecoreport.charts.flows import Flow, fate_of_waste
from ecoreport.findings import waste as findings
from ecoreport.findings.area import Chapter
from ecoreport.narrative import plain


def flows(chapter: Chapter) -> Chart:
    """Draw what became of each kind of waste."""
    # What may be empty in a whole balance tells of none.
    rows = findings.flows(chapter).fillna(0)
    words = {column: word for column, word in findings.fates().items() if rows[column].any()}
    shown = [
        Flow(
            findings.name(str(row["waste"])),
            float(row["in_t"]),
            {column: float(row[column]) for column in words},
        )
        for row in rows.to_dict("records")
    ]
    title = plain(findings.flows_heading(chapter))
    return fate_of_waste(shown, words, title=title)
