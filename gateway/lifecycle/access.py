"""What the ILEC says of an ASR and of no other order: what a confirmation assigns, what is to be clarified."""

from dataclasses import dataclass, field
from datetime import date

SECTION = "12.2.1.2.1"
"""The forms of ASRs are the industry's; this section takes them over."""


@dataclass(frozen=True, slots=True)
class AccessCircuit:
    """What was assigned to one circuit.

    Attributes:
        reference: REF NUM of the circuit in the request.
        circuit_id: ECCKT.
        trunks: TRKQTY, how many trunks ride it.
        order_number: ORD, where it is another than that of the confirmation.
    """

    reference: str
    circuit_id: str | None = None
    trunks: int | None = None
    order_number: str | None = None


@dataclass(frozen=True, slots=True)
class AccessConfirmation:
    """The fields of a confirmation (CN) that only ASRs have.

    Attributes:
        two_six_code: TSC, the trunk group.
        design_layout_date: DLRD, when the design layout report comes.
        plant_test_date: PTD.
        point_code: ECSPC, the point code of the ILEC's switch.
        provisioning_days: PROVINT, the interval in business days that an inquiry is answered with.
        new_facilities: NFR, new facilities put the due date off.
        circuits: what was assigned circuit by circuit.
    """

    two_six_code: str | None = None
    design_layout_date: date | None = None
    plant_test_date: date | None = None
    point_code: str | None = None
    provisioning_days: int | None = None
    new_facilities: bool = False
    circuits: tuple[AccessCircuit, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessError:
    """An error in an ASR that is found after its receipt.

    Attributes:
        tag: ERROR TAG: the field, SVC-ADDR, or a code of the provider.
        message: what is wrong.
        reference: REF NUM of the circuit, None for the request as a whole.
        occurrence: OCC, which repetition of the field.
        supplement: SUPI, whether it asks for a supplement.
    """

    tag: str
    message: str
    reference: str | None = None
    occurrence: int | None = None
    supplement: bool = True


@dataclass(frozen=True, slots=True)
class Clarify:
    """Clarification/notification request (C/NR): errors found later, remarks, or a corrected address (7.4.1).

    Attributes:
        text: what is to be clarified, or told.
        errors: the errors, all that were found.
        address: the address as the provider has corrected it, in the words of its fields (SANO, SASN, …).
        section: what it rests on.
    """

    ver: str | None
    text: str
    errors: tuple[AccessError, ...] = ()
    address: tuple[tuple[str, str], ...] = field(default=())
    section: str = "7.4.1"

    @property
    def asks_for_supplement(self) -> bool:
        """Whether the CLEC must answer by a supplement (SUPR)."""
        return any(error.supplement for error in self.errors)
