from tests.rig.office import OTHER_PARTNER, PARTNER
from tests.unit.gateway.reports.pid.conftest import Books


def _foc(at: str, due: str, **more: object) -> tuple[str, str, dict[str, object]]:
    return at, "confirm", {"due_date": due, **more}


def _done(at: str, on: str, **more: object) -> tuple[str, str, dict[str, object]]:
    return at, "complete", {"completed_on": on, "zone": 1, **more}


async def test_a_foc_is_timed_from_the_application_by_hours_of_business_days(books: Books) -> None:
    """Of two FOCs on loops with facility check one came within 72 hours of business days, the other after them."""
    good = await books.loop("PID00001", _foc("2026-03-04T10:00", "2026-03-16"))
    late = await books.loop("PID00002", _foc("2026-03-10T12:00", "2026-03-16"))

    ledger = await books.report()

    figure = ledger.figure("PO-5B(b)")
    assert ("1", 2, "1/2", "50.00 %", "9/10", False) == tuple(
        figure[name] for name in ("numerator", "denominator", "result", "shown", "standard", "met")
    )
    assert {good: "met", late: "missed"} == ledger.outcomes("PO-5B(b)")


async def test_a_commitment_is_met_on_the_due_date_that_the_customer_moved_it_to(books: Books) -> None:
    """Where the CLEC asks for a later date (SUP 2) and gets it, that date is the one to keep."""
    order_id = await books.loop("PID00003", _foc("2026-03-03T10:00", "2026-03-16"))
    later = books.office.document(
        sets={"PON": "PID00003", "VER": "02", "SUP": "2", "DDD": "03-20-2026"}, name="02-loop-new-conditioning"
    )
    await books.office.submit(later)
    await books.answer(
        order_id, _foc("2026-03-04T10:00", "2026-03-20"), _done("2026-03-20T15:00", "2026-03-20"), ver="02"
    )

    assert {order_id: "met"} == (await books.report()).outcomes("OP-3D")


async def test_a_date_that_the_ilec_moves_does_not_move_the_commitment(books: Books) -> None:
    """After a jeopardy of the ILEC's making a new FOC names a later date, and the order is late all the same."""
    order_id = await books.loop(
        "PID00004",
        _foc("2026-03-03T10:00", "2026-03-16"),
        ("2026-03-12T10:00", "jeopardy", {"rcode": "1D"}),
        _foc("2026-03-13T10:00", "2026-03-19"),
        _done("2026-03-19T15:00", "2026-03-19"),
    )

    ledger = await books.report()

    assert {order_id: "missed"} == ledger.outcomes("OP-3D")
    (record,) = (one for one in ledger.records if one["figure"].startswith("OP-3D"))
    assert ("2026-03-16", "ilec to 2026-03-19") == (record["original_due_date"], record["changes"])


async def test_a_miss_that_is_the_customers_own_is_left_out_and_says_why(books: Books) -> None:
    """A day missed for want of access is none of the ILEC's, nor one that the back end calls the weather's."""
    first = await books.loop(
        "PID00005",
        _foc("2026-03-03T10:00", "2026-03-16"),
        ("2026-03-16T10:00", "jeopardy", {"rcode": "1G"}),
        _done("2026-03-18T15:00", "2026-03-18"),
    )
    second = await books.loop(
        "PID00006",
        _foc("2026-03-19T10:00", "2026-03-26"),
        _done("2026-03-27T15:00", "2026-03-27", miss_reason="weather"),
        DDD="03-26-2026",
    )

    ledger = await books.report()

    assert {first: "miss_not_ilec", second: "miss_not_ilec"} == ledger.outcomes("OP-3D")
    assert ("n/a", {"miss_not_ilec": 2}) == tuple(ledger.figure("OP-3D")[name] for name in ("shown", "excluded"))


async def test_the_installation_interval_counts_business_days_from_the_application(books: Books) -> None:
    """From Monday the 2nd to Monday the 16th are ten business days."""
    order_id = await books.loop(
        "PID00007", _foc("2026-03-03T10:00", "2026-03-16"), _done("2026-03-16T15:00", "2026-03-16"), DDD="03-09-2026"
    )

    ledger = await books.report()

    assert {order_id: "10"} == ledger.outcomes("OP-4D")
    assert ("10", "6", False) == tuple(ledger.figure("OP-4D")[name] for name in ("result", "standard", "met"))


async def test_an_order_past_due_at_the_months_end_is_pending_with_the_days_and_the_reason(books: Books) -> None:
    """Due on the 27th and still open on the 31st for want of a loop: two business days, for facility reasons.

    It is so in the report of March whatever happens in April, where the order is completed.
    """
    order_id = await books.loop(
        "PID00008", _foc("2026-03-03T10:00", "2026-03-27"), ("2026-03-26T10:00", "jeopardy", {"rcode": "1D"})
    )
    await books.at("2026-04-02T09:00")
    before = await books.report()
    await books.answer(order_id, _done("2026-04-08T09:00", "2026-04-07"))
    after = await books.report()

    assert {order_id: "2"} == before.outcomes("OP-15A")
    assert ("1", 1) == tuple(before.figure("OP-15B")[name] for name in ("numerator", "denominator"))
    assert (before.summary, before.records) == (after.summary, after.records)
    assert {order_id: "missed"} == (await books.report("2026-04")).outcomes("OP-3D")


async def test_a_completion_that_is_entered_later_counts_in_the_month_it_happened_in(books: Books) -> None:
    """Done on 31 March and entered on 2 April belongs to March."""
    order_id = await books.loop(
        "PID00009", _foc("2026-03-25T10:00", "2026-03-31"), _done("2026-04-02T09:00", "2026-03-31")
    )

    assert {order_id: "met"} == (await books.report()).outcomes("OP-3D")
    assert {} == (await books.report("2026-04")).outcomes("OP-3D")


async def test_one_clecs_report_has_none_of_anothers_records(books: Books) -> None:
    """The figures of all together add up from both; the report of one CLEC knows of its own orders only."""
    mine = await books.loop("PID00010", _foc("2026-03-04T10:00", "2026-03-16"))
    await books.loop("PID00011", _foc("2026-03-05T10:00", "2026-03-16"), partner=OTHER_PARTNER)

    everyone, own = await books.report(), await books.report(partner=PARTNER)

    assert 2 == everyone.figure("PO-5B(b)")["denominator"]
    assert [1, 1] == [everyone.figure("PO-5B(b)", clec)["denominator"] for clec in (PARTNER, OTHER_PARTNER)]
    assert {mine} == {record["order"] for record in own.records if not record["order"].startswith("scheduled-")}
    assert 1 == own.figure("PO-5B(b)", PARTNER)["denominator"]


async def test_a_loop_with_facility_check_is_never_fully_electronic(books: Books) -> None:
    """Even where no person touched it, its FOC is in PO-5B (note 2); that it flowed through counts in PO-2."""
    await books.loop("PID00012", _foc("2026-03-02T09:45", "2026-03-16", manual=False))

    ledger = await books.report()

    assert ["met"] == list(ledger.outcomes("PO-5B(b)").values())
    assert ["met"] == list(ledger.outcomes("PO-2A").values())


async def test_a_reject_by_a_person_is_timed_in_business_hours(books: Books) -> None:
    """Received Monday 09:30, rejected Tuesday 08:15: seven hours and three quarters of business hours."""
    finding = {"code": "E603", "section": "9.2.4.3.1.1", "text": "Load coils are on the pair"}
    order_id = await books.loop("PID00013", ("2026-03-03T08:15", "reject", {"findings": [finding]}))

    ledger = await books.report()

    assert {order_id: "465"} == ledger.outcomes("PO-3X")
    assert {order_id: "rejected"} == ledger.outcomes("PO-2A")
