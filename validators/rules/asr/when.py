"""When fields of an ASR are needed or out of place: each condition in words and as a test of the message."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from validators.messages.asr import AccessServiceRequest


@dataclass(frozen=True, slots=True)
class When:
    """A condition on a request.

    Attributes:
        words: as a sentence goes on after "where", e.g. `ACT is N or C`.
        holds: says whether a request meets it.
    """

    words: str
    holds: Callable[[AccessServiceRequest], bool]

    def __and__(self, other: "When") -> "When":
        """Give the condition that both hold."""
        return When(f"{self.words} and {other.words}", lambda message: self.holds(message) and other.holds(message))

    def __or__(self, other: "When") -> "When":
        """Give the condition that one of them holds."""
        return When(f"{self.words}, or {other.words}", lambda message: self.holds(message) or other.holds(message))

    def __invert__(self) -> "When":
        """Give the condition that it does not hold."""
        return When(f"it is not so that {self.words}", lambda message: not self.holds(message))


def _listed(values: Collection[str]) -> str:
    *first, last = values
    return f"{', '.join(first)} or {last}" if first else last


def is_one_of(form: str, field: str, values: Collection[str], length: int | None = None) -> When:
    """Hold where a field, or its first `length` characters, is one of `values`."""
    allowed = frozenset(values)
    beginning = f"the beginning of {field}" if length else field
    return When(
        f"{beginning} is {_listed(tuple(values))}",
        lambda message: (message.field(form, field) or "")[:length] in allowed,
    )


def has(form: str, field: str) -> When:
    """Hold where a field is present."""
    return When(f"{field} is present", lambda message: message.field(form, field) is not None)


def lacks(form: str, field: str) -> When:
    """Hold where a field is absent."""
    return When(f"{field} is absent", lambda message: message.field(form, field) is None)


def act(letters: str) -> When:
    """Hold for these activities (ACT)."""
    return is_one_of("ADMIN", "ACT", tuple(letters))


def reqtyp(letters: str) -> When:
    """Hold for requisitions that begin with one of these letters."""
    return is_one_of("ADMIN", "REQTYP", tuple(letters), 1)


def acti(letters: str) -> When:
    """Hold for these activities of a trunk group (ACTI)."""
    return is_one_of("ADMIN", "ACTI", tuple(letters))


def translations(letters: str) -> When:
    """Hold where TQ begins with one of these characters."""
    return is_one_of("ADMIN", "TQ", tuple(letters), 1)


TRUNK_WORK = When(
    "TQ asks for trunk work too", lambda message: (message.field("ADMIN", "TQ") or "")[1:] not in {"N", "X"}
)
"""The second character of TQ, if there is one, does not say that translations alone are asked for."""
UNBUNDLED = When("an unbundled element is ordered (UNE Y)", lambda message: message.unbundled)
LOCAL_TRUNKS = reqtyp("M") & has("ADMIN", "CC")
SIGNALING_BY_CODE = has("TRUNKING", "TCIC")
DESIGN_WANTED = is_one_of("ADMIN", "RTR", ("S", "T"))
NEW_BILL = is_one_of("ADMIN", "BAN", ("N",))
ALWAYS = When("the form is there", lambda _: True)
