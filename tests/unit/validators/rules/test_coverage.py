"""How much of what applies to local and access service requests is enforced or tracked: all that can be."""

from collections.abc import Iterator

from validators.bundled import bundled_path
from validators.rules.catalogue import Entry, read_catalogue, selected

FAMILIES = ("LSR", "LNP", "PARTNER")
ACCESS = ("ASR",)


def _uncovered(automatable: str, families: tuple[str, ...] = FAMILIES) -> Iterator[Entry]:
    entries = selected(read_catalogue(bundled_path("config") / "catalogue"), families, (automatable,))
    return (entry for entry in entries if not entry.covered)


def test_what_a_gateway_can_do_by_itself_is_enforced_or_tracked() -> None:
    """Nothing of it is left to people, put out of scope, or waits to be built."""
    assert [] == [entry.id for families in (FAMILIES, ACCESS) for entry in _uncovered("yes", families)]


def test_everything_else_says_why() -> None:
    """What a gateway can do in part only, or not at all, has its reason."""
    open_in_part = (entry for part in ("partly", "no") for entry in _uncovered(part, (*FAMILIES, *ACCESS)))

    assert [] == [entry.id for entry in open_in_part if not entry.reason]
