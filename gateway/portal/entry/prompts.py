"""Pre-order questions that are asked beside the fields which they concern, and what their answers fill in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from gateway.portal.entry.edits import fill_in
from gateway.portal.forms.typed import Typed, field_name
from gateway.portal.forms.views import Beside, Button
from gateway.preorder.queries import holding, table
from gateway.preorder.queries.addresses import AddressAnswer
from gateway.preorder.queries.codes import NcNciAnswer
from gateway.preorder.queries.customers import RecordAnswer
from gateway.preorder.queries.facilities import CfaListAnswer
from gateway.preorder.queries.holding import AppointmentHoldAnswer, NumberHoldAnswer, NumberSelectionAnswer
from gateway.preorder.queries.loops import QualificationAnswer
from gateway.preorder.queries.pools import AppointmentAnswer
from gateway.services.preorder import AnyQuery
from validators.messages.field_times import read_date, read_window, write_date

ASK: Final = "ask"
"""What a button does that asks a question: its id and the name of the input follow."""
_MOST_CHOICES: Final = 12
_DAYS_SHOWN: Final = 13
_CENTER_CHARACTERS: Final = 8
_ADDRESS: Final = ("SANO", "SASD", "SASN", "SATH", "CITY", "STATE", "ZIP")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a question is asked: a part of the request that is filled in.

    Attributes:
        number: of the detail, 0 for what stands once.
        today: the day of contract time there.
        write: gives a day as the partner's release has it.
        product: the product that the request's codes name.
    """

    typed: Typed
    form: str
    number: int
    today: date
    write: Callable[[date], str] = write_date
    product: str | None = None

    def get(self, element: str) -> str:
        """Give a field of the same part."""
        return self.typed.value(self.name(element))

    def name(self, element: str) -> str:
        """Give the name of an input of the same part."""
        return field_name(self.form, self.number, element)

    def head(self, element: str) -> str:
        """Give a field of the administrative form."""
        return self.typed.of_head(element)

    def address(self) -> Mapping[str, Any]:
        """Give the end user's address as questions name it, empty parts left out."""
        form, number = (self.form, self.number) if self.form == "SALI" else ("EU", 0)
        parts = {element.lower(): self.typed.value(field_name(form, number, element)) for element in _ADDRESS}
        return {"address": {name: text for name, text in parts.items() if text}}

    def at_center(self) -> Mapping[str, Any]:
        """Give the wire center by its code if it is known, else the place."""
        center = self.head("LST")[:_CENTER_CHARACTERS]
        return {"wire_center": center} if center else {"place": self.address()}


Question = Mapping[str, Any]
Telling = tuple[str, Sequence[Button]]
"""The answer in a sentence, and what can be filled in from it."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question beside some fields.

    Attributes:
        id: names it in the button.
        beside: form and element of each field that it stands beside.
        ask: gives the question as JSON; what is missing in it is told to who asks.
        tell: gives the answer in words, with what it fills in.
    """

    id: str
    query: AnyQuery
    label: str
    beside: tuple[tuple[str, str], ...]
    ask: Callable[[Spot], Question]
    tell: Callable[[Any, Spot], Telling]


def _tell_address(answer: AddressAnswer, spot: Spot) -> Telling:
    def shown(known: Any) -> str:
        return " ".join(filter(None, (known.sano, known.sasd, known.sasn, known.sath, known.city, known.zip)))

    choices = []
    for known in answer.addresses[:_MOST_CHOICES]:
        values = {spot.name(element): str(getattr(known, element.lower())) for element in _ADDRESS}
        served = {"LSR.LST": answer.lst} if answer.lst and spot.form == "EU" else {}
        choices.append(Button(fill_in({**values, **served}), f"Use {shown(known)}"))
    if not answer.found:
        return answer.text, choices
    return f"It is a service address; {answer.addresses[0].wire_center} serves it.", choices


def _tell_numbers(answer: NumberSelectionAnswer, spot: Spot) -> Telling:
    if not answer.found:
        return answer.text or "None is free there.", ()
    choices = [
        Button(fill_in({spot.name("TNS"): number}), f"Take {number}") for number in answer.numbers[:_MOST_CHOICES]
    ]
    return f"These are free at {answer.wire_center}; none is held until you hold it.", choices


def _tell_hold(answer: NumberHoldAnswer, spot: Spot) -> Telling:
    if not answer.found:
        return answer.text or f"It cannot be held: {', '.join(answer.refused)}.", ()
    held = [hold.what for hold in answer.holds]
    until = max(hold.until for hold in answer.holds)
    fill = [
        Button(fill_in({spot.name("TNS"): number}), f"Take {number}") for number in held if spot.get("TNS") != number
    ]
    return f"Held until {until:%Y-%m-%d %H:%M %Z}: {', '.join(held)}.", fill


def _days(spot: Spot) -> Question:
    first = max(read_date(spot.head("DDD")) or spot.today, spot.today)
    return {**spot.address(), "first": first.isoformat(), "last": (first + timedelta(days=_DAYS_SHOWN)).isoformat()}


def _clock(text: str) -> str:
    return f"{time.fromisoformat(text):%I%M%p}"


def _tell_windows(answer: AppointmentAnswer, spot: Spot) -> Telling:
    windows = [window for window in answer.windows if window.open > 0]
    if not windows:
        return answer.text or "No appointment is open in the two weeks from that day.", ()
    choices = [
        Button(
            fill_in(
                {
                    spot.name("DDD"): spot.write(window.day),
                    spot.name("APPTIME"): f"{_clock(window.begin)}-{_clock(window.end)}",
                }
            ),
            f"Take {window.day:%a %m-%d} {window.begin} to {window.end}",
        )
        for window in windows[:_MOST_CHOICES]
    ]
    return f"Open at {answer.wire_center}, in its local time; reserve the one that you take.", choices


def _reservation(spot: Spot) -> Question:
    day, window = read_date(spot.get("DDD")), read_window(spot.get("APPTIME"))
    return {
        **spot.address(),
        "day": day.isoformat() if day else "",
        "begin": f"{window[0]:%H:%M}" if window else "",
        "pon": spot.get("PON"),
    }


def _tell_reserved(answer: AppointmentHoldAnswer, spot: Spot) -> Telling:
    del spot
    if answer.hold is None:
        return answer.text, ()
    return f"Reserved until {answer.hold.until:%Y-%m-%d %H:%M %Z}: {answer.hold.what}.", ()


def _codes(spot: Spot) -> Question:
    family = spot.typed.family
    given = {"nc": spot.get("NC"), "nci": spot.get("NCI"), "secnci": spot.get("SECNCI"), "family": family}
    return {name: text for name, text in given.items() if text}


def _tell_codes(answer: NcNciAnswer, spot: Spot) -> Telling:
    if answer.found:
        passes = " It flows through without a person." if answer.flow_through else ""
        return f"They go together{f' and order {answer.product}' if answer.product else ''}.{passes}", ()
    choices = [
        Button(
            fill_in({spot.name(element): codes[element.lower()] for element in ("NC", "NCI", "SECNCI")}),
            "Use " + " ".join(filter(None, codes.values())),
        )
        for codes in answer.combinations[:_MOST_CHOICES]
    ]
    return answer.text, choices


def _tell_free(answer: CfaListAnswer, spot: Spot) -> Telling:
    choices = [Button(fill_in({spot.name("CFA"): cfa}), f"Use {cfa}") for cfa in answer.cfas[:_MOST_CHOICES]]
    return (answer.text or f"{len(answer.cfas)}{' or more' if answer.more else ''} are spare."), choices


def _tell_loop(answer: QualificationAnswer, spot: Spot) -> Telling:
    del spot
    if not answer.found:
        return answer.text, ()
    if not answer.qualified:
        return answer.text or f"No pair there carries {answer.product} as it is.", ()
    conditioned = " It needs conditioning first: approve it by SCA Y." if answer.needs_conditioning else ""
    return f"A pair there carries {answer.product}.{conditioned}", ()


def _tell_record(answer: RecordAnswer, spot: Spot) -> Telling:
    del spot
    if answer.record is None:
        return answer.text, ()
    record = answer.record
    fills = fill_in({"LSR.AN": record.account, "EU.NAME": record.name})
    words = (
        f"{record.name}, {record.service_address}, account {record.account}; features: {', '.join(record.features)}."
    )
    return words, (Button(fills, "Use account and name"),)


def _tell_plainly(answer: Any, spot: Spot) -> Telling:
    del spot
    return answer.text or "Yes, as far as the reference data know.", ()


def _each(form_element: str) -> tuple[tuple[str, str], ...]:
    return tuple((form, element) for form, _, element in (one.partition(".") for one in form_element.split()))


PROMPTS: Final = (
    Prompt(
        "address",
        table.ADDRESS_VALIDATION,
        "Validate the address",
        _each("EU.ZIP SALI.ZIP"),
        lambda spot: spot.address(),
        _tell_address,
    ),
    Prompt(
        "numbers",
        holding.NUMBER_SELECTION,
        "Find free numbers",
        _each("RS.TNS PS.TNS"),
        lambda spot: spot.at_center(),
        _tell_numbers,
    ),
    Prompt(
        "hold",
        holding.NUMBER_HOLD,
        "Hold this number",
        _each("RS.TNS PS.TNS"),
        lambda spot: {
            **spot.at_center(),
            "numbers": [number] if (number := spot.get("TNS").replace("-", "")) else [],
            **({"pon": pon} if (pon := spot.head("PON")) else {}),
        },
        _tell_hold,
    ),
    Prompt(
        "appointments",
        holding.APPOINTMENT_AVAILABILITY,
        "Find open appointments",
        _each("LSR.DDD"),
        _days,
        _tell_windows,
    ),
    Prompt(
        "reserve",
        holding.APPOINTMENT_RESERVATION,
        "Reserve this appointment",
        _each("LSR.APPTIME"),
        _reservation,
        _tell_reserved,
    ),
    Prompt(
        "codes",
        table.NC_NCI_VALIDATION,
        "Check NC and NCI",
        _each("LSR.NCI TRANSPORT.NCI TRUNKING.NCI EUSA.NCI"),
        _codes,
        _tell_codes,
    ),
    Prompt(
        "loop",
        table.LOOP_QUALIFICATION,
        "Qualify the loop",
        _each("LSR.NC"),
        lambda spot: {**spot.address(), **({"product": spot.product} if spot.product else {})},
        _tell_loop,
    ),
    Prompt(
        "cfa",
        table.CFA_VALIDATION,
        "Check this CFA",
        _each("LS.CFA LSNP.CFA TRANSPORT.CFA TRUNKING.CFA ACI.CFA"),
        lambda spot: {"cfas": [cfa] if (cfa := spot.get("CFA")) else []},
        _tell_plainly,
    ),
    Prompt(
        "cfas",
        table.CFA_LIST,
        "List free CFAs at ACTL",
        _each("LS.CFA LSNP.CFA TRANSPORT.CFA TRUNKING.CFA ACI.CFA"),
        lambda spot: {"actl": spot.head("ACTL")},
        _tell_free,
    ),
    Prompt(
        "account",
        table.BAN_VALIDATION,
        "Check this account",
        _each("LSR.BAN1 ADMIN.BAN"),
        lambda spot: {"bans": [ban] if (ban := spot.head("BAN1") or spot.head("BAN")) else []},
        _tell_plainly,
    ),
    Prompt(
        "place",
        table.CLLI_VALIDATION,
        "Check this CLLI code",
        _each("LSR.ACTL ADMIN.ACTL"),
        lambda spot: {"cllis": [clli] if (clli := spot.get("ACTL")) else []},
        _tell_plainly,
    ),
    Prompt(
        "record",
        holding.CUSTOMER_RECORD,
        "Read the customer's service record",
        _each("LSR.ATN"),
        lambda spot: {"wtn": spot.get("ATN").replace("-", "")},
        _tell_record,
    ),
)
"""In the order in which they stand beside one field."""


def button_of(prompt: Prompt, name: str) -> Beside:
    """Give the button that asks a question beside an input."""
    return Beside(Button(f"{ASK} {prompt.id} {name}", prompt.label), prompt.query.section)


def buttons(typed: Typed) -> Mapping[str, Sequence[Beside]]:
    """Give what stands beside each field of a request while nothing was asked, by the name of the input."""
    shelf: dict[str, list[Beside]] = {}
    for prompt in PROMPTS:
        for form, element in prompt.beside:
            for number in _parts(typed, form):
                name = field_name(form, number, element)
                shelf.setdefault(name, []).append(button_of(prompt, name))
    return shelf


def _parts(typed: Typed, form: str) -> Iterable[int]:
    """Give the numbers of the parts in which a form has its fields: its details, else what stands once."""
    there = typed.forms.get(form)
    if there is None:
        return ()
    return range(1, len(there.details) + 1) if there.details else (0,)
