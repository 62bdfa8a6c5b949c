from datetime import UTC, datetime, timedelta

import pytest

from gateway.reports.measures.application import application_at
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.terms import ProductTerms
from gateway.reports.measures.terms_file import load_measure_terms
from validators.agreement.application import application_of
from validators.agreement.load import load_agreement
from validators.bundled import bundled_path

REPORTED = [
    (gateway_product, product)
    for product in load_measure_terms().products.values()
    for gateway_product in product.gateway_products
]


@pytest.mark.parametrize(("gateway_product", "product"), REPORTED, ids=[name for name, _ in REPORTED])
def test_measures_and_orders_share_one_application_date(
    basis: MeasureBasis, gateway_product: str, product: ProductTerms
) -> None:
    """The application time that a CLEC is told is the one its FOC is measured from, any half hour of two weeks."""
    agreement = load_agreement(bundled_path("config") / "agreements" / "template.yaml")
    judged = MeasureBasis(basis.terms, agreement.calendar)
    received = datetime(2026, 11, 16, 7, tzinfo=UTC)
    while received < datetime(2026, 11, 30, 7, tzinfo=UTC):
        for flows in (False, True):
            ordered = application_of(received, agreement.product(gateway_product), agreement, flow_through=flows)
            assert ordered.at == application_at(received, product, judged, flow_through=flows), received
        received += timedelta(minutes=30)
