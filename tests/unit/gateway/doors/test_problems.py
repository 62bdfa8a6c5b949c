"""Problem objects and answers in both forms, and which form a caller gets."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.doors.problems import Kind, Problem, prefers_xml, to_xml
from gateway.notices.xml_text import xml_text
from validators.verdict import Finding, Severity

FINDING = Finding("xml", "12.2.1.1.6", "E104", Severity.REJECT, "/", None, "It is broken.", "Mend it.")


@pytest.mark.parametrize(
    ("accept", "xml"),
    [
        ("", True),
        ("*/*", True),
        ("application/xml", True),
        ("application/json", False),
        ("application/problem+json", False),
        ("text/html, application/json;q=0.9", False),
        ("application/xml, application/json", True),
        ("APPLICATION/JSON", False),
        ("nonsense", True),
        ("application/xml;q=0.5, application/json;q=0.9", False),
        ("application/json;q=0.5, application/xml;q=0.9", True),
        ("application/json;q=0.5, */*;q=0.1", False),
        ("application/json;q=0, */*", True),
        ("application/xml;q=0, */*;q=0.1", False),
        ("application/json;q=0.1, */*;q=0.8", True),
        ("application/json; charset=utf-8; Q=1, text/xml;q=oops", False),
    ],
)
def test_xml_is_the_default_and_json_is_for_who_names_it_first(accept: str, xml: bool) -> None:  # noqa: FBT001 - expectation
    """CLEC systems speak XML; JSON comes to who asks for it."""
    assert xml == prefers_xml(accept)


@given(st.text(max_size=300))
def test_any_accept_header_is_read(accept: str) -> None:
    """No header makes the choice fail."""
    assert prefers_xml(accept) in {True, False}


def test_a_problem_lists_its_findings_in_both_forms() -> None:
    """Type, title, status, detail, and each finding with path, rule, section and cure."""
    problem = Problem.of_findings(Kind.MALFORMED_MESSAGE, [FINDING, FINDING], order=None)

    body, media = problem.render("application/json")
    told = json.loads(body)
    assert ("application/problem+json", 400, [FINDING.as_json()] * 2) == (media, told["status"], told["errors"])
    assert "order" not in told
    body, media = problem.render("")
    root = etree.fromstring(body)
    assert ("application/problem+xml", "{urn:ietf:rfc:7807}problem") == (media, root.tag)
    assert ["It is broken."] * 2 == [item.findtext("{*}text") for item in root.iterfind("{*}errors/{*}item")]


@given(st.text())
def test_any_text_can_be_told_in_xml(text: str) -> None:
    """Characters that XML cannot carry show as U+FFFD, so a refusal never fails for what it quotes."""
    body, _ = Problem(Kind.MALFORMED_REQUEST, text).render("")

    assert etree.fromstring(body).findtext("{*}status") == "400"


@given(st.text())
def test_text_in_xml_is_read_as_it_was(text: str) -> None:
    """Markup, line ends and all; only what XML cannot carry is another character."""
    root = etree.fromstring(to_xml("a", {"b": text, "c": [text]}, "urn:x"))

    assert [xml_text(text)] * 2 == [root.findtext("{*}b"), root.findtext("{*}c/{*}item")]


def test_a_member_whose_name_is_no_name_in_xml_is_never_written() -> None:
    """It would break the document, or smuggle markup into it."""
    for name in ("", "a b", "a><b", "1a", "a\n"):
        with pytest.raises(ValueError, match="no name in XML"):
            to_xml("a", {name: 1}, "urn:x")


def test_truth_nothing_and_numbers_in_xml() -> None:
    """True is `true`, None is left out, lists hold items."""
    root = etree.fromstring(to_xml("a", {"yes": True, "none": None, "many": [1, {"b": "c"}]}, "urn:x"))

    assert {"yes", "many"} == {etree.QName(child).localname for child in root}
    assert "true" == root.findtext("{*}yes")
    assert ["1", None] == [item.text for item in root.iterfind("{*}many/{*}item")]


def test_a_problem_can_pass_through_a_context_manager() -> None:
    """Python notes the trace on an exception on its way; a frozen one could not take that."""
    problem = Problem(Kind.FORBIDDEN, "no")

    problem.__traceback__ = None
    assert problem is not Problem(Kind.FORBIDDEN, "no")
