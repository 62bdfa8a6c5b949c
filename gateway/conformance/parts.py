"""What the parts of a scenario file are made of: strict keys, words of closed lists, lists that may be one word."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from gateway.conformance.moments import INSTANT, LAPSE, aware_text, instant_text, lapse_text


class Part(BaseModel):
    """A frozen part of a scenario; a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class OneOf:
    """Makes a text a word of a closed list; another word is an error that carries the list."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Give the check, with the list for editors."""
        return core_schema.no_info_after_validator_function(
            self._checked, handler(source), metadata={"pydantic_js_updates": {"enum": list(self.words)}}
        )

    def _checked(self, value: str) -> str:
        if value not in self.words:
            raise PydanticCustomError("word", "{value} is no word for this", {"value": value, "words": self.words})
        return value


def one_of(words: Iterable[str]) -> OneOf:
    """Give the closed list of `words`."""
    return OneOf(tuple(str(word) for word in words))


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Words: TypeAlias = Annotated[
    tuple[str, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One word, or a list of them."""

Instant: TypeAlias = Annotated[
    str, AfterValidator(instant_text), WithJsonSchema({"type": "string", "pattern": f"^{INSTANT}$"})
]
AwareInstant: TypeAlias = Annotated[
    str, AfterValidator(aware_text), WithJsonSchema({"type": "string", "pattern": f"^{INSTANT}$"})
]
Lapse: TypeAlias = Annotated[
    str, AfterValidator(lapse_text), WithJsonSchema({"type": "string", "pattern": f"^{LAPSE}( {LAPSE})*$"})
]
Day: TypeAlias = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
DayOrNone: TypeAlias = Annotated[str, Field(pattern=r"^(\d{4}-\d\d-\d\d|none)$")]
"""A day as 2026-03-09, or `none` for no day."""
