"""Whatever comes, the rules answer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rig.court import CONDITIONED_LOOP, DISCONNECT, LOOP_WITH_PORT, LOOPS_30, NEW_DATE, PORT, SIMPLE_PORT, Court
from validators.judge import Judge
from validators.messages.lsr import LocalServiceRequest, read_lsr
from validators.rules.case import EarlierVersion, FacilityAnswer, Standing
from validators.schema import Schemas
from validators.verdict import Outcome
from validators.xml import parse

_NAMES = (CONDITIONED_LOOP, LOOP_WITH_PORT, PORT, SIMPLE_PORT, DISCONNECT, NEW_DATE, LOOPS_30)
_SAID = (
    "ACT",
    "AFO",
    "ACTL",
    "APPTIME",
    "CCNA",
    "CHC",
    "DDD",
    "DFDT",
    "D_TSENT",
    "EXP",
    "NC",
    "NCI",
    "PON",
    "REQTYP",
    "SUP",
)
_COUNTED = ("LNUM", "LQTY", "NPQTY", "LOCNUM", "CFA", "VER", "PROJECT", "SCA", "DATED", "INIT", "TOS", "LST", "SLI")
_NUMBERED = (
    "PORTED_NBR",
    "DISC_NBR",
    "NAN",
    "ATN",
    "AN",
    "MI",
    "LNA",
    "RPON",
    "RCC",
    "REMARKS",
    "SANO",
    "ROUTE",
    "AFT",
)
_TEXT = st.text("AZ019-/", max_size=12) | st.sampled_from(
    [
        "N",
        "Y",
        "D",
        "2",
        "3",
        "AB",
        "PB",
        "HC--",
        "02-30-2026",
        "1200PM",
        "2085550120",
        "208-555-0124-0120",
        "QUICK LOOP MTE",
    ]
)


@pytest.fixture(scope="module")
def documents(bench: tuple[Judge, Schemas]) -> dict[str, bytes]:
    """The samples as XML, made once."""
    return {name: Court(*bench).document(name) for name in _NAMES}


@st.composite
def _changes(draw: st.DrawFn) -> tuple[str, frozenset[str], dict[str, str]]:
    """A sample, forms to leave out, and fields to change or empty."""
    return (
        draw(st.sampled_from(_NAMES)),
        draw(st.frozensets(st.sampled_from(["EU", "LS", "LSNP", "NP"]), max_size=2)),
        draw(st.dictionaries(st.sampled_from(_SAID + _COUNTED + _NUMBERED), _TEXT, max_size=6)),
    )


def _changed(document: bytes, drops: frozenset[str], sets: dict[str, str]) -> LocalServiceRequest:
    root = parse(document)
    for element in list(root.iter("*")):
        name = str(element.tag).rpartition("}")[2]
        element.text = sets.get(name, element.text)
        if name in drops:
            root.remove(element)
    return read_lsr(root)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=_changes())
def test_every_finding_says_where_what_and_how_to_cure(
    court: Court, documents: dict[str, bytes], changes: tuple[str, frozenset[str], dict[str, str]]
) -> None:
    """No message makes a rule fail, and each finding has its place in the document, its words, cure and section."""
    name, drops, sets = changes
    message = _changed(documents[name], drops, sets)
    standing = Standing(
        (EarlierVersion("01", "digest", Outcome.ACCEPTED),),
        state="CONFIRMED",
        in_force=message,
        facilities=FacilityAnswer(load_coils=True),
    )

    findings = [*court.judged(message).verdict.findings, *court.on_record(message, standing)]

    for found in findings:
        assert found.path.startswith("/LocalServiceRequest")
        assert "" not in {found.text, found.cure, found.section, found.rule}
        assert "None" not in found.text + found.cure
