"""The operators' pages: dead letters sent again, clocks, registers; an auditor sees all and changes nothing."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from gateway.app.commands import open_partners
from gateway.settings import Settings
from tests.rig.gateway_server import GatewayServer
from tests.rig.street import XML, Street
from tests.rig.visitor import House, Seen

Document = Callable[..., bytes]


async def given_up(gateway: GatewayServer, street: Street, body: bytes) -> tuple[str, str]:
    """Have an order taken and its work given up; give the ids of order and work."""
    order_id = (await street.clec("POST", "/v1/lsr", data=body, headers=XML)).headers["Location"].rpartition("/")[2]
    async with open_partners(Settings(data=gateway.data)) as (record, _):
        pending = [work.id for work in await record.pending_work(1000) if work.order_id == order_id]
        sent = await record.sent_work(0, 10_000, datetime(2100, 1, 1, tzinfo=UTC))
        (work_id,) = {*pending, *(work.id for work in sent if work.order_id == order_id)}
        await record.mark_dead([(work_id, "delivered 5 times <b>without</b> acknowledgement")])
    return order_id, work_id


def rows_of(page: Seen) -> list[list[str]]:
    """Give the cells of every table of a page, row by row."""
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in page.tree.xpath("//tbody/tr")
    ]


async def test_an_operator_sends_a_dead_letter_again(
    gateway: GatewayServer, street: Street, house: House, document: Document
) -> None:
    """It is listed with its reason, in the file too; sent again it is gone from the list, and the act is on record."""
    order_id, work_id = await given_up(gateway, street, document(PON="DEADLETTER1"))
    operator = await house.visitor("operations")

    listed = await operator.open("/portal/operations/dead")
    file = list(csv.DictReader(io.StringIO((await operator.open("/portal/operations/dead?format=csv")).text)))
    done = await operator.send(listed, "/dead/retry", work=work_id)

    assert "DEADLETTER1" in listed.words
    assert "delivered 5 times <b>without</b> acknowledgement" in listed.words
    assert [order_id] == [row["Order"] for row in file if row["Work"] == work_id]
    assert (200, "1 piece of work is sent again." in done.words) == (done.status, True)
    assert "DEADLETTER1" not in done.words
    async with open_partners(Settings(data=gateway.data)) as (record, partners):
        assert work_id not in [work.id for work in await record.dead_work(1000)]
        acts = [entry for entry in await partners.audit.page(0, 10_000) if entry.action == "work.retry"]
    assert ("prs_operations", work_id) == (acts[-1].actor, acts[-1].subject)


async def test_replay_is_asked_before_it_is_done(house: House) -> None:
    """The page says how much it is; then it says what was done."""
    operator = await house.visitor("operations")

    done = await operator.send(await operator.open("/portal/operations/replay"), "/replay")

    assert ("/portal/operations/dead", True) == (done.address, "sent again." in done.words)


async def test_health_says_what_each_figure_means(house: House) -> None:
    """Everything that the metrics tell, in words."""
    seen = await (await house.visitor("auditor")).open("/portal/operations")

    assert all(name in seen.words for name in ("Both answer", "Lag of the relay", "Dead letters", "Clocks that run"))


async def test_clocks_are_listed_with_their_section_a_page_at_a_time(
    street: Street, house: House, document: Document
) -> None:
    """The FOC of a new loop, by whom it is owed; the next page begins behind this one."""
    await street.clec("POST", "/v1/lsr", data=document(PON="NEARCLOCK1"), headers=XML)
    operator = await house.visitor("operations")

    seen = await operator.open("/portal/operations/clocks?hours=720")
    rows = list(
        csv.DictReader(io.StringIO((await operator.open("/portal/operations/clocks?hours=720&format=csv")).text))
    )
    first = rows[0]
    behind = await operator.open(f"/portal/operations/clocks?hours=720&after={first['Due'].replace('+', '%2B')}~zzz")
    broken = await operator.open("/portal/operations/clocks?after=yesterday")

    assert 200 == seen.status
    assert {"ILEC"} == {row["Owed by"] for row in rows if row["PON"] == "NEARCLOCK1"}
    assert all(row["Section"] and row["Duty"] for row in rows)
    assert sorted(row["Due"] for row in rows) == [row["Due"] for row in rows]
    assert (200, 400) == (behind.status, broken.status)


async def test_the_clock_is_moved_forward_and_never_back(house: House) -> None:
    """A wrong time comes back with what was written and what is wrong."""
    operator = await house.visitor("operations")
    asked = await operator.open("/portal/operations/clock")

    past = await operator.send(asked, "/clock", to="2020-01-01 10:00")
    done = await operator.send(asked, "/clock", hours="0")

    assert (422, True) == (past.status, "that lies in the past" in past.words)
    assert ["2020-01-01 10:00"] == past.tree.xpath("//input[@id='to']/@value")
    assert (200, True) == (done.status, "The clock stands at" in done.words)


async def test_an_embargo_is_entered_corrected_and_withdrawn(house: House) -> None:
    """A bad day stands at its field with all that was typed; pressed twice it is one; a correction replaces it."""
    operator = await house.visitor("operations")
    asked = await operator.open("/portal/registers/conversions/new")
    filled = {
        "key": "PORTIDMA",
        "valid_from": "2031-06-01",
        "data.kind": "switch",
        "data.conversion_date": "2031-06-31",
    }

    wrong = await operator.send(asked, "/new", **filled)
    entered = await operator.send(wrong, "/new", **{"data.conversion_date": "2031-06-15"})
    again = await operator.send(wrong, "/new", **{"data.conversion_date": "2031-06-15"})
    form = await operator.open("/portal/registers/conversions/new?corrects=" + entered.address.rpartition("/")[2])
    corrected = await operator.send(form, "/new", **{"data.conversion_date": "2031-06-16"})
    listed = await operator.open("/portal/registers/conversions?key=PORTIDMA&withdrawn=true")
    no_reason = await operator.send(corrected, "/withdrawal", because=" ")
    withdrawn = await operator.send(no_reason, "/withdrawal", because="put off <script>")

    (field,) = wrong.tree.xpath("//input[@name='data.conversion_date']")
    (about,) = wrong.tree.xpath("//*[@id='data.conversion_date-about']")
    assert (422, "true", "data.conversion_date-about") == (
        wrong.status,
        field.get("aria-invalid"),
        field.get("aria-describedby"),
    )
    assert "'2031-06-31' is no day" in about.text_content()
    assert ["PORTIDMA"] == wrong.tree.xpath("//input[@name='key']/@value")
    assert entered.address == again.address
    assert "The one that it corrects is withdrawn." in corrected.words
    assert ["withdrawn", "later"] == [
        state.text_content().lower() for state in listed.tree.xpath("//*[@class='state']")
    ]
    assert (422, True) == (no_reason.status, "Say why" in no_reason.words)
    assert (200, True) == (withdrawn.status, "put off <script>" in withdrawn.words)
    assert not withdrawn.tree.xpath("//main//script")


async def test_an_auditor_checks_the_seals_and_looks_for_one_that_was_noted(house: House) -> None:
    """The newest seal is shown to be noted; a page goes on with older entries, who acted stands there by login."""
    auditor = await house.visitor("auditor")
    operator = await house.visitor("operations")
    await operator.send(await operator.open("/portal/operations/replay"), "/replay")

    log = await auditor.open("/portal/audit")
    older = await auditor.open("/portal/audit?until=2")
    (seal,) = log.tree.xpath("//p[@class='dim']/code/text()")
    held = await auditor.send(log, "/check", expected=seal.upper())
    missed = await auditor.send(log, "/check", expected="0" * 64)

    assert ["operations", "work.replay"] == rows_of(log)[0][2:4]
    assert ["2", "1"] == [row[0] for row in rows_of(older)]
    assert "seals hold" in held.words
    assert "The seal that you noted stands in the log." in held.words
    assert "does not stand in the log" in missed.words


async def test_a_partner_is_shown_with_its_steps_and_their_sections(house: House) -> None:
    """A step that is entered from its page is done from then on; nobody's page is not found."""
    operator = await house.visitor("operations")

    listed = await operator.open("/portal/partners")
    before = await operator.open("/portal/partners/bitterroot")
    (entering,) = before.tree.xpath("//a[@aria-label='Enter as done: repair center and trouble number']/@href")
    await operator.send(await operator.open(entering), "/new", valid_from="2026-01-02")
    after = await operator.open("/portal/partners/bitterroot")

    assert {"sawtooth", "bitterroot"} <= set(listed.tree.xpath("//tbody/tr/th/a/text()"))
    step = ["repair center and trouble number", "12.3.3.3", "nothing"]
    assert [*step, "○ not on record Enter as done"] in rows_of(before)
    assert [*step, "✓ done since 2026-01-02"] in rows_of(after)
    assert 404 == (await operator.open("/portal/partners/nobody")).status


async def test_agreements_are_read_with_sections_and_compared(house: House) -> None:
    """A figure beside its section; of two agreements only what differs, both values and the section named."""
    auditor = await house.visitor("auditor")

    credit = await auditor.open("/portal/agreements/idaho-2021/terms/credit")
    clocks = await auditor.open("/portal/agreements/idaho-2021/clocks?format=csv")
    large = await auditor.open("/portal/agreements/idaho-2021/terms/clocks")
    compared = await auditor.open("/portal/agreements/compare?first=idaho-2021&second=template")

    assert ["payment_days", "30", "5.4"] in rows_of(credit)
    assert "foc-72-hours-facility-check,FOC within 72 hours of receipt,9.2.4.3.1.2" in clocks.text
    assert large.tree.xpath("//a[@href='?about=foc-72-hours-facility-check']")
    assert ["tracking", "tracked", "assumed-complete", "changed", "3.2"] in rows_of(compared)
    assert "payment_days" not in compared.words
    assert 404 == (await auditor.open("/portal/agreements/nowhere")).status


@pytest.mark.parametrize(
    ("login", "sees"), [("clec", set[str]()), ("representative", {"registers/conversions"}), ("auditor", None)]
)
async def test_who_may_not_is_refused(house: House, login: str, sees: set[str] | None) -> None:
    """A CLEC sees none of these pages, a representative the registers, an auditor all; none may press anything."""
    visitor = await house.visitor(login)
    token = ("form_token", (await visitor.open("/portal/orders")).tree.xpath("//input[@name='form_token']/@value")[0])
    reads = (
        "operations",
        "operations/dead",
        "operations/clocks",
        "registers/conversions",
        "partners/sawtooth",
        "agreements/idaho-2021",
        "audit",
    )
    acts = (
        "operations/dead/retry",
        "operations/replay",
        "operations/clock",
        "operations/undelivered/bitterroot",
        "operations/undelivered/bitterroot/resume",
        "registers/conversions/new",
        "registers/conversions/reg_0/withdrawal",
    )

    seen = [await visitor.open(f"/portal/{path}") for path in reads]
    done = [(await visitor.post(f"/portal/{path}", [token, ("work", "wrk_0")])).status for path in acts]

    assert [200 if sees is None or path in sees else 403 for path in reads] == [page.status for page in seen]
    assert [403] * len(acts) == done
    assert not [page.address for page in seen if page.tree.xpath("//main//form[@method='post']")]
    assert not [page.address for page in seen if page.tree.xpath("//main//a[contains(@href, '/new')]")]
