"""What a simulated CLEC orders, and how often: read from a file, composed from order texts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from validators.messages.compose import compose
from validators.schema import Schemas


class MixInvalid(ValueError):  # noqa: N818 - it says what is so
    """Raised when a mix cannot be read; the text names the file and every wrong place in it."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Family = Literal["lsr", "asr", "collocation"]
_CANCELLATION, _NEW_DATE = "1", "2"
_HEADS: Final[Mapping[Family, str]] = {"lsr": "LSR", "asr": "ADMIN", "collocation": "COLLO"}
"""The form that names the request, by family."""
_DATED: Final = frozenset({"lsr", "asr"})
"""Families whose requests bear a date of sending and a desired due date, and are supplemented by SUP."""


class Kind(_Model):
    """One kind of order."""

    id: str
    family: Family = "lsr"
    weight: int = Field(gt=0)
    order: str = Field(description="Text of the order, a path below `config`.")
    days: int = Field(0, ge=0, le=365, description="How far ahead its desired due date lies, where it has one.")
    sets: dict[str, str] = {}
    drops: tuple[str, ...] = ()


class Then(_Model):
    """What else happens to an order, in hundredths."""

    sent_again: int = Field(ge=0, le=100)
    new_date: int = Field(ge=0, le=100)
    cancelled: int = Field(ge=0, le=100)


class Reply(_Model):
    """How the CLEC answers a notice: with a message under the same PON and the next VER."""

    family: Family
    notice: str = Field(description="Kind of the notice.")
    says: str = Field("", description="How the notice's text begins.")
    order: str | None = Field(None, description="Text that is sent again; none: only the fields.")
    fields: dict[str, str] = Field({}, description="Fields and values; `$name` is a value of the notice.")

    def fits(self, notice: Mapping[str, Any], family: str) -> bool:
        """Say whether a notice on a request of a family is answered so."""
        text = str(notice["content"].get("text", ""))
        return (self.family, self.notice) == (family, notice["kind"]) and text.startswith(self.says)


class Mix(_Model):
    """Kinds of order with their weights."""

    kinds: tuple[Kind, ...] = Field(min_length=1)
    then: Then
    replies: tuple[Reply, ...] = ()

    def of_families(self, families: Collection[str]) -> Self:
        """Give the kinds of some families alone.

        Raises:
            MixInvalid: none is left.
        """
        kinds = tuple(kind for kind in self.kinds if kind.family in families)
        if not kinds:
            raise MixInvalid(f"the mix has no order of the families {', '.join(families)}")
        return self.model_copy(update={"kinds": kinds})

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

    family: Family
    body: bytes


class Requests:
    """Composes the messages of a mix; the same seed gives the same ones."""

    def __init__(self, mix: Mix, config: Path, schemas: Schemas, seed: int, codes: Mapping[str, str]) -> None:
        """Take the mix and the folder that its orders lie below; `codes` sets the partner's own `CCNA` and `CC`."""
        self._mix = mix
        paths = {kind.order for kind in mix.kinds} | {reply.order for reply in mix.replies if reply.order}
        self._texts = {path: (config / path).read_text(encoding="utf-8") for path in sorted(paths)}
        self._schemas = schemas
        self._codes = codes
        self.random = Random(seed)  # noqa: S311 - a simulation is repeatable, it keeps no secret

    def first(self, pon: str, now: datetime) -> tuple[Kind, Request]:
        """Give the first version of an order under a PON, sent at `now`."""
        (kind,) = self.random.choices(self._mix.kinds, [kind.weight for kind in self._mix.kinds])
        return kind, self._request(kind, pon, "01", now, kind.days)

    def later(self, kind: Kind, pon: str, now: datetime) -> Request | None:
        """Give the second version of an order, where it has one: a new date or the cancellation."""
        then, drawn = self._mix.then, self.random.randrange(100)
        if kind.family not in _DATED:
            return None
        if drawn < then.new_date:
            return self._request(kind, pon, "02", now, kind.days + 7, _NEW_DATE)
        if drawn < then.new_date + then.cancelled:
            return self._request(kind, pon, "02", now, kind.days, _CANCELLATION)
        return None

    def sent_again(self) -> bool:
        """Say whether an order is sent a second time, as after a lost acknowledgement."""
        return self.random.randrange(100) < self._mix.then.sent_again

    def reply(self, notice: Mapping[str, Any], family: str) -> Request | None:
        """Give what answers a notice on a request of a family; most are only read."""
        found = next((reply for reply in self._mix.replies if reply.fits(notice, family)), None)
        if found is None:
            return None
        content, head = notice["content"], _HEADS[found.family]
        values = {
            name: str(content.get(text[1:], "")) if text.startswith("$") else text
            for name, text in found.fields.items()
        }
        named = {f"{head}.PON": content["pon"], f"{head}.VER": f"{int(notice['ver']) + 1:02d}"}
        text = self._texts[found.order] if found.order else ""
        codes = self._own_codes(found.family) if found.order else {}
        return Request(found.family, compose(text, {**values, **codes, **named}, schemas=self._schemas))

    def _request(
        self, kind: Kind, pon: str, ver: str, now: datetime, days: int, supplement: str | None = None
    ) -> Request:
        head = _HEADS[kind.family]
        named = {f"{head}.PON": pon, f"{head}.VER": ver}
        if kind.family in _DATED:
            named[f"{head}.D/TSENT"] = f"{now:%m-%d-%Y-%I%M%p}"
            named[f"{head}.DDD"] = f"{_weekday(now.date() + timedelta(days=days)):%m-%d-%Y}"
        if supplement is not None:
            named[f"{head}.SUP"] = supplement
        sets = {**kind.sets, **self._own_codes(kind.family), **named}
        return Request(kind.family, compose(self._texts[kind.order], sets, kind.drops, schemas=self._schemas))

    def _own_codes(self, family: Family) -> dict[str, str]:
        return {f"{_HEADS[family]}.{name}": code for name, code in self._codes.items()}


def _weekday(day: date) -> date:
    """Give the day, or the Monday after it where it lies on a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
