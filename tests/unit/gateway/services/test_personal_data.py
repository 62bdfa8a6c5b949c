"""What is taken out of documents and values, and how long all of it is kept."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from gateway.reports.plan.terms_file import load_plan_terms
from gateway.services.blanking import Blanking, purged_at
from gateway.services.personal_data import load_personal_data
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path

NOW = datetime(2028, 8, 1, 12, tzinfo=UTC)


def test_records_are_kept_longer_than_payments_can_be_recovered() -> None:
    """24 months (18.2.7) cover the 12 of Exhibit K 11.5 and the months that a report is late."""
    terms = load_plan_terms()
    agreements = load_agreements(bundled_path("config") / "agreements")
    for agreement in agreements.values():
        assert agreement.retention is not None
        assert agreement.retention.months > terms.consequences.recovery_months + 3


@given(st.dictionaries(st.sampled_from(["remarks", "text", "value", "name"]), st.text(min_size=1), min_size=1))
def test_text_under_a_name_that_is_not_listed_goes(told: dict[str, str]) -> None:
    """Whatever it says, but for dates and ids, and the shape stays."""
    blanked = Blanking(load_personal_data()).members({"decision": told, "lines": [told]})

    assert {"decision", "lines"} == set(blanked)
    assert list(told) == list(blanked["decision"])
    assert {""} == set(blanked["decision"].values())


def test_a_document_keeps_its_elements_and_loses_their_text() -> None:
    """Comments, attributes and text between elements go as well; codes, dates and ids stay; twice is once."""
    blanking = Blanking(load_personal_data())
    sent = (
        b'<L xmlns="urn:oss-gateway:r1:lsr" release="r1" who="ROSE"><!-- ROSE --><LSR>'
        b"<PON>P1</PON><REMARKS>ROSE</REMARKS><DDD>03-09-2026</DDD>ROSE</LSR><EU><NAME><![CDATA[ROSE]]></NAME><SASN/></EU></L>"
    )
    blanked = blanking.document(sent, NOW)

    assert b"ROSE" not in blanked
    assert NOW == purged_at(blanked)
    assert None is purged_at(sent)
    assert b"<PON>P1</PON><REMARKS/><DDD>03-09-2026</DDD>" in blanked
    assert b"<EU><NAME/><SASN/></EU>" in blanked
    assert blanked == blanking.document(blanked, datetime(2030, 1, 1, tzinfo=UTC))


def test_what_cannot_be_parsed_goes_as_a_whole() -> None:
    """Nothing of it is kept but when it was purged."""
    blanked = Blanking(load_personal_data()).document(b"<L>ROSE", NOW)

    assert (b'<Purged purged="2028-08-01T12:00:00+00:00"/>', NOW) == (blanked, purged_at(blanked))
