"""What can be held: the numbers of a wire center, and the appointments of its technicians.

The reference data say what there is; what is held of it stands in the gateway's own record.
"""

from datetime import date, timedelta
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from gateway.lifecycle.wire_dates import WrittenDay
from gateway.preorder.caller import Caller
from gateway.preorder.queries.loops import NO_PLACE
from gateway.preorder.queries.query import PLACE, query
from gateway.preorder.shapes import Answer, AtWireCenter, Shape, Where
from gateway.preorder.territory import Territory

LONGEST_SPAN: Final = timedelta(days=60)


class NumberPoolQuestion(AtWireCenter):
    """Which numbers may be given out at a place or a wire center?"""


class NumberSpan(Shape):
    """Numbers from the first to the last."""

    low: str
    high: str


class NumberPoolAnswer(Answer):
    """The numbers by ranges."""

    wire_center: str | None = None
    spans: list[NumberSpan] = Field([])


@query("number-pool", "12.2.1.1.4.3", "Numbers that the ILEC sets apart at a wire center", {"wire_center": "BOISIDMA"})
def find_numbers(territory: Territory, asked: NumberPoolQuestion, caller: Caller) -> NumberPoolAnswer:
    """Give the numbers that the ILEC sets apart at a wire center."""
    del caller
    clli = territory.center_of(asked)
    if clli is None:
        return NumberPoolAnswer(found=False, text=NO_PLACE if asked.place else "There is no such wire center.")
    spans = [NumberSpan(low=row.low, high=row.high) for row in territory.numbers_of(clli)]
    return NumberPoolAnswer(found=bool(spans), text="" if spans else "None there.", wire_center=clli, spans=spans)


class AppointmentQuestion(Where):
    """When can a technician come to a place?"""

    first: WrittenDay
    last: WrittenDay

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if not self.first <= self.last < self.first + LONGEST_SPAN:
            raise ValueError(f"the days run forward, over at most {LONGEST_SPAN.days} days")
        return self


class Window(Shape):
    """A part of a day, and how many installations are taken in it."""

    day: date
    begin: Annotated[str, Field(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]
    end: Annotated[str, Field(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]
    open: int


class AppointmentAnswer(Answer):
    """The windows, in the local time of the wire center."""

    wire_center: str | None = None
    windows: list[Window] = Field([])


@query(
    "appointment-windows",
    "12.2.1.1.4.4",
    "Installations that technicians take, by day and window",
    {**PLACE, "first": "2026-03-09", "last": "2026-03-13"},
)
def find_appointments(territory: Territory, asked: AppointmentQuestion, caller: Caller) -> AppointmentAnswer:
    """Give the windows that the technicians of a wire center work in; holidays are the agreement's to leave out."""
    del caller
    address = territory.at(asked)
    if address is None:
        return AppointmentAnswer(found=False, text=NO_PLACE)
    crews = territory.crews_of(address.wire_center)
    days = [asked.first + timedelta(days=number) for number in range((asked.last - asked.first).days + 1)]
    windows = [
        Window(day=day, begin=f"{row.begin:%H:%M}", end=f"{row.end:%H:%M}", open=row.crews)
        for day in days
        for row in crews
        if row.weekday == day.isoweekday()
    ]
    text = "" if windows else "No technician works there on those days."
    return AppointmentAnswer(found=bool(windows), text=text, wire_center=address.wire_center, windows=windows)
