"""Complete messages about collocation, a kind each, and what the decisions about them may carry."""

from collections.abc import Mapping, Sequence
from typing import Any

from validators.agreement.process_terms import Asked

PREMISES = "BOISIDMA"

_APPLICATION: Mapping[str, str] = {
    "COLLO.PREM": PREMISES,
    "COLLO.BILLCON": "Accounts payable",
    "COLLO.CONTACT": "J Doe 208 555 0101",
    "SPACE.SQFT": "100",
    "SPACE[1].AMPS": "40",
    "SPACE[1].FEED": "PRIMARY",
    "SPACE.HEAT": "2000",
    "EQUIP.SPECS": "vendor sheet 7",
    "EQUIP.SCHEMATIC": "Y",
    "EQUIP[1].MAKE": "Acme",
    "EQUIP[1].MODEL": "D900",
    "EQUIP[1].FUNC": "DSLAM",
    "EQUIP[1].DIMS": "24x12x7 in",
    "EQUIP[1].QTY": "2",
    "TERMS.EFTYPE": "FIBER",
    "TERMS.FIBERS": "24",
    "TERMS.DEMARC": "ICDF",
    "TERMS[1].TERM": "DS1",
    "TERMS[1].QTY": "28",
}
_VIRTUAL = {**_APPLICATION, "EQUIP.CODES": "T1E1 X9", "EQUIP.OPTIONS": "NONE", "EQUIP.SYNC": "NONE"}
_LINK = {name: text for name, text in _APPLICATION.items() if name.startswith(("COLLO.", "TERMS[")) or "DEMARC" in name}
_SPACE = {"COLLO.PREM": PREMISES, "COLLO.ALTKIND": "CAGED", "SPACE.SQFT": "100", "SPACE.EQCAT": "TRANSMISSION"}
_SITE = {"COLLO.SITE": "BOISIDMA01A"}
_INQUIRY = {"ASK.MAPS": "Y", "PAY.AMOUNT": "500.00", "ASK.QTY": "20"}

COMPLETE: Mapping[str, Mapping[str, str]] = {
    "caged": _APPLICATION,
    "cageless": {**_APPLICATION, "SPACE.BAYS": "2"},
    "shared": {**_APPLICATION, "SPACE.SHARE": "40"},
    "virtual": _VIRTUAL,
    "remote-virtual": _VIRTUAL,
    "facility-connected": {**_APPLICATION, "TERMS.EFTYPE": "COPPER"},
    "clec-to-clec": {**_LINK, "TERMS.DEMARC": "OWN"},
    "direct-connection": _LINK,
    "bay-procurement": {**_APPLICATION, "EQUIP.BAYSPEC": "23 in, seismic"},
    "bfr": {
        "ASK.DESC": "A new point of interconnection",
        "ASK.IFACE": "OC-48",
        "ASK.ACCESS": "Fiber meet",
        "ASK.USE": "Telecommunications service",
        "ASK.QTY": "1",
        "ASK.LOCATION": "Boise",
        "PAY.AMOUNT": "1851.86",
    },
    "srp": {"ASK.DESC": "A feature of the switch", "DOCS.FORM": "Y"},
    "icb": {"ASK.DESC": "Thirty loops at one address"},
    "construction": {"ASK.DESC": "A spur to the building"},
    "adjacent-new": {"ASK.DESC": "A vault beside the building", "COLLO.PREM": PREMISES},
    "space-report": {"COLLO.PREM": PREMISES},
    "forecast": {"COLLO.PREM": PREMISES, "COLLO.ALTKIND": "CAGED", "SPACE.SQFT": "100", "ASK.PERIOD": "2027-Q3"},
    "dc-power": {**_SITE, "SPACE.CHANGE": "REDUCE", "SPACE[1].FEEDID": "F1"},
    "decommission": {**_SITE, "DOCS.NOTIFIED": "Y"},
    "transfer": {
        **_SITE,
        "COLLO.ASSIGNEE": "Bitterroot telecom",
        "COLLO.ASSIGNID": "BTR 8B8B",
        "DOCS.AUTH": "Y",
    },
    "reservation": _SPACE,
    "option": _SPACE,
    "microwave": {"COLLO.PREM": PREMISES, "ASK.DESC": "One dish, 1.2 m"},
    "joint-test": {**_SITE, "ASK.TESTS": "28 DS1, continuity", "COLLO.CONTACT": "J Doe 208 555 0101"},
    "joint-inventory": _SITE,
    "fcp": {
        "COLLO.PREM": PREMISES,
        "COLLO.CONTACT": "J Doe 208 555 0101",
        "DOCS.FORM": "Y",
        "TERMS[1].TERM": "DS0",
        "TERMS[1].QTY": "100",
    },
    "maps": {"ASK.LOCATION": "Boise"},
    "row-matrix": {"ASK.LOCATION": "Boise"},
    "pole": _INQUIRY,
    "duct": _INQUIRY,
    "row": _INQUIRY,
    "pdr-transfer": {"DOCS.AUTH": "Y", "PAY.AMOUNT": "900.00"},
    "loop-search": {"LOOP.REASON": "ABSENT", "LOOP.SANO": "4120", "LOOP.SASN": "Opaline", "LOOP.CITY": "Boise"},
}
"""What a complete first message of each kind holds beside its heading; kinds that are not listed are as `caged`."""

_VALUES: Mapping[str, Any] = {
    "text": "As the ILEC says",
    "date": "2027-09-01",
    "instant": "2027-09-01T09:00:00-06:00",
    "money": "1000.00",
    "number": 3,
    "flag": True,
    "items": [{"item": "c", "text": "power", "cure": "give it"}],
}


def sample_value(ask: Asked, codes: Sequence[str]) -> Any:
    """Give what a decision may carry under a name that its step asks for; of rate elements the first of `codes`."""
    if ask.choices:
        return ask.choices[0]
    return [{"code": codes[0], "quantity": 1}] if ask.kind == "elements" else _VALUES[ask.kind]
