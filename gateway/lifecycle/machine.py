"""The engine of the life cycles: it reads a table and never decides anything that the table does not say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gateway.lifecycle.standing import Standing
from gateway.lifecycle.vocabulary import Cause, Event, NoticeKind, State
from validators.agreement.process_terms import StepTerm


@dataclass(frozen=True, slots=True)
class Guard:
    """A named condition on where the order stands.

    Attributes:
        name: short, for drawings and logs.
        otherwise: why the event is refused if the condition does not hold, a sentence without its full stop.
        holds: the condition, pure.
    """

    name: str
    otherwise: str
    holds: Callable[[Standing], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """What one event does in one state.

    Attributes:
        to: the state that follows.
        trigger: what clocks start and stop on; None where none does.
        notice: kind of notice that the CLEC gets; None where the acknowledgement or an earlier notice has said it.
        section: section of the agreement that the step rests on; a decision that names its own section goes before it.
        also_triggers: further triggers, in order, after `trigger`.
        when: the step is taken only if this holds.
        term: the step of the agreement file that this is; None for a step that is written here.
    """

    to: str
    trigger: str | None
    notice: NoticeKind | None
    section: str
    also_triggers: tuple[str, ...] = ()
    when: Guard | None = None
    term: StepTerm | None = None

    @property
    def triggers(self) -> tuple[str, ...]:
        """All triggers in the order in which clocks must see them."""
        return self.also_triggers if self.trigger is None else (self.trigger, *self.also_triggers)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an event cannot happen to this order now. It is a value: the caller decides whom to tell and how.

    Attributes:
        state: where the order stands.
        event: what was asked for.
        reason: why not, a sentence without its full stop.
        still_possible: the events that the table allows from here and that somebody can ask for.
        section: section that the refusal rests on.
    """

    state: str
    event: str
    reason: str
    still_possible: tuple[str, ...]
    section: str

    @property
    def text(self) -> str:
        """The refusal in words: reason, state, what is still possible, section."""
        possible = ", ".join(self.still_possible) or "nothing more"
        return f"{self.reason}. The order is {self.state}; still possible: {possible} (section {self.section})."


@dataclass(frozen=True, slots=True)
class Because:
    """Words and section of a refusal."""

    reason: str
    section: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event as it happens: which, to which version, by whose cause.

    Attributes:
        event: what happens.
        ver: for an event that brings a new version, that version; for a decision, the version it answers (None = the
            one in force).
        cause: for a jeopardy, who caused it.
    """

    event: str
    ver: str | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A step that was taken.

    Attributes:
        step: the step of the table.
        standing: where the order stands after it.
        answers: the version that the step, and so its notice, is about. It is not always the one in force afterwards: a
            refused supplement leaves the earlier version in force.
    """

    step: Step
    standing: Standing
    answers: str


Table = Mapping[tuple[str, str], tuple[Step, ...]]


@dataclass(frozen=True, slots=True)
class Machine:
    """A life cycle: a table of steps, the words for what is not in it, and how the standing follows a step.

    Attributes:
        name: what goes through this life, for drawings.
        first: the state that a new order enters.
        table: steps by state and event; of several, the first whose guard holds is taken.
        refusals: words for particular (state, event) pairs that are not in the table.
        refusals_by_state: words for all others.
        brings_version: events that come with a new version; all others speak of the version in force.
        follow: gives the standing after a step; pure.
        supplements: the event that a later version brings, by its SUP field (empty = a corrected version of a rejected
            one).
        stale_version_section: section that makes only the last good version count.
        unlisted: events that nobody can ask for, so that a refusal does not offer them.
    """

    name: str
    first: str
    table: Table
    refusals: Mapping[tuple[str, str], Because]
    refusals_by_state: Mapping[str, Because]
    brings_version: frozenset[str]
    follow: Callable[[Standing, Step, Occurrence], Standing]
    supplements: Mapping[str, str]
    stale_version_section: str
    unlisted: frozenset[str] = frozenset()
    states: tuple[str, ...] = field(default=tuple(State))
    events: tuple[str, ...] = field(default=tuple(Event))

    def enter(self, ver: str) -> Standing:
        """Give the standing of an order whose first version `ver` has just come in."""
        return Standing(self.first, ver)

    def take(self, standing: Standing, occurrence: Occurrence) -> Move | Refusal:
        """Give the step that `occurrence` makes and the standing after it, or why it cannot be."""
        stale = self._stale(standing, occurrence)
        if stale is not None:
            return stale
        step = self.step(standing, occurrence.event)
        if isinstance(step, Refusal):
            return step
        brought = occurrence.ver if occurrence.event in self.brings_version else None
        return Move(step, self.follow(standing, step, occurrence), answers=brought or standing.ver)

    def step(self, standing: Standing, event: str) -> Step | Refusal:
        """Look up what `event` does, without regard to versions."""
        steps = self.table.get((standing.state, event), ())
        for step in steps:
            if step.when is None or step.when.holds(standing):
                return step
        failed = steps[-1].when if steps else None
        if failed is not None:
            return self._refusal(standing, event, Because(failed.otherwise, steps[-1].section))
        words = self.refusals.get((standing.state, event)) or self.refusals_by_state[standing.state]
        return self._refusal(standing, event, words)

    def possible(self, standing: Standing) -> tuple[str, ...]:
        """Give the events that somebody can ask for from here, in the order of the vocabulary."""
        return tuple(
            event
            for event in self.events
            if event not in self.unlisted
            and any(
                step.when is None or step.when.holds(standing) for step in self.table.get((standing.state, event), ())
            )
        )

    def _stale(self, standing: Standing, occurrence: Occurrence) -> Refusal | None:
        if occurrence.event in self.brings_version or occurrence.ver in (None, standing.ver):
            return None
        reason = f"Version {occurrence.ver} is not in force, version {standing.ver} is"
        return self._refusal(standing, occurrence.event, Because(reason, self.stale_version_section))

    def _refusal(self, standing: Standing, event: str, because: Because) -> Refusal:
        return Refusal(standing.state, event, because.reason, self.possible(standing), because.section)
