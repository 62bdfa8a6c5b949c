"""A draft as it is worked on: the request that is filled in, the order that it changes, the key it is sent under."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.portal.forms.typed import Typed
from gateway.record.rows import Family

KEY_FIELD = "key"
"""Name of the hidden field that carries the key."""
_KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Work:
    """What a draft holds.

    Attributes:
        key: the Idempotency-Key of its submission, so that sending it twice does it once.
        order_id: the order that it is a later version of; empty for a new one.
    """

    typed: Typed
    key: str
    order_id: str = ""

    @property
    def family(self) -> Family:
        """Its family."""
        return Family(self.typed.family)

    @classmethod
    def new(cls, typed: Typed, order_id: str = "") -> "Work":
        """Give work under a new key."""
        return cls(typed, f"portal-{secrets.token_hex(_KEY_BYTES)}", order_id)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Work":
        """Read what `as_json` gave."""
        return cls(Typed.from_json(kept["typed"]), kept["key"], kept["order"])

    def as_json(self) -> dict[str, Any]:
        """Give it as JSON."""
        return {"typed": self.typed.as_json(), "key": self.key, "order": self.order_id}
