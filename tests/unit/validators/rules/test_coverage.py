"""How much of what applies to local service requests is enforced or tracked: it may grow, and never shrink."""

from collections.abc import Iterator

from validators.bundled import bundled_path
from validators.rules.catalogue import Entry, Status, read_catalogue, selected

FAMILIES = ("LSR", "LNP", "PARTNER")
_MOST_OPEN = 1
"""Lower it with each entry that is built; nothing is to be left."""


def _uncovered(automatable: str) -> Iterator[Entry]:
    entries = selected(read_catalogue(bundled_path("config") / "catalogue"), FAMILIES, (automatable,))
    return (entry for entry in entries if not entry.covered)


def test_what_a_gateway_can_do_by_itself_is_enforced_or_tracked() -> None:
    """Nothing of it is left to people or put out of scope, and no more waits to be built than did before."""
    uncovered = {entry.id: entry.status for entry in _uncovered("yes")}

    assert set() == {name for name, status in uncovered.items() if status is not Status.PLANNED}
    assert len(uncovered) <= _MOST_OPEN


def test_everything_else_says_why() -> None:
    """What a gateway can do in part only, or not at all, has its reason."""
    assert [] == [entry.id for part in ("partly", "no") for entry in _uncovered(part) if not entry.reason]
