"""The outcome of judging one commitment for one year."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ecoreport.config.models import Strict
from ecoreport.config.vocabulary import EvidenceStatus, Maturity, Verdict
from ecoreport.message import Message


class AreaValue(Strict):
    """What a district below comes to under a target of the district above it."""

    district: str
    verdict: Verdict
    value: Decimal | None
    unit: str
    observations: tuple[str, ...] = ()
    disagreeing: tuple[str, ...] = ()
    """Ids of other sources, its own tables or those of the district above, that tell otherwise."""


class Judgement(Strict):
    """A commitment, its verdict, and all that led to it."""

    commitment: str
    district: str
    year: int
    as_of: dt.date | None = None
    """Day up to which data were read, where that is not the whole year."""
    verdict: Verdict
    so_far: Verdict | None = None
    """What the verdict would be today, where its deadline lies ahead: for reference only."""
    reason: str = ""
    """Code of why, of ``assess/reasons.py``; empty where value and target say it all."""
    value: Decimal | None = None
    text: str = ""
    """Status word of a commitment without a number."""
    unit: str = ""
    operator: str = ""
    target: Decimal | None = None
    target_source: str = ""
    """Letter that assigned the target, where the plan does not give it."""
    margin: Decimal | None = None
    """Distance to the target in its unit; negative where the target is missed."""
    fragility: tuple[str, ...] = ()
    """What would turn the verdict (临界): ``at_target``, ``rounding``, ``month``, ``day``."""
    evidence: EvidenceStatus = EvidenceStatus.NONE
    maturity: Maturity | None = None
    is_verified: bool = True
    """False where the verdict rests on a rule or limit not read in its source."""
    observations: tuple[str, ...] = ()
    """Ids of what was judged, the chosen one first."""
    disagreeing: tuple[str, ...] = ()
    """Ids of other sources whose value differs from the chosen one."""
    parts: tuple[str, ...] = ()
    """Ids of the commitments that this one is composed of."""
    path_value: Decimal | None = None
    """What an even way from base to target asks by now (参考进度): for reference, in no count."""
    areas: tuple[AreaValue, ...] = ()
    """Values of the districts below, each held against the same target; none of them decides."""
    rejected: tuple[str, ...] = ()
    """Datasets behind its indicator that validation stopped."""
    notes: tuple[Message, ...] = ()

    @property
    def rests_on_demonstration(self) -> bool:
        """Whether anything behind the verdict was made by our generator."""
        return self.maturity is Maturity.DEMONSTRATION
