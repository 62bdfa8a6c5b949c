"""What can be had at a place: features and carriers, services, and whether somebody must come (12.2.1.1.4.1, .5)."""

from typing import Annotated, Literal

from pydantic import Field

from gateway.preorder.caller import Caller
from gateway.preorder.queries.loops import NO_PLACE, make_ups
from gateway.preorder.queries.query import PLACE, query
from gateway.preorder.shapes import Answer, AtWireCenter, Shape, Where
from gateway.preorder.territory import Territory


class FeatureQuestion(Where):
    """Which features and long distance carriers can be chosen at a place?"""


class FeatureView(Shape):
    """A feature by its USOC."""

    usoc: str
    name: str


class CarrierView(Shape):
    """A carrier, and for which calls it can be chosen."""

    cic: str
    name: str
    intralata: bool
    interlata: bool


class FeatureAnswer(Answer):
    """Features of the switch, and the choices of the primary interexchange carrier."""

    switch: str | None = None
    switch_type: str | None = None
    features: list[FeatureView] = Field([])
    carriers: list[CarrierView] = Field([])


@query(
    "features",
    "12.2.1.1.4.1",
    "Features, and carriers for intraLATA and interLATA toll, at an address",
    PLACE,
    measure=2,
)
def list_features(territory: Territory, asked: FeatureQuestion, caller: Caller) -> FeatureAnswer:
    """Give the features of the switch that serves a place, and the carriers."""
    del caller
    address = territory.at(asked)
    if address is None:
        return FeatureAnswer(found=False, text=NO_PLACE)
    center = territory.wire_centers[address.wire_center]
    return FeatureAnswer(
        found=True,
        switch=center.switch,
        switch_type=center.switch_type,
        features=[
            FeatureView(usoc=row.usoc, name=row.name)
            for row in territory.files.features
            if row.switch_type == center.switch_type
        ],
        carriers=[
            CarrierView(cic=row.cic, name=row.name, intralata=row.intralata, interlata=row.interlata)
            for row in territory.files.carriers
        ],
    )


class ServiceQuestion(AtWireCenter):
    """Which services can be had at a wire center, or at the one that serves a place?"""

    service: Annotated[str, Field(pattern=r"^[a-z0-9-]{2,30}$")] | None = None


class ServiceView(Shape):
    """One service."""

    service: str
    available: bool
    reason: str = ""


class ServiceAnswer(Answer):
    """The services; `found` is true where the one asked for, or any, is available."""

    wire_center: str | None = None
    services: list[ServiceView] = Field([])


@query(
    "service-availability",
    "12.2.1.1.4.1",
    "Services that can be had at a wire center or an address",
    {"place": PLACE},
    measure=2,
)
def list_services(territory: Territory, asked: ServiceQuestion, caller: Caller) -> ServiceAnswer:
    """Give what is to be had and what is not, with the reason."""
    del caller
    clli = territory.center_of(asked)
    if clli is None:
        return ServiceAnswer(found=False, text="No such wire center, or no single address fits.")
    services = [
        ServiceView(service=row.service, available=row.available, reason=row.reason)
        for row in territory.files.services
        if row.wire_center == clli and asked.service in (None, row.service)
    ]
    some = any(view.available for view in services)
    return ServiceAnswer(
        found=some, text="" if some else "It is not to be had there.", wire_center=clli, services=services
    )


class DispatchQuestion(Where):
    """Must a technician come to install at a place?"""

    activity: Literal["N", "C", "T", "V", "W"] = Field("N", description="ACT of the order.")


class DispatchAnswer(Answer):
    """Whether, and why; the open appointments are another question."""

    dispatch: bool | None = None
    wire_center: str | None = None


@query(
    "dispatch-required",
    "12.2.1.1.4.5",
    "Whether a technician must come to install",
    {**PLACE, "activity": "N"},
    measure=1,
)
def is_dispatch_required(territory: Territory, asked: DispatchQuestion, caller: Caller) -> DispatchAnswer:
    """Say whether somebody must come: not where a working line is taken over as it is, or a pair is there to reuse."""
    del caller
    address = territory.at(asked)
    if address is None:
        return DispatchAnswer(found=False, text=NO_PLACE)
    working = any(made.loop.status == "working" for made in make_ups(territory, address))
    stays = asked.activity in {"V", "W", "C"} and working
    text = "The line that works there is taken over." if stays else "A pair must be connected at the terminal."
    return DispatchAnswer(found=True, text=text, dispatch=not stays, wire_center=address.wire_center)
