"""What a scripted back end answers: rules by PON and VER, each with its answers and when they come."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError


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


Way = Literal["redis", "http"]
"""How a decision travels: over the decision stream of Redis, or as an HTTP request."""


class Answer(_Model):
    """One decision that the back end sends, when, and on which way; the version is put in when it is sent."""

    after: After
    by: Way
    decision: dict[str, JsonValue]


class Rule(_Model):
    """The answers to orders whose PON begins with `pon`; with `ver`, to that version only."""

    pon: str
    ver: str | None = None
    answers: tuple[Answer, ...]

    def fits(self, pon: str, ver: str) -> bool:
        """Tell whether an order is this rule's."""
        return pon.startswith(self.pon) and self.ver in (None, ver)


class Script(_Model):
    """All rules; the first that fits an order counts."""

    rules: tuple[Rule, ...]

    def answers_to(self, pon: str, ver: str) -> tuple[Answer, ...]:
        """Give the answers to one version of an order, in their order; none means silence."""
        return next((rule.answers for rule in self.rules if rule.fits(pon, ver)), ())

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
