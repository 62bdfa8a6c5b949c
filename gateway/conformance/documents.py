"""The bytes of the messages that a scenario sends."""

import re
from pathlib import Path
from typing import Final

from gateway.conformance.scenario import Send
from validators.messages.compose import compose
from validators.schema import Schemas

PON: Final = re.compile(rb"(<(?:[\w.-]+:)?PON>)([A-Z0-9-]{1,16})(</)")
"""The purchase order number in a document, between its tags."""


def document(send: Send, folder: Path, schemas: Schemas) -> bytes:
    """Give the document that `send` means; files lie beside the scenario, in `folder`.

    Raises:
        OSError: the file cannot be read.
        UnicodeDecodeError: it holds FORM.FIELD=VALUE lines that are not UTF-8.
        ComposeError: a line, set or drop names no field.
    """
    if send.xml is not None:
        return send.xml.encode()
    if send.fields is not None:
        return compose("", {**send.fields, **send.sets}, send.drops, schemas=schemas)
    if send.file is not None and send.file.endswith(".xml"):
        return (folder / send.file).read_bytes()
    text = (folder / send.file).read_text(encoding="utf-8") if send.file is not None else send.text or ""
    return compose(text, send.sets, send.drops, schemas=schemas)


def pon_of(body: bytes) -> str | None:
    """Give the purchase order number of a document; None where none can be read."""
    found = PON.search(body)
    return found[2].decode() if found else None
