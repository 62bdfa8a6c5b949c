from gateway.lifecycle.jeopardy_reasons import DUE_DATE_CANNOT_BE_MET, JEOPARDY_REASONS, NO_LOOP_AVAILABLE
from gateway.lifecycle.vocabulary import Cause


def test_the_customer_caused_reasons_are_those_of_the_field() -> None:
    """A supplement with a new date is asked of the CLEC for these reasons and no others."""
    customers = {code for code, reason in JEOPARDY_REASONS.items() if reason.cause is Cause.CLEC}

    assert customers == {"1C", "1E", "1G", "1R", "1S", "1T"}


def test_each_reason_has_its_own_words() -> None:
    """No two codes read alike, so that a notice tells them apart."""
    assert len({reason.text for reason in JEOPARDY_REASONS.values()}) == len(JEOPARDY_REASONS) == 23


def test_the_codes_that_the_gateway_uses_itself_are_in_the_table() -> None:
    """What the gateway writes into notices by itself is a known reason of the ILEC's."""
    assert {JEOPARDY_REASONS[code].cause for code in (DUE_DATE_CANNOT_BE_MET, NO_LOOP_AVAILABLE)} == {Cause.ILEC}
