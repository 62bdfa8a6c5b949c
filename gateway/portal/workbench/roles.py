"""Which people at the ILEC the workbench is for, out of those that the API's operations admit."""

from typing import Final

from gateway.record.rows import Role

DECIDING: Final = frozenset({Role.REPRESENTATIVE})
"""Who works orders. Back ends decide, too, and are no people."""
ILEC: Final = frozenset(role for role in Role if not role.of_partner) - {Role.BACKEND}
"""Everybody who looks at what waits."""
