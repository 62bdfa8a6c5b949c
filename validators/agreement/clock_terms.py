"""The model of one clock in the agreement file: who owes what to whom, from when, for how long, counted how."""

from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, NonNegativeInt, PositiveInt, Tag, model_validator

from validators.agreement.strict import LocalTime, Strict, contradiction


class Trigger(StrEnum):
    """What happens to an order and starts or stops its clocks."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    JEOPARDY = "jeopardy"
    FACILITIES_UNAVAILABLE = "facilities-unavailable"
    COMPLETED = "completed"
    BILLED = "billed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    """A new version replaces the one that the clock was started for."""
    DUE_DATE_MISSED = "due-date-missed"
    NEGOTIATING = "negotiating"
    """A time has to be agreed before the FOC."""
    CLEC_READY = "clec-ready"
    """The CLEC was found ready at the appointment."""
    ILEC_READY = "ilec-ready"
    """The ILEC was ready at the appointment."""
    CONDITIONING_UNNEEDED = "conditioning-unneeded"
    """Conditioning was approved beforehand, and the records show that the loop needs none."""
    PORT_TRIGGER_SET = "port-trigger-set"
    """The ten-digit trigger of a port is in place."""
    PORT_TRIGGER_REMOVED = "port-trigger-removed"
    """The trigger, the translations or the account data of a port were taken away."""
    UNLOCK_SENT = "unlock-sent"
    """The unlock record of a port was sent to the 911 database."""
    TEST_RESULTS_SENT = "test-results-sent"
    """The test results of an installation were sent."""
    CLARIFIED = "clarification-asked"
    """The CLEC was asked to clarify its ASR by a supplement."""
    TIME_AGREED = "time-agreed"
    """The time that had to be agreed before the FOC is agreed."""
    HELD = "held"
    """A credit hold has taken effect while the order waited for its FOC."""
    RELEASED = "released"
    """That hold has ended."""
    RATE_QUOTE_ASKED = "rate-quote-asked"
    """The CLEC asked for the rate of an individual case."""
    RATE_QUOTED = "rate-quoted"
    """The rate of an individual case was quoted."""
    APPLIED_ANEW = "applied-anew"
    """The application counts from now: a construction charge was paid, or the work for commingling is done."""
    CLEC_LOOP_INSTALLED = "clec-loop-installed"
    """The CLEC's own loop to a ported number is confirmed to be installed."""
    COMPLETION_CALLED = "completion-called"
    """The CLEC was called about the completion."""
    RESTORAL_BEGUN = "restoral-begun"
    """A conversion of numbers failed, and restoral was begun."""
    ORDER_ISSUED = "order-issued"
    RECORDS_ISSUED = "records-issued"
    DESIGN_VERIFIED = "design-verified"
    OFFICE_TESTED = "office-tested"
    PLANT_TESTED = "plant-tested"
    """The dates between application and service that the ILEC reports (4.0)."""


class Condition(StrEnum):
    """A fact of the order that lets a clock start (`when`) or keeps it from starting (`unless`)."""

    INDIVIDUAL_CASE = "individual-case"
    """The quantity lies above the product's highest standard quantity."""
    NEW_SWITCH = "new-switch"
    """The trunks are the first to a switch of the CLEC."""
    PROJECT = "project"
    """The order belongs to a negotiated project."""
    MECHANICAL_FOC = "mechanical-foc"
    """No person touches the order and its FOC goes out by itself (PO-5A); never so for loops with a facility check."""
    CONDITIONING_APPROVED = "conditioning-approved"
    """The CLEC has approved conditioning and its charges."""
    LATER_DATE_DESIRED = "later-date-desired"
    """The desired due date lies beyond the conditioning interval, so the date binds and not the interval."""
    CUSTOMER_NOT_READY = "customer-not-ready"
    """The CLEC or its end user cannot take the service; never so when the delay is the ILEC's."""
    READINESS_REPORTED = "readiness-reported"
    """The installation is coordinated and the back end reports who is ready at the appointment."""
    MILESTONES_REPORTED = "milestones-reported"
    """The back end reports what it does between FOC and billing, so that its silence means that it was not done."""
    TESTED = "tested"
    """The installation was tested, and the results were read to the CLEC."""
    IN_TIME = "in-time"
    """No clock that the event stops had run out."""


class Calendar(StrEnum):
    """How the length of a clock is counted."""

    ELAPSED = "elapsed"
    """Real time, nights, weekends and holidays included."""
    DAYS = "days"
    """Calendar days of the agreement's zone; the day of the start is day 0; the last day counts to its end."""
    BUSINESS_HOURS = "business-hours"
    """Every hour of a business day; nothing runs on Saturday, Sunday and holidays."""
    BUSINESS_DAYS = "business-days"
    """Business days after day 0; the last day counts to its end."""


TriggerName = Annotated[
    Trigger | Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,47}$")], Field(union_mode="left_to_right")
]
"""A trigger of every order, or an event of a life cycle that the agreement file describes."""
ConditionName = Annotated[
    Condition | Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,47}$")], Field(union_mode="left_to_right")
]
"""A condition of every order, or a fact that a life cycle of the agreement file sets."""

Unit = Literal["minutes", "hours", "days", "business_days", "weeks", "months"]

UNITS_OF: dict[Calendar, tuple[Unit, ...]] = {
    Calendar.ELAPSED: ("minutes", "hours"),
    Calendar.BUSINESS_HOURS: ("minutes", "hours"),
    Calendar.DAYS: ("days", "weeks", "months"),
    Calendar.BUSINESS_DAYS: ("business_days",),
}


class Length(Strict):
    """A length in exactly one unit."""

    minutes: PositiveInt | None = None
    hours: PositiveInt | None = None
    days: NonNegativeInt | None = None
    """0 is the day of the start itself."""
    business_days: NonNegativeInt | None = None
    weeks: PositiveInt | None = None
    months: PositiveInt | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise contradiction(
                f"a length has one unit, this has {', '.join(given) or 'none'}", "keep the unit that the section gives"
            )
        return self

    @cached_property
    def unit(self) -> Unit:
        """The one unit that is given."""
        return next(unit for units in UNITS_OF.values() for unit in units if getattr(self, unit) is not None)

    @cached_property
    def count(self) -> int:
        """How many of `unit`."""
        count: int = getattr(self, self.unit)
        return count

    @cached_property
    def span(self) -> timedelta:
        """The length as real time; zero unless it is given in minutes or hours."""
        return timedelta(minutes=self.minutes or 0, hours=self.hours or 0)


class Lead(Strict):
    """How long before a deadline the one who owes is warned: real time."""

    minutes: NonNegativeInt = 0
    hours: NonNegativeInt = 0
    days: NonNegativeInt = 0
    """Days of 24 hours."""

    @model_validator(mode="after")
    def _some_time(self) -> Self:
        if not (self.minutes or self.hours or self.days):
            raise contradiction(
                "a warning at the deadline itself warns of nothing", "say how long before, as in {hours: 4}"
            )
        return self


class Breach(Strict):
    """What follows when a clock runs out."""

    notice: Literal["status", "jeopardy", "none"]
    """The notice that the CLEC gets; `none` where the breach is only recorded."""
    text: str
    """What the notice, or the record, says."""
    event: str | None = None
    """What happens to the order by itself; None where the end of the time changes nothing but the record."""


LSR_EVENTS = ("due-date-missed", "pending-facilities-expired", "cancel-after-30-days", "clec-not-ready")
"""What the end of a clock may bring about in the life of an LSR."""


class Meaning(StrEnum):
    """What the time of a clock is for."""

    DUTY = "duty"
    """Something must be done by its end; a clock that runs out is breached."""
    RIGHT = "right"
    """Something may be done until its end; then the right has lapsed, and nobody is in breach."""
    REST = "rest"
    """Something must not be done before its end; doing it is the breach (`broken_by`)."""


class OtherEnd(Strict):
    """Another reckoning of the same end, in Days."""

    start: str = Field(alias="from")
    days: NonNegativeInt


class ClockTerm(Strict):
    """One timed obligation of the agreement. `id` is its id in the rule catalogue, the key in the file."""

    id: str
    section: str
    name: str
    products: tuple[str, ...] = Field(min_length=1)
    """Product ids, or names of product groups."""
    starts_on: TriggerName
    start: str = Field(alias="from", pattern=r"^[a-z][a-z0-9-]{1,47}$")
    """The instant that the length is counted from once `starts_on` has happened: receipt, application, event, due-date,
    original-due-date, appointment, or one that a life cycle of this file records.
    """
    stops_on: tuple[TriggerName, ...] = Field(min_length=1)
    pauses_on: tuple[TriggerName, ...] = ()
    resumes_on: tuple[TriggerName, ...] = ()
    """Between the two the clock stands still; its start, and so the whole time that went by, stays on record."""
    length: Annotated[
        Annotated[Length, Tag("given")] | Annotated[Literal["foc-of-product"], Tag("of the product")],
        Discriminator(lambda value: "of the product" if isinstance(value, str) else "given"),
    ]
    """`foc-of-product` takes the hours from the product's own `foc` term."""
    calendar: Calendar
    or_later: tuple[OtherEnd, ...] = ()
    """If one of these ends later, that is the end."""
    or_earlier: tuple[OtherEnd, ...] = ()
    """If one of these ends earlier, that is the end."""
    sets_due_date: bool = False
    """The day on which it ends is the due date of the order (the ready date of a collocation)."""
    outlives: bool = False
    """It goes on after its order has ended."""
    meaning: Meaning = Meaning.DUTY
    broken_by: tuple[TriggerName, ...] = ()
    """For a rest: what must not happen before its end."""
    direction: Literal["after", "before"] = "after"
    """`before` counts backward: the deadline is the last instant that still leaves the length. If that has passed when
    the clock would start, it does not, since nobody could keep it.
    """
    cutoff: LocalTime | None = None
    """A start later than this local time, or on no business day, makes the next business day day 0."""
    deadline_time: LocalTime | None = None
    """Time of day on the last day; its end where none is given."""
    deadline_zone: Literal["agreement", "wire-center"] = "agreement"
    owed_by: str
    owed_to: str
    warn_before: tuple[Lead, ...] = ()
    at_last_warning: str | None = None
    """What happens by itself at the last warning, if the life cycle allows it then."""
    on_breach: Breach
    measure: bool = False
    """True where the clock only feeds a performance measure; it drives no queue and no notice."""
    when: tuple[ConditionName, ...] = ()
    """All must hold for the clock to start."""
    unless: tuple[ConditionName, ...] = ()
    """Any of these keeps the clock from starting."""
    note: str | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        allowed = UNITS_OF[self.calendar]
        unit = "hours" if isinstance(self.length, str) else self.length.unit
        if unit not in allowed:
            raise contradiction(
                f"the calendar {self.calendar.value} does not count {unit}",
                f"give the length in {' or '.join(allowed)}",
            )
        by_day = self.calendar in (Calendar.DAYS, Calendar.BUSINESS_DAYS)
        if self.deadline_time and not by_day:
            raise contradiction("a clock counted in hours has no time of day at its end", "drop deadline_time")
        if self.cutoff and self.calendar is not Calendar.BUSINESS_DAYS:
            raise contradiction("a cut-off moves day 0 of business days only", "drop cutoff or count in business_days")
        if (self.meaning is Meaning.REST) != bool(self.broken_by):
            raise contradiction("a rest, and nothing else, is broken by something", "give broken_by for meaning: rest")
        if not set(self.broken_by) <= set(self.stops_on):
            raise contradiction("what breaks a rest ends it too", "name it in stops_on")
        if bool(self.pauses_on) != bool(self.resumes_on):
            raise contradiction("a clock that is paused goes on some time", "give pauses_on and resumes_on, or neither")
        if set(self.when) & set(self.unless):
            raise contradiction(
                "a condition stands in when and in unless, so the clock never starts", "keep one of the two"
            )
        return self

    @model_validator(mode="after")
    def _has_one_kind_of_end(self) -> Self:
        if (self.or_later or self.or_earlier) and self.calendar is not Calendar.DAYS:
            raise contradiction("only a clock counted in days has another end", "drop or_later and or_earlier")
        return self

    @cached_property
    def leads(self) -> tuple[timedelta, ...]:
        """How long before the deadline each warning comes, the earliest first."""
        spans = {timedelta(days=lead.days, hours=lead.hours, minutes=lead.minutes) for lead in self.warn_before}
        return tuple(sorted(spans, reverse=True))

    def stops(self, trigger: Trigger | str) -> bool:
        """Say whether `trigger` ends this clock."""
        return trigger in self.stops_on

    def applies(self, conditions: frozenset[str]) -> bool:
        """Say whether the clock starts for an order of which `conditions` hold."""
        return conditions.issuperset(self.when) and conditions.isdisjoint(self.unless)
