"""Which roles may use a route: those that it names, and those that stand for one of them."""

from collections.abc import Mapping
from functools import cache

from gateway.record.rows import Role

CLECS = frozenset({Role.CLEC})
READERS = frozenset({Role.CLEC, Role.BACKEND, Role.REPRESENTATIVE, Role.OPERATIONS})
DECIDERS = frozenset({Role.BACKEND, Role.REPRESENTATIVE})
OPERATORS = frozenset({Role.OPERATIONS})
REGISTER_READERS = frozenset({Role.OPERATIONS, Role.REPRESENTATIVE})
"""Who decides orders reads what they are judged by: conversions, holds, buildings."""
SUPERVISORS = frozenset({Role.CLEC_SUPERVISOR})

_STANDS_FOR: Mapping[Role, Role] = {Role.CLEC_SUPERVISOR: Role.CLEC}
"""Who may do all that another role may, whatever the method."""
_READS_FOR: Mapping[Role, Role] = {Role.AUDITOR: Role.OPERATIONS}
"""Who may read all that another role may read, and nothing else."""


@cache
def admitted(named: frozenset[Role], method: str) -> frozenset[Role]:
    """Give every role that may call a route which names `named`."""
    also = {role for role, other in _STANDS_FOR.items() if other in named}
    if method == "GET":
        also |= {role for role, other in _READS_FOR.items() if other in named}
    return named | also
