"""Reason codes of jeopardies (RCODE), with own words and whose doing each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gateway.lifecycle.vocabulary import Cause


@dataclass(frozen=True, slots=True)
class JeopardyReason:
    """One reason code.

    Attributes:
        code: two characters.
        text: what it means.
        cause: who caused it unless the back end says otherwise. If the customer did, a supplement with a new date
            is needed.
        needs_detail: the code alone says nothing, so the notice must carry words of its own.
    """

    code: str
    text: str
    cause: Cause = Cause.ILEC
    needs_detail: bool = False


_REASONS = (
    JeopardyReason("1A", "Too few facilities between offices"),
    JeopardyReason("1B", "Scheduling or work load"),
    JeopardyReason("1C", "The CLEC is not ready", Cause.CLEC),
    JeopardyReason("1D", "No loop is available"),
    JeopardyReason("1E", "The end user is not ready", Cause.CLEC),
    JeopardyReason("1F", "The ILEC missed the appointment"),
    JeopardyReason("1G", "No access to the premises", Cause.CLEC),
    JeopardyReason("1H", "Changes in the central office are frozen"),
    JeopardyReason("1J", "Special construction is needed"),
    JeopardyReason("1K", "Natural disaster"),
    JeopardyReason("1L", "The frame due time cannot be met"),
    JeopardyReason("1M", "The due date cannot be met"),
    JeopardyReason("1N", "Neither the due date nor the frame due time can be met"),
    JeopardyReason("1P", "Other reason, told in words", needs_detail=True),
    JeopardyReason("1Q", "Problem with the assignment of facilities"),
    JeopardyReason("1R", "The customer could not be reached", Cause.CLEC),
    JeopardyReason("1S", "The building is not ready", Cause.CLEC),
    JeopardyReason("1T", "A pole is not set", Cause.CLEC),
    JeopardyReason("1U", "A permit or an easement is missing"),
    JeopardyReason("1W", "Entrance facilities are needed"),
    JeopardyReason("1X", "Technically not feasible"),
    JeopardyReason("1Y", "Central office equipment is missing"),
    JeopardyReason("1Z", "Another exchange company is not ready"),
)

JEOPARDY_REASONS: Mapping[str, JeopardyReason] = MappingProxyType({reason.code: reason for reason in _REASONS})
"""All reason codes by code."""

CLEC_IS_NOT_READY = "1C"
DUE_DATE_CANNOT_BE_MET = "1M"
NO_LOOP_AVAILABLE = "1D"
