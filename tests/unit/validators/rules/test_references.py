"""What an order names, and what the ILEC's reference data say of it."""

import pytest

from tests.rig.court import CANCEL, CONDITIONED_LOOP, DISCONNECT, LOOP, LOOPS_24, NEW_DATE, Court
from validators.messages.lsr import LocalServiceRequest
from validators.messages.named import NamedThings, named_in_lsr
from validators.rules.case import FacilityAnswer, References, Standing, Told
from validators.verdict import Severity

CFA = "/LocalServiceRequest/LS/DETAILS/DETAIL/CFA"
NC = "/LocalServiceRequest/LSR/NC"


def judged(court: Court, **told: object) -> list[tuple[str, Severity]]:
    """Give rule and severity of what is found in the sample loop, given what the reference data say."""
    standing = Standing(references=References(**told))  # type: ignore[arg-type] # the callers name its fields
    return [(found.rule, found.severity) for found in court.on_record(court.message(LOOP), standing)]


@pytest.mark.trips("order-cfa-busy")
def test_a_facility_that_is_in_use_is_not_ordered(court: Court) -> None:
    """The finding stands at the line's CFA and says where a free one is found (12.2.1.1.4.8)."""
    references = References(assignments=(Told(CFA, "0109/TIE/001/A/Z", "busy"),))
    (found,) = court.on_record(court.message(LOOP), Standing(references=references))

    assert ("order-cfa-busy", "12.2.1.1.4.8", "E640", Severity.REJECT, CFA, "0109/TIE/001/A/Z") == (
        found.rule,
        found.section,
        found.code,
        found.severity,
        found.path,
        found.value,
    )
    assert "cfa-list" in found.cure


@pytest.mark.trips("order-cfa-unconfirmed")
@pytest.mark.parametrize("result", ["unknown", "no-such-channel", "not-yours", "pending"])
def test_a_facility_that_the_inventory_does_not_confirm_is_told(court: Court, result: str) -> None:
    """The inventory may be behind: a warning."""
    told = (Told(CFA, "7777/TIE/001/A/Z", result),)

    assert [("order-cfa-unconfirmed", Severity.WARN)] == judged(court, assignments=told)


@pytest.mark.passes("order-cfa-busy")
@pytest.mark.passes("order-cfa-unconfirmed")
def test_a_spare_facility_is_ordered(court: Court) -> None:
    """Nothing to tell."""
    assert [] == judged(court, assignments=(Told(CFA, "0101/TIE/001/A/Z", "spare"),))


@pytest.mark.trips("order-address-unconfirmed")
@pytest.mark.parametrize("result", ["near", "unknown", "ambiguous"])
def test_an_address_that_is_not_found_is_told(court: Court, result: str) -> None:
    """With the query that gives the right one."""
    told = Told("/LocalServiceRequest/EU/SANO", "1 NO SUCH, BOISE", result)

    assert [("order-address-unconfirmed", Severity.WARN)] == judged(court, address=told)


@pytest.mark.trips("order-nc-nci-unconfirmed")
@pytest.mark.parametrize("result", ["unknown-nc", "unknown-nci", "not-a-pair", "reversed"])
def test_codes_that_do_not_go_together_are_told(court: Court, result: str) -> None:
    """One finding for the three codes, at NC; an agreement that has the ILEC's table loaded asks for it."""
    told = Told(NC, "LX-- 02LS2", result)

    assert [("order-nc-nci-unconfirmed", Severity.WARN)] == judged(_with_table(court), codes=told)
    assert [] == judged(court, codes=told)


@pytest.mark.trips("order-ban-unconfirmed")
@pytest.mark.parametrize("result", ["closed", "not-yours", "unknown"])
def test_an_account_that_cannot_be_billed_is_told(court: Court, result: str) -> None:
    """At the field that names it."""
    told = (Told("/LocalServiceRequest/LSR/BAN1", "2085550100102", result),)

    assert [("order-ban-unconfirmed", Severity.WARN)] == judged(court, accounts=told)


@pytest.mark.trips("order-clli-unconfirmed")
def test_an_unknown_place_is_told(court: Court) -> None:
    """A CLLI code that names nothing."""
    told = (Told("/LocalServiceRequest/LSR/LST", "XXXXIDXXDS0", "unknown"),)

    assert [("order-clli-unconfirmed", Severity.WARN)] == judged(court, locations=told)


@pytest.mark.trips("order-number-hold")
@pytest.mark.parametrize("result", ["ran-out", "anothers"])
def test_a_number_that_is_not_held_any_more_is_not_ordered(court: Court, result: str) -> None:
    """The hold ran out, or another CLEC has it (12.2.1.1.4.3)."""
    told = (Told("/LocalServiceRequest/PS/DETAILS/DETAIL/TNS", "9865550700", result),)

    assert [("order-number-hold", Severity.REJECT)] == judged(court, numbers=told)


@pytest.mark.passes("order-address-unconfirmed")
@pytest.mark.passes("order-nc-nci-unconfirmed")
@pytest.mark.passes("order-ban-unconfirmed")
@pytest.mark.passes("order-clli-unconfirmed")
@pytest.mark.passes("order-number-hold")
def test_what_is_confirmed_is_passed_over(court: Court) -> None:
    """And so is a number that nobody ever held."""
    told = References(
        address=Told("a", "4120 OPALINE, BOISE", "valid"),
        codes=Told(NC, "LX--", "valid"),
        accounts=(Told("b", "2085550100101", "valid"),),
        locations=(Told("c", "BOISIDMA", "valid"),),
        numbers=(Told("d", "9865550700", "held"), Told("e", "9865550701", "never-held")),
    )

    assert [] == _with_table(court).on_record(court.message(LOOP), Standing(references=told))


def _with_table(court: Court) -> Court:
    """Give a court whose agreement does not turn the check of NC and NCI codes off."""
    agreement = court.judge.agreements["template"]
    rules = {name: setting for name, setting in agreement.rules.items() if name != "order-nc-nci-unconfirmed"}
    return court.under(agreement.model_copy(update={"rules": rules}))


def test_load_coils_without_approved_conditioning_are_rejected_at_intake(court: Court) -> None:
    """The rule of the back end's answer serves here too, with its own section (9.2.4.3.1.2.2)."""
    loaded = FacilityAnswer(load_coils=True, bridged_tap=False, copper=True, available=True)
    standing = Standing(facilities=loaded, references=References(facilities=loaded))

    found = court.on_record(court.message(CONDITIONED_LOOP, drops=["LSR.SCA"]), standing)
    approved = court.on_record(court.message(CONDITIONED_LOOP), standing)

    assert [("conditioning-not-approved-reject", "9.2.4.3.1.2.2")] == [(f.rule, f.section) for f in found]
    assert [] == approved


def named(court: Court, sample: str, sets: dict[str, str] | None = None) -> NamedThings:
    """Give what a sample names."""
    message = court.message(sample, sets)
    assert isinstance(message, LocalServiceRequest)
    return named_in_lsr(message)


def test_a_new_loop_names_address_codes_facilities_accounts_and_places(court: Court) -> None:
    """Each with its place in the document."""
    things = named(court, LOOP)

    assert things.address is not None
    assert ("4120", "OPALINE", "BOISE") == (things.address.sano, things.address.sasn, things.address.city)
    assert ((CFA, "0101/TIE/001/BOISIDMAF01/BOISIDMAH7Z"),) == things.assignments
    assert (NC, "LX--", "02QC2.OOF", "02LS2") == things.codes
    assert ["2085550100101"] == [text for _, text in things.accounts]
    assert ["BOISIDMADS0", "BOISIDMAH7Z"] == [text for _, text in things.locations]
    assert (True, True, ()) == (things.appointment, things.builds, things.numbers)


def test_every_line_names_its_facility(court: Court) -> None:
    """Twenty-four of them, each at its own place."""
    assert 24 == len({path for path, _ in named(court, LOOPS_24).assignments})


@pytest.mark.parametrize("sample", [CANCEL, NEW_DATE])
def test_a_cancellation_and_a_new_date_name_nothing_anew(court: Court, sample: str) -> None:
    """What they leave as it was is not looked up again."""
    assert not named(court, sample)


def test_a_disconnect_names_no_facility_that_must_be_free(court: Court) -> None:
    """Its facility is in use, of course."""
    things = named(court, DISCONNECT)

    assert (None, (), None, False) == (things.address, things.assignments, things.codes, things.builds)
