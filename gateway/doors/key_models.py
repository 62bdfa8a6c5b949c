"""The shapes of keys and of the audit log."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field, field_validator

from gateway.doors.models import Shape, WholeNumber
from gateway.lifecycle.wire_dates import WrittenInstant
from gateway.record.audit import AuditEntry
from gateway.record.rows import Credential
from gateway.services.keys import Issued

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class KeyView(Shape):
    """A key or client certificate, without its secret."""

    id: str
    kind: Literal["key", "token", "certificate"]
    role: str
    label: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, credential: Credential) -> "KeyView":
        """Show a credential."""
        return cls(
            id=credential.id,
            kind=credential.kind.value,
            role=credential.role.value,
            label=credential.label,
            created_at=credential.created_at,
            expires_at=credential.expires_at,
            revoked_at=credential.revoked_at,
        )


class KeyList(Shape):
    """A partner's keys and certificates, revoked ones too."""

    keys: list[KeyView]


class KeyRequest(Shape):
    """A further key of the same partner."""

    role: Literal["clec", "clec-supervisor"] = "clec"
    label: str = Field("", max_length=100, pattern=r"^[^\x00]*$")
    expires_at: WrittenInstant | None = Field(None, description="When it ends; none: it is good until it is revoked.")

    @field_validator("expires_at")
    @classmethod
    def _within_reason(cls, value: datetime | None) -> datetime | None:
        if value is not None and not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            raise ValueError(f"a key ends in a year from {_FIRST_YEAR} to {_LAST_YEAR}")
        return value


class KeyRotation(Shape):
    """How long the old key stays good beside the new one."""

    overlap_hours: WholeNumber = Field(24, ge=0, le=8760)


class IssuedKey(Shape):
    """A new key. It is shown this once."""

    key: str
    id: str
    expires_at: datetime | None

    @classmethod
    def of(cls, issued: Issued) -> "IssuedKey":
        """Show what was issued."""
        return cls(key=issued.key, id=issued.credential.id, expires_at=issued.credential.expires_at)


class AuditView(Shape):
    """One administrative act."""

    seq: int
    at: datetime
    actor: str = Field(description="Id of the key that was used, or `cli:` and the machine's user.")
    action: str
    subject: str
    detail: dict[str, Any]
    previous: str = Field(description="The seal of the entry before.")
    seal: str

    @classmethod
    def of(cls, entry: AuditEntry) -> "AuditView":
        """Show an entry."""
        return cls(**{name: getattr(entry, name) for name in cls.model_fields})


class AuditPage(Shape):
    """Entries of the audit log."""

    entries: list[AuditView]
