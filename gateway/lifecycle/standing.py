"""Where one order stands, as far as its life cycle needs to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.lifecycle.vocabulary import Cause, State


@dataclass(frozen=True, slots=True)
class Standing:
    """State of an order together with what the guards ask for.

    Attributes:
        state: where the order stands.
        ver: version in force: the one that a decision answers. After the reject of a later version it is the earlier
            one again.
        foc_ver: version whose FOC is in force, None before any FOC.
        cause: who caused the jeopardy that the order is or last was in.
        resumes: where the order stood under the version that `ver` replaced, if the ILEC had answered that one with
            anything but a reject; it comes back if `ver` is rejected.
    """

    state: str
    ver: str
    foc_ver: str | None = None
    cause: Cause | None = None
    resumes: "Standing | None" = None
    ilec_ready: bool = False
    """Whether the ILEC has said at the appointment that it is ready."""
    facts: frozenset[str] = frozenset()
    """What holds of the order at this moment, for life cycles of the agreement file; not kept with the standing."""

    def to_json(self) -> dict[str, Any]:
        """Give it as plain JSON values, to be kept with the order."""
        return {
            "state": str(self.state),
            "ver": self.ver,
            "foc_ver": self.foc_ver,
            "cause": self.cause and self.cause.value,
            "resumes": self.resumes and self.resumes.to_json(),
            "ilec_ready": self.ilec_ready,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Standing":
        """Read back what `to_json` gave."""
        resumes = data.get("resumes")
        return cls(
            state=_state(data["state"]),
            ver=data["ver"],
            foc_ver=data.get("foc_ver"),
            cause=Cause(data["cause"]) if data.get("cause") else None,
            resumes=cls.from_json(resumes) if resumes else None,
            ilec_ready=data.get("ilec_ready", False),
        )


def _state(name: str) -> str:
    return State(name) if name in State.__members__ else name
