"""WSDL 1.1 of the SOAP doors, made from one table of operations."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from gateway.doors.soap.envelope import PROBLEM

API = "urn:oss-gateway:r1:soap"

_PREFIXES = (
    'xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
)


@dataclass(frozen=True, slots=True)
class Element:
    """The element that a message consists of."""

    namespace: str
    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: what goes in, what comes out."""

    name: str
    documentation: str
    takes: Element
    gives: Element


@dataclass(frozen=True, slots=True)
class Service:
    """One SOAP service.

    Attributes:
        name: its name in the WSDL.
        path: where it takes messages.
        operations: what it does.
        imports: (namespace, schema file below `schemas`) that its messages are made of.
        schema: the content of the schema of `API` for its own elements, without the schema element.
    """

    name: str
    path: str
    operations: Sequence[Operation]
    imports: Sequence[tuple[str, str]]
    schema: str = ""


def wsdl(service: Service, origin: str) -> bytes:
    """Give the document of a service that answers at `origin` (scheme and host)."""
    namespace = f"urn:oss-gateway:r1:wsdl:{service.name}"
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<wsdl:definitions name="{service.name}" targetNamespace="{namespace}" xmlns:tns="{namespace}" {_PREFIXES}>',
        _types(service),
        *(_messages(operation) for operation in service.operations),
        '<wsdl:message name="Problem">',
        f'<wsdl:part name="problem" element="p:problem" xmlns:p="{PROBLEM}"/></wsdl:message>',
        f'<wsdl:portType name="{service.name}">',
        *(_port_operation(operation) for operation in service.operations),
        "</wsdl:portType>",
        f'<wsdl:binding name="{service.name}" type="tns:{service.name}">',
        '<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>',
        *(_binding_operation(operation) for operation in service.operations),
        "</wsdl:binding>",
        f'<wsdl:service name="{service.name}"><wsdl:port name="{service.name}" binding="tns:{service.name}">',
        f"<soap:address location={quoteattr(origin + service.path)}/></wsdl:port></wsdl:service>",
        "</wsdl:definitions>",
    ]
    return "".join(parts).encode()


def _types(service: Service) -> str:
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="../schemas/{file}"/>'
        for namespace, file in service.imports
    )
    problem = (
        f'<xs:schema targetNamespace="{PROBLEM}" elementFormDefault="qualified"><xs:element name="problem">'
        '<xs:complexType><xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/>'
        "</xs:sequence></xs:complexType></xs:element></xs:schema>"
    )
    own = f'<xs:schema targetNamespace="{API}" elementFormDefault="qualified">{imports}{service.schema}</xs:schema>'
    return f"<wsdl:types>{own}{problem}</wsdl:types>"


def _messages(operation: Operation) -> str:
    return "".join(
        f'<wsdl:message name="{operation.name}{way}">'
        f'<wsdl:part name="body" element="e:{element.name}" xmlns:e="{element.namespace}"/></wsdl:message>'
        for way, element in (("Input", operation.takes), ("Output", operation.gives))
    )


def _port_operation(operation: Operation) -> str:
    return (
        f'<wsdl:operation name="{operation.name}"><wsdl:documentation>{escape(operation.documentation)}'
        f'</wsdl:documentation><wsdl:input message="tns:{operation.name}Input"/>'
        f'<wsdl:output message="tns:{operation.name}Output"/><wsdl:fault name="problem" message="tns:Problem"/>'
        "</wsdl:operation>"
    )


def _binding_operation(operation: Operation) -> str:
    return (
        f'<wsdl:operation name="{operation.name}"><soap:operation soapAction="{API}:{operation.name}"/>'
        '<wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output>'
        '<wsdl:fault name="problem"><soap:fault name="problem" use="literal"/></wsdl:fault></wsdl:operation>'
    )
