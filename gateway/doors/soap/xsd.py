"""XML Schema of shapes: the elements that their JSON members become in an envelope."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

_SIMPLE = {"string": "xs:string", "integer": "xs:long", "number": "xs:decimal", "boolean": "xs:boolean"}
_FORMATS = {"date-time": "xs:dateTime", "date": "xs:date"}
_REF = "#/$defs/"
_IN: JsonSchemaMode = "validation"
_OUT: JsonSchemaMode = "serialization"


def schema_of(elements: Mapping[str, type[BaseModel]], answers: Iterable[str], namespace: str) -> str:
    """Give the content of a schema with an element for each name, made of the members of its shape.

    Args:
        elements: shapes by the name of their element.
        answers: names of those that the gateway writes.
        namespace: target namespace of the schema.
    """
    told = frozenset(answers)
    inputs = {name: (model, _OUT if name in told else _IN) for name, model in elements.items()}
    wanted = sorted(set(inputs.values()), key=lambda pair: (pair[0].__name__, pair[1]))
    refs, document = models_json_schema(wanted, ref_template=_REF + "{model}")
    types = document.get("$defs", {})
    writer = _Writer(namespace)
    named = "".join(writer.named_type(name, described) for name, described in types.items())
    roots = "".join(
        f'<xs:element name="{name}" type="a:{refs[pair]["$ref"].removeprefix(_REF)}" {writer.prefix}/>'
        for name, pair in inputs.items()
    )
    return named + roots


class _Writer:
    """Writes the types of one schema."""

    def __init__(self, namespace: str) -> None:
        self.prefix = f'xmlns:a="{namespace}"'

    def named_type(self, name: str, described: Mapping[str, Any]) -> str:
        """Give the complex type of an object."""
        required = frozenset(described.get("required", ()))
        members = "".join(
            self._member(member, told, optional=member not in required)
            for member, told in described.get("properties", {}).items()
        )
        return f'<xs:complexType name="{name}" {self.prefix}><xs:all>{members}</xs:all></xs:complexType>'

    def _member(self, name: str, told: Mapping[str, Any], *, optional: bool) -> str:
        some = [option for option in told.get("anyOf", ()) if option.get("type") != "null"]
        nullable = bool(some) and len(some) < len(told["anyOf"])
        described = some[0] if some else told
        occurs = ' minOccurs="0"' if optional or nullable else ""
        if described.get("type") == "array":
            item = self._item(described.get("items", {}))
            return (
                f'<xs:element name="{name}"{occurs}><xs:complexType><xs:sequence>{item}</xs:sequence></xs:complexType>'
                "</xs:element>"
            )
        return f'<xs:element name="{name}" type="{self._type(described)}"{occurs}/>'

    def _item(self, described: Mapping[str, Any]) -> str:
        return f'<xs:element name="item" type="{self._type(described)}" minOccurs="0" maxOccurs="unbounded"/>'

    def _type(self, described: Mapping[str, Any]) -> str:
        if "$ref" in described:
            return f"a:{described['$ref'].removeprefix(_REF)}"
        return _FORMATS.get(described.get("format", ""), _SIMPLE.get(described.get("type", ""), "xs:string"))
