from datetime import date, timedelta
from random import Random
from typing import Any

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.cp2_collocations import CollocationJob, collocation_schedule
from tests.oracle import exhibit_b


def jobs(seed: int, count: int) -> list[dict[str, Any]]:
    """Collocations with every date on, just before or just after a limit, now and then."""
    chance = Random(seed)  # noqa: S311 - the same jobs in every run
    made = []
    for _ in range(count):
        received = date(2026, 1, 1) + timedelta(days=chance.randrange(365))
        quote = received + timedelta(days=chance.randrange(10, 30))
        accepted = quote + timedelta(days=chance.choice((0, 6, 7, 8, 20, 29, 30, 31)))
        made.append(
            {
                "type": chance.choice(("cageless", "caged", "virtual")),
                "received": received,
                "quote": quote,
                "accepted": chance.choice((accepted, accepted, accepted, None)),
                "forecast": chance.choice((None, received - timedelta(days=chance.randrange(56, 64)))),
                "equipment": chance.choice((received, accepted)) + timedelta(days=chance.randrange(48, 60)),
                "major_days": chance.choice((None, None, None, 100, 130, 150, 170)),
                "rescheduled_rfs": chance.choice((None, None, None, received + timedelta(days=123))),
            }
        )
    return made


def test_ready_for_service_dates_agree_with_the_oracle(basis: MeasureBasis) -> None:
    """4,000 random collocations have the RFS date and the submeasure that the oracle's table gives."""
    for facts in jobs(seed=2, count=4000):
        dates = {name: value for name, value in facts.items() if name != "received"}
        schedule = collocation_schedule(CollocationJob("1", "A", complete_received=facts["received"], **dates), basis)
        expected = exhibit_b.collocation(facts)
        assert expected == (schedule and (schedule.rfs_date, *schedule.submeasures)), facts
