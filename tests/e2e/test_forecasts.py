"""Collocation forecasts are for those of the ILEC who are named, and for the CLEC whose they are."""

from tests.rig.applications import COMPLETE
from tests.rig.street import JSON, XML, Street
from validators.messages.compose import compose
from validators.schema import Schemas

_HEAD = {
    "COLLO.PON": "FORECAST00001",
    "COLLO.VER": "00",
    "COLLO.MSG": "APPLICATION",
    "COLLO.KIND": "FORECAST",
    "COLLO.CCNA": "ZQF",
    "COLLO.CC": "9Z7A",
}


async def _id_of_key(street: Street, label: str) -> str:
    entries = (await street.operations.json("GET", "/v1/operations/audit?limit=1000"))["entries"]
    return next(
        str(entry["subject"])
        for entry in entries
        if entry["action"] == "key.issue" and entry["detail"]["label"] == label
    )


async def test_a_forecast_exists_for_who_is_named_alone(street: Street, schemas: Schemas) -> None:
    """Lists leave it out and its address leads nowhere, until an operator names who needs it; withdrawn, it is gone."""
    body = compose("", {**_HEAD, **COMPLETE["forecast"]}, schemas=schemas)
    taken = await street.clec("POST", "/v1/collocation", data=body, headers=XML)
    order = taken.headers["Location"]
    paths = [order, f"{order}/history", f"{order}/document", f"{order}/clocks", f"{order}/notices"]

    async def shown() -> tuple[list[int], bool]:
        statuses = [(await street.backend("GET", path, headers=JSON)).status for path in paths]
        listed = (await street.backend.json("GET", "/v1/orders?pon=FORECAST00001"))["orders"]
        return statuses, bool(listed)

    async def clocks() -> list[str]:
        near = (await street.operations.json("GET", "/v1/operations/clocks?hours=8760&limit=500"))["clocks"]
        return [str(one["clock"]) for one in near if one["order"] == order.rpartition("/")[2]]

    before, kept = await shown(), await clocks()
    own = [(await street.clec("GET", path, headers=JSON)).status for path in paths]
    entry = {
        "valid_from": "2026-01-01",
        "key": await _id_of_key(street, "backend"),
        "data": {"name": "Planning of central offices", "need": "planning of space"},
    }
    where = "/v1/operations/registers/forecast-readers"
    entered = await street.operations.json("POST", where, json=entry)
    named = await shown()
    other = {**entry, "key": await _id_of_key(street, "operations")}
    told = await street.operations.json("POST", where, json=other)
    near = await clocks()
    await street.operations.json("POST", f"{where}/{told['id']}/withdrawal", json={"because": "has moved on"})
    await street.operations.json("POST", f"{where}/{entered['id']}/withdrawal", json={"because": "has moved on"})
    after = await shown()

    assert ([404] * 5, False) == before == after
    assert ([200] * 5, True) == named
    assert [200] * 5 == own
    assert ([], ["forecast-annual-quarterly"]) == (kept, near)
