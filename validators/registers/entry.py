"""A register, an entry of one, and the dossier: all entries that concern one partner, as a rule is given them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Generic, Literal, TypeVar

from validators.agreement.strict import Strict

Data = TypeVar("Data", bound=Strict)

Concerns = Literal["partner", "all", "either"]
"""Whom an entry may concern: one partner, all of them alike, or as the operator says."""


@dataclass(frozen=True, slots=True)
class Register(Generic[Data]):
    """One kind of operator data.

    Attributes:
        id: its name in the API, on the command line and in files.
        section: what an entry rests on, unless the operator names a closer section.
        model: what an entry says.
        purpose: what it is for, in a sentence for operators.
        keyed_by: what the key of an entry names; empty where entries have none.
        keys: pattern that a key must have; empty takes any.
        concerns: whom an entry may concern.
        published: whether CLECs that it concerns may read it.
    """

    id: str
    section: str
    model: type[Data]
    purpose: str
    keyed_by: str = ""
    keys: str = ""
    concerns: Concerns = "either"
    published: bool = False


@dataclass(frozen=True, slots=True)
class Entry(Generic[Data]):
    """One entry that was not withdrawn.

    Attributes:
        partner: whom it concerns; None for all partners.
        key: what it is about; empty where its register has no keys.
        valid_from: first day on which it holds.
        valid_until: last day on which it holds; None while no end is known.
    """

    id: str
    register: str
    partner: str | None
    key: str
    data: Data
    section: str
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether it is in force on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


Shelf = Mapping[str, Mapping[str, tuple[Entry[Any], ...]]]
"""Entries by register and key, by the day from which they hold."""


def shelf_of(entries: Iterable[Entry[Any]]) -> Shelf:
    """Sort entries into a shelf."""
    shelf: dict[str, dict[str, tuple[Entry[Any], ...]]] = {}
    for entry in sorted(entries, key=lambda one: (one.valid_from, one.id)):
        by_key = shelf.setdefault(entry.register, {})
        by_key[entry.key] = (*by_key.get(entry.key, ()), entry)
    return shelf


@dataclass(frozen=True, slots=True)
class Dossier:
    """All entries that concern one partner: its own, and those for all partners."""

    own: Shelf = field(default_factory=dict)
    common: Shelf = field(default_factory=dict)

    @classmethod
    def of(cls, *entries: Entry[Any]) -> "Dossier":
        """Give the dossier that holds these entries."""
        return cls(shelf_of(entries))

    def entries(self, register: Register[Data], key: str | None = None) -> Iterator[Entry[Data]]:
        """Give the entries of a register, whenever they hold; with `key`, only those of that key."""
        for shelf in (self.own, self.common):
            by_key = shelf.get(register.id)
            if by_key is None:
                continue
            for known in by_key if key is None else (key,):
                yield from by_key.get(known, ())

    def in_force(self, register: Register[Data], day: date, key: str | None = None) -> Iterator[Entry[Data]]:
        """Give the entries of a register that hold on `day`; with `key`, only those of that key."""
        return (entry for entry in self.entries(register, key) if entry.holds_on(day))

    def last(self, register: Register[Data], day: date, key: str | None = None) -> Entry[Data] | None:
        """Give the entry in force on `day` that began last; None where there is none."""
        return max(self.in_force(register, day, key), key=lambda entry: (entry.valid_from, entry.id), default=None)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is entered."""
        return not self.own and not self.common

    def has(self, register: Register[Any]) -> bool:
        """Say whether anything at all is entered in a register."""
        return register.id in self.own or register.id in self.common


EMPTY: Final = Dossier()
"""Nothing is on record."""
