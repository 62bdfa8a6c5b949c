"""The suites of business scenarios that a partner passes to be certified (12.2.9.4), as data."""

from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError


class SuitesInvalid(ValueError):  # noqa: N818 - it says what is so
    """Raised when the suites cannot be read; the text names the file and every wrong place in it."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Case(_Model):
    """One thing to be shown by an order."""

    about: str
    account: str = Field(description="What the order's PON begins with.")
    events: tuple[str, ...] = Field(min_length=1, description="What the order's history must have.")
    acknowledged: bool = False
    """Whether the partner must have acknowledged a notice about it."""


class Suite(_Model):
    """Cases that belong together, and what their passing certifies."""

    id: str
    section: str
    about: str
    products: tuple[str, ...] = Field(min_length=1)
    activities: tuple[str, ...] = Field(min_length=1)
    cases: tuple[Case, ...] = Field(min_length=1)


class Suites(_Model):
    """All suites of a release."""

    release: str
    suites: tuple[Suite, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the suites from YAML.

        Raises:
            SuitesInvalid: it is no YAML, or not of this form; every wrong place is named.
        """
        try:
            content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
            return cls.model_validate(content)
        except yaml.YAMLError as error:
            raise SuitesInvalid(f"{path}: {error}") from None
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
            raise SuitesInvalid(f"{path}: {wrong}") from None
