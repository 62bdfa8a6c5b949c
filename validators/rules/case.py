"""What a rule is given to judge. Content rules see the message; record rules its facts and what stands on record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple, Protocol

from validators.agreement.application import Application
from validators.agreement.clock_terms import Condition
from validators.agreement.conditions import conditions_of
from validators.agreement.product_terms import ProductTerms
from validators.agreement.terms import Agreement
from validators.messages.access_echo import AccessEcho
from validators.messages.lsr import LocalServiceRequest
from validators.messages.named import NamedThings
from validators.messages.request import MessageFamily, Request
from validators.messages.service_place import ServicePlace
from validators.registers.entry import EMPTY, Dossier
from validators.verdict import Outcome

CLOSED_STATES: Final = frozenset({"COMPLETED", "BILLED", "CANCELLED"})
"""States in which no supplement can change an order any more."""


@dataclass(frozen=True, slots=True)
class PartnerCodes:
    """What is known of a trading partner: the codes by which it may call itself, and what operators have entered.

    An empty list of codes is not checked.
    """

    ccna: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    dossier: Dossier = EMPTY
    active: bool = True
    on_record: bool = False
    """Whether it is a partner of the record; where a document is judged by itself, nobody knows whose it is."""

    @classmethod
    def of(cls, codes: Mapping[str, object], dossier: Dossier = EMPTY, *, active: bool = True) -> "PartnerCodes":
        """Read `{"ccna": [...], "cc": [...]}`, as partners stand in the record; what is missing is empty."""
        ccna, cc = codes.get("ccna"), codes.get("cc")
        return cls(
            tuple(map(str, ccna)) if isinstance(ccna, list | tuple) else (),
            tuple(map(str, cc)) if isinstance(cc, list | tuple) else (),
            dossier,
            active,
            on_record=True,
        )


class AnyCase(Protocol):
    """What the cases of all families have, for rules on requests of any family."""

    @property
    def message(self) -> Request:
        """What was sent."""

    @property
    def agreement(self) -> Agreement:
        """The partner's agreement."""

    @property
    def product(self) -> ProductTerms | None:
        """Terms of the product that the message names, None where it names none."""

    @property
    def application_date(self) -> date:
        """The application date in the agreement's zone."""

    @property
    def partner(self) -> PartnerCodes:
        """The codes of the partner."""


@dataclass(frozen=True, slots=True)
class Case:
    """An LSR with the agreement it is judged by, at the moment of its receipt.

    Attributes:
        message: what was sent.
        agreement: the partner's agreement.
        product: terms of the product that REQTYP, NC, NCI and ACT name, None where they name none.
        loop: terms of the loop in it: the same as `product`, but for a loop with number portability or a combination.
        received_at: when the message was received (aware, UTC).
        application: the application date and time that follow from it.
        partner: the codes of the partner.
    """

    message: LocalServiceRequest
    agreement: Agreement
    product: ProductTerms | None
    loop: ProductTerms | None
    received_at: datetime
    application: Application
    partner: PartnerCodes = PartnerCodes()

    @property
    def application_date(self) -> date:
        """The application date in the agreement's zone."""
        return self.application.date


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """The few values of a message that later steps need, so that the message can go before the record is written.

    Attributes:
        top: path of the administrative form, e.g. `/LocalServiceRequest/LSR`.
        product: product id, None where the message names none.
        application_date: in the agreement's zone.
        expedite: EXP = Y.
        conditioning_approved: SCA = Y, conditioning and its charges are pre-approved (9.2.4.3.1.1).
        coordinated: CHC = Y.
        project: PROJECT, the id of a negotiated project.
        individual_case: the quantity has no standard interval.
    """

    family: MessageFamily
    top: str
    forms: tuple[str, ...]
    pon: str
    ver: str
    ccna: str | None
    cc: str | None
    requisition_type: str
    activity: str
    supplement_type: str | None
    desired_due_date: date | None
    quantity: int
    product: str | None
    received_at: datetime
    application_at: datetime
    application_date: date
    expedite: bool = False
    conditioning_approved: bool = False
    coordinated: bool = False
    individual_case: bool = False
    project: str | None = None
    application_section: str = ""
    """Sections that the application date rests on."""
    appointment: str | None = None
    """APPTIME as sent."""
    frame_due_time: str | None = None
    """DFDT as sent."""
    wire_center: str | None = None
    """CLLI of the place whose local time counts: LST, where the service ends, else ACTL."""
    number: str | None = None
    """LSR NO or ASR NO as sent."""
    telephone_numbers: tuple[str, ...] = ()
    """The numbers that it is about as digits, a run of them as its blocks."""
    at_building_terminal: bool = False
    """The remarks say that a subloop is ordered at the terminal of a building (MTE)."""
    building: str | None = None
    """The building of the end user, as registers are keyed by it."""
    termination: str | None = None
    """APOT as sent."""
    emergency: bool = False
    """The remarks call it an emergency order, with the reason."""
    exchanges: tuple[str, ...] = ()
    """NPA-NXX of the numbers to be ported, as 208555."""
    call_reference: bool = False
    """The remarks refer to a call to the service center."""
    sent: str | None = None
    """D/TSENT as sent."""
    losing_carrier: str | None = None
    """ONSP: company code of the carrier that the service is taken from."""
    taken_over: ServicePlace | None = None
    """Of a conversion or a port, the service that is taken over; None of any other order."""
    earliest_due_date: date | None = None
    """The earliest due date by the standard interval, None where there is none."""
    named: NamedThings = field(default_factory=NamedThings)
    """What the reference data can confirm of it."""
    interval_from: date | None = None
    interval_days: int | None = None
    """The standard interval in business days, and the day from which it counts; None where there is none."""
    new_switch: bool = False
    """These are the first trunks to a switch of the CLEC."""
    flow_through: bool = False
    """No person touches it, as the parties have declared."""
    project_coordinated: bool = False
    """A project coordinated installation is asked for."""
    related: str | None = None
    """RPON, the PON of a related request."""
    answers: str | None = None
    """BIC ID: the number of the TGSR that an ASR answers."""
    site: str | None = None
    """SITE of a request about collocation, as sent."""
    access: AccessEcho | None = None
    """What notices about an ASR repeat of it; None of any other message."""

    def conditions(self, agreement: Agreement) -> frozenset[Condition]:
        """Give the conditions of the agreement's clocks that hold for the request when it is accepted."""
        return conditions_of(
            agreement,
            agreement.product(self.product),
            application_date=self.application_date,
            quantity=self.quantity,
            project=self.project is not None,
            new_switch=self.new_switch,
            flow_through=self.flow_through,
            conditioning_approved=self.conditioning_approved,
            desired_due_date=self.desired_due_date,
        )


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """A version of the same PON that was received before."""

    ver: str
    digest: str
    """SHA-256 of its bytes, hex."""
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class FacilityAnswer:
    """What the ILEC's records say of the facilities for an order. None where they do not say."""

    load_coils: bool | None = None
    bridged_tap: bool | None = None
    """Bridged tap beyond what the product allows."""
    copper: bool | None = None
    """False where the end user is on digital loop carrier and no capable copper was found."""
    available: bool | None = None
    """Whether facilities are assigned to the order."""
    fiber_only: bool | None = None
    """Only a fiber loop serves the premises."""
    served_before: bool | None = None
    """Whether the premises were served by any loop before that fiber."""
    retired_copper: bool | None = None
    """The copper would have to be restored, since it was retired beside a fiber loop."""
    loaded_pairs_only: bool | None = None
    """Distribution pairs are there, all of them loaded."""
    spare_protectors: int | None = None
    """Protectors of the NID that are spare and that no other carrier uses."""
    transport: bool | None = None
    """Whether there is transport for a combination."""
    multiplexed_facility: bool | None = None
    """Whether there is a multiplexed facility for a loop-mux combination."""

    @property
    def needs_conditioning(self) -> bool:
        """Whether load coils or bridged tap must be removed."""
        return bool(self.load_coils or self.bridged_tap)


class Told(NamedTuple):
    """One word that the reference data say of one thing in a message; a tuple, since each line of an order has one."""

    path: str
    value: str
    result: str


@dataclass(frozen=True, slots=True)
class References:
    """What the ILEC's reference data say of what a message names, and the record of numbers that are held.

    None or empty where nothing of the kind is named, or nothing is known now.

    Attributes:
        holds: ids of the partner's holds on the numbers named.
        facilities: what the records say of the loops at the address.
        unchecked: what could not be asked, since the system that knows it was silent.
    """

    address: Told | None = None
    assignments: tuple[Told, ...] = ()
    codes: Told | None = None
    accounts: tuple[Told, ...] = ()
    locations: tuple[Told, ...] = ()
    numbers: tuple[Told, ...] = ()
    holds: tuple[str, ...] = ()
    facilities: FacilityAnswer | None = None
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What the record knows beside the order itself. None is not known: what needs it is not asked, and noted so.

    Attributes:
        loops_at_building: loops of the ordered product that the partner has in service or on order at the building,
            without this order.
        field_connection_point: whether the field connection point of a subloop is in place.
        building_terminal: whether notice, cross-connect field, inventory and construction at a building's terminal are
            as far as an order needs them.
        managed_cuts_unpaid: whether an operator has recorded managed cuts that are unpaid and not duly disputed.
        transfer: the site that the request names and that is under transfer, and the PON of the transfer, where that
            bars requests of its family now.
        direct_points: the points of termination of the partner's direct connections at the sites that it names.
    """

    loops_at_building: int | None = None
    field_connection_point: bool | None = None
    building_terminal: bool | None = None
    managed_cuts_unpaid: bool | None = None
    transfer: tuple[str, str] | None = None
    direct_points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is on record under the PON of a message.

    Attributes:
        versions: earlier versions, oldest first, rejected ones included.
        state: state of the order, None where there is none.
        due_date: date that the last FOC gave, None before it.
        desired_due_date: DDD of the version in force.
        in_force: the version in force, needed for a supplement that may only change the date (SUP 2).
        facilities: the last facility answer, None where there is none.
    """

    versions: tuple[EarlierVersion, ...] = ()
    state: str | None = None
    due_date: date | None = None
    desired_due_date: date | None = None
    in_force: Request | None = None
    facilities: FacilityAnswer | None = None
    number: str | None = None
    """The ILEC's number of the order; None where it is not known."""
    site: SiteFacts = SiteFacts()
    dossier: Dossier = EMPTY
    """What operators have entered that concerns the partner."""
    references: References = References()
    """What the reference data say of what the message names; nothing where nothing was looked up."""


@dataclass(frozen=True, slots=True)
class RecordCase:
    """The facts of a message together with what is on record.

    Attributes:
        facts: of the message that is judged, or of the version in force when a facility answer comes in.
        agreement: the partner's agreement.
        product: terms of the product.
        standing: what is on record under its PON.
        message: the message itself, kept only where a rule compares it with the version in force.
    """

    facts: OrderFacts
    agreement: Agreement
    product: ProductTerms | None
    standing: Standing
    message: Request | None = None

    @property
    def references(self) -> References:
        """What the reference data say of what the message names."""
        return self.standing.references
