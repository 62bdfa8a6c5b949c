"""SOAP clients that are generated from the gateway's WSDLs, as a CLEC's toolkit does it."""

from typing import Any

import requests
import zeep
from lxml import etree
from zeep.transports import Transport

from tests.rig.gateway_server import KEYS, GatewayServer


def client(gateway: GatewayServer, service: str, key: str = KEYS["clec"], release: str = "r1") -> Any:
    """Give the service of a client that is generated from a WSDL."""
    return generated(gateway, service, key, release).service


def generated(gateway: GatewayServer, service: str, key: str = KEYS["clec"], release: str = "r1") -> Any:
    """Generate a client from a WSDL."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {key}"
    made: Any = zeep.Client
    transport: Any = Transport
    return made(f"{gateway.url}/soap/{service}?wsdl&release={release}", transport=transport(session=session))


def members(document: bytes) -> dict[str, Any]:
    """Give an order as the nested values that a generated client takes."""

    def value(element: Any) -> Any:
        if not len(element):
            return element.text
        found: dict[str, Any] = {}
        for child in element:
            name = etree.QName(child).localname
            told = value(child)
            found[name] = [*found[name], told] if name == "DETAIL" and name in found else told
            if name == "DETAIL" and not isinstance(found[name], list):
                found[name] = [found[name]]
        return found

    told: dict[str, Any] = value(etree.fromstring(document))
    return told
