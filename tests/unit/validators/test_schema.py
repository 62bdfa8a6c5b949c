"""The schema gate and its explanations."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import process_time

import pytest
from lxml import etree

from validators.bundled import bundled_path
from validators.codes import Code
from validators.schema import MOST_EXPLAINED_BYTES, MOST_FINDINGS, Schemas
from validators.verdict import Finding, Severity
from validators.xml import parse

_LOOP = "01-loop-new-install"
_LOOPS = "10-multi-line-30-loops-icb"


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    """Schemas of release r1, compiled once for this module."""
    return Schemas()


def _example(name: str) -> bytes:
    path: Path = bundled_path("schemas") / "r1" / "examples" / "lsr" / "valid" / f"{name}.xml"
    return path.read_bytes()


def _check(schemas: Schemas, body: bytes) -> tuple[Finding, ...]:
    return schemas.check(parse(body), "lsr")


def _places(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.code, finding.path) for finding in findings]


def test_families_are_the_messages_of_the_release(schemas: Schemas) -> None:
    """The release knows LSR messages; the file of common types is no message."""
    assert "lsr" in schemas.families()
    assert "common" not in schemas.families()


def test_unknown_family_is_an_error_of_the_caller(schemas: Schemas) -> None:
    """Asking for a family that the release does not have is an error that names both."""
    with pytest.raises(KeyError, match="release r1 has no message family 'fax'"):
        schemas.check(etree.Element("a"), "fax")


def test_unknown_release_is_an_error_of_the_caller() -> None:
    """Asking for a release that is not installed is an error that names it."""
    with pytest.raises(FileNotFoundError, match="'r99'"):
        Schemas("r99")


def test_field_is_documented(schemas: Schemas) -> None:
    """The catalogue tells a field's full name, length, type, usage and what it takes, by either of its names."""
    doc = schemas.field("LSR", "D/TSENT")
    assert doc == schemas.field("LSR", "D_TSENT")
    assert (doc.title, doc.length, doc.kind, doc.usage, doc.confidence) == (
        "Date and time sent",
        17,
        "date",
        "conditional",
        "seen",
    )
    assert "one of N, C, D" in schemas.field("LSR", "ACT").takes
    assert ("Y", "N") == schemas.field("LSR", "SCA").values


def test_field_of_a_detail_is_documented(schemas: Schemas) -> None:
    """A field of a service detail is found by its form, and a field that is not there is an error."""
    assert schemas.field("LS", "CHAN/PAIR").element == "CHAN_PAIR"
    with pytest.raises(KeyError, match=r"LS\.XYZ"):
        schemas.field("LS", "XYZ")


def test_finding_names_field_and_expectation(schemas: Schemas) -> None:
    """A bad PON is told by name, full name, what it takes, what was sent, and how to cure it."""
    (finding,) = _check(schemas, _example(_LOOP).replace(b"SLT26A000001", b"slt 26"))
    assert finding == Finding(
        rule="schema",
        section="12.2.1.1.6",
        code=Code.FIELD_FORMAT,
        severity=Severity.REJECT,
        path="/LocalServiceRequest/LSR/PON",
        value="slt 26",
        text="PON (Purchase order number) takes 1 to 16 capital letters or digits; 'slt 26' was sent.",
        cure="Send PON as 1 to 16 capital letters or digits.",
    )


def test_missing_field_of_a_detail_is_told_by_its_number(schemas: Schemas) -> None:
    """A detail that lacks a field is named by its number, in the path and in the sentence."""
    (finding,) = _check(schemas, _example(_LOOPS).replace(b"<LNUM>00017</LNUM>", b""))
    assert finding.path == "/LocalServiceRequest/LS/DETAILS/DETAIL[17]/LNUM"
    assert finding.text == "LNUM (Line number) is missing from detail 17 of LS."


def test_near_name_is_suggested(schemas: Schemas) -> None:
    """A field that is misspelt gets the name that was probably meant."""
    (finding,) = _check(
        schemas,
        _example(_LOOP)
        .replace(b"PROJECT", b"")
        .replace(b"<APPTIME>", b"<APTIME>")
        .replace(b"</APPTIME>", b"</APTIME>"),
    )
    assert finding.code == Code.FIELD_UNKNOWN
    assert finding.cure == "Did you mean APPTIME? Else leave it out."


def test_errors_in_every_form_are_told_at_once(schemas: Schemas) -> None:
    """Several mistakes in one form and mistakes in other forms are all told, in the order of the document."""
    body = _example(_LOOP)
    for old, new in (
        (b"<CC>9Z7A</CC>", b""),
        (b"<VER>01</VER>", b"<VER>1!</VER><NOTE/>"),
        (b"<STATE>ID</STATE>", b"<STATE>XX</STATE><ZZ/>"),
        (b"<LNUM>00001</LNUM>", b"<LNUM>0</LNUM><LNUM>1</LNUM>"),
    ):
        body = body.replace(old, new)
    assert _places(_check(schemas, body)) == [
        ("E201", "/LocalServiceRequest/LSR/CC"),
        ("E204", "/LocalServiceRequest/LSR/VER"),
        ("E202", "/LocalServiceRequest/LSR/NOTE"),
        ("E205", "/LocalServiceRequest/EU/STATE"),
        ("E202", "/LocalServiceRequest/EU/ZZ"),
        ("E204", "/LocalServiceRequest/LS/DETAILS/DETAIL/LNUM[1]"),
        ("E207", "/LocalServiceRequest/LS/DETAILS/DETAIL/LNUM[2]"),
    ]


def test_missing_forms_are_left_to_rules(schemas: Schemas) -> None:
    """A request without its EU and LS forms is laid out right; whether it needs them depends on what it orders."""
    root = parse(_example(_LOOP))
    for form in root[1:]:
        root.remove(form)
    assert schemas.check(root, "lsr") == ()


def test_value_in_a_finding_is_cut(schemas: Schemas) -> None:
    """A finding repeats no more than 200 characters of a value."""
    (finding,) = _check(schemas, _example(_LOOP).replace(b"<SC>GR01", b"<SC>" + b"A" * 5_000))
    assert finding.code == Code.FIELD_TOO_LONG
    assert finding.value == "A" * 200
    assert len(finding.text) < 300


@pytest.mark.parametrize("count", [200, 1_900])
def test_list_of_findings_is_bounded(schemas: Schemas, count: int) -> None:
    """More errors than an answer lists are cut off, and the last finding says that there are more."""
    body = _example(_LOOP).replace(b"</DETAILS>", b"<DETAIL><LNUM>x</LNUM></DETAIL>" * count + b"</DETAILS>")
    schemas.prepare("lsr")
    root = parse(body)
    started = process_time()
    findings = schemas.check(root, "lsr")
    assert process_time() - started < 1
    assert len(findings) == MOST_FINDINGS + 1
    assert findings[-1].code == Code.MORE_ERRORS
    assert "more" in findings[-1].text


@pytest.mark.parametrize(("example", "prefix"), [(_LOOP, b""), ("14-prefixed-names", b"o:")])
def test_large_document_is_explained_from_the_gate_alone(schemas: Schemas, example: str, prefix: bytes) -> None:
    """A document too large to be read twice still gets findings with path and value, whatever its prefix."""
    filler = b"<DETAIL><LOCNUM>1</LOCNUM><LNUM>9</LNUM><SAN>" + b"A" * 30 + b"</SAN></DETAIL>"
    filler = filler.replace(b"</", b"@").replace(b"<", b"<" + prefix).replace(b"@", b"</" + prefix)
    count = MOST_EXPLAINED_BYTES // len(filler) + 1
    end = b"</" + prefix + b"DETAILS>"
    body = _example(example).replace(end, filler * count + end).replace(b"DDD>03", b"DDD>13")
    assert _places(_check(schemas, body)) == [("E206", "/LocalServiceRequest/LSR/DDD")]


@pytest.mark.parametrize(
    "fragment",
    [
        b'<l:PON xmlns:l="urn:l"/>',
        b'<PON xmlns=""/>',
        b'<l:x xmlns:l="urn:oss-gateway:r1:lsr"/>',
        b"<x><y>" * 100 + b"</y></x>" * 100,
    ],
)
def test_foreign_elements_are_told(schemas: Schemas, fragment: bytes) -> None:
    """An element from another namespace, or a nest of unknown ones, is told once as unknown."""
    findings = _check(schemas, _example(_LOOP).replace(b"<LSR>", b"<LSR>" + fragment))
    assert [finding.code for finding in findings] == [Code.FIELD_UNKNOWN]


def test_location_hints_are_not_followed(schemas: Schemas) -> None:
    """A schema location in the document is neither an error nor followed."""
    hint = (
        b'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="urn:x file:///nowhere.xsd" release="r1"'
    )
    body = _example(_LOOP).replace(b'release="r1"', hint)
    assert _check(schemas, body) == ()
    assert _places(_check(schemas, body.replace(b"<STATE>ID", b"<STATE>XX"))) == [
        ("E205", "/LocalServiceRequest/EU/STATE")
    ]


@pytest.mark.parametrize("attribute", [b'i:type="x:none" xmlns:x="urn:x"', b'i:nil="true"'])
def test_attributes_that_steer_validation_are_refused(schemas: Schemas, attribute: bytes) -> None:
    """A document cannot choose the type of a field or declare it void."""
    namespace = b' xmlns:i="http://www.w3.org/2001/XMLSchema-instance" '
    body = _example(_LOOP).replace(b"<PON>", b"<PON" + namespace + attribute + b">")
    findings = _check(schemas, body)
    assert {finding.code for finding in findings} == {Code.FIELD_UNKNOWN}
    assert {finding.path.partition("@")[0] for finding in findings} == {"/LocalServiceRequest/LSR/PON/"}


def test_document_that_exhausts_the_validator_is_refused(schemas: Schemas, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document on which libxml2 gives up gets a finding, not an error of the gateway."""

    class _GivesUp:
        def validate(self, _root: object) -> bool:
            raise etree.XMLSchemaValidateError("Internal error in XML Schema validation.")

    monkeypatch.setattr(schemas, "_gate", lambda _family: _GivesUp())
    assert [finding.code for finding in _check(schemas, _example(_LOOP))] == [Code.SCHEMA_OTHER]


def test_threads_do_not_mix_up_errors(schemas: Schemas) -> None:
    """Documents judged at the same time in several threads each get their own findings only."""
    body = _example(_LOOP)

    def places(number: int) -> list[tuple[str, str]]:
        if number % 2:
            return _places(_check(schemas, body.replace(b"<STATE>ID", b"<STATE>XX")))
        return _places(_check(schemas, body.replace(b"<ACT>N", b"<ACT>?")))

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(places, range(40)))
    state, act = [("E205", "/LocalServiceRequest/EU/STATE")], [("E205", "/LocalServiceRequest/LSR/ACT")]
    assert results == [act, state] * 20
