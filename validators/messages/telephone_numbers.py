"""The telephone numbers that a Local Service Request is about: ordered, ported, listed, given up, or billed to."""

from typing import Final

from validators.messages.lsr import LocalServiceRequest
from validators.messages.telephone import blocks, read_numbers

_FIELDS: Final = frozenset(
    {
        *("PORTED_NBR", "TNS", "OTN", "CFTN", "DISC_NBR", "LTN", "HTN", "HTLI"),
        *("ATN", "EATN", "LEATN", "AN", "EAN", "LEAN", "NAN"),
    }
)
"""Lines and accounts; not the telephones of people who are to be called about the order."""


def telephone_numbers(message: LocalServiceRequest) -> tuple[str, ...]:
    """Give every number that the request is about as digits, a run of them as the blocks that it is made of.

    An account that has another kind of number is left out.
    """
    found: dict[str, None] = {}
    for form in message.forms.values():
        for section in (form, *form.details):
            if _FIELDS.isdisjoint(section.fields):
                continue
            for name in _FIELDS & section.fields.keys():
                numbers = read_numbers(section.fields[name])
                if numbers is not None:
                    found.update(dict.fromkeys(blocks(numbers)))
    return tuple(sorted(found))
