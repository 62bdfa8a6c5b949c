"""Days on which a place is closed to some orders: embargoes and quiet periods of conversions, times without ports."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gateway.record.rows import Partner
from gateway.services.registers import Registers
from validators.agreement.operator_terms import ConversionTerms
from validators.agreement.terms import Agreement
from validators.registers.conversions import BLOCKED_TIMES, CONVERSIONS, Conversion
from validators.registers.entry import Dossier, Entry
from validators.registers.windows import windows_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closed:
    """Some days, the first and the last included, and what is closed then.

    Attributes:
        id: of the span, unlike any other's on the page.
        what: `quiet period`, `embargo`, …
        where: wire center; empty for everywhere.
        why: the conversion, or the reason.
        concerns: name of the one CLEC that it concerns; empty for all.
        entry: id of the entry, and of its register.
    """

    id: str
    what: str
    where: str
    why: str
    first: date
    last: date
    section: str
    concerns: str
    register: str
    entry: str

    def holds_on(self, day: date) -> bool:
        """Say whether a day lies within."""
        return self.first <= day <= self.last


def closed_days(
    registers: Registers, agreement: Agreement, partners: Iterable[Partner], first: date, last: date
) -> tuple[Closed, ...]:
    """Give what is closed between two days, both included, by its first day: for all CLECs, and for single ones.

    What concerns all counts by `agreement`; of single CLECs only those under it are looked at.
    """
    common = registers.dossier("")
    found = list(_spans(common, agreement, "", last))
    for partner in partners:
        if partner.agreement_id == agreement.id:
            own = Dossier(registers.dossier(partner.id).own)
            found += _spans(own, agreement, partner.name, last)
    near = (one for one in found if one.first <= last and first <= one.last)
    return tuple(sorted(near, key=lambda one: (one.first, one.where, one.what, one.id)))


def _spans(dossier: Dossier, agreement: Agreement, concerns: str, last: date) -> Iterator[Closed]:
    if agreement.conversions is not None:
        for entry in dossier.entries(CONVERSIONS):
            yield from _of_conversion(entry, agreement.conversions, concerns)
    for blocked in dossier.entries(BLOCKED_TIMES):
        data = blocked.data
        yield Closed(
            f"{blocked.id}-blocked",
            "no ports",
            blocked.key,
            f"{data.begins} to {data.ends}, {data.by}: {data.reason}",
            blocked.valid_from,
            blocked.valid_until or last,
            blocked.section,
            concerns,
            blocked.register,
            blocked.id,
        )


def _of_conversion(entry: Entry[Conversion], terms: ConversionTerms, concerns: str) -> Iterator[Closed]:
    told = entry.data
    sections = {
        "quiet_period": terms.quiet_period.section,
        "embargo": terms.embargo.section,
        "embargo_with_changes": terms.embargo_with_changes.section,
    }
    why = f"{told.kind} conversion on {told.conversion_date}" if told.kind != "upgrade" else "upgrade"
    for name, window in windows_of(told, terms).items():
        section = entry.section if told.kind == "upgrade" else sections[name]
        yield Closed(
            f"{entry.id}-{name}",
            name.replace("_", " "),
            entry.key,
            _where(told, why),
            window.first,
            window.last,
            section,
            concerns,
            entry.register,
            entry.id,
        )


def _where(told: Conversion, why: str) -> str:
    exchanges = f", exchanges {', '.join(told.exchanges)}" if told.exchanges else ""
    return f"{why}{f' of {told.switch}' if told.switch else ''}{exchanges}"


def weeks_of(month: date) -> tuple[tuple[date | None, ...], ...]:
    """Give the weeks of a month, from Sunday on; None for days of its neighbours."""
    following = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    days: list[Any] = [None] * ((month.replace(day=1).weekday() + 1) % 7)
    days += [month.replace(day=1) + _DAY * number for number in range((following - month.replace(day=1)).days)]
    days += [None] * (-len(days) % 7)
    return tuple(tuple(days[start : start + 7]) for start in range(0, len(days), 7))
