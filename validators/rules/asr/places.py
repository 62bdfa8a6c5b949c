"""Places that an ASR names, as wire centers: the first eight characters of a CLLI code."""

from typing import Final

from validators.messages.asr import AccessServiceRequest

_BUILDING: Final = 8
_WITH_MARK: Final = frozenset({9, 12})
"""Lengths of a far location that begins with the mark C before its CLLI code."""


def far_location(message: AccessServiceRequest) -> str | None:
    """Give the CLLI code of the far end (SECLOC); None where there is none, or it is an end user."""
    text = message.of_service("SECLOC")
    if text is None or text == "E":
        return None
    return text[1:] if len(text) in _WITH_MARK and text.startswith("C") else text


def wire_centers(message: AccessServiceRequest) -> tuple[str | None, str | None]:
    """Give the wire center at the customer's end (ACTL) and that of the far end, None if unknown."""
    near, far = message.field("ADMIN", "ACTL"), far_location(message)
    return near and near[:_BUILDING], far and far[:_BUILDING]


def state_of(wire_center: str) -> str:
    """Give the state in a CLLI code."""
    return wire_center[4:6]


def route_of(message: AccessServiceRequest) -> str | None:
    """Give the route between two wire centers as registers name it; None where an end is not known."""
    near, far = wire_centers(message)
    return None if near is None or far is None else "-".join(sorted((near, far)))
