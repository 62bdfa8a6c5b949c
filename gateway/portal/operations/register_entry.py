"""Entering operator data by a form, once however often its button is pressed."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from gateway.portal.operations.register_form import FormInvalid, RegisterForm, Wrong
from gateway.portal.operations.registers import HERE, form_of
from gateway.portal.pages import Answer, Asked, Context, Elsewhere, Page, Shown
from gateway.portal.services import Services
from gateway.record.registers import RegisterQuery, RegisterRow
from gateway.services.refusals import NotFound
from gateway.services.registers import register_named
from validators.registers.entry import Register
from validators.registers.given import GivenEntry

_SHOWN_AT: Final = "shown_at"
_CORRECTS: Final = "corrects"


class RegisterEntry:
    """The form of a new entry, empty or filled from one that it corrects."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._entering = asyncio.Lock()

    async def ask(self, asked: Asked) -> Shown:
        """Show the form."""
        register = register_named(asked.part("name"))
        form = await form_of(self._services, register)
        filled, corrected = form.first(), asked.query(_CORRECTS)
        if corrected:
            row = await self._services.registers.entry(register, corrected)
            filled = form.filled_from(_body(row))
        else:
            filled |= {name: asked.query(name) for name in ("partner", "key") if asked.query(name)}
        filled |= {_SHOWN_AT: self._services.clock.now().isoformat(), _CORRECTS: corrected}
        return _shown(register, form, filled, Wrong(), 200)

    async def enter(self, asked: Asked) -> Answer:
        """Enter what was filled in; the entry that it corrects is withdrawn."""
        register = register_named(asked.part("name"))
        form = await form_of(self._services, register)
        filled = {name: asked.text(name) for name in (*(one.name for one in form.fields), _SHOWN_AT, _CORRECTS)}
        try:
            row = await self._once(form.read(filled), asked.principal.credential_id, filled[_SHOWN_AT])
        except FormInvalid as invalid:
            return _shown(register, form, filled, invalid.wrong, 422)
        except NotFound as missing:
            return _shown(register, form, filled, Wrong({"partner": str(missing)}), 422)
        told = "The entry is on record, and holds for messages from now on."
        if filled[_CORRECTS] and await self._corrected(register, filled[_CORRECTS], row, asked):
            told += " The one that it corrects is withdrawn."
        return Elsewhere(f"{HERE}/{register.id}/{row.id}", told)

    async def _once(self, given: GivenEntry, by: str, shown_at: str) -> RegisterRow:
        """Enter it, unless the same person has entered the same since the form was shown."""
        async with self._entering:
            query = RegisterQuery(given.register.id, given.partner, given.key)
            for row in await self._services.registers.page(query) if shown_at else ():
                if row.entered_by == by and row.entered_at >= _instant(shown_at) and _same(row, given):
                    return row
            (row,) = await self._services.registers.enter([given], by)
            return row

    async def _corrected(self, register: Register[Any], old_id: str, row: RegisterRow, asked: Asked) -> bool:
        old = await self._services.registers.entry(register, old_id)
        if old.withdrawn_at is not None or old.id == row.id:
            return False
        because = f"corrected by {row.id}"
        await self._services.registers.withdraw(register, old.id, asked.principal.credential_id, because)
        return True

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        return (
            Page("GET", f"{HERE}/{{name}}/new", "registerAsked", self.ask, ("enterRegisterEntry",)),
            Page("POST", f"{HERE}/{{name}}/new", "registerEntered", self.enter, ("enterRegisterEntry",)),
        )


def _shown(register: Register[Any], form: RegisterForm, filled: Mapping[str, str], wrong: Wrong, status: int) -> Shown:
    context: Context = {"register": register, "form": form, "filled": filled, "wrong": wrong}
    return Shown("operations/new_entry.html", context, status)


def _body(row: RegisterRow) -> Mapping[str, Any]:
    return {
        "partner": row.partner_id,
        "key": row.key,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "section": row.section,
        "data": row.data,
    }


def _same(row: RegisterRow, given: GivenEntry) -> bool:
    return (row.partner_id, row.valid_from, row.valid_until, row.section, row.data) == (
        given.partner,
        given.valid_from,
        given.valid_until,
        given.section,
        given.data.model_dump(mode="json", exclude_none=True),
    )


def _instant(text: str) -> datetime:
    """Give when the form was shown; what is no instant counts as the end of time, so that nothing is found."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
