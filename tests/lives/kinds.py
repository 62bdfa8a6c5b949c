"""The kinds of order that lives are made of: a sample each, with how often it comes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.rig.court import (
    CONDITIONED_LOOP,
    DISCONNECT,
    LOOP,
    LOOP_WITH_PORT,
    LOOPS_24,
    LOOPS_30,
    PORT,
    SIMPLE_PORT,
)

LOSER, LOSING_CODE = "payette", "8B8B"
"""A partner that orders nothing, and loses services to the others; its company code."""


@dataclass(frozen=True, slots=True)
class LifeKind:
    """One kind of order.

    Attributes:
        sample: its field=value text.
        weight: how often it comes, against the others.
        sets: fields that make it another product than the sample's.
        supplements: whether the form has a field for supplements; the one-page port has none.
    """

    sample: str
    weight: int
    sets: Mapping[str, str] = field(default_factory=dict)
    supplements: bool = True

    @property
    def head(self) -> str:
        """The form with the administrative fields."""
        return "LSR" if self.supplements else "SPSR"


KINDS = (
    LifeKind(LOOP, 5),
    LifeKind(LOOP, 2, {"LSR.NC": "LXR-", "LSR.NCI": "02QB9.00A", "LSR.SECNCI": "02DU9.00A"}),
    LifeKind(CONDITIONED_LOOP, 3),
    LifeKind(LOOP_WITH_PORT, 2),
    LifeKind(LOOP_WITH_PORT, 1, {"LSR.ONSP": LOSING_CODE}),
    LifeKind(PORT, 3),
    LifeKind(PORT, 2, {"LSR.ONSP": LOSING_CODE}),
    LifeKind(SIMPLE_PORT, 2, supplements=False),
    LifeKind(DISCONNECT, 3),
    LifeKind(LOOPS_24, 1),
    LifeKind(LOOPS_30, 1),
)
