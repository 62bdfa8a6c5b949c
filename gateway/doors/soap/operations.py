"""What the SOAP doors offer: services and their operations, for the schemas of either release."""

from collections.abc import Callable, Mapping
from typing import Final

from gateway.doors.soap.wsdl import API, Element, Operation, Service
from gateway.doors.soap.xsd import schema_of
from gateway.notices.acknowledgement import NAMESPACE as ACKNOWLEDGEMENT
from gateway.record.rows import Family
from gateway.services.preorder import QUERIES, AnyQuery
from validators.releases import FIRST, RELEASES, SECOND

_REQUESTS: Final = {Family.LSR: "LocalServiceRequest", Family.ASR: "AccessServiceRequest"}
_OF_SECOND: Final = frozenset({"lsr", "notice"})
"""The schemas that release r2 has of its own; everything else is that of r1."""

QUESTIONS: Final[Mapping[str, AnyQuery]] = {
    "".join(part.title() for part in query.name.split("-")): query for query in QUERIES
}
"""The pre-order questions by the name of their operation."""


def _home(schema: str, release: str) -> str:
    return SECOND if release == SECOND and schema in _OF_SECOND else FIRST


def _namespace(schema: str, release: str) -> str:
    return f"urn:oss-gateway:{_home(schema, release)}:{schema}"


def _request(family: Family, release: str) -> Element:
    return Element(_namespace(family.value, release), _REQUESTS[family])


def _orders(release: str) -> Service:
    schemas = (*(family.value for family in _REQUESTS), "acknowledgement")
    return Service(
        "Order",
        "/soap/order",
        [
            Operation(
                f"Submit{name}",
                f"Take one {name}; the acknowledgement comes when it is durably recorded.",
                _request(family, release),
                Element(ACKNOWLEDGEMENT, "Acknowledgement"),
            )
            for family, name in _REQUESTS.items()
        ],
        [(_namespace(schema, release), f"{_home(schema, release)}/{schema}.xsd") for schema in schemas],
    )


def _notices(release: str) -> Service:
    namespace = _namespace("notice", release)
    return Service(
        "Notices",
        "/soap/notices",
        [
            Operation(
                "GetNotices",
                "Give the notices of the mailbox after a cursor, oldest first.",
                Element(API, "GetNotices"),
                Element(API, "GetNoticesResponse"),
            ),
            Operation(
                "AcknowledgeNotice",
                "Say that a notice was taken; a second time changes nothing.",
                Element(API, "AcknowledgeNotice"),
                Element(API, "AcknowledgeNoticeResponse"),
            ),
        ],
        [(namespace, f"{release}/notice.xsd")],
        f"""<xs:element name="GetNotices"><xs:complexType><xs:all>
<xs:element name="after" type="xs:long" minOccurs="0"/><xs:element name="limit" type="xs:int" minOccurs="0"/>
<xs:element name="unacknowledged" type="xs:boolean" minOccurs="0"/></xs:all></xs:complexType></xs:element>
<xs:element name="GetNoticesResponse"><xs:complexType><xs:sequence>
<xs:element name="cursor" type="xs:long"/><xs:element name="more" type="xs:boolean"/>
<xs:element ref="n:Notice" xmlns:n="{namespace}" minOccurs="0" maxOccurs="unbounded"/>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="AcknowledgeNotice"><xs:complexType><xs:all><xs:element name="id" type="xs:string"/></xs:all>
</xs:complexType></xs:element>
<xs:element name="AcknowledgeNoticeResponse"><xs:complexType><xs:sequence><xs:element name="id" type="xs:string"/>
<xs:element name="acknowledged_at" type="xs:dateTime"/></xs:sequence></xs:complexType></xs:element>""",
    )


def _preorder(release: str) -> Service:
    del release
    return Service(
        "PreOrder",
        "/soap/preorder",
        [
            Operation(name, f"{query.summary} ({query.section}).", Element(API, name), Element(API, f"{name}Response"))
            for name, query in QUESTIONS.items()
        ],
        [],
        schema_of(
            {
                **{name: query.question for name, query in QUESTIONS.items()},
                **{f"{name}Response": query.answer for name, query in QUESTIONS.items()},
            },
            [f"{name}Response" for name in QUESTIONS],
            API,
        ),
    )


FAMILIES: Final[Mapping[str, Family]] = {
    f"{{{_namespace(family.value, release)}}}{name}": family
    for release in RELEASES
    for family, name in _REQUESTS.items()
}
"""The family of a request by the element that it is, in any release."""

SERVICES: Final[Mapping[str, Callable[[str], Service]]] = {
    "order": _orders,
    "notices": _notices,
    "preorder": _preorder,
}
"""What makes each service for the schemas of a release."""
