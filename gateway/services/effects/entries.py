"""What a life cycle enters into registers, so that orders of any family heed it, and withdraws again."""

import re
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from gateway.record.registers import RegisterRow
from gateway.services.effects.effect import NONE, New, not_by_agreement
from validators.registers.buildings import CONNECTION_POINTS
from validators.registers.collocation_sites import DIRECT, SITE, TRANSFERS
from validators.registers.entry import Register
from validators.registers.known import REGISTERS

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry


def bar_augments(entry: "ProcessEntry", happening: "Happening") -> New:
    """Bar collocation augments at the site of a transfer from its application on (8.2.1.22.2.8)."""
    del happening
    _bar(entry, "augments")
    return NONE


def bar_orders(entry: "ProcessEntry", happening: "Happening") -> New:
    """Bar other orders at the site from the acceptance of the quotation on, and augments no more (8.2.1.22.2.8)."""
    leave_registers(entry, happening)
    _bar(entry, "orders")
    return NONE


def direct_point(entry: "ProcessEntry", happening: "Happening") -> New:
    """Have orders at the site carry the point of termination of the direct connection (8.3.1.11.2.1)."""
    site, apot = (_code(entry, happening, field, DIRECT.section) for field in ("site", "apot"))
    enter(entry, DIRECT, entry.order.partner_id, site, {"apot": apot})
    return NONE


def connection_point(entry: "ProcessEntry", happening: "Happening") -> New:
    """Have orders for subloops find the field connection point in place (9.3.1.4.1, 9.3.5.5.2)."""
    apot = _code(entry, happening, "termination", "9.3.5.5.2")
    enter(entry, CONNECTION_POINTS, entry.order.partner_id, apot, {"in_place": True})
    return NONE


def leave_registers(entry: "ProcessEntry", happening: "Happening") -> New:
    """Withdraw what the request has entered and no operator has withdrawn."""
    because = f"{happening.event} of {entry.order.pon}"
    for kept in entry.facts.get("entries", ()):
        row = _row(kept)
        # A second withdrawal is refused by the database, and with it the whole step.
        if any(row.id == standing.id for standing in entry.dossier.entries(REGISTERS[row.register], row.key)):
            gone = replace(row, withdrawn_at=entry.at, withdrawn_by=row.entered_by, withdrawn_because=because)
            entry.entered.append(gone)
    entry.put(entries=[])
    return NONE


def _code(entry: "ProcessEntry", happening: "Happening", field: str, section: str) -> str:
    """Give the CLLI code of eleven characters that a decision carries in `field`."""
    code = str(happening.values[field]).upper()
    if not re.fullmatch(SITE, code):
        raise not_by_agreement(entry, field, f"{code} is no CLLI code of eleven characters", section)
    return code


def _bar(entry: "ProcessEntry", bars: str) -> None:
    site = entry.facts.get("site")
    if site:
        enter(entry, TRANSFERS, None, str(site).upper(), {"bars": bars, "transfer": entry.order.pon})


def enter(entry: "ProcessEntry", register: Register[Any], partner: str | None, key: str, data: dict[str, Any]) -> None:
    """Enter something into a register for a partner or for all, and remember it, so that it can be withdrawn."""
    row = RegisterRow(
        id=entry.desk.ids.new("reg", entry.at),
        register=register.id,
        partner_id=partner,
        key=key,
        data=data,
        section=register.section,
        valid_from=entry.zone_date(entry.at),
        valid_until=None,
        entered_by=f"order {entry.order.id}",
        entered_at=entry.at,
    )
    entry.entered.append(row)
    kept = {
        **{name: getattr(row, name) for name in ("id", "register", "partner_id", "key", "data", "section")},
        "valid_from": row.valid_from.isoformat(),
        "entered_at": row.entered_at.isoformat(),
        "entered_by": row.entered_by,
    }
    entry.put(entries=[*entry.facts.get("entries", ()), kept])


def _row(kept: dict[str, Any]) -> RegisterRow:
    """Give an entry as it was entered: the database takes a withdrawal only with everything else as it was."""
    day, at = date.fromisoformat(kept["valid_from"]), datetime.fromisoformat(kept["entered_at"])
    return RegisterRow(**{**kept, "valid_from": day, "entered_at": at, "valid_until": None})
