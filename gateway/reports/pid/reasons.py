"""Why a record is left out of a figure, in words (Exhibit B, Exclusions of each measure)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

EXCLUSIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "announced_maintenance": "Maintenance that was announced in time is no promised time",
        "automatic_reject": "Rejected by the gateway or the back end itself: PO-3X is of rejects by a person",
        "before_application": "The FOC went out before the request counts as applied for",
        "cancelled": "The order was cancelled",
        "clec_error": "The request carried an error of the CLEC's that did not stop it",
        "customer_reason": "Missed for the customer's own reasons",
        "duplicate_lsr": "A second record of the same request",
        "duplicate_defect": "Another entry tells of the same defect",
        "expired": "The quotation was not accepted within its 30 days",
        "icb_quantity": "The quantity is above the highest with a standard interval: an individual case",
        "invalid_dates": "Completed before it was applied for",
        "invalid_product": "Exhibit B does not list the product",
        "invalid_start_stop": "The end lies before the beginning",
        "miss_not_ilec": "Missed for a reason of the customer's, or one that is nobody's fault",
        "missing_data": "The log lacks a value that the measure needs",
        "nonstandard_foc_arrangement": "The CLEC asked for a FOC arrangement of its own",
        "no_clec_migrated": "No CLEC had migrated to the release yet",
        "not_acknowledged": "The lost data had not been acknowledged",
        "not_after_release": "It did not begin within the days after the release went live",
        "not_eligible": "The product is not declared to flow through",
        "not_ilec_delay": "Delayed for a reason that is none of the ILEC's",
        "not_inward": "The order installs nothing: a disconnect, a record, a move out",
        "not_standard_reason": "Not rejected for one of the exhibit's reasons",
        "official_company_service": "Service for the ILEC itself",
        "outside_product_period": "The exhibit reports the product for other months only",
        "project": "The order belongs to a negotiated project",
        "rejected": "The request was rejected",
        "rejected_or_error": "The query was refused or answered with an error",
        "requested_due_beyond_standard": "The CLEC asked for a later date than the standard interval offers",
        "timed_out": "The query was not answered",
        "type_not_listed": "CP-2 does not list this kind of collocation",
    }
)
