"""What can be ordered, in words: the characters of REQTYP and ACT."""

from collections.abc import Mapping
from typing import Final

from validators.messages.request import MessageFamily

SIMPLE_PORT: Final = "C on one page"
"""Stands for a simple port on form SPSR."""
SERVICES: Final[Mapping[MessageFamily, Mapping[str, str]]] = {
    "lsr": {
        "A": "an unbundled loop, subloop or NID",
        "B": "a loop with number portability",
        "C": "number portability alone",
        SIMPLE_PORT: "a simple port, on the one-page form SPSR",
        "D": "the end of a retail or bundled service",
        "E": "resold service",
        "F": "a port",
        "H": "other service",
        "J": "a directory listing",
        "K": "a resold private line",
        "L": "other resold service",
        "M": "a platform",
        "N": "other service",
        "P": "a loop combined with transport or a multiplexer (EEL, LMC)",
        "Q": "other service",
    },
    "asr": {
        "S": "transport: special access, UDIT, dark fiber",
        "M": "trunk groups (LIS)",
        "L": "signaling links",
        "E": "a circuit from an end user's address",
        "V": "transport with a virtual connection",
        "X": "other access from an end user's address",
        "A": "other access service",
        "D": "other access service",
        "P": "other access service",
        "R": "other access service",
        "W": "other access service",
    },
}
"""What is asked for, by the first character of REQTYP."""

ACTIVITIES: Final[Mapping[MessageFamily, Mapping[str, str]]] = {
    "lsr": {
        "N": "new",
        "C": "change",
        "D": "disconnect",
        "T": "move to another place",
        "V": "conversion as specified",
        "W": "conversion as it is",
        "Z": "conversion without a change of the listing",
        "R": "change of the record",
        "M": "move inside",
        "S": "suspend",
        "B": "restore",
        "Y": "deny",
        "L": "suspend for a season",
    },
    "asr": {
        "N": "new or added",
        "C": "change",
        "D": "disconnect",
        "M": "move inside",
        "T": "move to another place",
        "R": "change of the record",
    },
}
"""What is to be done with it (ACT)."""

STEPS: Final[Mapping[MessageFamily, Mapping[str, str]]] = {
    "lsr": {"B": "firm order", "A": "inquiry"},
    "asr": {"D": "firm order"} | dict.fromkeys("ABCEFGHJK", "inquiry, or a step from it to the order"),
}
"""How firm it is, by the second character of REQTYP."""
