"""Class limits of a named water body, parameter by parameter (GB 3838-2002, table 1)."""

from __future__ import annotations

from decimal import Decimal

from ecoreport.assess.compare import fragility, is_met, margin
from ecoreport.assess.context import Context
from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Verdict
from ecoreport.errors import ParameterError
from ecoreport.i18n import _
from ecoreport.message import N_, message
from ecoreport.standards.tables import Line, select

CLASSES = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ")


def judge_class_limit(commitment: Commitment, context: Context) -> Judgement:
    """Hold a mean concentration against the limit of the class that the plan names.

    At the limit the class is kept (GB 3838-2002: ≤); of a lake the lake's limits count.
    """
    found = context.find(commitment.indicator)
    limit = class_limit(commitment)
    value = Decimal(limit["limit"])
    if found is None or found.chosen.value is None:
        absent = context.absent(commitment, found, target=value)
        return absent.model_copy(update={"unit": limit["unit"]})
    comparison = limit["direction"]
    verdict = Verdict.MET if is_met(found.chosen.value, comparison, value) else Verdict.NOT_MET
    judged = context.judge(
        commitment,
        verdict if found.chosen.is_sufficient else Verdict.INSUFFICIENT_DATA,
        found=found,
        target=value,
        operator=comparison,
        margin=margin(found.chosen.value, comparison, value),
        reason=found.chosen.reason,
        fragility=fragility(found.chosen, comparison, value),
        notes=(
            message(
                N_("{standard} {class_name}类限值{limit} {unit}"),
                standard=f"{limit['edition']} {limit['clause']}",
                class_name=limit["class"],
                limit=value,
                unit=limit["unit"],
            ),
        ),
    )
    return judged.model_copy(
        update={"is_verified": judged.is_verified and limit["verified"] == "verified"}
    )


def class_limit(commitment: Commitment) -> Line:
    """Return the line of the standard's table that a commitment's class and parameter mean.

    Raises
    ------
    ParameterError
        If the water body is not in ``params/water_bodies.csv``, or the standard has no such limit.
    """
    bodies = select("water_bodies", zh=commitment.water_body)
    index = int(commitment.value or 0) - 1
    if not bodies or not 0 <= index < len(CLASSES):
        raise ParameterError(
            _(
                "承诺 {id}：水体“{body}”不在 params/standards/water_bodies.csv 中，或类别不是1至5"
            ).format(id=commitment.id, body=commitment.water_body)
        )
    body = bodies[0]["body"]
    lines = [
        line
        for line in select(
            "surface_water_limits", parameter=commitment.parameter, **{"class": CLASSES[index]}
        )
        if line["body"] in {body, "all"}
    ]
    if len(lines) != 1:
        raise ParameterError(
            _("承诺 {id}：GB 3838-2002 表1 中没有 {parameter} 的{class_name}类限值").format(
                id=commitment.id, parameter=commitment.parameter, class_name=CLASSES[index]
            )
        )
    return lines[0]
