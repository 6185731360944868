"""What the chapter on soil finds: farmland by class, plots by step; sums and counts only."""

from __future__ import annotations

from markupsafe import Markup

from ecoreport.charts.labels import number as figure
from ecoreport.findings.wording import qualified
from ecoreport.message import N_
from ecoreport.narrative import number, quantity, sentence
from ecoreport.report import Provenance, Report

FARMLAND_RATE = "soil.contaminated_farmland_safe_use_rate"
PLOTS = ("soil.plots_listed", "soil.plots_accepted")


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


def provenance(report: Report, names: tuple[str, ...]) -> Provenance:
    """Return source and method of what rests on some indicators."""
    return report.provenance([report.observation(name) for name in names])
