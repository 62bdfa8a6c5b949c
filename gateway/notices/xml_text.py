"""Text that XML can carry."""

import re

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Give `text` with U+FFFD for each character that XML 1.0 (section 2.2) cannot carry, so that its place shows."""
    return _NOT_XML.sub("\ufffd", text)
