"""Every question that the reference data answer, as data: doors, HTTP adapter and documents are made of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from gateway.preorder.caller import Caller
from gateway.preorder.queries import addresses, codes, customers, facilities, loops, pools, services
from gateway.preorder.shapes import Answer, Shape
from gateway.preorder.territory import Territory

Asked = TypeVar("Asked", bound=Shape)
Told = TypeVar("Told", bound=Answer)

_PLACE: Final[Mapping[str, Any]] = {
    "address": {"sano": "4120", "sasn": "OPALINE", "sath": "ST", "city": "BOISE", "state": "ID", "zip": "83799"}
}
_CFA: Final = "0101/TIE/001/BOISIDMAF01/BOISIDMAH7Z"


@dataclass(frozen=True, slots=True)
class Query(Generic[Asked, Told]):
    """One question.

    Attributes:
        name: its name in addresses and logs.
        section: the section of the agreement that promises it.
        summary: what it answers, in a few words.
        question: what is asked.
        answer: what is told.
        find: gives the answer from a territory; no I/O.
        example: a question that the bundled territory has an answer to.
        measure: number of the query type in PO-1 of Exhibit B, None where it has none.
    """

    name: str
    section: str
    summary: str
    question: type[Asked]
    answer: type[Told]
    find: Callable[[Territory, Asked, Caller], Told]
    example: Mapping[str, Any]
    measure: int | None = None


ADDRESS_VALIDATION: Final = Query(
    "address-validation",
    "12.2.1.1.4.6, 12.2.1.2.2.1",
    "Validate a service address",
    addresses.AddressQuestion,
    addresses.AddressAnswer,
    addresses.validate_address,
    _PLACE,
    measure=4,
)
FEATURES: Final = Query(
    "features",
    "12.2.1.1.4.1",
    "Features, and carriers for intraLATA and interLATA toll, at an address",
    services.FeatureQuestion,
    services.FeatureAnswer,
    services.list_features,
    _PLACE,
    measure=2,
)
SERVICE_AVAILABILITY: Final = Query(
    "service-availability",
    "12.2.1.1.4.1",
    "Services that can be had at a wire center or an address",
    services.ServiceQuestion,
    services.ServiceAnswer,
    services.list_services,
    {"place": _PLACE},
    measure=2,
)
DISPATCH_REQUIRED: Final = Query(
    "dispatch-required",
    "12.2.1.1.4.5",
    "Whether a technician must come to install",
    services.DispatchQuestion,
    services.DispatchAnswer,
    services.is_dispatch_required,
    {**_PLACE, "activity": "N"},
    measure=1,
)
FACILITY_AVAILABILITY: Final = Query(
    "facility-availability",
    "12.2.1.1.4.7",
    "How many pairs at an address could carry a product",
    loops.ProductQuestion,
    loops.AvailabilityAnswer,
    loops.find_facilities,
    {**_PLACE, "product": "loop-2w-nonloaded"},
    measure=3,
)
LOOP_QUALIFICATION: Final = Query(
    "loop-qualification",
    "12.2.1.1.4.7, 9.2.2.8.1",
    "Loop make-up at an address, and whether a loop carries a product",
    loops.ProductQuestion,
    loops.QualificationAnswer,
    loops.qualify_loop,
    {**_PLACE, "product": "loop-2w-nonloaded"},
    measure=7,
)
RAW_LOOP_DATA: Final = Query(
    "raw-loop-data",
    "12.2.1.1.4.12, 9.2.2.8.2",
    "Raw loop data by segment and sub-segment, of an address or a cable",
    loops.RawLoopQuestion,
    loops.RawLoopAnswer,
    loops.read_raw_loop_data,
    {"place": _PLACE},
    measure=7,
)
ISDN_QUALIFICATION: Final = Query(
    "isdn-qualification",
    "12.2.1.1.4.13, 9.2.2.8.5",
    "Whether an ISDN-capable loop is at an address",
    loops.PlaceQuestion,
    loops.YesNoAnswer,
    loops.qualify_isdn,
    _PLACE,
    measure=7,
)
DSL_QUALIFICATION: Final = Query(
    "dsl-qualification",
    "12.2.1.1.4.13, 9.2.2.8.4",
    "Whether the ILEC's DSL can be had at an address",
    loops.PlaceQuestion,
    loops.YesNoAnswer,
    loops.qualify_dsl,
    _PLACE,
    measure=7,
)
POTS_CONVERSION: Final = Query(
    "pots-conversion",
    "9.2.2.8.3",
    "Copper or pair gain, and load coils, on the loop of a working number",
    loops.ConversionQuestion,
    loops.ConversionAnswer,
    loops.check_conversion,
    {"wtn": "2085550201"},
    measure=7,
)
CFA_LIST: Final = Query(
    "cfa-list",
    "12.2.1.1.4.8",
    "Free connecting facilities at a collocation",
    facilities.CfaListQuestion,
    facilities.CfaListAnswer,
    facilities.list_cfas,
    {"actl": "BOISIDMAH7Z", "limit": 5},
    measure=9,
)
CFA_VALIDATION: Final = Query(
    "cfa-validation",
    "12.2.1.1.4.8, 12.2.1.2.2.2",
    "Whether connecting facility assignments are free",
    facilities.CfaQuestion,
    facilities.CfaAnswer,
    facilities.validate_cfas,
    {"cfas": [_CFA]},
    measure=9,
)
MEET_POINTS: Final = Query(
    "meet-points",
    "12.2.1.1.4.9",
    "One to five meet points of a wire center, or a range of them",
    facilities.MeetPointQuestion,
    facilities.MeetPointAnswer,
    facilities.find_meet_points,
    {"wire_center": "BOISIDMA", "low": 1, "high": 4},
    measure=10,
)
DESIGN_LAYOUT_RECORD: Final = Query(
    "design-layout-record",
    "12.2.1.1.4.10",
    "The layout of the local part of a circuit",
    facilities.LayoutQuestion,
    facilities.LayoutAnswer,
    facilities.lay_out,
    {"circuit": "45/LXFU/900001//GR"},
)
NC_NCI_VALIDATION: Final = Query(
    "nc-nci-validation",
    "12.2.1.1.4.11, 12.2.1.2.2.3",
    "Whether NC, NCI and SECNCI go together and flow through",
    codes.NcNciQuestion,
    codes.NcNciAnswer,
    codes.validate_codes,
    {"nc": "LX--", "nci": "02QC2.OOF", "secnci": "02LS2"},
)
BAN_VALIDATION: Final = Query(
    "ban-validation",
    "12.2.1.2.2.4",
    "Whether billing accounts are good for billing",
    codes.BanQuestion,
    codes.BanAnswer,
    codes.validate_accounts,
    {"bans": ["2085550100101"]},
)
CLLI_VALIDATION: Final = Query(
    "clli-validation",
    "12.2.1.2.2.5",
    "Whether CLLI codes exist, and what they stand for",
    codes.ClliQuestion,
    codes.ClliAnswer,
    codes.validate_locations,
    {"cllis": ["BOISIDMADS0", "BOISIDMA"]},
)
CUSTOMER_SERVICE_RECORD: Final = Query(
    "customer-service-record",
    "12.2.1.1.4.2",
    "The service record of an end user whose authorization stands on record",
    customers.RecordQuestion,
    customers.RecordAnswer,
    customers.read_customer,
    {"wtn": "2085550201"},
    measure=5,
)
NUMBER_POOL: Final = Query(
    "number-pool",
    "12.2.1.1.4.3",
    "Numbers that the ILEC sets apart at a wire center",
    pools.NumberPoolQuestion,
    pools.NumberPoolAnswer,
    pools.find_numbers,
    {"wire_center": "BOISIDMA"},
)
APPOINTMENT_WINDOWS: Final = Query(
    "appointment-windows",
    "12.2.1.1.4.4",
    "Installations that technicians take, by day and window",
    pools.AppointmentQuestion,
    pools.AppointmentAnswer,
    pools.find_appointments,
    {**_PLACE, "first": "2026-03-09", "last": "2026-03-13"},
)

AnyReferenceQuery = Query[Any, Any]

REFERENCE_QUERIES: Final[tuple[AnyReferenceQuery, ...]] = (
    ADDRESS_VALIDATION,
    FEATURES,
    SERVICE_AVAILABILITY,
    DISPATCH_REQUIRED,
    FACILITY_AVAILABILITY,
    LOOP_QUALIFICATION,
    RAW_LOOP_DATA,
    ISDN_QUALIFICATION,
    DSL_QUALIFICATION,
    POTS_CONVERSION,
    CFA_LIST,
    CFA_VALIDATION,
    MEET_POINTS,
    DESIGN_LAYOUT_RECORD,
    NC_NCI_VALIDATION,
    BAN_VALIDATION,
    CLLI_VALIDATION,
)
"""Those that a CLEC asks just so. The customer record and what can be held are asked for by way of a service."""
