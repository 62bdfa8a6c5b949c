"""The shapes of JSON bodies about registers."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from gateway.doors.models import Shape
from gateway.record.registers import RegisterRow
from validators.registers.entry import Register


class RegisterView(Shape):
    """A register and what its entries say."""

    id: str
    purpose: str
    section: str = Field(description="What an entry rests on, unless it names a closer section.")
    keyed_by: str = Field(description="What the key of an entry names; empty where entries have none.")
    concerns: str = Field(description="`partner`, `all`, or `either`: whom an entry may concern.")
    published: bool = Field(description="Whether CLECs that an entry concerns may read it.")
    data: dict[str, Any] = Field(description="JSON Schema of an entry's `data`.")

    @classmethod
    def of(cls, register: Register[Any]) -> "RegisterView":
        """Show `register`."""
        return cls(
            id=register.id,
            purpose=register.purpose,
            section=register.section,
            keyed_by=register.keyed_by,
            concerns=register.concerns,
            published=register.published,
            data=register.model.model_json_schema(),
        )


class RegisterList(Shape):
    """All registers."""

    registers: list[RegisterView]


class EntryView(Shape):
    """An entry of a register: what it says, who entered it when, and whether it was withdrawn."""

    id: str
    register_id: str
    partner: str | None = Field(description="Whom it concerns; null: all partners.")
    key: str
    data: dict[str, Any]
    section: str
    valid_from: date
    valid_until: date | None
    entered_by: str
    entered_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_because: str | None

    @classmethod
    def of(cls, row: RegisterRow) -> "EntryView":
        """Show `row`."""
        return cls(
            id=row.id,
            register_id=row.register,
            partner=row.partner_id,
            key=row.key,
            data=row.data,
            section=row.section,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            entered_by=row.entered_by,
            entered_at=row.entered_at,
            withdrawn_at=row.withdrawn_at,
            withdrawn_by=row.withdrawn_by,
            withdrawn_because=row.withdrawn_because,
        )


class EntryPage(Shape):
    """Entries by time of entry; ask again with `after` = id of the last one while there are `more`."""

    entries: list[EntryView]
    more: bool


class Withdrawal(Shape):
    """Why an entry is withdrawn."""

    because: str = Field(min_length=1, max_length=500, description="The reason, as it stays on record.")
