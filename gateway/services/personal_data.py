"""The list of where end users' personal data stand in the record (`config/retention/personal-data.yaml`)."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from validators.bundled import bundled_path

Way = Literal["document", "members", "envelope", "emptied", "deleted", "unlinked"]
"""How a column is purged."""


class Place(BaseModel):
    """A table that holds personal data: what they are, when they are purged, and how each column is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    holds: str
    purged: str
    columns: Mapping[str, Way]


class PersonalData(BaseModel):
    """The whole list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    families: tuple[str, ...]
    kinds: tuple[str, ...]
    """Kinds of request by application that are about an end user's place."""
    closed: tuple[str, ...]
    """States in which nothing is owed for an order any more."""
    tables: Mapping[str, Place]
    without: Mapping[str, str]
    """Tables that hold none, each with what it holds instead."""
    kept_elements: tuple[tuple[str, ...], ...]
    kept_members: tuple[tuple[str, ...], ...]

    @cached_property
    def elements(self) -> frozenset[str]:
        """The elements of documents whose text stays."""
        return frozenset(name for names in self.kept_elements for name in names)

    @cached_property
    def members(self) -> frozenset[str]:
        """The members of JSON values whose text stays."""
        return frozenset(name for names in self.kept_members for name in names)

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Give the list as text: table, its columns and how each is purged, what they hold, when they are purged."""
        for table, place in self.tables.items():
            columns = ", ".join(f"{column} ({way})" for column, way in place.columns.items())
            yield table, columns, place.holds, place.purged


def load_personal_data(path: Path | None = None) -> PersonalData:
    """Read the list that is shipped, or one like it.

    Raises:
        OSError: it cannot be read.
        pydantic.ValidationError: it says what it cannot say.
    """
    text = (path or bundled_path("config") / "retention" / "personal-data.yaml").read_text(encoding="utf-8")
    return PersonalData.model_validate(yaml.safe_load(text))
