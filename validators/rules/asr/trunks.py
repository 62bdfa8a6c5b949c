"""Rules on orders for local interconnection (LIS) trunks, section 7."""

import re
from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.registers.trunks import FORECASTS, PLANNING_MEETINGS, SERVICING_REQUESTS
from validators.rules.asr.case import AsrCase
from validators.rules.asr.params import number, words
from validators.rules.asr.places import far_location
from validators.rules.registry import Found, Scope, content_rule
from validators.verdict import Severity

_ISSUES: Final = frozenset({None, "2", "3", "4"})
_LIS: Final = Scope(family="asr", products=frozenset({"lis"}), supplements=_ISSUES)
_ADDS: Final = Scope(family="asr", products=frozenset({"lis"}), activities=frozenset("N"), supplements=_ISSUES)
_CHANGES: Final = Scope(family="asr", products=frozenset({"lis"}), activities=frozenset("NC"), supplements=_ISSUES)
_CHANNELS: Final = re.compile(r"[A-Z0-9]+/(T1|T3)[A-Z0-9]*/(\d{1,2})(?:-(\d{1,2}))?/.*")
_IN_A_FACILITY: Final = {"T1": 24, "T3": 28}


@content_rule("lis-ds1-increments", "7.2.2.9.4", Code.QUANTITY_MISMATCH, _ADDS)
def ds1_increments(case: AsrCase) -> Iterable[Found]:
    """Trunks for local and toll traffic come by the DS1; those of the listed kinds of traffic one by one."""
    message = case.message
    size = number(case.agreement, "lis-ds1-increments", "trunks_in_a_ds1")
    single = words(case.agreement, "lis-ds1-increments", "single_trunks")
    if size is None or message.field("ADMIN", "UNIT") != "C" or message.of_service("TRFTYP") in single:
        return ()
    if message.quantity % size == 0:
        return ()
    whole = -(-message.quantity // size) * size
    return (
        Found.at(
            message.head,
            "QTY",
            f"QTY {message.quantity} is no whole number of DS1s of {size} trunks.",
            f"Order {whole} trunks.",
            also=(message.head.path_of("UNIT"),),
        ),
    )


@content_rule("lis-ss7-on-order", "7.2.2.6.1", Code.FIELD_NEEDED, _ADDS)
def signaling_on_order(case: AsrCase) -> Iterable[Found]:
    """SS7 is asked for on the order, by circuit codes; trunks of the listed kinds of traffic signal otherwise."""
    message, service = case.message, case.message.service
    other = words(case.agreement, "lis-ss7-on-order", "other_signaling")
    if service is None or service.get("TCIC") is not None or service.get("TRFTYP") in other:
        return ()
    if message.field("TQ", "TK_SIG") in words(case.agreement, "lis-ss7-on-order", "out_of_band"):
        return ()
    return (
        Found.at(
            service,
            "TCIC",
            "SS7 signaling is not asked for: there are no trunk circuit codes.",
            "Send TCIC and CSPC.",
            also=(service.path_of("TRFTYP"),),
        ),
    )


@content_rule("lis-64ccc-on-order", "7.2.2.6.2", Code.DEPENDENT_FIELD, _ADDS)
def clear_channel_on_order(case: AsrCase) -> Iterable[Found]:
    """Clear channel (64CCC) is asked for on the order, and is only for trunks with SS7."""
    message, service = case.message, case.message.service
    asked = message.remarks_say("64CCC") or message.remarks_say("CLEAR CHANNEL")
    if service is None or not asked or service.get("TCIC") is not None:
        return ()
    return (
        Found.at(
            service, "TCIC", "Clear channel is asked for on trunks without SS7.", "Ask for SS7 too, by TCIC and CSPC."
        ),
    )


@content_rule("lis-no-direct-remote", "7.2.2.9.9", Code.OPTION_NOT_OFFERED, _CHANGES)
def no_direct_remote(case: AsrCase) -> Iterable[Found]:
    """No direct group runs to a remote switch: calls to it go to its host, or to the tandem."""
    message, far = case.message, far_location(case.message)
    marks = words(case.agreement, "lis-no-direct-remote", "remote_switches")
    if message.service is None or far is None or far[8:10] not in marks:
        return ()
    return (
        Found.at(
            message.service,
            "SECLOC",
            f"{far} is a remote switch, to which no direct trunk group runs.",
            "Order the group to its host, or to the tandem.",
        ),
    )


@content_rule("lis-eict-needed-at-collocation", "7.1.2.2.1", Code.ASSIGNMENT_MISSING, _ADDS)
def tie_at_collocation(case: AsrCase) -> Iterable[Found]:
    """Trunks to a collocation need an EICT, named by facility, or by the order or request that it comes with."""
    message = case.message
    at_collocation = message.field("ADMIN", "PSLI") in {"C", "D"}
    named = message.of_service("CFA") or message.field("ADMIN", "RPON") or message.field("ADMIN", "RORD")
    if not at_collocation or named or message.service is None:
        return ()
    return (
        Found.at(
            message.service,
            "CFA",
            "The trunks end at a collocation, and no EICT is named.",
            "Name the EICT in CFA, or the request that orders it in RPON.",
            also=(message.head.path_of("PSLI"), message.head.path_of("RPON")),
        ),
    )


@content_rule("asr-lis-required-content", "7.4.1", Code.FIELD_NEEDED, _ADDS, Severity.DEFER)
def required_content(case: AsrCase) -> Iterable[Found]:
    """An order states facilities, interoffice transport and ports; what is missing is clarified, not rejected."""
    message, service = case.message, case.message.service
    if service is None:
        return
    if not (service.get("CFA") or service.get("NC1") or message.field("ADMIN", "ECCKT")):
        yield Found.at(
            service,
            "CFA",
            "Type and number of the facilities at the point of interconnection are not stated.",
            "Name the facility in CFA, or order one by NC1.",
        )
    if message.field("ADMIN", "TQ") is not None and message.field("TQ", "TGTYP") is None:
        yield Found(
            f"{message.head.path.rpartition('/')[0]}/TQ/TGTYP",
            None,
            "It is not stated whether transport is direct trunked or tandem switched.",
            "Send TGTYP: E for a direct group to an end office, F for one to a tandem.",
        )


@content_rule("asr-cfa-channels", "7.4.3", Code.FIELD_FORMAT, _CHANGES)
def facility_channels(case: AsrCase) -> Iterable[Found]:
    """Whoever has the facility names the channels that are used: within the facility, as many as the trunks."""
    message = case.message
    for section in (*((message.service,) if message.service else ()), *message.circuits):
        match = _CHANNELS.fullmatch(section.get("CFA") or "")
        if match is None:
            continue
        first, last = int(match[2]), int(match[3] or match[2])
        if not 1 <= first <= last <= _IN_A_FACILITY[match[1]]:
            text = f"Channels {first} to {last} are not all in a {match[1]} facility."
            yield Found.at(section, "CFA", text, f"Name channels from 1 to {_IN_A_FACILITY[match[1]]}.")
        elif match[1] == "T1" and (trunks := _trunks(section.get("TCIC"))) not in (None, last - first + 1):
            text = f"CFA names {last - first + 1} channels for {trunks} trunks."
            yield Found.at(section, "CFA", text, "Name a channel for each trunk.", also=(section.path_of("TCIC"),))


def _trunks(codes: str | None) -> int | None:
    first, _, last = (codes or "").partition("-")
    return int(last or first) - int(first) + 1 if first else None


@content_rule("asr-nxx-routing-data", "7.4.2", Code.FIELD_NEEDED, _CHANGES)
def routing_data(case: AsrCase) -> Iterable[Found]:
    """Where codes are to be routed, the order names tandem and point of interface, and the group that exists."""
    message = case.message
    if (message.field("ADMIN", "TQ") or "")[:1] not in {"C", "M"}:
        return
    if message.field("ADMIN", "ACTL") is None:
        yield Found.at(message.head, "ACTL", "The point of interface of the codes is absent.", "Send its CLLI as ACTL.")
    if message.activity == "C" and message.field("ADMIN", "TSC") is None and message.field("TQ", "TSC") is None:
        yield Found.at(
            message.head, "TSC", "The group that the codes go to is absent.", "Send its two-six code as TSC."
        )


@content_rule("lis-planning-before-first-order", "7.4.4", Code.SITE_NOT_READY, _ADDS, Severity.DEFER)
def planning_before_first_order(case: AsrCase) -> Iterable[Found]:
    """A planning meeting comes before the first trunks to a switch; asked where operators keep such meetings."""
    message, dossier = case.message, case.partner.dossier
    switch = message.of_service("CSL") or message.field("ADMIN", "PSL")
    if message.group_activity != "C" or switch is None or not dossier.has(PLANNING_MEETINGS):
        return ()
    if any(met.data.held_on <= case.application_date for met in dossier.entries(PLANNING_MEETINGS, switch)):
        return ()
    return (
        Found.at(
            message.head,
            "PSL",
            f"No planning meeting for the switch {switch} is on record before these first trunks.",
            "Agree on a plan in a joint meeting; the order waits for a person until then.",
        ),
    )


@content_rule("lis-forecast-not-precondition", "7.2.2.8.1", Code.INDIVIDUAL_CASE, _ADDS, Severity.WARN)
def beyond_forecast(case: AsrCase) -> Iterable[Found]:
    """An order beyond the forecast is taken; it may need a longer interval."""
    message, far = case.message, far_location(case.message)
    known = case.partner.dossier.last(FORECASTS, case.application_date, far) if far is not None else None
    if known is None or message.quantity <= known.data.trunks:
        return ()
    return (
        Found.at(
            message.head,
            "QTY",
            f"QTY {message.quantity} is more than the {known.data.trunks} trunks that are forecast to {far}.",
            "Nothing is to be done; notify unforecast demand, and expect a longer interval.",
        ),
    )


@content_rule("tgsr-response-ten-business-days", "7.2.2.8.11", Code.DUE_DATE_PAST, _LIS, Severity.WARN)
def servicing_request_answered(case: AsrCase) -> Iterable[Found]:
    """A TGSR is answered within ten business days of its receipt; a later answer is taken, and told to be late."""
    message = case.message
    days = number(case.agreement, "tgsr-response-ten-business-days", "business_days")
    answered = message.field("ADMIN", "BIC_ID")
    if days is None or answered is None:
        return
    for asked in case.partner.dossier.entries(SERVICING_REQUESTS, answered):
        last = case.agreement.calendar.add_business_days(asked.data.sent_on, days)
        if asked.data.asks_for != "conversion" and case.application_date > last:
            yield Found.at(
                message.head,
                "BIC_ID",
                f"The answer to TGSR {answered} of {asked.data.sent_on} was due by {last}.",
                "Nothing is to be done; answer the next one within its time.",
            )


RULES = (
    ds1_increments,
    signaling_on_order,
    clear_channel_on_order,
    no_direct_remote,
    tie_at_collocation,
    required_content,
    facility_channels,
    routing_data,
    planning_before_first_order,
    beyond_forecast,
    servicing_request_answered,
)
