"""The monthly performance report through the real doors."""

import json
from collections.abc import Callable

import pytest

from tests.rig.street import JSON, XML, Street

Document = Callable[..., bytes]


async def test_operators_read_all_clecs_and_a_clec_its_own(street: Street, document: Document) -> None:
    """The month of an order has it for operators and its own CLEC; the same CLEC sees no figure of another."""
    accepted = await street.clec("POST", "/v1/lsr", data=document(), headers=XML)
    order = await street.clec.json("GET", accepted.headers["Location"])
    month = order["received_at"][:7]

    everyone = await street.operations.json("GET", f"/v1/operations/reports/pid?month={month}")
    own = await street.clec.json("GET", f"/v1/reports/pid?month={month}")
    of_nobody = await street.operations.json("GET", f"/v1/operations/reports/pid?month={month}&partner=nobody")
    page = await street.clec("GET", f"/v1/reports/pid?month={month}&format=html")

    assert {"PO-2A", "PO-2B"} <= {figure["measure"] for figure in everyone["figures"]}
    assert {None, own["clec"]} == {figure["clec"] for figure in own["figures"]}
    assert {"GA-1", "GA-4"} == {figure["measure"] for figure in of_nobody["figures"]}
    assert (200, "text/html") == (page.status, page.media)
    assert order["id"] in page.body.decode()


async def test_operators_read_the_payments_and_a_clec_does_not(street: Street) -> None:
    """The payments of all CLECs come as JSON with their readings, cap and totals; another's payments are no CLEC's."""
    payments = await street.operations.json("GET", "/v1/operations/reports/pap?month=2026-01")
    refused = await street.clec("GET", "/v1/operations/reports/pap?month=2026-01")

    assert ("pap", "2026-01", {}) == (payments["report"], payments["month"], payments["totals"])
    assert "40000000" == payments["cap"]["amount"]
    assert 403 == refused.status


@pytest.mark.parametrize("query", ["?month=", "?month=2026-13", "?month=11-2026", "?month=2026-11&format=pdf"])
async def test_a_question_that_names_no_month_or_form_is_refused(street: Street, query: str) -> None:
    """What is wrong is said, as for every request."""
    answer = await street.clec("GET", f"/v1/reports/pid{query}", headers=JSON)

    assert (400, "urn:oss-gateway:problem:malformed-request") == (answer.status, json.loads(answer.body)["type"])
