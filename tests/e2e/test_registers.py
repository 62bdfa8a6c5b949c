"""Operators enter and withdraw over HTTP, and what they enter is there for who looks."""

import json
from typing import Any

from gateway.record.rows import Role
from tests.rig.street import JSON, Street

SWITCH = {"kind": "switch", "conversion_date": "2031-06-15"}


async def _operate(street: Street, method: str, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
    sent = None if body is None else json.dumps(body).encode()
    headers = {**JSON, "Content-Type": "application/json"}
    answer = await street.of(Role.OPERATIONS)(method, f"/v1/operations/registers{path}", data=sent, headers=headers)
    return answer.status, json.loads(answer.body)


async def test_an_entry_is_made_read_and_withdrawn(street: Street) -> None:
    """Who entered and withdrew it stands with it; a second withdrawal is refused."""
    body = {"key": "E2EAIDMA", "valid_from": "2031-06-01", "data": SWITCH}

    made, entry = await _operate(street, "POST", "/conversions", body)
    listed, page = await _operate(street, "GET", "/conversions?key=E2EAIDMA")
    path = f"/conversions/{entry['id']}"
    withdrawn, gone = await _operate(street, "POST", f"{path}/withdrawal", {"because": "put off"})
    again, problem = await _operate(street, "POST", f"{path}/withdrawal", {"because": "put off"})

    assert (201, 200, 200, 409) == (made, listed, withdrawn, again)
    assert ([entry], False) == (page["entries"], page["more"])
    assert {**SWITCH, "exchanges": []} == entry["data"]
    assert (entry["entered_by"], "put off") == (gone["withdrawn_by"], gone["withdrawn_because"])
    assert gone == (await _operate(street, "GET", path))[1]
    assert [] == (await _operate(street, "GET", "/conversions?key=E2EAIDMA"))[1]["entries"]
    assert problem["type"].endswith("state-forbids")


async def test_what_is_wrong_with_an_entry_is_told_with_its_place(street: Street) -> None:
    """The shape of the body, the members of the register, what is not there."""
    shapeless = await _operate(street, "POST", "/conversions", {"data": SWITCH})
    wrong = await _operate(street, "POST", "/conversions", {"valid_from": "2031-06-01", "data": {"kind": "switch"}})
    stranger = {"key": "E2EAIDMA", "valid_from": "2031-06-01", "data": SWITCH, "partner": "nobody"}

    assert (400, ["/valid_from"]) == (shapeless[0], [error["path"] for error in shapeless[1]["errors"]])
    assert (400, ["/key", "/data/conversion_date"]) == (wrong[0], [error["path"] for error in wrong[1]["errors"]])
    assert 404 == (await _operate(street, "POST", "/conversions", stranger))[0]
    assert 404 == (await _operate(street, "POST", "/nothing", stranger))[0]
    assert 404 == (await _operate(street, "GET", "/wire-centers/reg_0"))[0]


async def test_the_registers_say_what_their_entries_hold(street: Street) -> None:
    """Each with a JSON Schema of its data."""
    status, told = await _operate(street, "GET", "")

    schemas = {register["id"]: register["data"] for register in told["registers"]}
    assert 200 == status
    assert "conversion_date" in schemas["conversions"]["required"]


async def test_anybody_may_read_which_premises_are_full(street: Street) -> None:
    """The list needs no key, and shows what operators have entered (8.2.1.13)."""
    body = {"key": "FULLIDMA", "valid_from": "2020-01-01", "data": {"remote": True, "address": "1 Hut Road"}}
    assert 201 == (await _operate(street, "POST", "/premises", body))[0]

    answer = await street.nobody("GET", "/v1/premises/full", headers=JSON)

    (listed,) = [one for one in json.loads(answer.body)["premises"] if one["premises"] == "FULLIDMA"]
    assert (200, True, 0, "1 Hut Road") == (answer.status, listed["full"], listed["in_queue"], listed["address"])
