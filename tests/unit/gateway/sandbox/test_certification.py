import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from gateway.record.port import OrderQuery
from gateway.record.rows import Family, Order
from gateway.sandbox.certificate import certificate_page
from gateway.sandbox.examination import Examination, Result, certifications
from gateway.sandbox.suites import Suites, SuitesInvalid
from gateway.services.certifying import CertificationBarred, Certifying
from gateway.services.taken import Taken
from tests.rig.court import LOOP, MONDAY, PORT, sample
from tests.rig.office import PARTNER, Office
from tests.rig.sandbox import Sandbox
from validators.bundled import bundled_path
from validators.messages.compose import compose
from validators.registers.given import GivenEntry, given_entry
from validators.registers.known import REGISTERS
from validators.verdict import Outcome

_SUITES = bundled_path("config") / "sate" / "certification.yaml"
_MONTH = timedelta(days=31)


def _examination(sandbox: Sandbox) -> Examination:
    return Examination(sandbox.office.record, sandbox.office.desk, Suites.read(_SUITES))


def _of(results: list[Result], suite: str, product: str) -> Result:
    (found,) = (result for result in results if (result.suite.id, result.product) == (suite, product))
    return found


async def _order(sandbox: Sandbox, name: str, pon: str) -> str:
    """Order a sample under a PON at the partner's own time."""
    body = compose(sample(name), {"LSR.PON": pon}, schemas=sandbox.office.schemas)
    taken = await sandbox.intake.submit(PARTNER, Family.LSR, body, idempotency_key=None, if_match=None)
    assert isinstance(taken, Taken)
    return taken.acknowledgement.outcome


def _next(name: str) -> str:
    """Give the VER that follows that of a sample."""
    (ver,) = re.findall(r"^LSR\.VER=(\d\d)$", sample(name), re.MULTILINE)
    return f"{int(ver) + 1:02}"


async def _pass_the_suite(sandbox: Sandbox, name: str) -> None:
    for pon in ("SATEALL1", "SATEREJ1", "SATEJEP1"):
        assert Outcome.REJECTED != await _order(sandbox, name, pon)
    await sandbox.pass_time(PARTNER, timedelta(hours=3))
    again = compose(
        sample(name), {"LSR.PON": "SATEREJ1", "LSR.VER": _next(name), "LSR.SUP": "3"}, schemas=sandbox.office.schemas
    )
    await sandbox.intake.submit(PARTNER, Family.LSR, again, idempotency_key=None, if_match=None)
    await sandbox.pass_time(PARTNER, _MONTH)


def _given(results: list[Result]) -> list[GivenEntry]:
    entries = certifications(results, PARTNER, "r1", MONDAY.date())
    return [
        given_entry(REGISTERS[entry["register"]], {name: value for name, value in entry.items() if name != "register"})
        for entry in entries
    ]


@pytest.mark.upholds("sate-progression")
@pytest.mark.upholds("sate-regression")
@pytest.mark.upholds("recertification-pons")
async def test_a_suite_is_passed_by_the_orders_that_show_its_cases(sandbox: Sandbox) -> None:
    """The result names the PON of each case; another product, which no order was for, is not passed."""
    await _pass_the_suite(sandbox, LOOP)

    results = await _examination(sandbox).results(PARTNER)

    loops = _of(results, "loops", "loop-2w-analog")
    assert loops.passed
    assert ["SATEALL1", "SATEREJ1", "SATEJEP1"] == [shown.pon for shown in loops.shown]
    assert not _of(results, "loops", "loop-ds1").begun
    (entry,) = (one for one in certifications(results, PARTNER, "r1", MONDAY.date()) if one["key"] == "loop-2w-analog")
    assert (["N"], ["SATEALL1", "SATEREJ1", "SATEJEP1"]) == (entry["data"]["activities"], entry["data"]["pons"])


@pytest.mark.upholds("connectivity-test")
async def test_connectivity_is_an_order_out_and_a_notice_acknowledged(sandbox: Sandbox) -> None:
    """The confirmation alone does not show it: the partner must have taken it."""
    order = await sandbox.order(PARTNER, "SATEFOC1")
    await sandbox.pass_time(PARTNER, timedelta(hours=1))
    assert not _of(await _examination(sandbox).results(PARTNER), "connectivity", "protocol").passed

    (notice,) = await sandbox.office.notices(order)
    await sandbox.office.mailbox.acknowledge(PARTNER, notice.id)

    assert _of(await _examination(sandbox).results(PARTNER), "connectivity", "protocol").passed


@pytest.mark.upholds("test-environment-mirrors")
async def test_the_test_environment_judges_as_production_does(sandbox: Sandbox) -> None:
    """The same bytes get the same findings in both."""
    body = compose(sample(LOOP), {"LSR.PON": "SATEFOC1", "LSR.CC": "0000"}, schemas=sandbox.office.schemas)
    tested = await sandbox.intake.submit(PARTNER, Family.LSR, body, idempotency_key=None, if_match=None)
    other = compose(sample(LOOP), {"LSR.PON": "ALIVE1", "LSR.CC": "0000"}, schemas=sandbox.office.schemas)
    live = await sandbox.office.submit(other)

    assert isinstance(tested, Taken)
    assert isinstance(live, Taken)
    same = {"company-codes-of-partner"}
    assert same <= {finding.rule for finding in tested.acknowledgement.findings}
    assert same <= {finding.rule for finding in live.acknowledgement.findings}


async def test_what_is_shown_for_loops_admits_no_port_until_ports_are_shown(
    sandbox: Sandbox, production: Office
) -> None:
    """In production a port is rejected by 12.2.9.4, shown in the test environment, and then accepted."""
    certifying = Certifying(production.record, production.registers, production.judge.agreements)
    await _pass_the_suite(sandbox, LOOP)
    await certifying.grant(_given(await _examination(sandbox).results(PARTNER)), None, "operator")
    assert Outcome.ACCEPTED == await _live(production, LOOP, "LIVE1")
    assert Outcome.REJECTED == await _live(production, PORT, "LIVE2")
    (order,) = [one for one in await _orders(production) if one.pon == "LIVE2"]
    (reject,) = await production.notices(order.id)
    assert [("scenario-certification", "12.2.9.4")] == [
        (finding["rule"], finding["section"]) for finding in reject.data["findings"]
    ]

    fresh = [entry for entry in _given(await _port_results(sandbox)) if entry.key == "lnp"]
    await certifying.grant(fresh, None, "operator")

    assert Outcome.ACCEPTED == await _live(production, PORT, "LIVE3")


async def _port_results(sandbox: Sandbox) -> list[Result]:
    start = sandbox.travel.stands(PARTNER)
    for number, pon in enumerate(("SATEALL2", "SATEREJ2")):
        sets = {"LSR.PON": pon, "LSR.DDD": f"{start + timedelta(days=20 + number):%m-%d-%Y}"}
        body = compose(sample(PORT), sets, schemas=sandbox.office.schemas)
        await sandbox.intake.submit(PARTNER, Family.LSR, body, idempotency_key=None, if_match=None)
    await sandbox.pass_time(PARTNER, timedelta(hours=3))
    body = compose(sample(PORT), {**sets, "LSR.VER": _next(PORT), "LSR.SUP": "3"}, schemas=sandbox.office.schemas)
    await sandbox.intake.submit(PARTNER, Family.LSR, body, idempotency_key=None, if_match=None)
    await sandbox.pass_time(PARTNER, _MONTH)
    return await _examination(sandbox).results(PARTNER)


async def test_a_grant_that_comes_too_late_is_refused_whole(production: Office) -> None:
    """Nothing is put on record, and the refusal names the section."""
    releases = [
        given_entry(REGISTERS["releases"], {"key": name, "valid_from": day, "data": {}})
        for name, day in (("r1", "2025-01-01"), ("r2", "2025-10-01"))
    ]
    await production.registers.enter(releases, "operator")
    data = {"release": "r1", "suite": "loops", "activities": ["N"], "pons": ["X1"], "tested_on": "2026-01-05"}
    late = {"partner": PARTNER, "key": "loop-ds1", "valid_from": "2026-01-05", "data": data}

    with pytest.raises(CertificationBarred, match=r"12\.2\.9\.6\.1\.1"):
        await Certifying(production.record, production.registers, production.judge.agreements).grant(
            [given_entry(REGISTERS["certifications"], late)], None, "operator"
        )

    assert Outcome.ACCEPTED == await _live(production, LOOP, "LIVE1")


async def test_the_certificate_names_what_is_passed_and_what_is_missing(sandbox: Sandbox) -> None:
    """The page needs nothing else, and says of each missing case which account shows it."""
    await _pass_the_suite(sandbox, LOOP)
    page = certificate_page("saw<tooth", "r1", MONDAY.date(), await _examination(sandbox).results(PARTNER))

    assert "SATEALL1, SATEREJ1, SATEJEP1" in page
    assert "saw&lt;tooth" in page
    assert "A port from confirmation to bill: an order whose PON begins with <code>SATEALL</code>" in page
    assert "src=" not in page


def test_suites_that_cannot_be_read_are_told_with_their_place(tmp_path: Path) -> None:
    """Each wrong place is named."""
    path = tmp_path / "suites.yaml"
    path.write_text(
        "release: r1\nsuites: [{id: x, section: '1', about: y, products: [], activities: [N], cases: []}]\n"
    )

    with pytest.raises(SuitesInvalid, match=r"suites\.0\.products.*suites\.0\.cases"):
        Suites.read(path)


async def _live(production: Office, name: str, pon: str) -> str:
    taken = await production.submit(compose(sample(name), {"LSR.PON": pon}, schemas=production.schemas))
    assert isinstance(taken, Taken)
    return taken.acknowledgement.outcome


async def _orders(production: Office) -> Sequence[Order]:
    return await production.record.orders(OrderQuery(PARTNER))
