"""The scenario format: what a file may say. Its JSON Schema for editors is made from these models."""

from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from gateway.conformance.expected import Expect
from gateway.conformance.parts import AwareInstant, Day, Instant, Lapse, Part, Words, one_of
from gateway.lifecycle.vocabulary import NoticeKind
from gateway.record.rows import Family
from validators.registers.given import EntryInvalid, given_entry
from validators.registers.known import REGISTERS

USUAL_AGREEMENT: Final = "template"
"""The agreement of scenarios that name none."""

_ACTIONS: Final = {
    "send": "clec",
    "decide": "ilec",
    "acknowledge": "clec",
    "look_at": None,
    "enter": "operator",
}
"""The actions, each with who alone can do it."""


class Partner(Part):
    """A trading partner that takes part."""

    id: str | None = Field(
        None,
        pattern=r"^[a-z][a-z0-9-]{1,30}$",
        description="Its id, and over HTTP the name of its key: for a scenario in which operators enter something.",
    )
    ccna: Words = Field(("ZQF",), description="Its customer carrier names (CCNA).")
    cc: Words = Field(("9Z7A",), description="Its company codes (CC).")
    agreement: str | None = Field(None, description="Id of its agreement, where it is not the scenario's.")
    onboarded: bool = Field(True, description="`false`: nothing of what comes before its first order is on record.")


class Send(Part):
    """A message, from a file or written here."""

    file: str | None = Field(
        None, description="A file beside the scenario: `.xml` is sent as it is, any other holds FORM.FIELD=VALUE lines."
    )
    text: str | None = Field(None, description="FORM.FIELD=VALUE lines.")
    fields: dict[str, str] | None = Field(None, description="The same as a mapping: `LSR.PON: ABC1`.")
    xml: str | None = Field(None, description="The document itself.")
    sets: dict[str, str] = Field({}, description="Fields to set on top of `file` or `text`.")
    drops: tuple[str, ...] = Field((), description="Fields, forms or details (`LS[2]`) to take out, after the sets.")

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [name for name in ("file", "text", "fields", "xml") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"give the message once, as file, text, fields or xml; here it is {given or 'missing'}")
        if (self.sets or self.drops) and (self.xml is not None or (self.file or "").endswith(".xml")):
            raise ValueError("sets and drops go with FORM.FIELD=VALUE lines; a document is sent as it is")
        return self


class Enter(Part):
    """An entry that an operator puts into a register. It concerns the scenario's partner, or one of `others`."""

    register_id: Annotated[str, one_of(REGISTERS)] = Field(alias="register", description="Which register.")
    key: str = Field("", description="What it is about, where the register has keys.")
    valid_from: Day = Field(description="First day on which it holds.")
    valid_until: Day | None = Field(None, description="Last day on which it holds.")
    section: str | None = Field(None, description="What it rests on; the register's own if not given.")
    data: dict[str, Any] = Field({}, description="What the register asks for.")

    @model_validator(mode="after")
    def _fits_its_register(self) -> Self:
        try:
            given_entry(REGISTERS[self.register_id], {**self.body(), "partner": "any"})
        except EntryInvalid as invalid:
            raise ValueError(f"{self.register_id}: {invalid}") from None
        return self

    def body(self) -> dict[str, Any]:
        """Give the entry as it is handed in, without whom it concerns."""
        return self.model_dump(exclude={"register_id"}, exclude_defaults=True)


class Step(Part):
    """One thing that happens, and what must hold after it. Without `at` or `after` no time passes before it."""

    note: str | None = Field(None, description="What it is about, for readers and reports.")
    who: Literal["clec", "ilec", "operator", "time"] = Field(description="Who acts; `time` only lets time pass.")
    at: Instant | None = Field(None, description="When, as 2026-03-05 10:00 in the agreement's zone or with offset.")
    after: Lapse | None = Field(None, description="How long after the step before, as 26 hours or 3 business days.")
    partner: str | None = Field(None, description="Which of `others` acts or looks; the scenario's own if not given.")
    order: str | None = Field(None, description="PON of the order that is meant; the last one sent if not given.")
    send: Send | None = Field(None, description="The CLEC sends a message.")
    decide: dict[str, Any] | None = Field(None, description="The back end decides, as its JSON body says it.")
    acknowledge: tuple[Annotated[str, one_of(["all", *NoticeKind])], ...] | None = Field(
        None, min_length=1, description="The CLEC acknowledges notices of the order, of these kinds or `[all]`."
    )
    look_at: Literal["order", "history", "clocks", "notices", "document"] | None = Field(
        None, description="A CLEC reads what stands of the order, to expect what it is answered."
    )
    enter: Enter | None = Field(None, description="An operator of the ILEC puts an entry into a register.")
    idempotency_key: str | None = Field(None, description="Idempotency-Key of the message or decision.")
    if_match: int | None = Field(None, description="Revision of the order that a message is meant for (If-Match).")
    expect: Expect = Field(Expect(), description="What must hold after it.")

    @property
    def action(self) -> str | None:
        """The name of the action; None where time alone passes."""
        return next((name for name in _ACTIONS if getattr(self, name) is not None), None)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        given = [name for name in _ACTIONS if getattr(self, name) is not None]
        if self.at and self.after:
            raise ValueError("a step has at or after, not both")
        if len(given) > 1:
            raise ValueError(f"a step does one thing; here are {' and '.join(given)}")
        if self.who == "time" and given:
            raise ValueError(f"time only passes; {given[0]} is done by clec, ilec or operator")
        if self.who != "time" and not given:
            raise ValueError(f"say what {self.who} does: {', '.join(_ACTIONS)}; or let who be time")
        if given and _ACTIONS[given[0]] not in (None, self.who):
            raise ValueError(f"{self.who} cannot {given[0]}: that is done by {_ACTIONS[given[0]]}")
        if self.action is None and (self.expect.answer or self.expect.error):
            raise ValueError("only an action is answered; expect state, notices or clocks of passing time")
        return self


class Scenario(Part):
    """One story between CLECs and an ILEC, with what the agreement makes of it."""

    scenario: str = Field(min_length=5, description="Title: what it shows, in a line.")
    requirements: tuple[str, ...] = Field(
        min_length=1, description="Catalogue ids and sections of the agreement that it exercises."
    )
    family: Family = Field(Family.LSR, description="Which messages it sends.")
    product: Words = Field((), description="Product ids that it orders, for `--product`.")
    agreement: str = Field(USUAL_AGREEMENT, description="Id of the agreement that it is played under.")
    partner: Partner = Field(Partner(), description="The CLEC; without it the one whose codes the samples carry.")
    others: dict[str, Partner] = Field({}, description="Further CLECs by a name of your choice.")
    start: AwareInstant = Field(description="When it begins, as 2026-03-02T09:30:00-07:00.")
    steps: tuple[Step, ...] = Field(min_length=1, description="What happens, in order.")

    @model_validator(mode="after")
    def _partners_are_known(self) -> Self:
        for number, step in enumerate(self.steps, 1):
            if step.partner is not None and step.partner not in self.others:
                raise ValueError(
                    f"step {number} names the partner {step.partner!r}; others has {', '.join(self.others) or 'none'}"
                )
            if step.enter is not None and step.partner is None and self.partner.id is None:
                raise ValueError(f"step {number} enters what concerns the partner: give it an id of its own")
        return self
