"""Which requests flow through, by the matrix of the agreement."""

from datetime import datetime

import pytest

from tests.rig.court import LOOP, MONDAY, Court
from validators.agreement.product_terms import FlowThrough
from validators.rules.passage import flows_through

ROW = FlowThrough(section="Exhibit B PO-2", states=("ID",), activities=("N", "D"), up_to=5)


@pytest.mark.parametrize(
    ("sets", "terms", "flows"),
    [
        ({}, (ROW,), True),
        ({}, True, True),
        ({}, False, False),
        ({"LSR.ACT": "C"}, (ROW,), False),
        ({"EU.STATE": "WA"}, (ROW,), False),
        ({"LS.LQTY": "00006"}, (ROW,), False),
        ({"EU.STATE": "WA"}, (ROW, FlowThrough(section="Exhibit B PO-2", states=("WA",))), True),
        ({}, (ROW.model_copy(update={"since": MONDAY.date()}),), True),
        ({}, (ROW.model_copy(update={"until": datetime(2026, 3, 1, tzinfo=MONDAY.tzinfo).date()}),), False),
    ],
    ids=["row", "all", "none", "activity", "state", "quantity", "second row", "since", "until"],
)
def test_a_request_flows_through_by_a_row_that_it_matches(
    court: Court, sets: dict[str, str], *, terms: bool | tuple[FlowThrough, ...], flows: bool
) -> None:
    """State, activity, quantity and day of receipt must all match one row."""
    template = court.judge.agreements["template"]
    product = template.products["loop-2w-analog"].model_copy(update={"flow_through": terms})

    assert flows is flows_through(template, product, court.message(LOOP, sets), MONDAY)


def test_an_unknown_product_flows_nowhere(court: Court) -> None:
    """Without terms there is no matrix."""
    assert not flows_through(court.judge.agreements["template"], None, court.message(LOOP), MONDAY)
