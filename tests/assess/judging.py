"""Observations, commitments and contexts as tests of judging need them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ecoreport.assess import assess
from ecoreport.assess.context import Context
from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import AssignedTarget, Commitment
from ecoreport.message import message
from ecoreport.observe.observation import Basis, Observation, Trace, observation_id
from ecoreport.project import Pair

PAIR = Pair("hailing", 2018)
END = dt.date(2018, 12, 31)
INDICATOR = "water.good_share"
STATE_2017 = Basis(state="reference")
STATE_2018 = Basis(state="mixed")


def observed(
    value: str | None,
    *,
    year: int = 2018,
    indicator: str = INDICATOR,
    period: str = "",
    maturity: str = "audited",
    **known: Any,
) -> Observation:
    """Return an observation of Hailing; `value` None leaves only what `known` says."""
    period = period or str(year)
    return Observation.model_validate(
        {
            "id": observation_id("hailing", year, indicator, period, maturity),
            "district": "hailing",
            "year": year,
            "period": period,
            "indicator": indicator,
            "value": None if value is None else Decimal(value),
            "unit": "%",
            "maturity": maturity,
            "trace": Trace(formula=message("部门上报值"), substituted="", n_used=1),
            **known,
        }
    )


def commitment(kind: str = "level", **known: Any) -> Commitment:
    """Return one commitment; a level asks for at least 80 unless told otherwise."""
    defaults: dict[str, Any] = {
        "id": "hailing/90",
        "seq": 90,
        "clause": "附件2 第90项",
        "area": "water",
        "indicator": INDICATOR,
        "scope": "hailing",
        "kind": kind,
        "attribute": "binding",
        "responsible": ("hailing-environment",),
        "title_zh": "指标",
        "title_en": "Indicator",
    }
    by_kind: dict[str, dict[str, Any]] = {
        "level": {"operator": ">=", "value": Decimal(80), "unit": "%"},
        "assigned": {"operator": ">=", "unit": "%"},
        "qualitative": {"target_zh": "编制"},
        "event_free": {"target_zh": "未发生"},
        "composite": {"indicator": "", "combine": "all"},
    }
    return Commitment.model_validate({**defaults, **by_kind.get(kind, {}), **known})


def context(
    *observations: Observation, last_day: dt.date = END, period: str = "2018", **known: Any
) -> Context:
    """Return what may be looked at, each observation under its own year."""
    by_pair: dict[Pair, list[Observation]] = {}
    for one in observations:
        by_pair.setdefault(Pair(one.district, one.year), []).append(one)
    settings = {"pair": PAIR, **known}
    return Context(last_day=last_day, period=period, observations=by_pair, **settings)


def assigned(value: str, to: str = "hailing/90") -> dict[str, AssignedTarget]:
    """Return the letter that assigns a target."""
    target = AssignedTarget(
        commitment=to,
        value=Decimal(value),
        unit="%",
        document="泰环发〔2018〕1号",
        date=dt.date(2018, 3, 1),
    )
    return {to: target}


def verdicts(judgements: Sequence[Judgement]) -> dict[str, tuple[str, str]]:
    """Return verdict and reason by commitment."""
    return {one.commitment: (str(one.verdict), one.reason) for one in judgements}


def judge(one: Commitment, *observations: Observation, **known: Any) -> Judgement:
    """Judge one commitment alone."""
    (judgement,), _derived = assess([one], {}, context(*observations, **known))
    return judgement
