"""Two releases of the messages: what one says, the other says too."""

from pathlib import Path

import pytest
from lxml import etree

from gateway.notices.plain_text import plain_text
from tests.rig.court import LOOP, sample
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.messages.compose import compose
from validators.releases import FIRST, SECOND, notice_in, release_of, to_first
from validators.rules import rule_book
from validators.schema import Schemas

NOTICES = sorted((bundled_path("schemas") / FIRST / "examples" / "notice").glob("*.xml"))
NAMESPACE = "{urn:oss-gateway:r2:notice}"


@pytest.fixture(scope="module")
def second() -> Schemas:
    """Give the schemas of the second release."""
    return Schemas(SECOND)


def in_second(order: bytes) -> bytes:
    """Write an order of the first release for the second."""
    return order.replace(b":r1:", b":r2:").replace(b'release="r1"', b'release="r2"')


@pytest.mark.parametrize("file", NOTICES, ids=lambda file: file.stem)
def test_every_notice_is_valid_in_the_second_release_too(second: Schemas, file: Path) -> None:
    """Its dates are ISO, each section stands by itself, its words are those that people read; nothing else is new."""
    issued = file.read_bytes()
    root = etree.fromstring(notice_in(SECOND, issued, plain_text))
    before = [etree.QName(element).localname for element in etree.fromstring(issued).iter(etree.Element)]
    after = [etree.QName(element).localname for element in root.iter(etree.Element)]
    sections = (etree.fromstring(issued).findtext("{urn:oss-gateway:r1:notice}SECTION") or "").split(",")

    assert () == second.check(root, "notice")
    assert [name.strip() for name in sections] == [element.text for element in root.findall(f"{NAMESPACE}SECTION")]
    assert plain_text(issued) == root.findtext(f"{NAMESPACE}TEXT")
    assert len(before) + len(sections) == len(after)


def test_the_first_release_gives_a_notice_as_it_was_issued() -> None:
    """Byte for byte."""
    issued = NOTICES[0].read_bytes()

    assert issued == notice_in(FIRST, issued, plain_text)


def test_an_order_in_the_second_release_is_judged_like_the_same_in_the_first(second: Schemas) -> None:
    """The forms and fields are the same, so the message that is read is the same value."""
    first = Schemas()
    judge = Judge(first, {}, rule_book(), {(SECOND, "lsr"): second})
    order = compose(sample(LOOP), {"LSR.DDD": "2026-03-20", "LSR.DATED": "2026-02-24"}, schemas=first)

    assert (FIRST, SECOND) == (release_of(order), release_of(in_second(order)))
    assert judge.read_valid(order, "lsr") == judge.read_valid(in_second(order), "lsr")
    assert judge.read_valid(order, "lsr") is not None


def test_the_second_release_takes_iso_dates_alone(second: Schemas) -> None:
    """What the first takes as March or April, one cannot tell: it is refused, with the field and the cure."""
    first = Schemas()
    judge = Judge(first, {}, rule_book(), {(SECOND, "lsr"): second})
    order = compose(sample(LOOP), {"LSR.DDD": "03-04-2026"}, schemas=first)

    assert judge.read_valid(order, "lsr") is not None
    assert judge.read_valid(in_second(order), "lsr") is None
    assert "/LocalServiceRequest/LSR/DDD" in {finding.path for finding in judge.read(in_second(order), "lsr").findings}


def test_the_root_says_the_release_where_a_document_names_several() -> None:
    """What an envelope around it declared, or what a remark says, does not count; nor does what cannot be parsed."""
    order = in_second(compose(sample(LOOP), schemas=Schemas()))
    enveloped = order.replace(b"<LocalServiceRequest ", b'<LocalServiceRequest xmlns:b="urn:oss-gateway:r1:batch" ')

    assert SECOND == release_of(enveloped)
    assert FIRST == release_of(enveloped[:-20])


def test_a_release_that_is_not_held_is_told_as_an_unknown_message() -> None:
    """It cannot be read by any schema of ours."""
    first = Schemas()
    judge = Judge(first, {}, rule_book(), {(SECOND, "lsr"): Schemas(SECOND)})
    order = compose(sample(LOOP), schemas=first).replace(b":r1:", b":r9:")

    assert "r9" == release_of(order)
    assert ["E106"] == [finding.code for finding in judge.read(order, "lsr").findings]


def test_translating_keeps_text_and_attributes() -> None:
    """Also of leaves with comments in them, of white space, and of the release that the root names."""
    root = etree.fromstring('<a xmlns="urn:oss-gateway:r2:lsr" release="r2"><b>x<!-- y -->z</b> <c d="e"/></a>')

    told = etree.tostring(to_first(root), encoding="unicode")

    assert '<a xmlns="urn:oss-gateway:r1:lsr" release="r1"><b>xz</b><c d="e"/></a>' == told
