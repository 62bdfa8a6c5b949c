"""Whom these pages are for."""

from typing import Final

from gateway.record.rows import Role

CLEC_ROLES: Final = frozenset(role for role in Role if role.of_partner)
"""The roles that act for one partner: the ILEC has no file, webhook or keys of its own here."""
