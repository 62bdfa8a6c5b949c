"""The terms of an agreement one by one, each with its section, and what differs between two agreements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from validators.agreement.terms import Agreement

_ITSELF: Final = "agreement"
"""The room of what stands in no other: id, title, parties, state, release."""


@dataclass(frozen=True, slots=True)
class Term:
    """One figure, date or word of an agreement.

    Attributes:
        room: the part of the agreement file that it stands in, as `clocks`.
        about: what within the room it belongs to, as the id of a clock; empty for the room itself.
        name: what it is called there, as `length.hours`.
        value: as it is read.
        section: the nearest one that stands beside or above it; empty where there is none.
    """

    room: str
    about: str
    name: str
    value: str
    section: str

    @property
    def place(self) -> tuple[str, str, str]:
        """What names it within its agreement."""
        return self.room, self.about, self.name


@dataclass(frozen=True, slots=True)
class Difference:
    """A term that is not the same in two agreements; None where one of them lacks it."""

    kind: Literal["changed", "only in the first", "only in the second"]
    first: Term | None
    second: Term | None

    @property
    def term(self) -> Term:
        """One of the two, for what they are called."""
        found = self.first or self.second
        if found is None:
            raise ValueError("a difference is of a term that stands somewhere")
        return found


def terms_of(agreement: Agreement) -> Iterator[Term]:
    """Give every term in the order of the model, without those that say nothing."""
    told = agreement.model_dump(mode="json", by_alias=True, exclude_none=True)
    for room, value in told.items():
        if not isinstance(value, Mapping):
            yield from _terms(_ITSELF, "", [room], value, "")
            continue
        section = str(value.get("section", ""))
        for about, inner in value.items():
            if isinstance(inner, Mapping):
                yield from _terms(room, about, [], inner, section)
            elif about != "section":
                yield from _terms(room, "", [about], inner, section)


def differences(first: Agreement, second: Agreement) -> Sequence[Difference]:
    """Give what differs, room by room in the order of the first agreement; what only the second has comes last."""
    ours, theirs = ({term.place: term for term in terms_of(one)} for one in (first, second))
    found = []
    for place in {**ours, **theirs}:
        one, other = ours.get(place), theirs.get(place)
        if one is None:
            found.append(Difference("only in the second", one, other))
        elif other is None:
            found.append(Difference("only in the first", one, other))
        elif one.value != other.value:
            found.append(Difference("changed", one, other))
    return found


def _terms(room: str, about: str, names: Sequence[str], value: Any, section: str) -> Iterator[Term]:
    if isinstance(value, Mapping):
        nearer = str(value.get("section", "")) or section
        for name, inner in value.items():
            if name not in {"section", "id"}:
                yield from _terms(room, about, [*names, name], inner, nearer)
        return
    if isinstance(value, list):
        if any(isinstance(one, Mapping | list) for one in value):
            for number, one in enumerate(value, 1):
                yield from _terms(room, about, [*names, str(number)], one, section)
            return
        value = ", ".join(map(str, value))
    if value != "":
        yield Term(room, about, ".".join(names), _text(value), section)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split())
