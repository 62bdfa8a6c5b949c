"""Whether an application counts as forecast, and whether its intervals are negotiated (8.4.1.4, 8.4.1.9)."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from gateway.record.places import HELD, Place
from gateway.services.effects.effect import NONE, New
from validators.collocation.figures import within_forecast
from validators.messages.collocation import CollocationRequest

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry


def forecast(entry: "ProcessEntry", happening: "Happening") -> New:
    """Say whether the application counts as forecast: on file long enough and near enough, or reserved (8.4.1.4)."""
    applied, terms, kind = entry.at, entry.terms.forecasts, entry.kind
    on_file = [
        place
        for place in entry.places.values()
        if place.queue == "forecast"
        and place.partner_id == entry.order.partner_id
        and place.premises == entry.facts.get("premises")
        and place.kind in kind.forecast_kinds
        and entry.zone_date(place.received_at) + timedelta(days=terms.days_on_file) <= entry.zone_date(applied)
    ]
    latest = max(on_file, key=lambda place: place.received_at, default=None)
    message = happening.message
    asked = {"space": _space(message), "power": message.number("SPACE.AMPS")} if message else {}
    new: New = ()
    if latest is not None and within_forecast(terms, latest.facts.get("measures", {}), asked):
        new = ("forecast",)
    if _reservation(entry) is not None:
        new = ("forecast", "reserved")
    return entry.hold(new)


def file_forecast(entry: "ProcessEntry", happening: "Happening") -> New:
    """Put a forecast on file with its measures (8.4.1.4)."""
    message = happening.message
    if message is not None:
        measures = {"space": _space(message), "power": message.number("SPACE.AMPS")}
        own = entry.places.get(entry.order.id)
        if own is not None:
            facts = {**own.facts, "measures": measures}
            entry.place(
                replace(own, queue="forecast", status=HELD, kind=entry.facts.get("alternate") or "", facts=facts)
            )
    return NONE


def volume(entry: "ProcessEntry", happening: "Happening") -> New:
    """Have the intervals negotiated from the sixth application of a CLEC in a state and week on (8.4.1.9)."""
    del happening
    if not entry.kind.limited:
        return NONE
    terms, first = entry.terms.volume, entry.order.received_at
    begin = first - timedelta(days=terms.days)
    own = entry.places.get(entry.order.id)
    earlier = [
        place
        for place in entry.places.values()
        if place.partner_id == entry.order.partner_id
        and place.id != entry.order.id
        and place.facts.get("limited")
        and own is not None
        and place.state == own.state
        and begin < place.received_at
        and (place.received_at, place.id) < (first, entry.order.id)
    ]
    return entry.hold(("negotiated",) if len(earlier) >= terms.applications else ())


def _space(message: CollocationRequest) -> int | None:
    return next(
        (n for field in ("SPACE.SQFT", "SPACE.BAYS", "SPACE.UNITS") if (n := message.number(field)) is not None), None
    )


def _reservation(entry: "ProcessEntry") -> Place | None:
    return next(
        (
            place
            for place in entry.places.values()
            if place.queue == "reservation"
            and place.status == HELD
            and place.partner_id == entry.order.partner_id
            and place.premises == entry.facts.get("premises")
            and (place.until is None or entry.at <= place.until)
        ),
        None,
    )
