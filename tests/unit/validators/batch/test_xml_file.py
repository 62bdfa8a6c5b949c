"""Batches as XML."""

import pytest

from tests.rig.batch_files import NAMESPACE, xml_batch
from tests.rig.court import TRANSPORT, TRUNKS
from validators.batch.parts import BatchRefused
from validators.batch.xml_file import split_xml
from validators.families import family_in
from validators.schema import Schemas
from validators.xml import parse


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    """The schemas that say where a field stands."""
    return Schemas()


def test_each_request_is_a_document_of_its_own(schemas: Schemas) -> None:
    """What is taken out is valid by the schema of its family."""
    items = split_xml(xml_batch([TRUNKS, TRANSPORT], schemas))

    assert [1, 2] == [item.number for item in items]
    assert ["asr", "asr"] == [family_in(item.document or b"") for item in items]
    assert [(), ()] == [schemas.check(parse(item.document or b""), "asr") for item in items]


def test_the_same_file_gives_the_same_bytes(schemas: Schemas) -> None:
    """A request that is handed in again after a crash is the same to the byte."""
    body = xml_batch([TRUNKS], schemas)

    assert split_xml(body) == split_xml(body)


def test_a_stranger_among_the_requests_is_told(schemas: Schemas) -> None:
    """An element that is no request spoils none of the others."""
    body = xml_batch([TRUNKS], schemas, count=2).replace(b"</Batch>", b"<Invoice/></Batch>")
    good, stranger = split_xml(body)

    assert good.document is not None
    assert ["Request 2 is a Invoice."] == [fault.text for fault in stranger.faults]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body[:-200],
        lambda body: body.replace(b'count="1"', b'count="2"'),
        lambda body: body.replace(NAMESPACE.encode(), b"urn:other"),
        lambda body: b"<!DOCTYPE Batch [<!ENTITY a 'b'>]>" + body,
        lambda _: b"   ",
        lambda _: f'<Batch xmlns="{NAMESPACE}"/>'.encode(),
    ],
    ids=["half-written", "another number", "another root", "document type", "empty", "no request"],
)
def test_a_broken_file_is_refused_whole(schemas: Schemas, spoil: object) -> None:
    """Nothing in it is processed."""
    with pytest.raises(BatchRefused):
        split_xml(spoil(xml_batch([TRUNKS], schemas)))  # type: ignore[operator] # each case is a function of the file
