"""What the pre-order functions answer. They refuse no message, so no rule looks for it.

Each has a test marked `upholds` with its id.
"""

from typing import Final

from validators.rules.registry import Upheld

UPHELD_BEFORE_ORDER: Final = (
    Upheld(
        "near-real-time-processing",
        "4.0 (Near Real Time; Interoperability)",
        "queries and orders are answered at once, without a person; the time of each query stands in preorder_log",
    ),
    Upheld("preorder-lsr-features-and-pic", "12.2.1.1.4.1", "the query features"),
    Upheld("preorder-lsr-csr", "12.2.1.1.4.2", "the query customer-service-record, under an authorization on record"),
    Upheld("preorder-lsr-tn-select", "12.2.1.1.4.3", "the queries telephone-number-selection, -hold and -release"),
    Upheld("preorder-lsr-appointment-reserve", "12.2.1.1.4.4", "the query appointment-reservation"),
    Upheld("preorder-lsr-dispatch-required", "12.2.1.1.4.5", "the query dispatch-required"),
    Upheld("preorder-lsr-address-verify", "12.2.1.1.4.6", "the query address-validation"),
    Upheld("preorder-lsr-facility-and-loop", "12.2.1.1.4.7", "the queries facility-availability, loop-qualification"),
    Upheld("preorder-lsr-cfa-list", "12.2.1.1.4.8", "the query cfa-list"),
    Upheld("preorder-lsr-meet-points", "12.2.1.1.4.9", "the query meet-points"),
    Upheld("preorder-lsr-dlr", "12.2.1.1.4.10", "the query design-layout-record"),
    Upheld("preorder-lsr-nc-nci", "12.2.1.1.4.11", "the query nc-nci-validation"),
    Upheld("preorder-lsr-raw-loop-data", "12.2.1.1.4.12", "the query raw-loop-data"),
    Upheld("preorder-lsr-loop-qual-isdn-dsl", "12.2.1.1.4.13", "the queries isdn-qualification, dsl-qualification"),
    Upheld("preorder-asr-address", "12.2.1.2.2.1", "the query address-validation"),
    Upheld("preorder-asr-cfa", "12.2.1.2.2.2", "the query cfa-validation"),
    Upheld("preorder-asr-nc-nci", "12.2.1.2.2.3", "the query nc-nci-validation"),
    Upheld("preorder-asr-ban", "12.2.1.2.2.4", "the query ban-validation"),
    Upheld("preorder-asr-clli", "12.2.1.2.2.5", "the query clli-validation"),
    Upheld("qlt-loop-qualification", "9.2.2.8.1", "the query loop-qualification"),
    Upheld("qlt-raw-loop-data-wire-center", "9.2.2.8.2", "the query raw-loop-data, by wire center and cable"),
    Upheld("qlt-raw-loop-data-loop", "9.2.2.8.2", "the query raw-loop-data, by place"),
    Upheld("qlt-pots-conversion", "9.2.2.8.3", "the query pots-conversion"),
    Upheld("qlt-dsl", "9.2.2.8.4", "the query dsl-qualification"),
    Upheld("qlt-isdn", "9.2.2.8.5", "the query isdn-qualification"),
    Upheld(
        "sag-fam-files",
        "12.2.5.2.8",
        "the files street-address-guide, feature-list, feature-availability, carrier-list of GET /v1/preorder/files",
    ),
)
