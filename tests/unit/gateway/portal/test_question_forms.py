"""Pre-order questions as forms: each can be asked by what its form has, and what is wrong is told at its input."""

import pytest

from gateway.portal.entry.question_forms import QuestionField, Refusals, question_fields, read_question
from gateway.preorder.queries import holding, table
from gateway.services.preorder import QUERIES, AnyQuery


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_each_example_of_the_api_can_be_typed_into_the_form(query: AnyQuery) -> None:
    """The form has an input for every member, and what is typed becomes the very question."""
    fields = question_fields(query.question, query.example)

    read = read_question(query.question, fields, {field.name: field.example for field in fields})

    assert query.question.model_validate(query.example) == read


def test_inputs_say_what_they_take() -> None:
    """Members of members have dotted names, and only what the question cannot go without is needed."""
    fields = {field.name: field for field in question_fields(holding.NUMBER_HOLD.question, {})}
    codes = {field.name: field for field in question_fields(table.NC_NCI_VALIDATION.question, {})}

    assert (
        QuestionField("place.address.sasn", "place.address", "text", False, "Street name (SASN).")
        == fields["place.address.sasn"]
    )
    assert ("list", "number") == (fields["numbers"].kind, fields["count"].kind)
    assert (True, ("lsr", "asr")) == (codes["nc"].needed, codes["family"].options)


def test_what_is_wrong_is_told_at_its_input_or_on_top() -> None:
    """A value that does not fit is told at its input, what concerns several on top."""
    query = table.SERVICE_AVAILABILITY
    fields = question_fields(query.question, {})

    at_input = read_question(query.question, fields, {"wire_center": "no"})
    on_top = read_question(query.question, fields, {})

    assert isinstance(at_input, Refusals)
    assert {"wire_center"} == set(at_input.at)
    assert Refusals({}, ["give either wire_center or place"]) == on_top
