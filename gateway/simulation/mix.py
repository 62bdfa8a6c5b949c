"""What a simulated CLEC orders, and how often: read from a file, composed from order texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from validators.messages.compose import compose
from validators.schema import Schemas


class MixInvalid(ValueError):  # noqa: N818 - it says what is so
    """Raised when a mix cannot be read; the text names the file and every wrong place in it."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Kind(_Model):
    """One kind of order."""

    id: str
    weight: int = Field(gt=0)
    order: str = Field(description="Text of the order, a path below `config`.")
    days: int = Field(ge=0, le=365, description="How far ahead its desired due date lies.")
    sets: dict[str, str] = {}


class Then(_Model):
    """What else happens to an order, in hundredths."""

    sent_again: int = Field(ge=0, le=100)
    new_date: int = Field(ge=0, le=100)
    cancelled: int = Field(ge=0, le=100)


class Mix(_Model):
    """Kinds of order with their weights."""

    kinds: tuple[Kind, ...] = Field(min_length=1)
    then: Then

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a mix from YAML.

        Raises:
            MixInvalid: it is no YAML, or no mix; every wrong place is named.
        """
        try:
            content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
            return cls.model_validate(content)
        except yaml.YAMLError as error:
            raise MixInvalid(f"{path}: {error}") from None
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
            raise MixInvalid(f"{path}: {wrong}") from None


@dataclass(frozen=True, slots=True)
class Request:
    """One message to send."""

    kind: str
    body: bytes


class Requests:
    """Composes the messages of a mix; the same seed gives the same ones."""

    def __init__(self, mix: Mix, config: Path, schemas: Schemas, seed: int, codes: Mapping[str, str]) -> None:
        """Take the mix and the folder that its orders lie below; `codes` sets the partner's own (`LSR.CCNA`, …)."""
        self._mix = mix
        self._texts = {kind.order: (config / kind.order).read_text(encoding="utf-8") for kind in mix.kinds}
        self._schemas = schemas
        self._codes = codes
        self.random = Random(seed)  # noqa: S311 - a simulation is repeatable, it keeps no secret

    def first(self, pon: str, now: datetime) -> tuple[Kind, Request]:
        """Give the first version of an order under a PON, sent at `now`."""
        (kind,) = self.random.choices(self._mix.kinds, [kind.weight for kind in self._mix.kinds])
        return kind, self._request(kind, pon, "01", now, kind.days, {})

    def later(self, kind: Kind, pon: str, now: datetime) -> Request | None:
        """Give the second version of an order, where it has one: a new date or the cancellation."""
        then, drawn = self._mix.then, self.random.randrange(100)
        if drawn < then.new_date:
            return self._request(kind, pon, "02", now, kind.days + 7, {"LSR.SUP": "2"})
        if drawn < then.new_date + then.cancelled:
            return self._request(kind, pon, "02", now, kind.days, {"LSR.SUP": "1"})
        return None

    def sent_again(self) -> bool:
        """Say whether an order is sent a second time, as after a lost acknowledgement."""
        return self.random.randrange(100) < self._mix.then.sent_again

    def _request(self, kind: Kind, pon: str, ver: str, now: datetime, days: int, more: Mapping[str, str]) -> Request:
        dates = {
            "LSR.PON": pon,
            "LSR.VER": ver,
            "LSR.D/TSENT": f"{now:%m-%d-%Y-%I%M%p}",
            "LSR.DDD": f"{_weekday(now.date() + timedelta(days=days)):%m-%d-%Y}",
        }
        body = compose(self._texts[kind.order], {**kind.sets, **self._codes, **dates, **more}, schemas=self._schemas)
        return Request(kind.id, body)


def _weekday(day: date) -> date:
    """Give the day, or the Monday after it where it lies on a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
