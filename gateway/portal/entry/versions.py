"""The next version of a request: its number, and the supplement that it is."""

from collections.abc import Iterable

from gateway.portal.forms.typed import Typed, field_name
from validators.fields import FieldCatalogue


def next_version(versions: Iterable[str]) -> str:
    """Give the VER that follows those that are used, rejected ones among them."""
    return f"{max((int(ver) for ver in versions if ver.isdecimal()), default=0) + 1:02d}"


def with_next_version(catalogue: FieldCatalogue, typed: Typed) -> Typed:
    """Give a request with the VER that follows its own."""
    name = field_name(next(iter(typed.forms), ""), 0, "VER")
    return typed.filled_in(catalogue, {name: next_version((typed.value(name),))})
