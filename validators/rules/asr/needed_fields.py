"""Fields of an ASR that its kind of request must have, and the ones that it must not have: one table each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from validators.codes import Code
from validators.messages.asr import AccessServiceRequest
from validators.messages.section import Section
from validators.rules.asr.case import AsrCase
from validators.rules.asr.when import (
    ALWAYS,
    DESIGN_WANTED,
    LOCAL_TRUNKS,
    NEW_BILL,
    SIGNALING_BY_CODE,
    TRUNK_WORK,
    UNBUNDLED,
    When,
    act,
    acti,
    has,
    is_one_of,
    lacks,
    reqtyp,
    translations,
)
from validators.rules.registry import Found, Scope, content_rule

ASOG: Final = "12.2.1.2.1"
"""The section that makes the industry's ordering guidelines the form of an ASR."""
ANY_ISSUE: Final = Scope(family="asr", supplements=frozenset({None, "2", "3", "4"}))
"""Every ASR but a cancellation."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of a form, and when the row holds for it."""

    form: str
    field: str
    when: When


def _rows(form: str, *rows: tuple[str, When]) -> tuple[FieldRow, ...]:
    return tuple(FieldRow(form, field, when) for names, when in rows for field in names.split())


_TWO_POINTS: Final = lacks("TRANSPORT", "NSL") & lacks("TRANSPORT", "CKLT")
_ANOTHER_BILLED: Final = is_one_of("ADMIN", "CCNA", ("CUS",)) | is_one_of("BILL", "ACNA", ("ZZZ",))
_NO_DESIGN_ADDRESS: Final = (
    lacks("CONTACT", "STREET_DSGCON") & lacks("CONTACT", "DSG_FAX_NO") & lacks("CONTACT", "DSG_EMAIL")
)
_OWN_TRANSLATIONS: Final = reqtyp("M") & ((act("N") & acti("BC")) | (act("D") & acti("E")))

NEEDED: Final = (
    *_rows(
        "ADMIN",
        ("CC", reqtyp("M") | UNBUNDLED),
        ("ACTI LTP UNIT", reqtyp("M") & act("ND") & TRUNK_WORK),
        ("QTY", act("NCDMT") & TRUNK_WORK),
        ("TQ", _OWN_TRANSLATIONS),
        ("PIU", (reqtyp("S") & act("NCMTR")) | (reqtyp("M") & act("N"))),
        ("PLU", LOCAL_TRUNKS & act("NCR")),
        ("PSLI", LOCAL_TRUNKS & act("NC")),
        ("PSL", is_one_of("ADMIN", "PSLI", tuple("ABCDEF"))),
        ("ECCKT", act("CDMT") & ~translations("S")),
        ("ACTL", reqtyp("MSL") & ~is_one_of("ADMIN", "PSLI", ("A",)) & TRUNK_WORK),
        ("BIC_ID", has("ADMIN", "BIC")),
        ("BIC_TEL", has("ADMIN", "BIC_ID")),
        ("RPON", (act("D") & has("ADMIN", "CCVN")) | has("ADMIN", "NOR") | translations("A")),
        ("RPON", is_one_of("TRANSPORT", "ATN", ("N",)) | is_one_of("TRUNKING", "REL_TSC", ("N",))),
        ("PROJECT", act("ND") & has("ADMIN", "CCVN")),
        ("FDT", has("CONTACT", "CB_TEL_NO")),
        ("CUST", is_one_of("ADMIN", "CCNA", ("CUS",))),
        ("LADATED", has("ADMIN", "LANM")),
        ("FNT", has("ADMIN", "FNI")),
    ),
    *_rows(
        "BILL",
        ("BILLNM", NEW_BILL | _ANOTHER_BILLED),
        ("STREET CITY STATE ZIP_CODE BILLCON TEL_NO_BILL", NEW_BILL),
        ("TE", NEW_BILL & act("N")),
        ("FUSF", act("NCT")),
    ),
    *_rows(
        "CONTACT",
        ("DSGCON", act("NCMT")),
        ("TEL_NO_DSGCON", has("CONTACT", "DSGCON")),
        ("IMPCON", act("NCMDT")),
        ("TEL_NO_IMPCON", has("CONTACT", "IMPCON")),
        ("DRC", DESIGN_WANTED & act("NCT") & _NO_DESIGN_ADDRESS),
        ("CITY_DSGCON STATE_DSGCON ZIP_CODE_DSGCON", has("CONTACT", "STREET_DSGCON")),
        ("TEL_NO_MTCE", has("CONTACT", "MTCE")),
    ),
    *_rows("TRANSPORT", ("NC NCI", act("NCT")), ("SECNCI SECLOC", act("NCT") & _TWO_POINTS)),
    *_rows(
        "TRUNKING",
        ("NC NCI", act("NC")),
        ("SECLOC", act("N")),
        ("TRFTYP TTT", acti("C")),
        ("CSPC", SIGNALING_BY_CODE & act("NC")),
        ("REL_TSC", SIGNALING_BY_CODE & acti("C")),
        ("QACI", is_one_of("ADMIN", "AFO", ("Y",), 1)),
        ("NC1 NCI1", is_one_of("ADMIN", "LTP", tuple("BCDELMPQ"), 1) & act("N")),
    ),
    *_rows("EUSA", ("NC NCI", act("NCT"))),
    *_rows(
        "TQ",
        ("TG_ACT", ALWAYS),
        ("DIR", is_one_of("TQ", "TG_ACT", ("N",))),
        ("TGTYP", is_one_of("TQ", "TG_ACT", tuple("NCDRFK"))),
        ("TK_SIG", is_one_of("TQ", "TG_ACT", ("N", "M")) & translations("DTLMWX")),
        ("TSC", is_one_of("TQ", "TG_ACT", tuple("RFCEDM"))),
        ("ALT_REF", is_one_of("TQ", "TGTYP", tuple("ABCD")) & is_one_of("TQ", "TG_ACT", tuple("NCFM"))),
    ),
)
"""Fields that must be there, form by form; a row is asked where its form is there."""

NOT_ALLOWED: Final = (
    *_rows(
        "ADMIN",
        ("PIU LUP PLU EXP PSL PSLI APOT ISTN AENG ALBR", act("D")),
        ("UNE", lacks("ADMIN", "CC") | ~reqtyp("MSL")),
        ("QSA", reqtyp("M")),
        ("ACTI", ~reqtyp("M") | act("CMRT")),
        ("TQ", reqtyp("M") & ((act("N") & acti("A")) | (act("D") & acti("DF")))),
        ("BSA", has("ADMIN", "CC") | has("ADMIN", "WST")),
        ("QA", act("DMR")),
        ("EDA", has("ADMIN", "EXP") | has("ADMIN", "ASC_EC")),
        ("CCVN", act("CMRT")),
        ("BIC", act("M")),
        ("FDT", act("R")),
        ("FNI", UNBUNDLED),
        ("PPTD", lacks("ADMIN", "PROJECT")),
        ("PSL", is_one_of("ADMIN", "PSLI", ("G",))),
        ("LUP", is_one_of("ADMIN", "PIU", ("100",)) | lacks("ADMIN", "PIU")),
    ),
    *_rows("BILL", ("FUSF", act("DM")), ("BILLCON_EMAIL", lacks("BILL", "BILLCON")), ("PSD", lacks("BILL", "PNUM"))),
    *_rows("CONTACT", ("DSGCON", act("DR")), ("CBPC", lacks("CONTACT", "CB_TEL_NO"))),
    *_rows(
        "TRANSPORT",
        ("HBAN CKLT NSL", UNBUNDLED),
        ("SCFA CFAU MUXLOC", lacks("TRANSPORT", "CFA")),
        ("MUXLOC", act("D")),
    ),
    *_rows(
        "TRUNKING",
        ("TTT", acti("A")),
        ("TRN", SIGNALING_BY_CODE),
        ("NS", ~SIGNALING_BY_CODE),
        ("CSPC", ~SIGNALING_BY_CODE & reqtyp("M")),
        ("SCFA", lacks("TRUNKING", "CFA")),
        ("QACI", ~is_one_of("ADMIN", "AFO", ("Y",), 1)),
    ),
    *_rows("TQ", ("DIR", is_one_of("TQ", "TG_ACT", ("E", "Z")))),
)
"""Fields that must not be there."""


def _in(message: AccessServiceRequest, rows: Iterable[FieldRow]) -> Iterable[tuple[FieldRow, Section]]:
    return ((row, message.forms[row.form]) for row in rows if row.form in message.forms)


@content_rule("asr-needed-fields", ASOG, Code.FIELD_NEEDED, ANY_ISSUE)
def needed_fields(case: AsrCase) -> Iterable[Found]:
    """A request has the fields that its kind must have."""
    return [
        Found.at(
            section,
            row.field,
            f"{row.field} is absent; it is needed where {row.when.words}.",
            f"Send {row.field} on {row.form}.",
        )
        for row, section in _in(case.message, NEEDED)
        if row.field not in section.fields and row.when.holds(case.message)
    ]


@content_rule("asr-fields-not-allowed", ASOG, Code.FIELD_NOT_ALLOWED, ANY_ISSUE)
def fields_not_allowed(case: AsrCase) -> Iterable[Found]:
    """A request has no field that its kind may not have."""
    return [
        Found.at(
            section,
            row.field,
            f"{row.field} may not stand where {row.when.words}.",
            f"Send the request without {row.field} on {row.form}.",
        )
        for row, section in _in(case.message, NOT_ALLOWED)
        if row.field in section.fields and row.when.holds(case.message)
    ]


RULES = (needed_fields, fields_not_allowed)
