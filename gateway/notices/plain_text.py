"""A notice as plain text, for people to read, print or mail: made from its XML document, so that it says the same."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from lxml import etree

from gateway.notices.document import NAMESPACE

_TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "FOC": "FIRM ORDER CONFIRMATION",
        "REJECT": "REJECT",
        "JEOPARDY": "JEOPARDY NOTICE",
        "FACILITIES": "NO FACILITIES: THE ORDER IS KEPT PENDING",
        "SOC": "SERVICE ORDER COMPLETION",
        "BCN": "BILLING COMPLETION",
        "STATUS": "STATUS NOTICE",
        "CLARIFICATION": "CLARIFICATION/NOTIFICATION REQUEST",
        "CN": "CONFIRMATION NOTICE",
        "C_NR": "CLARIFICATION/NOTIFICATION REQUEST",
        "CANCELLED": "CANCELLATION",
        "PSON": "PENDING SERVICE ORDER",
        "LOSS": "LOSS NOTICE",
        "DEFICIENCY": "NOTICE OF DEFICIENCIES",
        "COMPLETE": "APPLICATION COMPLETE",
        "FEASIBILITY": "RESULT OF THE FEASIBILITY STUDY",
        "DENIAL": "DENIAL",
        "QUOTATION": "QUOTATION",
        "ACCEPTANCE": "ACCEPTANCE COMPLETE",
        "READY": "READY FOR SERVICE",
        "QUEUE": "PLACE IN A QUEUE",
        "EXPIRED": "EXPIRY",
    }
)
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ORDER_ID": "Order",
        "LSR_NO": "Provider's number (LSR NO)",
        "ASR_NO": "Provider's number (ASR NO)",
        "COLLO_NO": "Provider's number",
        "TITLE": "About",
        "NRC": "Paid once",
        "MRC": "Paid each month",
        "PAYMENT": "Paid with an acceptance",
        "MIRROR": "Form of 5.21.1",
        "ISSUED_AT": "Issued",
        "RT": "Response type (RT)",
        "D_TSENT": "Request sent (D/TSENT)",
        "CD_TSENT": "Confirmation sent (CD/TSENT)",
        "APP": "Application date (APP)",
        "DD": "Due date (DD)",
        "EBD": "Effective bill date (EBD)",
        "ORD": "Service order (ORD)",
        "APPTIME": "Appointment (APPTIME)",
        "FDT": "Frame due time (FDT)",
        "CHC": "Coordinated cut (CHC)",
        "PROJECT": "Project (PROJECT)",
        "BAN1": "Billing account (BAN1)",
        "AN": "Account (AN)",
        "ATN": "Account telephone number (ATN)",
        "REP": "Representative (REP)",
        "TEL_NO_REP": "Representative's telephone",
        "PIA": "Provider initiated activity (PIA)",
        "ECCKT": "Circuit (ECCKT)",
        "REJECTTYPE": "Kind of reject",
        "RCODE": "Reason code (RCODE)",
        "RDET": "Reason",
        "ESDD": "Expected (ESDD)",
        "CAUSED_BY": "Caused by",
        "SUPR": "Supplement required (SUPR)",
        "CD": "Date of completion or change (CD)",
        "BCD": "Billing completion date (BCD)",
        "CLOCK": "Clock",
        "CLOCK_NAME": "What was due",
        "DUE_AT": "It was due",
        "OWED_BY": "Owed by",
        "OWED_TO": "Owed to",
        "PENDING_UNTIL": "Kept pending until",
        "CANCELLED_BY": "Cancelled by",
        "LOSSTYPE": "Kind of loss",
        "NAME": "Name at the service address",
        "SA": "Service address",
        "LINES": "Line",
        "REMARKS": "Remarks",
        "CNT": "What it is (CNT)",
        "C_NR_VER": "Its version (C/NR VER)",
        "CRDD": "Supplement due (CRDD)",
        "SDI": "To be sent again (SDI)",
        "INIT": "Initiator (INIT)",
        "ICSC": "Service center (ICSC)",
        "PROVINT": "Interval in days (PROVINT)",
        "DLRD": "Design layout report (DLRD)",
        "PTD": "Plant test date (PTD)",
        "NFR": "New facilities needed (NFR)",
        "ECSPC": "Point code (ECSPC)",
        "TSC": "Two-six code (TSC)",
        "CKR": "Your name of the circuit (CKR)",
        "CIRCUIT": "Circuit",
        "REF_NUM": "Reference (REF NUM)",
        "TRKQTY": "Trunks (TRKQTY)",
        "TRN": "Trunk numbers (TRN)",
        "TCIC": "Circuit codes (TCIC)",
        "ERROR": "Error",
        "ERROR_TAG": "Field (ERROR TAG)",
        "OCC": "Occurrence (OCC)",
        "SUPI": "Supplement asked (SUPI)",
        "ERROR_MESSAGE": "What is wrong",
        "SAPR": "Number prefix (SAPR)",
        "SANO": "Number (SANO)",
        "SASF": "Number suffix (SASF)",
        "SASD": "Direction (SASD)",
        "SASN": "Street (SASN)",
        "SATH": "Type of street (SATH)",
        "SASS": "Street suffix (SASS)",
        "CITY": "City",
        "STATE": "State",
        "ZIP": "ZIP",
        "FINDING": "Ground",
        "LINE": "Line",
        "ITEM": "Entry",
        "ERRORCODE": "Code",
        "ERRORTEXT": "What is wrong",
        "SEVERITY": "Severity",
        "RULE": "Rule",
        "SECTION": "Section",
        "PATH": "Where",
        "ALSO": "Also",
        "VALUE": "As sent",
        "CURE": "How to cure it",
        "CHARGE": "Charge",
        "CHARGE/ID": "Charge id",
        "CHARGE/NAME": "What for",
        "CHARGE/LINE": "Line of Exhibit A",
        "CHARGE/AMOUNT": "Amount",
        "CHARGE/UNIT": "Each",
        "CHARGE/QUANTITY": "Quantity",
        "CHARGE/TOTAL": "Total",
    }
)
_ABBREVIATED: Final = frozenset({"foc", "soc", "bcn", "pson"})
_IN_TITLE: Final = frozenset({"KIND", "SECTION", "ID"})
_WIDTH: Final = 32
_CONTROL: Final = dict.fromkeys((*range(32), *range(127, 160)), " ")


def title_of(kind: str) -> str:
    """Give a kind of notice as people call it: `foc` as `FOC (firm order confirmation)`."""
    words = _TITLES.get(kind.upper(), kind).lower().partition(":")[0]
    return f"{kind.upper()} ({words})" if kind in _ABBREVIATED else f"{words[:1].upper()}{words[1:]}"


def plain_text(document: bytes) -> str:
    """Give the notice in `document` as lines of text that end with the section it rests on.

    What a value carries of line ends and control characters stands as blanks, so that no value can pass for a line of
    the notice.
    """
    root = etree.fromstring(document)
    kind, section, notice_id = (_value(root.find(name, {None: NAMESPACE})) for name in ("KIND", "SECTION", "ID"))
    title = f"{_TITLES.get(kind, kind)} - section {section}"
    lines = [title, "=" * len(title), *_lines(root, "")]
    lines += ["", f"This notice ({notice_id}) rests on section {section} of the interconnection agreement."]
    return "\n".join(lines) + "\n"


def _lines(parent: etree._Element, indent: str) -> Iterator[str]:
    for child in parent:
        name = etree.QName(child).localname
        title = _NAMES.get(f"{etree.QName(parent).localname}/{name}") or _NAMES.get(name, name)
        if name in _IN_TITLE and not indent:
            continue
        if name in _TITLES:
            yield ""
            yield from _lines(child, indent)
        elif len(child):
            yield f"{indent}{title}:"
            yield from _lines(child, indent + "    ")
        else:
            label = f"{indent}{title}:"
            yield f"{label:<{_WIDTH}} {_value(child)}".rstrip()


def _value(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").translate(_CONTROL)
