"""Words for what life cycles and the ready-for-service table name shortly."""

from collections.abc import Mapping
from typing import Final

FACTS: Final[Mapping[str, str]] = {
    "forecast": "a forecast or a reservation covers it",
    "timely": "the acceptance is complete within 7 Days of the quotation",
    "late": "the acceptance is complete after these 7 Days",
    "extended": "the quotation proposes an extended date",
    "major": "the quotation names major infrastructure",
    "negotiated": "its interval is negotiated, as the sixth application within a week",
    "agreed-date": "a date was agreed, waived or moved",
    "delivery-missed": "equipment or entrance facility is not there in its time",
    "late-delivery": "equipment or entrance facility came late",
    "new-rack": "the quotation names a new rack",
    "sixty-days": "the quotation names a new rack, DS0 or a modular frame",
}
"""Facts that decide between rows of the ready-for-service table; one that is not here is told by its own name."""
QUEUES: Final[Mapping[str, str]] = {
    "application": "the applications",
    "denied": "the Space Denial Queue",
    "option": "the options",
    "reservation": "the reservations",
    "forecast": "the forecasts",
}
"""Queues of a Premises."""
STARTS: Final[Mapping[str, str]] = {
    "application": "the complete application",
    "event": "the complete acceptance",
    "delivered": "the delivery of all equipment, or of the entrance facility",
    "ready-on": "the date that the quotation proposes",
    "request-complete": "the complete form with its full payment",
}
"""What rows count from."""
