"""Who at the ILEC may look at the workbench; who may decide follows from the API's operations."""

from typing import Final

from gateway.record.rows import Role

ILEC: Final = frozenset(role for role in Role if not role.of_partner)
"""Everybody but the CLECs' own."""
