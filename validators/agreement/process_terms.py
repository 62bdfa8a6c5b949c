"""The model of a life cycle in the agreement file: what may happen in which state, by whom, and what follows."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from validators.agreement.strict import Strict, contradiction

StateName = Annotated[str, Field(pattern=r"^[A-Z][A-Z_]{1,29}$")]
EventName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,47}$")]
WORKED_OUT = frozenset(
    {
        "incomplete",
        "cured",
        "forecast",
        "reserved",
        "negotiated",
        "paid-enough",
        "paid-in-full",
        "queue-there",
        "first-in-queue",
        "rival-there",
        "newest-option",
        "option-held",
        "alternate-named",
        "decommission-filed",
        "readings-used-up",
        "early-access-paid",
        "first-for-space",
        "agreement-open",
        "enforcement-wanted",
        "same-kind",
    }
)
"""Facts that the gateway works out from what is on record, beside those that steps set."""
ANYWHERE = "ANY"
"""In `from`: every state that is not final."""
BACK = "BACK"
"""In `to`: the state in which the request was before it came to where it is."""


class Asked(Strict):
    """One value that a decision of the ILEC, or a message of the CLEC, carries into the life cycle."""

    kind: Literal["text", "date", "instant", "money", "number", "flag", "elements", "items"]
    required: bool = True
    facts: tuple[str, ...] = ()
    """The facts that hold once it is given, or for a flag once it is set."""
    choices: tuple[str, ...] = ()
    """The texts that it may be; any where there are none."""
    meaning: str = ""


class NoticeTerm(Strict):
    """The notice that a step brings."""

    kind: Literal[
        "deficiency", "complete", "feasibility", "denial", "quotation", "acceptance", "ready", "queue", "status",
        "cancelled", "expired", "reject",
    ]  # fmt: skip
    title: str = Field(min_length=3, max_length=80)
    text: str = Field(min_length=3, max_length=255)
    """What it says. `{name}` stands for a value of the decision, or for a date that the request carries."""


class Choice(Strict):
    """Which fact follows from whether a step came within the time of a clock, by the instant of receipt alone."""

    in_time: str
    late: str


class StepTerm(Strict):
    """One thing that may happen. Of several steps for one event, the first whose conditions hold is taken."""

    on: EventName
    by: Literal["clec", "ilec", "gateway", "clock"]
    source: tuple[StateName, ...] = Field(alias="from", min_length=1)
    to: StateName | None = None
    """None where the state stays."""
    section: str
    notice: NoticeTerm | None = None
    triggers: tuple[EventName, ...] = ()
    """What clocks start and stop on beside the event itself."""
    when: tuple[str, ...] = ()
    """Facts that must hold. `within CLOCK` holds until the last instant of that clock, fired or not."""
    unless: tuple[str, ...] = ()
    otherwise: str = ""
    """Why the event is refused if the facts do not hold, a sentence without its full stop."""
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    by_clock: Mapping[str, Choice] = {}
    """Facts that follow from clocks."""
    asks: Mapping[str, Asked] = {}
    effects: tuple[str, ...] = ()
    """What the gateway works out at this step, by name."""
    upholds: tuple[str, ...] = ()
    """Catalogue entries that this step is the carrying out of."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if set(self.when) & set(self.unless):
            raise contradiction("a fact stands in when and in unless", "keep one of the two")
        return self


class StateTerm(Strict):
    """One state of a life cycle."""

    meaning: str
    """Where the request stands then, a sentence without its full stop; refusals say it."""
    section: str
    final: bool = False
    """Nothing follows; every clock ends with it."""


class ProcessTerm(Strict):
    """One life cycle. `id` is the key in the file."""

    id: str
    name: str
    section: str
    first: StateName
    states: Mapping[StateName, StateTerm]
    steps: tuple[StepTerm, ...]
    joint: Mapping[EventName, tuple[str, ...]] = {}
    """Triggers that come once all of some facts hold."""

    @model_validator(mode="after")
    def _names_its_states(self) -> Self:
        named = {self.first} | {state for step in self.steps for state in (*step.source, step.to or self.first)}
        if unknown := sorted(named - set(self.states) - {ANYWHERE, BACK}):
            raise contradiction(f"{', '.join(unknown)} is no state of {self.id}", "list it under states")
        return self

    @cached_property
    def events(self) -> tuple[str, ...]:
        """Everything that may happen, in the order of the file."""
        return tuple(dict.fromkeys(step.on for step in self.steps))

    @cached_property
    def triggers(self) -> frozenset[str]:
        """Everything that clocks may start or stop on: events, what steps trigger, and facts when they come to hold."""
        return (
            frozenset(self.events)
            | self.facts
            | {trigger for step in self.steps for trigger in step.triggers}
            | set(self.joint)
        )

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every fact that a step sets."""
        set_here = {fact for step in self.steps for fact in step.sets}
        chosen = {fact for step in self.steps for choice in step.by_clock.values() for fact in _facts(choice)}
        asked = {fact for step in self.steps for ask in step.asks.values() for fact in ask.facts}
        return frozenset(set_here | chosen | asked)

    @cached_property
    def live(self) -> tuple[str, ...]:
        """The states that are not final."""
        return tuple(name for name, state in self.states.items() if not state.final)

    @model_validator(mode="after")
    def _refusals_have_words(self) -> Self:
        for step in self.steps:
            last = next(other for other in reversed(self.steps) if other.on == step.on)
            if last.by in ("clec", "ilec") and (last.when or last.unless) and not last.otherwise:
                raise contradiction(f"{last.on} may be refused and does not say why", "give otherwise, a sentence")
        return self

    def sources(self, step: StepTerm) -> tuple[str, ...]:
        """Give the states in which `step` may be taken."""
        return self.live if ANYWHERE in step.source else step.source

    def messages(self) -> tuple[str, ...]:
        """Give the events that the CLEC brings by a message."""
        return tuple(dict.fromkeys(step.on for step in self.steps if step.by == "clec"))

    def decisions(self) -> tuple[str, ...]:
        """Give the events that the ILEC decides."""
        return tuple(dict.fromkeys(step.on for step in self.steps if step.by == "ilec"))


def _facts(choice: Choice) -> tuple[str, str]:
    return choice.in_time, choice.late
