"""What the judge and the record ask of a message, whatever its family."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, Protocol

from validators.messages.section import Section

MessageFamily = Literal["lsr", "asr", "collocation"]


class Request(Protocol):
    """One version of one request. A field that was not sent, or is not readable as its type, is None."""

    @property
    def family(self) -> MessageFamily:
        """The family of this message."""

    @property
    def forms(self) -> Mapping[str, Section]:
        """Every form that was sent, by name."""

    @property
    def head(self) -> Section:
        """The form with the administrative fields."""

    @property
    def pon(self) -> str | None:
        """PON."""

    @property
    def ver(self) -> str | None:
        """VER."""

    @property
    def supplement_type(self) -> str | None:
        """SUP; None on a first issue."""

    @property
    def desired_due_date(self) -> date | None:
        """DDD."""

    @property
    def quantity(self) -> int:
        """How many of the product are asked for, at least 1."""

    def items(self) -> Iterator[tuple[str, str]]:
        """Give path and text of every field, form by form."""
