"""What a complete application starts, explained: the clock of deficiencies and that of the feasibility study."""

from datetime import datetime
from zoneinfo import ZoneInfo

from validators.agreement.explain import as_text, explain
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.rules.collocation_case import application_at_receipt

SENT = datetime(2027, 3, 4, 10, 15, tzinfo=ZoneInfo("America/Boise"))


def test_an_application_is_explained_with_sections_and_arithmetic() -> None:
    """Both clocks of a complete application end with day 10, a Sunday, and each says how."""
    agreement = load_agreements(bundled_path("config") / "agreements")["idaho-2021"]

    explanation = explain(agreement, "caged", SENT, application_at_receipt(SENT, agreement, "BOISIDMA"), ())

    found = {
        clock.term.id: (clock.term.section, agreement.calendar.local_date(clock.due_at).isoformat())
        for clock in explanation.clocks
    }
    assert {
        "deficiency-notice-10d": ("8.4.1.5.1", "2027-03-14"),
        "deficiency-notice-physical": ("8.4.3.1.1", "2027-03-14"),
        "feasibility-physical-10d": ("8.4.3.1", "2027-03-14"),
    } == found
    text = "\n".join(as_text(explanation))
    assert "Product           Caged collocation" in text
    assert "Thu 2027-03-04 being day 0, every day counted; due by the end of Sun 2027-03-14" in text
