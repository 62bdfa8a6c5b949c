"""What a decision of the ILEC carries into a life cycle of the agreement file, read as the step asks for it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeAlias

from gateway.lifecycle.decisions import BadField
from validators.agreement.process_terms import Asked, ProcessTerm

Values: TypeAlias = Mapping[str, Any]

_OWN: Final = frozenset({"decision", "ver"})
_LONGEST: Final = 500


def read_values(
    process: ProcessTerm, event: str, body: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[BadField, ...]]:
    """Give the values in `body` that the steps for `event` ask for, and everything that is wrong with them."""
    asked = {
        name: ask for step in process.steps if step.on == event and step.by == "ilec" for name, ask in step.asks.items()
    }
    values: dict[str, Any] = {}
    bad = [
        BadField(name, "is nothing that this decision carries", str(body[name]))
        for name in body
        if name not in {*asked, *_OWN}
    ]
    for name, ask in asked.items():
        if body.get(name) is None:
            if ask.required:
                bad.append(BadField(name, ask.meaning or "Field required", None))
            continue
        try:
            values[name] = _chosen(ask, _READ[ask.kind](body[name]))
        except (ValueError, TypeError, InvalidOperation, KeyError) as wrong:
            bad.append(BadField(name, str(wrong) or f"is no {ask.kind}", str(body[name])[:200]))
    return values, tuple(bad)


def shape_of(ask: Asked) -> dict[str, Any]:
    """Give the JSON Schema of a value."""
    choices = {"enum": list(ask.choices)} if ask.choices else {}
    return {**_SHAPES[ask.kind], **choices, **({"description": ask.meaning} if ask.meaning else {})}


def example_of(ask: Asked) -> Any:
    """Give a value as it may be sent."""
    return ask.choices[0] if ask.choices else _EXAMPLES[ask.kind]


def _chosen(ask: Asked, value: Any) -> Any:
    if ask.choices and value not in ask.choices:
        raise ValueError(f"is none of {', '.join(ask.choices)}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise ValueError(f"is no text of 1 to {_LONGEST} characters")
    return value


def _instant(value: Any) -> datetime:
    instant = value if isinstance(value, datetime) else datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError("has no offset, so it names no instant")
    return instant


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(_text(value))


def _money(value: Any) -> Decimal:
    amount = Decimal(_text(value))
    if not amount.is_finite() or amount < 0 or amount != amount.quantize(Decimal("0.01")):
        raise ValueError("is no amount of dollars and cents, as in 12000.00")
    return amount


def _number(value: Any) -> int:
    number = int(value)
    if isinstance(value, bool) or number < 0:
        raise ValueError("is no number from 0 on")
    return number


def _flag(value: Any) -> bool:
    if value in (True, "true"):
        return True
    if value in (False, "false"):
        return False
    raise ValueError("is neither true nor false")


def _objects(value: Any, *keys: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) and set(keys) <= set(item) for item in value):
        raise ValueError(f"is no list of objects with {' and '.join(keys)}")
    return value


def _elements(value: Any) -> list[dict[str, Any]]:
    return [
        {"code": _text(item["code"]), "quantity": _number(item.get("quantity", 1))} for item in _objects(value, "code")
    ]


def _items(value: Any) -> list[dict[str, Any]]:
    return [
        {"item": str(item.get("item", "")), "text": _text(item["text"]), "cure": str(item.get("cure", ""))}
        for item in _objects(value, "text")
    ]


_READ: Final = {
    "text": _text,
    "date": _day,
    "instant": _instant,
    "money": _money,
    "number": _number,
    "flag": _flag,
    "elements": _elements,
    "items": _items,
}
_SHAPES: Final[Mapping[str, dict[str, Any]]] = {
    "text": {"type": "string", "minLength": 1, "maxLength": _LONGEST},
    "date": {"type": "string", "format": "date"},
    "instant": {"type": "string", "format": "date-time"},
    "money": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{2})?$"},
    "number": {"type": "integer", "minimum": 0},
    "flag": {"type": "boolean"},
    "elements": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"code": {"type": "string"}, "quantity": {"type": "integer", "minimum": 0}},
            "required": ["code"],
        },
    },
    "items": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "item": {"type": "string"},
                "text": {"type": "string", "minLength": 1, "maxLength": _LONGEST},
                "cure": {"type": "string"},
            },
            "required": ["text"],
        },
    },
}
_EXAMPLES: Final[Mapping[str, Any]] = {
    "text": "In words",
    "date": "2027-09-01",
    "instant": "2027-09-01T09:00:00-06:00",
    "money": "1000.00",
    "number": 3,
    "flag": True,
    "elements": [{"code": "SPACE-CONSTRUCTION", "quantity": 1}],
    "items": [{"item": "c", "text": "The power of feed 2 is missing", "cure": "Give its amperes"}],
}
