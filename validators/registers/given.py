"""Reads an entry as an operator gives it, over HTTP, in a file or in a scenario; everything wrong is told at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from validators.agreement.strict import Strict
from validators.registers.entry import Register


class EntryInvalid(Exception):  # noqa: N818 - it says what is so
    """Raised when an entry cannot be taken; `errors` has (path, what is wrong) of everything."""

    def __init__(self, errors: tuple[tuple[str, str], ...]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{path}: {text}" for path, text in errors))


class EntryBody(BaseModel):
    """An entry as it is given. `data` has the members of its register, see the list of registers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    partner: str | None = Field(None, description="Id of the partner that it concerns; without it, it concerns all.")
    key: str = Field("", max_length=200, description="What it is about, where the register has keys.")
    valid_from: date = Field(description="First day on which it holds.")
    valid_until: date | None = Field(None, description="Last day on which it holds; none while no end is known.")
    section: str | None = Field(None, min_length=1, description="What it rests on; the register's own if not given.")
    data: dict[str, Any] = Field(default_factory=dict, description="What the register asks for.")


@dataclass(frozen=True, slots=True)
class GivenEntry:
    """An entry that may be put on record."""

    register: Register[Any]
    partner: str | None
    key: str
    valid_from: date
    valid_until: date | None
    section: str
    data: Strict


def given_entry(register: Register[Any], body: Mapping[str, Any]) -> GivenEntry:
    """Read one entry.

    Raises:
        EntryInvalid: it lacks something, has something unknown, or does not fit its register.
    """
    try:
        read = EntryBody.model_validate(body)
    except ValidationError as error:
        wrong = _errors(error)
        if isinstance(data := body.get("data", {}), Mapping):
            _read_data(register, data, wrong)
        raise EntryInvalid(wrong) from None
    wrong = tuple(_misfits(register, read))
    told = _read_data(register, read.data, wrong)
    if wrong:
        raise EntryInvalid(wrong)
    section = read.section or register.section
    return GivenEntry(register, read.partner, read.key, read.valid_from, read.valid_until, section, told)


def _read_data(register: Register[Any], data: Mapping[str, Any], besides: tuple[tuple[str, str], ...]) -> Strict:
    """Read what the entry says; what is wrong besides is told with what is wrong in it."""
    try:
        read: Strict = register.model.model_validate(data)
    except ValidationError as error:
        raise EntryInvalid((*besides, *_errors(error, "data"))) from None
    return read


def _misfits(register: Register[Any], read: EntryBody) -> list[tuple[str, str]]:
    wrong = []
    if read.valid_until is not None and read.valid_until < read.valid_from:
        wrong.append(("valid_until", f"{read.valid_until} lies before valid_from {read.valid_from}"))
    if register.keyed_by and not read.key:
        wrong.append(("key", f"entries of {register.id} are keyed by {register.keyed_by}"))
    if read.key and not register.keyed_by:
        wrong.append(("key", f"entries of {register.id} have no key"))
    if read.key and register.keys and re.fullmatch(register.keys, read.key) is None:
        wrong.append(("key", f"{read.key!r} is no {register.keyed_by}"))
    if register.concerns == "partner" and read.partner is None:
        wrong.append(("partner", f"an entry of {register.id} concerns one partner: name it"))
    if register.concerns == "all" and read.partner is not None:
        wrong.append(("partner", f"an entry of {register.id} concerns all partners: leave it out"))
    return wrong


def _errors(error: ValidationError, under: str = "") -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            ".".join((under, *map(str, found["loc"]))).strip(".") or "the entry",
            found["msg"].removeprefix("Value error, "),
        )
        for found in error.errors(include_url=False)
    )
