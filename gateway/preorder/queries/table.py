"""Every question that the reference data answer, by name: doors, HTTP adapter and documents are made of it."""

from typing import Any, Final

from gateway.preorder.queries import addresses, codes, customers, facilities, loops, pools, services
from gateway.preorder.queries.query import Query

ADDRESS_VALIDATION: Final = addresses.validate_address
FEATURES: Final = services.list_features
SERVICE_AVAILABILITY: Final = services.list_services
DISPATCH_REQUIRED: Final = services.is_dispatch_required
FACILITY_AVAILABILITY: Final = loops.find_facilities
LOOP_QUALIFICATION: Final = loops.qualify_loop
RAW_LOOP_DATA: Final = loops.read_raw_loop_data
ISDN_QUALIFICATION: Final = loops.qualify_isdn
DSL_QUALIFICATION: Final = loops.qualify_dsl
POTS_CONVERSION: Final = loops.check_conversion
CFA_LIST: Final = facilities.list_cfas
CFA_VALIDATION: Final = facilities.validate_cfas
MEET_POINTS: Final = facilities.find_meet_points
DESIGN_LAYOUT_RECORD: Final = facilities.lay_out
NC_NCI_VALIDATION: Final = codes.validate_codes
BAN_VALIDATION: Final = codes.validate_accounts
CLLI_VALIDATION: Final = codes.validate_locations
CUSTOMER_SERVICE_RECORD: Final = customers.read_customer
NUMBER_POOL: Final = pools.find_numbers
APPOINTMENT_WINDOWS: Final = pools.find_appointments

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
