"""Unused names for those that a scenario writes, so that its orders meet nobody else's, and the scenario's own back."""

import re
from secrets import choice, token_hex
from string import ascii_uppercase, digits
from typing import Final

from gateway.conformance.documents import PON

_PREMISES: Final = re.compile(rb"(<(?:[\w.-]+:)?PREM>)([A-Z]{6})([A-Z0-9]{2}(?:[A-Z0-9]{3})?)(</)")
"""The Premises of a document, between its tags: the six letters of its place, and its building."""
_REFERENCE: Final = re.compile(rb"(<(?:[\w.-]+:)?REF>)([A-Z0-9-]{1,16})(</)")
"""The earlier request that a document names by its PON, between its tags."""
_LETTERS: Final = ascii_uppercase + digits


class UnusedPremises:
    """Premises of one scenario's own: who waits at a Premises, and who holds space there, decides about others there.

    Each stays in its place, since that decides about its zone.
    """

    def __init__(self) -> None:
        self._sent: dict[bytes, bytes] = {}

    def outward(self, body: bytes) -> bytes:
        """Give a document with unused Premises."""
        return _PREMISES.sub(lambda found: found[1] + self._unused(found[2], found[3]) + found[4], body)

    def _unused(self, place: bytes, building: bytes) -> bytes:
        return self._sent.setdefault(place + building, place + "".join(map(choice, [_LETTERS] * 5)).encode())

    def inward(self, text: bytes) -> bytes:
        """Give what was received with the scenario's own Premises."""
        return _put_back(self._sent, text)


class UnusedNames:
    """PONs and Premises of one scenario's own.

    Attributes:
        run: what the PONs begin with.
    """

    def __init__(self) -> None:
        self.run = f"C{token_hex(5).upper()}"
        self._pons: dict[bytes, bytes] = {}
        self._premises = UnusedPremises()

    def outward(self, body: bytes) -> bytes:
        """Give a document with unused names."""
        body = PON.sub(lambda found: found[1] + self._unused(found[2]) + found[3], body)
        body = _REFERENCE.sub(lambda found: found[1] + self._pons.get(found[2], found[2]) + found[3], body)
        return self._premises.outward(body)

    def _unused(self, pon: bytes) -> bytes:
        return self._pons.setdefault(pon, f"{self.run}{len(self._pons):03d}".encode())

    def inward(self, text: bytes) -> bytes:
        """Give what was received with the scenario's own names."""
        return self._premises.inward(_put_back(self._pons, text))


def _put_back(sent: dict[bytes, bytes], text: bytes) -> bytes:
    for own, unused in sent.items():
        text = text.replace(unused, own)
    return text
