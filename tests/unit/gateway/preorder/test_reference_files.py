"""The street address guide and the features availability matrix as files for download."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from gateway.clock import ManualClock
from gateway.preorder.caller import Caller
from gateway.preorder.port import Answered, BundledTerritory, SourceSilent
from gateway.preorder.queries.files import (
    MOST_ROWS,
    REFERENCE_FILES,
    FilePage,
    FilePageQuestion,
    StreetPage,
)
from gateway.preorder.queries.query import Query
from gateway.preorder.territory import Territory
from gateway.preorder.territory_rows import Feature
from gateway.services.reference_files import ReferenceFiles
from tests.rig.court import MONDAY

FILES = {file.name: file for file in REFERENCE_FILES}
KEEP = timedelta(hours=1)


class Counted:
    """Reference data that count how often they are asked, and may say something else."""

    def __init__(self, territory: Territory, says: Callable[[FilePageQuestion], FilePage] | None = None) -> None:
        self._territory = BundledTerritory(territory)
        self._says = says
        self.asked = 0

    async def answer(self, query: Query[Any, Any], asked: Any, caller: Caller) -> Answered[Any]:
        """Answer from the territory, or what is to be said."""
        self.asked += 1
        return Answered(self._says(asked)) if self._says else await self._territory.answer(query, asked, caller)

    async def close(self) -> None:
        """Nothing is open."""


async def _rows(territory: Territory, name: str) -> list[dict[str, str]]:
    files = ReferenceFiles(BundledTerritory(territory), ManualClock(MONDAY), KEEP)
    body = (await files.give(FILES[name])).body.decode()
    return list(csv.DictReader(io.StringIO(body, newline="")))


@pytest.mark.upholds("sag-fam-files")
async def test_the_street_address_guide_has_every_address_with_its_central_office(territory: Territory) -> None:
    """All of it, over as many pages as it takes, in the order of the records."""
    rows = await _rows(territory, "street-address-guide")

    assert len(rows) > MOST_ROWS
    assert [(row.sano, row.sasn, row.wire_center) for row in territory.files.addresses] == [
        (row["sano"], row["sasn"], row["wire_center"]) for row in rows
    ]
    assert {
        "sano": "4120",
        "sasd": "",
        "sasn": "OPALINE",
        "sath": "ST",
        "city": "BOISE",
        "state": "ID",
        "zip": "83799",
        "wire_center": "BOISIDMA",
        "switch": "BOISIDMADS0",
    } == rows[0]


@pytest.mark.upholds("sag-fam-files")
async def test_the_matrix_has_usocs_by_state_and_exchange_and_carriers_by_exchange(territory: Territory) -> None:
    """A USOC stands once a state; an exchange has what its switch has; each carrier says for which calls it is."""
    by_state = await _rows(territory, "feature-list")
    there = [(row["npa_nxx"], row["usoc"]) for row in await _rows(territory, "feature-availability")]
    carriers = await _rows(territory, "carrier-list")

    assert {"state": "ID", "usoc": "ESC", "name": "THREE WAY CALLING"} == by_state[0]
    assert len(by_state) == len({row["usoc"] for row in by_state})
    assert {"ESC", "ESM", "ESX", "MBB", "NSD", "SEA"} == {usoc for npa_nxx, usoc in there if npa_nxx == "2085550"}
    assert len(there) == len(set(there))
    assert len(carriers) == len({(row["npa_nxx"], row["cic"]) for row in carriers})
    assert {
        "npa_nxx": "2085550",
        "cic": "9903",
        "name": "CAMAS EXAMPLE TOLL",
        "intralata": "Y",
        "interlata": "N",
    } in carriers


async def test_an_exchange_of_a_small_switch_has_less(territory: Territory) -> None:
    """What its own switch does not have is not to be had there."""
    *others, remote = territory.files.wire_centers
    alone = remote.model_copy(update={"npa_nxx": ("2085560",)})
    rows = await _rows(Territory(territory.files._replace(wire_centers=(*others, alone))), "feature-availability")

    assert "RSC" == remote.switch_type
    assert {"ESM", "ESX"} == {row["usoc"] for row in rows if row["npa_nxx"] == "2085560"}


async def test_centrex_is_left_out_of_the_availability_by_exchange(territory: Territory) -> None:
    """12.2.5.2.8 excepts it there, and there alone."""
    centrex = Feature(switch_type="5E", usoc="CTX", name="CENTREX STATION")
    with_it = Territory(territory.files._replace(features=(*territory.files.features, centrex)))

    assert "CTX" in {row["usoc"] for row in await _rows(with_it, "feature-list")}
    assert "CTX" not in {row["usoc"] for row in await _rows(with_it, "feature-availability")}


def test_pages_have_no_row_twice_and_leave_none_out(territory: Territory) -> None:
    """Whatever the size of a page, together they are the file."""
    query = FILES["carrier-list"].query

    def pages(limit: int) -> Iterator[Any]:
        after: str | None = None
        while True:
            told = query.find(territory, FilePageQuestion(after=after, limit=limit), Caller("sawtooth", ()))
            yield from told.rows
            if told.next is None:
                return
            after = told.next

    assert list(pages(MOST_ROWS)) == list(pages(7)) == list(pages(len(list(pages(1)))))


async def test_a_file_is_given_again_until_it_is_too_old(territory: Territory) -> None:
    """Then it is made anew; as long as its rows are the same, so is its tag."""
    sources, clock = Counted(territory), ManualClock(MONDAY)
    files = ReferenceFiles(sources, clock, KEEP)
    first = await files.give(FILES["feature-list"])
    clock.move_to(MONDAY + KEEP - timedelta(seconds=1))
    again = await files.give(FILES["feature-list"])
    clock.move_to(MONDAY + KEEP)
    anew = await files.give(FILES["feature-list"])

    assert first is again
    assert (2, MONDAY + KEEP, first.tag) == (sources.asked, anew.made_at, anew.tag)
    assert first.tag != (await files.give(FILES["carrier-list"])).tag


def _endless(asked: FilePageQuestion) -> FilePage:
    del asked
    return StreetPage(found=True, rows=[], next="1")


async def test_a_system_that_comes_to_no_end_counts_as_silent(territory: Territory) -> None:
    """Nothing half is given, and the next who asks tries again."""
    sources = Counted(territory, _endless)
    files = ReferenceFiles(sources, ManualClock(MONDAY), KEEP)

    for _ in range(2):
        with pytest.raises(SourceSilent, match="does not come to an end"):
            await files.give(FILES["street-address-guide"])
    assert 2 == sources.asked


@pytest.mark.parametrize("after", ["nonsense", "99999999"])
def test_a_page_that_there_is_not(territory: Territory, after: str) -> None:
    """What names no row asks for the first page; after the last row there is nothing."""
    query = FILES["feature-list"].query
    told = query.find(territory, FilePageQuestion(after=after), Caller("sawtooth", ()))

    assert (after == "nonsense", None) == (told.found, told.next)
