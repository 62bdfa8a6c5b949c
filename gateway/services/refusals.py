"""Why a service did not do what it was asked. Doors turn these into problem objects; no order was changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from validators.verdict import Finding


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error of the gateway
    """Raised when a service refuses; each subclass says when."""


@dataclass
class Unreadable(Refused):
    """Raised when a message does not parse or does not fit its schema: nothing of it can be recorded as an order."""

    findings: Sequence[Finding]


@dataclass
class NotFound(Refused):
    """Raised when an object does not exist, or is another partner's, which is the same to the asker."""

    what: str

    def __str__(self) -> str:
        """Say it in a sentence, for the command line and logs."""
        return f"{self.what} does not exist"


@dataclass
class StaleRevision(Refused):
    """Raised when the caller names a revision (If-Match) that is no longer the order's."""

    order_id: str
    revision: int


@dataclass
class KeyReused(Refused):
    """Raised when an idempotency key comes with other content than the first time."""

    key: str


@dataclass
class StateForbids(Refused):
    """Raised when the life cycle does not allow a decision; the text says the state and what is still possible."""

    order_id: str
    text: str
    section: str


@dataclass
class DecisionRefused(Refused):
    """Raised when the agreement does not allow what a decision says, e.g. a due date before the application date."""

    order_id: str
    findings: Sequence[Finding]


@dataclass
class NotAuthorized(Refused):
    """Raised when a customer's record is asked for without an authorization of the end user that stands on record."""

    wtn: str


@dataclass
class Purged(Refused):
    """Raised when what is asked for held personal data of end users that were purged."""

    what: str
    at: datetime

    def __str__(self) -> str:
        """Say it in a sentence, for callers, the command line and logs."""
        return f"the personal data of {self.what} were purged on {self.at:%Y-%m-%d}; what else stands of it is kept"


@dataclass
class TooYoung(Refused):
    """Raised when what is to be purged must still be kept."""

    since: date
    section: str

    def __str__(self) -> str:
        """Say it in a sentence."""
        return f"everything since {self.since} is kept for audits ({self.section}): purge what is older"


@dataclass
class NoAgreement(Refused):
    """Raised when a partner has no agreement on file, so that nothing it sends can be judged."""

    partner_id: str
    agreement_id: str


@dataclass
class AlreadyExists(Refused):
    """Raised when something is to be made under a name that is taken."""

    what: str

    def __str__(self) -> str:
        """Say it in a sentence, for the command line and logs."""
        return f"{self.what} exists already"


def refuse_if_purged(what: str, at: datetime | None) -> None:
    """Refuse to give something that was purged at an instant; with None it was not.

    Raises:
        Purged: it was.
    """
    if at is not None:
        raise Purged(what, at)
