"""What a confirmation of an ASR repeats of the request: who sent it, to which center, and its circuits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from validators.messages.asr import AccessServiceRequest
from validators.messages.section import Section

_FIRST: Final = "0001"
"""REF NUM of the circuit on the form that describes the service; further ones have their own on ACI."""
_CIRCUITS: Final = "C"
_CHANNELS: Final = re.compile(r"[A-Z0-9]+/T1[A-Z0-9]*/(\d{1,2})-(\d{1,2})/.*")


@dataclass(frozen=True, slots=True)
class CircuitEcho:
    """One circuit of a request.

    Attributes:
        reference: REF NUM.
        trunks: TRKQTY, how many trunks ride it; None where that is not stated, or none do.
        codes: TCIC as sent.
        trunk_numbers: TRN as sent.
    """

    reference: str
    trunks: int | None = None
    codes: str | None = None
    trunk_numbers: str | None = None


@dataclass(frozen=True, slots=True)
class AccessEcho:
    """What is repeated.

    Attributes:
        initiator: INIT.
        service_center: ICSC.
        customer_circuit: CKR.
        trunks: QTY where it counts trunks, else None.
        circuits: the circuits, in the order of their REF NUM; TRKQTY of all of them adds up to QTY, or stands nowhere.
    """

    initiator: str | None
    service_center: str | None
    customer_circuit: str | None
    trunks: int | None
    circuits: tuple[CircuitEcho, ...]
    far: str | None = None
    """SECLOC: the CLLI code of the far end; kept for the embargo of a due date, not repeated."""
    for_conversion: bool = False
    """The order is one for a conversion of the switch, which no embargo binds."""
    converts: bool = False
    """Private line or special access becomes unbundled transport: one of two ASRs."""

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "AccessEcho":
        """Read back what `dataclasses.asdict` made of one."""
        circuits = tuple(CircuitEcho(**circuit) for circuit in told["circuits"])
        return cls(**{**told, "circuits": circuits})


def access_echo(
    message: AccessServiceRequest, far: str | None = None, *, for_conversion: bool = False, converts: bool = False
) -> AccessEcho:
    """Give what confirmations of a request repeat, and what later steps need to know of it."""
    unit, letter = message.field("ADMIN", "UNIT"), message.service_letter
    trunks = message.quantity if letter == "M" and unit == _CIRCUITS else None
    return AccessEcho(
        initiator=message.field("CONTACT", "INIT"),
        service_center=message.field("ADMIN", "ICSC"),
        customer_circuit=message.field("ADMIN", "CKR"),
        trunks=trunks,
        circuits=_with_trunks(tuple(_circuits(message)), trunks),
        far=far,
        for_conversion=for_conversion,
        converts=converts,
    )


def _circuits(message: AccessServiceRequest) -> Iterator[CircuitEcho]:
    service = message.service
    if service is not None:
        yield CircuitEcho(_FIRST, _ride(service), service.get("TCIC"), service.get("TRN"))
    for circuit in message.circuits:
        yield CircuitEcho(circuit.get("REF_NUM") or "", _ride(circuit), circuit.get("TCIC"), circuit.get("TRN"))


def _ride(circuit: Section) -> int | None:
    """Give how many trunks ride a circuit: as many as it has circuit codes, else channels."""
    first, _, last = (circuit.get("TCIC") or "").partition("-")
    if first:
        return int(last or first) - int(first) + 1
    channels = _CHANNELS.fullmatch(circuit.get("CFA") or "")
    return int(channels[2]) - int(channels[1]) + 1 if channels else None


def _with_trunks(circuits: tuple[CircuitEcho, ...], trunks: int | None) -> tuple[CircuitEcho, ...]:
    counted = sum(circuit.trunks or 0 for circuit in circuits)
    if trunks is not None and counted == trunks:
        return circuits
    alone = trunks if len(circuits) == 1 else None
    return tuple(CircuitEcho(one.reference, alone, one.codes, one.trunk_numbers) for one in circuits)
