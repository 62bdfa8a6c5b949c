"""The XML form of a batch: requests of any family under one root, counted."""

import io
from collections.abc import Iterator
from typing import Final

from lxml import etree

from validators.batch.parts import BatchFault, BatchItem, BatchRefused
from validators.families import FAMILIES

NAMESPACE: Final = "urn:oss-gateway:r1:batch"
ROOT: Final = f"{{{NAMESPACE}}}Batch"
_ROOTS: Final = frozenset(family.root for family in FAMILIES.values())
_WHOLE: Final = "Send the file again, whole; nothing in it was processed."


def split_xml(body: bytes) -> tuple[BatchItem, ...]:
    """Take a `Batch` apart; `count` on its root, if given, must be the number of its requests.

    Raises:
        BatchRefused: it is not well-formed (a half-written file is not), carries a document type, has another root,
            holds no request, or not as many as it says.
    """
    if b"<!DOCTYPE" in body[:4096]:
        raise BatchRefused([BatchFault("A batch carries no document type declaration.", _WHOLE)])
    items: list[BatchItem] = []
    root = None
    try:
        for event, element in _events(body):
            if event == "start" and root is None:
                root = _checked_root(element)
            if event == "end" and element.getparent() is root and root is not None:
                items.append(_item(len(items) + 1, element))
                element.clear()
                while element.getprevious() is not None:
                    root.remove(root[0])
    except etree.XMLSyntaxError as broken:
        raise BatchRefused([BatchFault(f"The file is no well-formed XML: {broken.msg}.", _WHOLE)]) from None
    if root is None:
        raise BatchRefused([BatchFault("The file is empty.", _WHOLE)])
    _check_count(root.get("count"), len(items))
    return tuple(items)


def _events(body: bytes) -> Iterator[tuple[str, etree._Element]]:
    return etree.iterparse(
        io.BytesIO(body),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _checked_root(element: etree._Element) -> etree._Element:
    if element.tag != ROOT:
        raise BatchRefused(
            [BatchFault(f"The root is {str(element.tag)[:80]}.", f"Put the requests under Batch of {NAMESPACE}.")]
        )
    return element


def _item(number: int, element: etree._Element) -> BatchItem:
    name = etree.QName(element).localname
    if name not in _ROOTS:
        fault = BatchFault(f"Request {number} is a {name[:80]}.", f"Send only {', '.join(sorted(_ROOTS))} in a batch.")
        return BatchItem(number, None, faults=(fault,))
    return BatchItem(number, etree.tostring(element, encoding="UTF-8", xml_declaration=True, with_tail=False))


def _check_count(said: str | None, found: int) -> None:
    if said is not None and said.strip() != str(found):
        raise BatchRefused(
            [BatchFault(f"The file says that it holds {said[:20]} requests, and holds {found}.", _WHOLE)]
        )
    if not found:
        raise BatchRefused([BatchFault("The file holds no request.", "Put at least one request under Batch.")])
