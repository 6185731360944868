"""Monthly progress (调度): what departments are asked, what they still owe, letters that remind."""

from __future__ import annotations

from ecoreport.remind.asked import Asked, asked_of
from ecoreport.remind.letters import write_reminders
from ecoreport.remind.outstanding import outstanding
from ecoreport.remind.received import Received, received
from ecoreport.remind.workbook import write_workbook

__all__ = [
    "Asked",
    "Received",
    "asked_of",
    "outstanding",
    "received",
    "write_reminders",
    "write_workbook",
]
