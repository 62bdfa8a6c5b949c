"""What an ASR names, and what the ILEC's reference data say of it."""

from dataclasses import replace

import pytest

from tests.rig.court import NEW_YEAR, REARRANGED, TRANSPORT, TRUNKS, Court
from validators.messages.asr import AccessServiceRequest
from validators.messages.named import NamedThings
from validators.rules.asr.named import named_in_asr
from validators.rules.case import References, Standing, Told
from validators.verdict import Severity

GOOD = References(
    address=Told("a", "4120 OPALINE, BOISE", "valid"),
    assignments=(Told("b", "4001/T1/1-24/A/Z", "spare"),),
    codes=Told("c", "SH-D 04DS9.15", "valid"),
    accounts=(Told("d", "2085550100201", "valid"),),
    locations=(Told("e", "BOISIDXYW01", "valid"),),
)


def judged(court: Court, references: References) -> list[tuple[str, str, Severity]]:
    """Give rule, section and severity of what is found in the sample trunks."""
    found = court.on_record(court.request(TRUNKS), Standing(references=references), received=NEW_YEAR)
    return [(one.rule, one.section, one.severity) for one in found]


@pytest.mark.trips("asr-order-address-unconfirmed")
@pytest.mark.trips("asr-order-cfa-busy")
@pytest.mark.trips("asr-order-cfa-unconfirmed")
@pytest.mark.trips("asr-order-ban-unconfirmed")
@pytest.mark.trips("asr-order-clli-unconfirmed")
def test_what_is_not_confirmed_is_told_with_the_section_of_its_query(court: Court) -> None:
    """As on LSRs, by 12.2.1.2.2.1 to .5; only a facility in use rejects."""
    wrong: list[tuple[References, str, Severity]] = [
        (replace(GOOD, address=Told("a", "1 NO SUCH", "unknown")), "address-unconfirmed 1", Severity.WARN),
        (replace(GOOD, assignments=(Told("b", "4009/T1/1-24/A/Z", "busy"),)), "cfa-busy 2", Severity.REJECT),
        (replace(GOOD, assignments=(Told("b", "7777/T1/1/A/Z", "unknown"),)), "cfa-unconfirmed 2", Severity.WARN),
        (replace(GOOD, accounts=(Told("d", "2085550100101", "not-yours"),)), "ban-unconfirmed 4", Severity.WARN),
        (replace(GOOD, locations=(Told("e", "BOISIDZZDS0", "unknown"),)), "clli-unconfirmed 5", Severity.WARN),
    ]

    for references, told, severity in wrong:
        rule, _, query = told.partition(" ")
        assert [(f"asr-order-{rule}", f"12.2.1.2.2.{query}", severity)] == judged(court, references)


@pytest.mark.passes("asr-order-address-unconfirmed")
@pytest.mark.passes("asr-order-cfa-busy")
@pytest.mark.passes("asr-order-cfa-unconfirmed")
@pytest.mark.passes("asr-order-ban-unconfirmed")
@pytest.mark.passes("asr-order-clli-unconfirmed")
def test_what_is_confirmed_is_passed_over(court: Court) -> None:
    """Nothing to tell."""
    assert [] == judged(court, GOOD)


@pytest.mark.trips("asr-order-nc-nci-unconfirmed")
@pytest.mark.passes("asr-order-nc-nci-unconfirmed")
def test_codes_are_compared_where_the_agreement_asks_for_it(court: Court) -> None:
    """The shipped agreement turns the rule off; with the ILEC's own table it warns, citing 12.2.1.2.2.3."""
    wrong = replace(GOOD, codes=Told("c", "SH-D 02LS2", "not-a-pair"))
    agreement = court.judge.agreements["template"]
    rules = {name: setting for name, setting in agreement.rules.items() if name != "asr-order-nc-nci-unconfirmed"}
    asking = court.under(agreement.model_copy(update={"rules": rules}))

    assert [("asr-order-nc-nci-unconfirmed", "12.2.1.2.2.3", Severity.WARN)] == judged(asking, wrong)
    assert [] == judged(asking, GOOD)
    assert [] == judged(court, wrong)


def named(court: Court, name: str, sets: dict[str, str] | None = None) -> NamedThings:
    """Give what a sample names."""
    message = court.request(name, sets)
    assert isinstance(message, AccessServiceRequest)
    return named_in_asr(message)


def test_new_trunks_name_facility_codes_and_places(court: Court) -> None:
    """BAN E is no account; the far end stands in the form of the service."""
    things = named(court, TRUNKS)

    assert ["4001/T1/1-24/BOISIDMAK99/BOISIDXYW01"] == [cfa for _, cfa in things.assignments]
    assert ("/AccessServiceRequest/TRUNKING/NC", "SH-D", "04DS9.15", "") == things.codes
    assert ["BOISIDXYW01", "BOISIDXYDS0", "BOISIDMA99T", "BOISIDXYDS0"] == [clli for _, clli in things.locations]
    assert ((), None) == (things.accounts, things.address)
    assert [("/AccessServiceRequest/ADMIN/BAN", "208555010020")] == list(
        named(court, TRUNKS, {"ADMIN.BAN": "208555010020"}).accounts
    )


def test_a_far_end_is_named_without_its_mark(court: Court) -> None:
    """C before a CLLI code is no part of it, and E names no place."""
    assert "TWFLIDMAH92" in [clli for _, clli in named(court, TRANSPORT).locations]
    assert ["BOISIDMAH91"] == [clli for _, clli in named(court, TRANSPORT, {"TRANSPORT.SECLOC": "E"}).locations]


def test_a_rearrangement_names_no_facility_that_must_be_free(court: Court) -> None:
    """Its facility is its own; its codes are told all the same."""
    things = named(court, REARRANGED, {"TRANSPORT.CFA": "4009/T1/1/BOISIDMAK99/BOISIDXYW01"})

    assert () == things.assignments
    assert things.codes is not None


@pytest.mark.parametrize("supplement", ["1", "2"])
def test_a_cancellation_and_a_new_date_name_nothing_anew(court: Court, supplement: str) -> None:
    """What they leave as it was is not looked up again."""
    assert not named(court, TRUNKS, {"ADMIN.SUP": supplement})
