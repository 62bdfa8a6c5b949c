"""Connecting facilities, meet points and design layout records (12.2.1.1.4.8 to .10, 12.2.1.2.2.2)."""

from collections.abc import Iterator
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from gateway.preorder.caller import Caller
from gateway.preorder.queries.query import query
from gateway.preorder.shapes import Answer, Cable, Cfa, Circuit, Clli, Shape, WireCenterClli
from gateway.preorder.territory import Territory, squeezed
from gateway.preorder.territory_rows import CfaRange, MeetPoint

CfaResult = Literal["spare", "busy", "pending", "not-yours", "no-such-channel", "unknown"]
_MOST_POINTS: Final = 200


class CfaListQuestion(Shape):
    """Which connecting facilities are free for loops?"""

    actl: Clli = Field(description="CLLI of the collocation that they end at.")
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class CfaListAnswer(Answer):
    """The free ones, in order."""

    cfas: list[str]
    more: bool = Field(False, description="Whether there are more than are shown.")


@query(
    "cfa-list",
    "12.2.1.1.4.8",
    "Free connecting facilities at a collocation",
    {"actl": "BOISIDMAH7Z", "limit": 5},
    measure=9,
)
def list_cfas(territory: Territory, asked: CfaListQuestion, caller: Caller) -> CfaListAnswer:
    """List the caller's spare channels at a collocation."""
    cfas: list[str] = []
    for ccna in caller.ccna:
        for row in territory.cfas_of(ccna):
            if row.to_clli == asked.actl and row.status == "spare" and len(cfas) <= asked.limit:
                cfas += list(_channels(row))[: asked.limit + 1 - len(cfas)]
    shown = cfas[: asked.limit]
    text = "" if shown else "You have no free connecting facility there."
    return CfaListAnswer(found=bool(shown), text=text, cfas=shown, more=len(cfas) > len(shown))


def _channels(row: CfaRange) -> Iterator[str]:
    for number in range(row.low, row.high + 1):
        yield f"{row.designation}/{row.type}/{number:0{row.digits}d}/{row.from_clli}/{row.to_clli}"


class CfaQuestion(Shape):
    """May these connecting facility assignments be ordered?"""

    cfas: Annotated[list[Cfa], Field(min_length=1, max_length=250)]


class CfaState(Shape):
    """One assignment; the circuit on a busy one is shown to its owner alone."""

    cfa: str
    result: CfaResult
    circuit: str | None = None


class CfaAnswer(Answer):
    """Each assignment; `found` is true where all are spare."""

    cfas: list[CfaState]


_WORST_FIRST: Final[tuple[CfaResult, ...]] = ("busy", "pending", "spare")


def cfa_result(territory: Territory, cfa: str, ccna: tuple[str, ...]) -> CfaResult:
    """Judge one assignment; of several channels the worst one counts."""
    known = territory.cfa(cfa)
    if known is None:
        return "unknown"
    rows, has_channels = known
    if ccna and any(row.ccna not in ccna for row in rows):
        return "not-yours"
    return min((row.status for row in rows), key=_WORST_FIRST.index) if has_channels else "no-such-channel"


@query(
    "cfa-validation",
    "12.2.1.1.4.8, 12.2.1.2.2.2",
    "Whether connecting facility assignments are free",
    {"cfas": ["0101/TIE/001/BOISIDMAF01/BOISIDMAH7Z"]},
    measure=9,
)
def validate_cfas(territory: Territory, asked: CfaQuestion, caller: Caller) -> CfaAnswer:
    """Judge each assignment."""
    states = [_state(territory, cfa, caller.ccna) for cfa in asked.cfas]
    bad = [state.cfa for state in states if state.result != "spare"]
    return CfaAnswer(found=not bad, text=f"Not free: {', '.join(bad)}." if bad else "", cfas=states)


def _state(territory: Territory, cfa: str, ccna: tuple[str, ...]) -> CfaState:
    result = cfa_result(territory, cfa, ccna)
    known = territory.cfa(cfa) if result == "busy" else None
    circuit = next((row.circuit for row in known[0] if row.circuit), None) if known else None
    return CfaState(cfa=cfa, result=result, circuit=circuit)


class MeetPointQuestion(Shape):
    """Which meet points has a wire center for shared loops? One to five of them by number, or a range."""

    wire_center: WireCenterClli
    points: Annotated[list[Annotated[int, Field(ge=1)]], Field(max_length=5)] = Field([])
    low: Annotated[int, Field(ge=1)] | None = None
    high: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _points_or_range(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError("a range has low and high")
        if bool(self.points) == (self.low is not None):
            raise ValueError("give one to five points, or a range with low and high")
        if self.low is not None and self.high is not None and not self.low <= self.high < self.low + _MOST_POINTS:
            raise ValueError(f"a range runs upward and has at most {_MOST_POINTS} points")
        return self


class MeetPointView(Shape):
    """One meet point and the pairs that it has."""

    number: int
    splitter: str
    cable: str
    low_pair: int
    high_pair: int
    status: Literal["spare", "busy"]


class MeetPointAnswer(Answer):
    """Those of the ones asked for that there are."""

    points: list[MeetPointView]


@query(
    "meet-points",
    "12.2.1.1.4.9",
    "One to five meet points of a wire center, or a range of them",
    {"wire_center": "BOISIDMA", "low": 1, "high": 4},
    measure=10,
)
def find_meet_points(territory: Territory, asked: MeetPointQuestion, caller: Caller) -> MeetPointAnswer:
    """Give the caller's meet points that were asked for."""
    wanted = set(asked.points)
    if asked.low is not None and asked.high is not None:
        wanted = set(range(asked.low, asked.high + 1))
    found = [
        _point(row)
        for row in territory.meet_points(asked.wire_center)
        if row.number in wanted and (not caller.ccna or row.ccna in caller.ccna)
    ]
    return MeetPointAnswer(found=bool(found), text="" if found else "You have no such meet point there.", points=found)


def _point(row: MeetPoint) -> MeetPointView:
    return MeetPointView(
        number=row.number,
        splitter=row.splitter,
        cable=row.cable,
        low_pair=row.low,
        high_pair=row.high,
        status=row.status,
    )


class LayoutQuestion(Shape):
    """What is a circuit made of?"""

    circuit: Circuit = Field(description="ECCKT.")


class LayoutStep(Shape):
    """One thing that the circuit runs through, from the wire center outwards."""

    kind: Literal["facility", "cable", "segment", "interface"]
    what: str
    feet: int | None = None


class LayoutAnswer(Answer):
    """The layout of the local part of the circuit."""

    circuit: str
    wire_center: str | None = None
    nc: str | None = None
    nci: str | None = None
    secnci: str | None = None
    address: str | None = None
    steps: list[LayoutStep] = Field([])


@query(
    "design-layout-record",
    "12.2.1.1.4.10",
    "The layout of the local part of a circuit",
    {"circuit": "45/LXFU/900001//GR"},
)
def lay_out(territory: Territory, asked: LayoutQuestion, caller: Caller) -> LayoutAnswer:
    """Give the design layout record of one of the caller's circuits."""
    row = territory.circuits.get(squeezed(asked.circuit))
    if row is None or (caller.ccna and row.ccna not in caller.ccna):
        return LayoutAnswer(found=False, text="You have no such circuit.", circuit=asked.circuit)
    there = territory.addresses.get(row.address) if row.address is not None else None
    steps = [LayoutStep(kind="facility", what=row.cfa)] if row.cfa else []
    if row.cable:
        steps.append(LayoutStep(kind="cable", what=f"CABLE {_cable(row.cable)} PAIR {row.pair}"))
        steps += [
            LayoutStep(kind="segment", what=f"{part.segment}-{part.sub_segment} {part.gauge} AWG", feet=part.feet)
            for part in territory.make_up(row.wire_center, row.cable, row.pair)
        ]
    steps.append(LayoutStep(kind="interface", what=row.secnci or row.nci))
    return LayoutAnswer(
        found=True,
        circuit=row.circuit,
        wire_center=row.wire_center,
        nc=row.nc,
        nci=row.nci,
        secnci=row.secnci,
        address=f"{there.sano} {there.sasd} {there.sasn} {there.sath}".replace("  ", " ") if there else None,
        steps=steps,
    )


def _cable(cable: Cable) -> str:
    return cable.lstrip("0") or "0"
