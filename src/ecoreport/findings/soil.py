"""What the chapter on soil finds: farmland by class, plots by step; sums and counts only."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.charts.labels import number as figure
from ecoreport.findings.wording import qualified
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_
from ecoreport.narrative import joined, number, quantity, sentence
from ecoreport.report import Provenance, Report
from ecoreport.standards.tables import single

FARMLAND_RATE = "soil.contaminated_farmland_safe_use_rate"
PLOTS = ("soil.plots_listed", "soil.plots_accepted")
SAMPLES = ("soil.points_within_limits", "soil.building_samples_within")
OF_SAMPLES = (
    N_("{n}个可评价的农用地样品中{above}个超过限值{items}"),
    N_("{n}个可评价的建设用地样品中{above}个高于筛选值{items}"),
)
NAMED_MOST = 3


def has_areas(report: Report) -> bool:
    """Whether the areas of all three classes are known."""
    frame = report.frame("soil_areas")
    return frame is not None and bool(frame["area_mu"].notna().all())


def has_plots(report: Report) -> bool:
    """Whether there is a register of polluted plots."""
    return report.frame("soil_plot_steps") is not None


def areas(report: Report) -> Markup:
    """Say how large the farmland under strict control is, and the rate of safe use."""
    frame = report.frame("soil_areas")
    assert frame is not None  # noqa: S101 - the notebook asks before it tells
    by_class = frame.set_index("soil_class")["area_mu"]
    said = sentence(
        N_("三类耕地共{total}亩，其中安全利用类{safe}亩、严格管控类{strict}亩"),
        total=figure(float(by_class.sum()), 0),
        safe=figure(float(by_class["safe_use"]), 0),
        strict=figure(float(by_class["strict_control"]), 0),
    )
    rate = report.observation(FARMLAND_RATE)
    if rate is None or rate.value is None:
        return said
    text = N_("{said}；受污染耕地安全利用率{rate}")
    return qualified(sentence(text, said=said, rate=quantity(rate)), rate)


def plots(report: Report) -> Markup:
    """Say how many plots of the register had their effect assessed."""
    listed, accepted = (report.observation(name) for name in PLOTS)
    if listed is None or accepted is None:
        return sentence(N_("没有污染地块名录"))
    said = sentence(
        N_("污染地块名录列过{listed}个地块，{accepted}个通过了效果评估"),
        listed=number(listed),
        accepted=number(accepted),
    )
    return qualified(said, listed, accepted)


def has_samples(report: Report) -> bool:
    """Whether samples of farmland or of building land were judged."""
    return not farmland_items(report).empty or not building_items(report).empty


def farmland_items(report: Report) -> pd.DataFrame:
    """Return a row an edition and item of farmland, with its counts; none without samples."""
    frame = report.frame("soil_item_counts")
    return pd.DataFrame() if frame is None else frame


def building_items(report: Report) -> pd.DataFrame:
    """Return a row a class of land and item, with its counts; none without samples."""
    frame = report.frame("soil_building_items")
    return pd.DataFrame() if frame is None else frame


def samples(report: Report) -> Markup:
    """Say of how many samples some item is above its screening value, and of which items."""
    known = [
        (text, one, items)
        for text, name, items in zip(
            OF_SAMPLES, SAMPLES, (farmland_items(report), building_items(report)), strict=True
        )
        if (one := report.observation(name)) is not None and not items.empty
    ]
    said = [
        sentence(
            text,
            n=figure(one.trace.n_used, 0),
            above=figure(one.trace.n_used - (one.trace.n_counted or 0), 0),
            items=_items_above(items),
        )
        for text, one, items in known
    ]
    return qualified(escape(_("；")).join(said), *(one for _text, one, _items in known))


def _items_above(items: pd.DataFrame) -> Markup:
    """Name the items above their screening value, the one above it most often first."""
    above = items.assign(n=items["n_above_screening"] + items["n_above_intervention"])
    counts = (
        above.groupby("item", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    )
    names = [item_name(str(item)) for item, n in counts.items() if n]
    if not names:
        return Markup()
    shown = joined(names[:NAMED_MOST])
    text = N_("（{items}）") if len(names) <= NAMED_MOST else N_("（{items}等）")
    return sentence(text, items=shown)


def item_name(column: str) -> str:
    """Return what an item of soil is called."""
    return str(single("soil_items", column=column)[f"name_{current_locale()}"])


def provenance(report: Report, names: tuple[str, ...]) -> Provenance:
    """Return source and method of what rests on some indicators."""
    return report.provenance([report.observation(name) for name in names])
