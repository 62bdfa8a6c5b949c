"""How much of what applies to local and access service requests is enforced or tracked: it grows, and never shrinks."""

from collections.abc import Iterator

from validators.bundled import bundled_path
from validators.rules.catalogue import Entry, Status, read_catalogue, selected

FAMILIES = ("LSR", "LNP", "PARTNER")
ACCESS = ("ASR",)
_STILL_OPEN_ON_ACCESS = frozenset({"interfaces-asr"})
"""What applies to ASRs and not to LSRs, and is not whole: the graphical interface is not built."""
_MOST_OPEN = 1
"""Lower it with each entry that is built; nothing is to be left."""


def _uncovered(automatable: str, families: tuple[str, ...] = FAMILIES) -> Iterator[Entry]:
    entries = selected(read_catalogue(bundled_path("config") / "catalogue"), families, (automatable,))
    return (entry for entry in entries if not entry.covered)


def test_what_a_gateway_can_do_by_itself_is_enforced_or_tracked() -> None:
    """Nothing of it is left to people or put out of scope, and no more waits to be built than did before."""
    uncovered = {entry.id: entry.status for entry in _uncovered("yes")}

    assert set() == {name for name, status in uncovered.items() if status is not Status.PLANNED}
    assert len(uncovered) <= _MOST_OPEN


def test_of_what_applies_to_access_orders_alone_nothing_else_is_open() -> None:
    """What is open on both kinds of request is counted with the local ones."""
    local = {entry.id for entry in _uncovered("yes")}

    assert _STILL_OPEN_ON_ACCESS == {entry.id for entry in _uncovered("yes", ACCESS)} - local


def test_everything_else_says_why() -> None:
    """What a gateway can do in part only, or not at all, has its reason."""
    open_in_part = (entry for part in ("partly", "no") for entry in _uncovered(part, (*FAMILIES, *ACCESS)))

    assert [] == [entry.id for entry in open_in_part if not entry.reason]
