"""Emergency orders: how a request calls itself one, and why (12.3.24.7)."""

from typing import Final

EMERGENCY: Final = "EMERGENCY"


def emergency_with_reason(remarks: str | None) -> bool:
    """Say whether remarks call a request an emergency order and give the reason."""
    before, found, after = (remarks or "").upper().partition(EMERGENCY)
    return bool(found) and any(letter.isalpha() for letter in before + after.removeprefix(" ORDER"))
