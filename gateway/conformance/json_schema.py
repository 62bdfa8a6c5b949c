"""The JSON Schema of scenario files: editors complete words by it and mark wrong ones."""

import json
from typing import Final

from gateway.conformance.scenario import Scenario

_ADDRESS: Final = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> str:
    """Give the schema as the text of its file."""
    schema = {"$schema": _ADDRESS, **Scenario.model_json_schema(by_alias=True)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
