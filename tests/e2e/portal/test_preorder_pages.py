"""Pre-order in the browser: all questions, by forms made of their models."""

import asyncio

from gateway.portal.entry.question_forms import question_fields
from gateway.services.preorder import QUERIES, AnyQuery
from tests.rig.visitor import House, Seen, Visitor


async def ask(visitor: Visitor, query: AnyQuery) -> Seen:
    """Type the API's example into the form of a question and send it."""
    address = f"/portal/preorder/{query.name}"
    fields = question_fields(query.question, query.example)
    return await visitor.send(await visitor.open(address), address, **{field.name: field.example for field in fields})


async def test_every_question_is_listed_and_answered(house: House) -> None:
    """Each of the API's questions has its page, and its example gets an answer there, dated."""
    visitor = await house.visitor("clec")
    listed = await visitor.open("/portal/preorder")

    answers = await asyncio.gather(
        *(ask(visitor, query) for query in QUERIES if query.name != "customer-service-record")
    )

    assert {f"/portal/preorder/{query.name}" for query in QUERIES} <= set(listed.tree.xpath("//main//a/@href"))
    assert [] == [page.address for page in answers if page.status != 200 or "Answer: " not in page.words]
    assert any("OPALINE" in page.words and "Addresses" in page.words for page in answers)


async def test_a_customers_record_is_refused_without_authorization_as_by_the_api(house: House) -> None:
    """The page says what to put on record first."""
    visitor = await house.visitor("clec")
    page = await visitor.open("/portal/preorder/customer-service-record")

    refused = await visitor.send(page, "/customer-service-record", wtn="2085550299")

    assert 403 == refused.status
    assert "put it there with end-user-authorization" in refused.words


async def test_what_was_typed_stays_beside_what_is_wrong(house: House) -> None:
    """A value that does not fit comes back with what it takes."""
    visitor = await house.visitor("clec")
    page = await visitor.open("/portal/preorder/clli-validation")

    refused = await visitor.send(page, "/clli-validation", cllis="<b>no</b>")

    assert 422 == refused.status
    assert "<b>no</b>" == refused.tree.xpath("//textarea")[0].text
