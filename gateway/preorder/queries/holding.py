"""Selecting, holding and releasing numbers and appointments (12.2.1.1.4.3, 12.2.1.1.4.4), as questions and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Generic, TypeVar

from pydantic import Field

from gateway.lifecycle.wire_dates import WrittenDay
from gateway.preorder.queries import customers
from gateway.preorder.queries.pools import AppointmentAnswer, AppointmentQuestion, NumberPoolQuestion
from gateway.preorder.queries.query import PLACE
from gateway.preorder.shapes import Answer, Pon, Shape, TelephoneNumber, Where

Asked = TypeVar("Asked", bound=Shape)
Told = TypeVar("Told", bound=Answer)

HoldId = Annotated[str, Field(pattern=r"^hld_[0-9a-f]{12}_[0-9a-f]{16}$")]
ClockTime = Annotated[str, Field(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]


class NumberSelectionQuestion(NumberPoolQuestion):
    """Which telephone numbers can be chosen now?"""

    count: Annotated[int, Field(ge=1, le=50)] = 9


class NumberSelectionAnswer(Answer):
    """Some that nobody holds; none of them is held by asking."""

    wire_center: str | None = None
    numbers: list[str] = Field([])


class NumberHoldQuestion(NumberPoolQuestion):
    """Hold these numbers, or so many that the ILEC chooses."""

    numbers: Annotated[list[TelephoneNumber], Field(max_length=25)] = Field([])
    count: Annotated[int, Field(ge=1, le=25)] = Field(1, description="How many, where `numbers` names none.")
    pon: Pon | None = Field(None, description="PON of the order that they are meant for.")


class HoldView(Shape):
    """Something that is held."""

    id: str
    what: str = Field(description="The number, or the appointment.")
    until: datetime


class NumberHoldAnswer(Answer):
    """What is held now; `found` is true where it is all that was asked for."""

    holds: list[HoldView] = Field([])
    refused: list[str] = Field([], description="Numbers that somebody holds, or that are not given out there.")


class HoldReleaseQuestion(Shape):
    """Let go of these holds."""

    ids: Annotated[list[HoldId], Field(min_length=1, max_length=50)]


class HoldReleaseAnswer(Answer):
    """What was let go; the rest is not the asker's, has run out, or was used by an order."""

    released: list[str]
    refused: list[str]


class AppointmentHoldQuestion(Where):
    """Reserve an appointment for an order."""

    day: WrittenDay
    begin: ClockTime = Field(description="Begin of the window, in the local time of the wire center.")
    pon: Pon


class AppointmentHoldAnswer(Answer):
    """The reservation; name its window in the order by DDD and APPTIME."""

    hold: HoldView | None = None


@dataclass(frozen=True, slots=True)
class RecordQuery(Generic[Asked, Told]):
    """One question that needs the gateway's own record, with the same attributes as a `Query` but its function."""

    name: str
    section: str
    summary: str
    question: type[Asked]
    answer: type[Told]
    example: Mapping[str, Any]
    measure: int | None = None


NUMBER_SELECTION: Final = RecordQuery(
    "telephone-number-selection",
    "12.2.1.1.4.3",
    "Telephone numbers that can be chosen",
    NumberSelectionQuestion,
    NumberSelectionAnswer,
    {"place": PLACE, "count": 3},
    measure=6,
)
NUMBER_HOLD: Final = RecordQuery(
    "telephone-number-hold",
    "12.2.1.1.4.3",
    "Hold telephone numbers for a time",
    NumberHoldQuestion,
    NumberHoldAnswer,
    {"wire_center": "BOISIDMA", "count": 2, "pon": "SLT26A000001"},
    measure=6,
)
NUMBER_RELEASE: Final = RecordQuery(
    "telephone-number-release",
    "12.2.1.1.4.3",
    "Let go of held telephone numbers",
    HoldReleaseQuestion,
    HoldReleaseAnswer,
    {"ids": ["hld_019c0f5e2a00_0123456789abcdef"]},
    measure=6,
)
APPOINTMENT_AVAILABILITY: Final = RecordQuery(
    "appointment-availability",
    "12.2.1.1.4.5",
    "Open installation appointments",
    AppointmentQuestion,
    AppointmentAnswer,
    {**PLACE, "first": "2026-03-09", "last": "2026-03-13"},
    measure=1,
)
APPOINTMENT_RESERVATION: Final = RecordQuery(
    "appointment-reservation",
    "12.2.1.1.4.4",
    "Reserve an installation appointment for an order",
    AppointmentHoldQuestion,
    AppointmentHoldAnswer,
    {**PLACE, "day": "2026-03-09", "begin": "08:00", "pon": "SLT26A000001"},
    measure=1,
)
APPOINTMENT_RELEASE: Final = RecordQuery(
    "appointment-release",
    "12.2.1.1.4.4",
    "Let go of a reserved appointment",
    HoldReleaseQuestion,
    HoldReleaseAnswer,
    {"ids": ["hld_019c0f5e2a00_0123456789abcdef"]},
    measure=1,
)
AUTHORIZATION: Final = RecordQuery(
    "end-user-authorization",
    "12.2.1.1.4.2",
    "Put an end user's authorization to see its service record on record",
    customers.EndUserAuthorization,
    customers.AuthorizationAnswer,
    {"wtn": "2085550201", "authnm": "S QUILLFEATHER", "dated": "2026-03-01"},
)
CUSTOMER_RECORD: Final = RecordQuery(
    "customer-service-record",
    "12.2.1.1.4.2",
    "The service record of an end user whose authorization stands on record",
    customers.RecordQuestion,
    customers.RecordAnswer,
    {"wtn": "2085550201"},
    measure=5,
)

RECORD_QUERIES: Final[tuple[RecordQuery[Any, Any], ...]] = (
    AUTHORIZATION,
    CUSTOMER_RECORD,
    NUMBER_SELECTION,
    NUMBER_HOLD,
    NUMBER_RELEASE,
    APPOINTMENT_AVAILABILITY,
    APPOINTMENT_RESERVATION,
    APPOINTMENT_RELEASE,
)
"""Questions that need the gateway's own record beside the reference data."""
