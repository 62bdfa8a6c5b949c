"""The test accounts and suites of trunks, transport and collocation."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from gateway.record.rows import Family
from gateway.sandbox.examination import Examination, Result, certifications
from gateway.sandbox.suites import Suites
from gateway.services.taken import Taken
from tests.rig.court import MONDAY
from tests.rig.office import PARTNER
from tests.rig.sandbox import Sandbox
from validators.bundled import bundled_path
from validators.messages.compose import compose

_CONFIG = bundled_path("config")
_DAY = timedelta(days=1)
_TEXTS: Mapping[Family, Path] = {
    Family.ASR: _CONFIG / "simulation" / "trunks.txt",
    Family.COLLOCATION: _CONFIG / "simulation" / "collocation.txt",
}
_DATES = {"ADMIN.D/TSENT": "03-02-2026-0930AM", "ADMIN.DDD": "04-06-2026"}


async def _send(sandbox: Sandbox, family: Family, sets: Mapping[str, str], *, whole: bool = True) -> str:
    """Send the simulated CLEC's text, or only the fields that are set, at the partner's own time."""
    text = _TEXTS[family].read_text(encoding="utf-8") if whole else ""
    dates = _DATES if family is Family.ASR else {}
    body = compose(text, {**dates, **sets}, schemas=sandbox.office.schemas)
    taken = await sandbox.intake.submit(PARTNER, family, body, idempotency_key=None, if_match=None)
    assert isinstance(taken, Taken), taken
    return taken.order_id


async def _results(sandbox: Sandbox) -> dict[tuple[str, str], Result]:
    suites = Suites.read(_CONFIG / "sate" / "certification.yaml")
    found = await Examination(sandbox.office.record, sandbox.office.desk, suites).results(PARTNER)
    return {(result.suite.id, result.product): result for result in found}


async def test_the_suite_of_trunks_is_passed_by_orders_of_test_accounts(sandbox: Sandbox) -> None:
    """An ASR is confirmed, completed and billed; one is rejected and cured; one goes through a jeopardy."""
    for pon in ("SATEALL1", "SATEREJ1", "SATEJEP1"):
        await _send(sandbox, Family.ASR, {"ADMIN.PON": pon})
    await sandbox.pass_time(PARTNER, timedelta(hours=3))
    await _send(sandbox, Family.ASR, {"ADMIN.PON": "SATEREJ1", "ADMIN.VER": "02", "ADMIN.SUP": "4"})
    await sandbox.pass_time(PARTNER, 15 * _DAY)

    results = await _results(sandbox)
    assert results["trunks", "lis"].passed
    assert not results["transport", "udit"].begun
    (entry,) = certifications(list(results.values()), PARTNER, "r1", MONDAY.date())
    assert ("lis", "trunks", ["N"]) == (entry["key"], entry["data"]["suite"], entry["data"]["activities"])


async def test_the_suite_of_collocation_is_passed_by_applications_of_test_accounts(sandbox: Sandbox) -> None:
    """One is quoted, accepted and built; one is deficient and cured; one finds no space."""
    built, cured, denied = [
        await _send(sandbox, Family.COLLOCATION, {"COLLO.PON": pon}) for pon in ("SATEALL1", "SATEDEF1", "SATENOS1")
    ]
    await sandbox.pass_time(PARTNER, 6 * _DAY)
    assert "DEFICIENT" == (await sandbox.office.order(cured)).state
    await _send(sandbox, Family.COLLOCATION, {"COLLO.PON": "SATEDEF1", "COLLO.VER": "01"})
    await sandbox.pass_time(PARTNER, 15 * _DAY)
    assert ["QUOTED", "QUOTING", "DENIED_SPACE"] == [
        (await sandbox.office.order(one)).state for one in (built, cured, denied)
    ]

    signed = {"COLLO.MSG": "ACCEPTANCE", "COLLO.SIGNED": "D MERRIWEATHER", "PAY.AMOUNT": "99999.00"}
    named = {"COLLO.PON": "SATEALL1", "COLLO.VER": "01"}
    await _send(sandbox, Family.COLLOCATION, {**named, **signed}, whole=False)
    await sandbox.pass_time(PARTNER, 63 * _DAY)

    assert "WALKTHROUGH" == (await sandbox.office.order(built)).state
    results = await _results(sandbox)
    assert results["collocation", "caged"].passed
    assert not results["collocation", "virtual"].begun
    (entry,) = certifications(list(results.values()), PARTNER, "r1", MONDAY.date())
    assert ["SATEALL1", "SATEDEF1", "SATENOS1"] == entry["data"]["pons"]


async def test_a_search_of_its_test_account_is_answered_in_its_time(sandbox: Sandbox) -> None:
    """After thirty hours, of the 48; what is told has all that a loop on a digital carrier asks for."""
    named = {"COLLO.PON": "SATELOP1", "COLLO.VER": "00", "COLLO.MSG": "APPLICATION", "COLLO.KIND": "LOOP-SEARCH"}
    place = {"LOOP.REASON": "UNCLEAR", "LOOP.SASN": "OPALINE", "LOOP.CITY": "BOISE"}
    order = await _send(sandbox, Family.COLLOCATION, {**named, **place}, whole=False)

    await sandbox.pass_time(PARTNER, timedelta(hours=29))
    before = (await sandbox.office.order(order)).state
    await sandbox.pass_time(PARTNER, timedelta(hours=2))
    (told,) = await sandbox.office.notices(order)

    assert ("RECEIVED", "COMPLETED") == (before, (await sandbox.office.order(order)).state)
    assert "Spare feeder: Pair 40. Spare distribution: none." in told.data["text"]


@pytest.mark.parametrize("family", [Family.ASR, Family.COLLOCATION])
async def test_the_silent_account_answers_no_family(sandbox: Sandbox, family: Family) -> None:
    """Whatever is ordered under it, only deadlines tell of themselves."""
    head = "ADMIN" if family is Family.ASR else "COLLO"
    order = await _send(sandbox, family, {f"{head}.PON": "SATEMUTE1"})
    before = (await sandbox.office.order(order)).state

    await sandbox.pass_time(PARTNER, 20 * _DAY)

    assert before == (await sandbox.office.order(order)).state
