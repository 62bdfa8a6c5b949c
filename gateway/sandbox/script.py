"""What a scripted back end answers: rules by PON and VER, each with its answers and when they come."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator


class ScriptInvalid(ValueError):  # noqa: N818 - it says what is so
    """Raised when a script cannot be read; the text names the file and every wrong place in it."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class After(_Model):
    """Time from the receipt of a version to an answer, as elapsed time."""

    days: int = Field(0, ge=0)
    hours: int = Field(0, ge=0)
    minutes: int = Field(0, ge=0)

    @property
    def length(self) -> timedelta:
        """The whole of it."""
        return timedelta(days=self.days, hours=self.hours, minutes=self.minutes)

    def __str__(self) -> str:
        """Give it in words: `3 days 2 hours`, `0 minutes`."""
        units = (("day", self.days), ("hour", self.hours), ("minute", self.minutes))
        told = [f"{count} {unit}{'' if count == 1 else 's'}" for unit, count in units if count]
        return " ".join(told) or "0 minutes"


NO_FIELDS: Final[Mapping[str, str]] = MappingProxyType({})

Family = Literal["lsr", "asr", "collocation"]

Way = Literal["redis", "http"]
"""How a decision travels: over the decision stream of Redis, or as an HTTP request."""


class Answer(_Model):
    """One decision that the back end sends, when, and on which way; the version is put in when it is sent."""

    after: After
    by: Way = "http"
    decision: dict[str, JsonValue]


class Rule(_Model):
    """The answers to orders whose PON begins with `pon`; with `family` or `ver`, to those of it only.

    With `field`, an order fits only if that field, named as `EU.SASN`, has the value `is`.
    """

    pon: str = ""
    family: Family | None = None
    ver: str | None = None
    first: bool | None = None
    """True for the first version of an order alone, False for later ones alone."""
    field: str | None = Field(None, pattern=r"^[A-Z]+\.[A-Z0-9_]+$")
    is_: str | None = Field(None, alias="is")
    about: str = ""
    """What it shows, for people who choose a test account."""
    answers: tuple[Answer, ...]

    def fits(
        self, pon: str, ver: str, fields: Mapping[str, str] = NO_FIELDS, *, first: bool = True, family: str = "lsr"
    ) -> bool:
        """Tell whether a version is this rule's; `fields` has its fields by form and name."""
        if self.family not in (None, family):
            return False
        if not pon.startswith(self.pon) or self.ver not in (None, ver) or self.first not in (None, first):
            return False
        return self.field is None or fields.get(self.field) == self.is_

    @model_validator(mode="after")
    def _names_orders(self) -> Self:
        if not self.pon and self.field is None:
            raise ValueError("a rule names orders by `pon` or by `field`")
        if (self.field is None) != (self.is_ is None):
            raise ValueError("`field` and `is` go together")
        return self


class Script(_Model):
    """All rules; the first that fits an order counts."""

    rules: tuple[Rule, ...]

    def answers_to(
        self, pon: str, ver: str, fields: Mapping[str, str] = NO_FIELDS, *, first: bool = True, family: str = "lsr"
    ) -> tuple[Answer, ...]:
        """Give the answers to one version of an order, in their order; none means silence."""
        fitting = (rule for rule in self.rules if rule.fits(pon, ver, fields, first=first, family=family))
        return next((rule.answers for rule in fitting), ())

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a script from YAML.

        Raises:
            ScriptInvalid: it is no YAML, or no script; every wrong place is named.
        """
        try:
            content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
            return cls.model_validate(content)
        except yaml.YAMLError as error:
            raise ScriptInvalid(f"{path}: {error}") from None
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
            raise ScriptInvalid(f"{path}: {wrong}") from None
