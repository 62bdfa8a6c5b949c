"""Rules on orders for trunks while a switch or frame is converted (12.3.24)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from validators.agreement.terms import Agreement
from validators.codes import Code
from validators.messages.field_times import write_date
from validators.registers.conversions import CONVERSIONS
from validators.registers.entry import Dossier, Entry
from validators.registers.trunks import SERVICING_REQUESTS
from validators.rules.asr.case import AsrCase
from validators.rules.asr.params import number
from validators.rules.asr.places import far_location
from validators.rules.registry import Found, Rule, Scope, content_rule
from validators.verdict import Severity

_TRUNKS: Final = Scope(
    family="asr",
    products=frozenset({"lis"}),
    activities=frozenset("NC"),
    supplements=frozenset({None, "2", "3", "4"}),
)
_TERMS: Final = "embargo-trunk-side-asr-reject"
"""The rule whose parameters hold the lengths of an embargo."""


@dataclass(frozen=True, slots=True)
class Embargo:
    """An embargo that an order meets: its first and last day, and the conversion that brings it."""

    first: date
    last: date
    conversion_date: date
    kind: str

    def holds_on(self, day: date | None) -> bool:
        """Say whether a day lies in it."""
        return day is not None and self.first <= day <= self.last


def embargoes(case: AsrCase) -> Iterator[Embargo]:
    """Give the embargoes at the switch that the trunks of an order go to."""
    far = far_location(case.message)
    if far is not None:
        yield from embargoes_at(far, case.agreement, case.partner.dossier)


def embargoes_at(far: str, agreement: Agreement, dossier: Dossier) -> Iterator[Embargo]:
    """Give the embargoes at a switch, by its CLLI code."""
    for entry in dossier.entries(CONVERSIONS, far[:8]):
        embargo = _embargo(agreement, dossier, entry)
        if embargo is not None and entry.data.switch in (None, far):
            yield embargo


def _embargo(agreement: Agreement, dossier: Dossier, entry: Entry) -> Embargo | None:  # type: ignore[type-arg] # of CONVERSIONS
    told = entry.data
    if told.embargo is not None:
        return Embargo(told.embargo.first, told.embargo.last, told.conversion_date, told.kind)
    like, changed = number(agreement, _TERMS, "like_for_like_days"), number(agreement, _TERMS, "changed_days")
    after = number(agreement, _TERMS, "days_after")
    if told.kind == "upgrade" or like is None or changed is None or after is None:
        return None
    before = changed if _asked_for_changes(dossier, entry.key) else like
    day = told.conversion_date
    return Embargo(day - timedelta(days=before), day + timedelta(days=after), day, told.kind)


def _asked_for_changes(dossier: Dossier, wire_center: str) -> bool:
    """Whether this CLEC's own trunks change with the conversion: the longer embargo binds it alone."""
    return any(
        asked.data.asks_for == "conversion" and asked.data.changes and (asked.data.switch or "")[:8] == wire_center
        for asked in dossier.entries(SERVICING_REQUESTS)
    )


def for_conversion(case: AsrCase) -> bool:
    """Whether the order answers a conversion TGSR, or says in its remarks that it is for a conversion."""
    message = case.message
    number_of_request = message.field("ADMIN", "BIC_ID")
    asked = case.partner.dossier.entries(SERVICING_REQUESTS, number_of_request) if number_of_request else ()
    return message.remarks_say("CONVERSION ASR") or any(one.data.asks_for == "conversion" for one in asked)


@content_rule("embargo-trunk-side-asr-reject", "12.3.24.4", Code.WIRE_CENTER_CLOSED, _TRUNKS)
def issued_in_embargo(case: AsrCase) -> Iterable[Found]:
    """In an embargo no order for trunks is taken, whatever its date, unless it is for the conversion itself."""
    service = case.message.service
    if service is None or for_conversion(case):
        return ()
    return [
        Found.at(
            service,
            "SECLOC",
            f"The {one.kind} is converted on {write_date(one.conversion_date)}: from {write_date(one.first)} to "
            f"{write_date(one.last)} no orders for its trunks are taken.",
            f"Order again after {write_date(one.last)}, or as a conversion ASR.",
        )
        for one in embargoes(case)
        if one.holds_on(case.application_date)
    ]


def _dated_in_embargo(case: AsrCase, kinds: frozenset[str]) -> Iterable[Found]:
    """An order that comes before an embargo asks for no day within it."""
    message = case.message
    if for_conversion(case):
        return ()
    return [
        Found.at(
            message.head,
            "DDD",
            f"The {one.kind} is converted on {write_date(one.conversion_date)}; {write_date(one.first)} to "
            f"{write_date(one.last)} are no days for work on its trunks.",
            f"Ask for a day after {write_date(one.last)}.",
        )
        for one in embargoes(case)
        if one.kind in kinds and one.holds_on(message.desired_due_date) and not one.holds_on(case.application_date)
    ]


def _window(rule_id: str, section: str, kinds: frozenset[str]) -> Rule[AsrCase]:
    return content_rule(rule_id, section, Code.WIRE_CENTER_CLOSED, _TRUNKS)(partial(_dated_in_embargo, kinds=kinds))


switch_window = _window("embargo-switch-window", "12.3.24.6", frozenset({"switch", "upgrade"}))
frame_window = _window("embargo-frame-window", "12.3.24.5", frozenset({"frame"}))


def _late(case: AsrCase, rule_id: str, *, changes: bool) -> Iterable[Found]:
    """A conversion ASR comes so many days ahead; a late one is taken, and a person looks at it."""
    message = case.message
    days = number(case.agreement, rule_id, "days")
    if days is None or not for_conversion(case):
        return
    far = far_location(message)
    for one in embargoes(case):
        last = one.conversion_date - timedelta(days=days)
        if (
            _asked_for_changes(case.partner.dossier, (far or "")[:8]) is changes
            and last < case.application_date <= one.last
        ):
            yield Found.at(
                message.head,
                "DDD",
                f"A conversion ASR for {write_date(one.conversion_date)} was to come by {write_date(last)}.",
                "Nothing is to be done; a person looks at what can still be made ready.",
            )


def _ahead(rule_id: str, *, changes: bool) -> Rule[AsrCase]:
    late = partial(_late, rule_id=rule_id, changes=changes)
    return content_rule(rule_id, "12.3.24.4.3", Code.DUE_DATE_TOO_EARLY, _TRUNKS, Severity.DEFER)(late)


like_for_like = _ahead("conversion-asr-like-for-like-30-days", changes=False)
with_changes = _ahead("conversion-asr-change-60-days", changes=True)

RULES = (issued_in_embargo, switch_window, frame_window, like_for_like, with_changes)
