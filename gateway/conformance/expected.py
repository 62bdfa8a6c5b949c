"""What a step of a scenario may expect. What is not named is not looked at, save notices that nobody foresaw."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from gateway.conformance.parts import Day, DayOrNone, Instant, Part, one_of
from gateway.doors.problems import Kind
from gateway.lifecycle.vocabulary import NoticeKind
from validators.verdict import Outcome, Severity

PROBLEM_KINDS = tuple(kind.type_uri.rpartition(":")[2] for kind in Kind)
"""The kinds of problem that a gateway answers with."""


class FindingExpected(Part):
    """A finding: the members that matter."""

    rule: str | None = None
    code: str | None = None
    path: str | None = None
    section: str | None = None
    severity: Severity | None = None
    value: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("name the rule, code, path, section, severity or value of the finding")
        return self


class AnswerExpected(Part):
    """What the sender is answered at once."""

    status: int | None = Field(None, ge=100, le=599, description="HTTP status.")
    outcome: Outcome | None = Field(None, description="What intake made of the message.")
    application_date: Day | None = Field(None, description="Application date, as 2026-03-02.")
    findings: tuple[FindingExpected, ...] | None = Field(
        None, description="All findings, in any order; `[]` says that there is none."
    )
    fields: dict[str, Any] = Field({}, description="Further members of the answer's JSON.")


class NoticeExpected(Part):
    """A notice. Kind and section are always said: no notice goes out without its clause."""

    kind: Annotated[str, one_of(NoticeKind)]
    section: str
    ver: str | None = None
    issued_at: Instant | None = None
    fields: dict[str, Any] = Field({}, description="Members of the notice's content, as `due_date` or `findings`.")


class ClockExpected(Part):
    """A clock of the order: the one of this id that runs, else the one that was stopped last."""

    id: str
    ver: str | None = None
    section: str | None = None
    owed_by: str | None = None
    starts_at: Instant | None = None
    due_at: Instant | None = Field(None, description="Last instant in time; `2026-03-09 23:59` looks to the minute.")
    state: Literal["open", "stopped"] | None = None
    breached: bool | None = Field(None, description="Whether it ran out before it was stopped.")
    stopped_by: str | None = None


class Absent(Part):
    """What must not be there."""

    notices: tuple[Annotated[str, one_of(NoticeKind)], ...] = Field(
        (), description="Kinds of notice that the order never had."
    )
    findings: tuple[str, ...] = Field((), description="Rules or codes that the answer does not name.")
    clocks: tuple[str, ...] = Field((), description="Clocks that the order never had.")


class Expect(Part):
    """What must hold after a step."""

    answer: AnswerExpected | None = Field(None, description="What the actor is answered.")
    error: Annotated[str, one_of(PROBLEM_KINDS)] | None = Field(
        None, description="Kind of problem that it is answered with."
    )
    state: str | None = Field(None, description="State of the order.")
    ver: str | None = Field(None, description="Version of the order that is in force.")
    due_date: DayOrNone | None = Field(None, description="Due date of the order; `none` for no date.")
    notices: tuple[NoticeExpected, ...] | None = Field(
        None, description="The order's notices since they were last expected, all of them and in order."
    )
    mail: tuple[NoticeExpected, ...] = Field(
        (),
        description="Notices in the mailbox of the step's partner that another carrier's order brought.",
    )
    clocks: tuple[ClockExpected, ...] = Field((), description="Clocks of the order; others may run beside them.")
    history: tuple[str, ...] = Field((), description="Types of events that the order's history has.")
    absent: Absent = Field(Absent(), description="What must not be there.")
