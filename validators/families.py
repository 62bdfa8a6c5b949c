"""The families of requests that the judge knows: how each is read, laid before its rules, and remembered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from lxml import etree

from validators.agreement.product_terms import OrderForm
from validators.agreement.products import Recogniser
from validators.agreement.terms import Agreement
from validators.messages.asr import read_asr
from validators.messages.collocation import read_collocation
from validators.messages.lsr import read_lsr
from validators.messages.request import MessageFamily, Request
from validators.rules.asr.case import asr_case
from validators.rules.asr.facts import asr_facts
from validators.rules.case import OrderFacts, PartnerCodes
from validators.rules.collocation_case import collocation_case, collocation_facts, collocation_findings
from validators.rules.lsr_case import lsr_case, lsr_facts
from validators.verdict import Finding
from validators.xml import XmlRefused, parse


@dataclass(frozen=True, slots=True)
class RequestFamily:
    """One family.

    Attributes:
        root: name of the root element of its documents.
        order_form: what the agreement's products call it.
        read: gives the message in a document; it may be one that the schema refused.
        case: lays a message before the rules of its family: message, agreement, product finder, receipt, partner.
        facts: gives what is kept of a case once the message is gone.
    """

    root: str
    order_form: OrderForm
    read: Callable[[etree._Element], Request]
    case: Callable[[Any, Agreement, Recogniser, datetime, PartnerCodes], Any]
    facts: Callable[[Any], OrderFacts]
    by_terms: Callable[[Any], Iterable[Finding]] | None = None
    """Gives what the agreement's own list of needed fields finds in a case, beside the rules."""


FAMILIES: Final[Mapping[MessageFamily, RequestFamily]] = MappingProxyType(
    {
        "lsr": RequestFamily("LocalServiceRequest", "LSR", read_lsr, lsr_case, lsr_facts),
        "asr": RequestFamily("AccessServiceRequest", "ASR", read_asr, asr_case, asr_facts),
        "collocation": RequestFamily(
            "CollocationRequest", "COLLO", read_collocation, collocation_case, collocation_facts, collocation_findings
        ),
    }
)


def family_of(root: etree._Element) -> MessageFamily | None:
    """Give the family that the root element of a document names; None where it is none of them."""
    name = etree.QName(root).localname
    return next((key for key, family in FAMILIES.items() if family.root == name), None)


def family_in(body: bytes) -> MessageFamily | None:
    """Give the family of the document in `body`; None where it is of no known family, or cannot be parsed."""
    try:
        return family_of(parse(body))
    except XmlRefused:
        return None
