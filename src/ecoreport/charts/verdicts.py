"""Departments by verdicts: who owes what."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, wrapped
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure
from ecoreport.config.presentation import VerdictStyle
from ecoreport.i18n import _, current_locale, sentence_space

LABEL_WIDTH = 196.0
TOTAL_WIDTH = 50.0
HEAD = 64.0
HEAD_LINES = 2
MARK_PITCH = 14.0
LINE = 15.0
ROW_PADDING = 16.0
MOST_LINES = 3
PER_MARK = (1, 2, 5, 10, 20, 50, 100)
"""How many commitments one mark may stand for: the least with which every cell has room."""
COUNT_PLACES = 3
"""Places of marks that a written count takes."""
# matplotlib's marker, its size in pixels and its edge: shapes of one size look unlike in size.
MARKERS = {
    "circle": ("o", 9, 1),
    "square": ("s", 8.5, 1),
    "triangle_up": ("^", 9, 1),
    "triangle_down": ("v", 9, 1),
    "diamond": ("D", 7, 1.2),
    "hexagon": ("h", 10, 1.2),
    "pentagon": ("p", 10, 1.2),
    "dash": ("_", 9, 2.4),
    "cross": ("x", 7, 2),
    "ring": ("o", 8.5, 1.6),
}


def departments_by_verdicts(
    counts: pd.DataFrame,
    styles: Sequence[VerdictStyle],
    *,
    title: str,
    unit_word: str,
    is_ranked: bool = False,
    shown_of: str = "",
) -> Chart:
    """Draw commitments as marks, departments down, verdicts across.

    Each is one mark; where a cell would hold too many, a mark stands for several throughout the
    chart, and every cell says its count.

    Departments with the most commitments that are not met, behind or missing come first, unless
    they are ranked already.

    Parameters
    ----------
    counts : pandas.DataFrame
        Commitments, one row a department (its name as index), one column a verdict.
    styles : sequence of VerdictStyle
        Word, shape and colour of the verdicts.
    title : str
        The finding.
    unit_word : str
        ``indicator``, ``task`` or ``rectification``: which words the verdicts take.
    is_ranked : bool
        Whether the departments stay in the order given.
    shown_of : str
        Which departments these are, where they are not all.

    Returns
    -------
    Chart
    """
    shown = [
        style
        for style in sorted(styles, key=lambda style: style.order)
        if style.verdict in counts and counts[style.verdict].sum()
    ]
    kept = counts[[style.verdict for style in shown]]
    ranked = kept.astype(int) if is_ranked else worst_first(kept)
    with drawing() as look:
        width = (look.widths["page"] - LABEL_WIDTH - TOTAL_WIDTH) / max(1, len(shown))
        across = max(1, int((width - 12) // MARK_PITCH))
        per_mark = _per_mark(ranked, across)
        if per_mark > 1:
            across = max(1, across - COUNT_PLACES)
        heights = [_row_height(row, across, per_mark) for row in ranked.to_numpy().tolist()]
        figure = new_figure("page", HEAD + sum(heights) + 6)
        canvas = add_canvas(figure)
        for column, style in enumerate(shown):
            _head(canvas, style, LABEL_WIDTH + width * column, width, unit_word)
        right = look.widths["page"]
        canvas.text(right, HEAD - 30, _("合计"), ha="right", color=look.quiet)
        tops = [HEAD + sum(heights[:row]) for row in range(len(heights))]
        middles = [top + height / 2 for top, height in zip(tops, heights, strict=True)]
        canvas.hlines(tops, 0, right, color=look.faint, linewidth=0.8)
        for middle, (department, row) in zip(middles, ranked.iterrows(), strict=True):
            marks.name_row(canvas, department, middle, LABEL_WIDTH - 14)
            canvas.text(right, middle, str(int(row.sum())), ha="right", va="center_baseline",
                        fontsize=look.label_size)  # fmt: skip
        for column, style in enumerate(shown):
            left = LABEL_WIDTH + width * column
            cells = list(zip(middles, ranked[style.verdict].tolist(), strict=True))
            _marks(canvas, cells, style, left + 6, across, per_mark)
    return Chart(
        figure, title, _alt(ranked, shown, unit_word), ranked.rename_axis("department")
        .reset_index(), _note(ranked, per_mark, shown_of),
    )  # fmt: skip


def _note(ranked: pd.DataFrame, per_mark: int, shown: str) -> str:
    count = int(ranked.to_numpy().sum())
    of_all = _("共 {departments} 个责任单位，{count} 项。")
    of_mark = _("每个符号为一项。")
    if per_mark > 1:
        of_mark = _("每个符号至多代表 {per_mark} 项，数字为项数。").format(per_mark=per_mark)
    said = shown or of_all.format(departments=len(ranked), count=count)
    return said + sentence_space() + of_mark


def _per_mark(ranked: pd.DataFrame, across: int) -> int:
    """Return how many commitments a mark stands for: one where three lines of them suffice."""
    most = int(ranked.to_numpy().max(initial=0))
    if most <= across * MOST_LINES:
        return 1
    room = max(1, across - COUNT_PLACES)
    return next((per for per in PER_MARK[1:] if math.ceil(most / per) <= room), PER_MARK[-1])


def worst_first(counts: pd.DataFrame) -> pd.DataFrame:
    """Sort by what is open, then by all: the order of columns is that of the verdicts."""
    settled = [verdict for verdict in ("met", "on_track") if verdict in counts]
    order = pd.DataFrame(
        {
            "not_met": counts.get("not_met", 0),
            "open": counts.drop(columns=settled).sum(axis=1),
            "all": counts.sum(axis=1),
        },
        index=counts.index,
    )
    ranking = order.sort_values(["not_met", "open", "all"], ascending=False, kind="stable")
    return counts.loc[ranking.index].astype(int)


def _row_height(row: Sequence[int], across: int, per_mark: int) -> float:
    lines = [_lines(count, across, per_mark) for count in row]
    return LINE * max([1, *lines]) + ROW_PADDING


def _lines(count: int, across: int, per_mark: int) -> int:
    return math.ceil(math.ceil(count / per_mark) / across)


def _label(style: VerdictStyle, unit_word: str) -> str:
    return style.label_en if current_locale() == "en" else style.label_zh(unit_word)


def _head(canvas: Axes, style: VerdictStyle, left: float, width: float, unit_word: str) -> None:
    draw_marks(canvas, [(left + 6, HEAD - 52)], style)
    for line, words in enumerate(wrapped(_label(style, unit_word), width - 8, HEAD_LINES)):
        canvas.text(left, HEAD - 30 + LINE * line, words)


def _marks(
    canvas: Axes,
    cells: Sequence[tuple[float, int]],
    style: VerdictStyle,
    left: float,
    across: int,
    per_mark: int,
) -> None:
    """Draw the marks of one column: for each row its middle and its count."""
    points: list[tuple[float, float]] = []
    for middle, count in cells:
        n_marks = math.ceil(count / per_mark)
        n_lines = _lines(count, across, per_mark)
        for number in range(n_marks):
            line, place = divmod(number, across)
            points.append((left + MARK_PITCH * place, middle + (line - (n_lines - 1) / 2) * LINE))
        if per_mark > 1 and count:
            after = left + MARK_PITCH * min(n_marks, across)
            canvas.text(after, middle, f"{count}", va="center_baseline")
    if points:
        draw_marks(canvas, points, style)


def draw_marks(canvas: Axes, points: Sequence[tuple[float, float]], style: VerdictStyle) -> None:
    """Draw a verdict's mark at each of some points of a canvas."""
    look = appearance()
    shape, size, edge = MARKERS[style.shape]
    face = {"solid": style.colour, "outline": look.paper}.get(style.pattern, look.missing)
    canvas.plot(
        *zip(*points, strict=True), marker=shape, markersize=size, markerfacecolor=face,
        markeredgecolor=style.colour, markeredgewidth=edge, linestyle="none",
    )  # fmt: skip


def _alt(ranked: pd.DataFrame, shown: Sequence[VerdictStyle], unit_word: str) -> str:
    sentences = [
        _("{department}：{verdicts}").format(
            department=clean(department),
            verdicts=_("、").join(
                f"{_label(style, unit_word)} {row[style.verdict]}"
                for style in shown
                if row[style.verdict]
            ),
        )
        for department, row in ranked.iterrows()
    ]
    return _("点阵图，各责任单位按结论的项数。{sentences}").format(
        sentences=_("；").join(sentences)
    )
