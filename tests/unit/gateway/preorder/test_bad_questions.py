"""Questions that cannot be asked: each is refused before anything is looked up, naming the member."""

from typing import Any

import pytest
from pydantic import ValidationError

from gateway.preorder.queries.query import Query
from gateway.preorder.queries.table import REFERENCE_QUERIES

PLACE = {"address": {"sano": "4120", "sasn": "OPALINE", "city": "BOISE"}}
BAD: dict[str, list[tuple[dict[str, Any], str]]] = {
    "address-validation": [({}, "address"), ({"address": {"city": "BOISE"}}, "address.sasn")],
    "features": [({}, ""), ({**PLACE, "wtn": "2085550201"}, "")],
    "service-availability": [({"wire_center": "BOISE"}, "wire_center")],
    "dispatch-required": [({**PLACE, "activity": "X"}, "activity")],
    "facility-availability": [({**PLACE, "product": "NOT A PRODUCT"}, "product")],
    "loop-qualification": [({"wtn": "555"}, "wtn")],
    "raw-loop-data": [({}, ""), ({"wire_center": "BOISIDMA"}, ""), ({"place": PLACE, "cable": "1"}, "")],
    "isdn-qualification": [({"address": {"sasn": "A\tB", "city": "BOISE"}}, "address.sasn")],
    "dsl-qualification": [({**PLACE, "more": 1}, "more")],
    "pots-conversion": [({"wtn": "1085550201"}, "wtn")],
    "cfa-list": [({}, "actl"), ({"actl": "BOISIDMAH7Z", "limit": 0}, "limit")],
    "cfa-validation": [({"cfas": []}, "cfas"), ({"cfas": ["<>"]}, "cfas.0")],
    "meet-points": [
        ({"wire_center": "BOISIDMA"}, ""),
        ({"wire_center": "BOISIDMA", "points": [1, 2, 3, 4, 5, 6]}, "points"),
        ({"wire_center": "BOISIDMA", "low": 5, "high": 1}, ""),
        ({"wire_center": "BOISIDMA", "low": 5}, ""),
    ],
    "design-layout-record": [({"circuit": ""}, "circuit")],
    "nc-nci-validation": [({"nc": "LX--"}, "nci"), ({"nc": "LX---", "nci": "02QC2"}, "nc")],
    "ban-validation": [({"bans": ["*"]}, "bans.0")],
    "clli-validation": [({"cllis": ["BOISE"]}, "cllis.0")],
}


@pytest.mark.parametrize("query", REFERENCE_QUERIES, ids=lambda query: query.name)
def test_a_bad_question_is_refused_with_its_member(query: Query[Any, Any]) -> None:
    """Each question has its own bad input, and the refusal points at it."""
    for question, member in BAD[query.name]:
        with pytest.raises(ValidationError) as refused:
            query.question.model_validate(question)
        assert [member] == [".".join(map(str, error["loc"])) for error in refused.value.errors()]


@pytest.mark.parametrize("query", REFERENCE_QUERIES, ids=lambda query: query.name)
def test_the_example_of_each_question_has_an_answer(query: Query[Any, Any], ask: Any) -> None:
    """What the documents show works on the territory that is shipped."""
    assert ask(query, dict(query.example)).found
