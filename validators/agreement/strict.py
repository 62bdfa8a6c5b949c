"""What every model of the agreement file shares: frozen, no unknown keys, contradictions that say their cure."""

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """A frozen part of the agreement file; a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Give a copy with some terms replaced; what was worked out from the old terms is not taken along."""
        copy = super().model_copy(update=update, deep=deep)
        for derived in set(copy.__dict__) - set(type(self).model_fields):
            del copy.__dict__[derived]
        return copy


def contradiction(what: str, cure: str) -> PydanticCustomError:
    """Give the error that says what is wrong in a term and how to cure it."""
    return PydanticCustomError("contradiction", "{what}", {"what": what, "cure": cure})


def _quoted_time(value: object) -> time:
    # YAML 1.1 reads an unquoted 19:00 as the number 1140, which pydantic would take for 00:19.
    if isinstance(value, time):
        return value
    if not isinstance(value, str):
        raise contradiction(f"{value!r} is not a time of day", 'write it in quotes, as in "19:00"')
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise contradiction(f"{value!r} is not a time of day", 'write hours and minutes, as in "19:00"') from None


LocalTime = Annotated[time, BeforeValidator(_quoted_time)]
"""A time of day without zone; the term that holds it says whose time it is."""
