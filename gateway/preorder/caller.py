"""Who asks, as far as an answer depends on it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """A trading partner with its carrier names (CCNA): it sees its own facilities and accounts, and nobody else's."""

    partner_id: str
    ccna: tuple[str, ...] = ()
