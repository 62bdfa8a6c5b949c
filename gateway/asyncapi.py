"""The AsyncAPI 3.0 document of the streams, made from the models that write and read them."""

from typing import Any, Final

import yaml
from pydantic import TypeAdapter

from gateway import __version__
from gateway.lifecycle.wire import decision_json_schema
from gateway.lifecycle.wire_steps import StepDecision
from gateway.queue.dead_letters import DeadLetter
from gateway.queue.envelope import FIELD, DecisionEvent, WorkEvent
from gateway.queue.names import BACKEND_GROUP, DEAD, DECISIONS, GATEWAY_GROUP, work_stream
from gateway.record.rows import WORKED, Family, Json

_REF: Final = "#/components/schemas/{model}"
_CONTRACT: Final = f"""\
Redis Streams between the gateway and the back end of the provider. Redis carries; the gateway's record is the truth.

Each entry has one field, `{FIELD}`, with a CloudEvents 1.0 envelope as JSON text.

What the gateway promises for work items:
* Each accepted order version is delivered to the group `{BACKEND_GROUP}` at least once, also when Redis loses entries,
  is emptied, or is replaced. It is sent again, under the same `id`, until it is acknowledged or decided.
* Items about one order are sent in their order. A lost item may come again after a later one; `sequence` tells.
* An item that is delivered too often without acknowledgement goes to the dead letters, and no further than a limit,
  so that a bad deployment does not drain the queue.

What a consumer of work must do:
* Read by XREADGROUP in the group `{BACKEND_GROUP}`, which the gateway makes. On NOGROUP wait and read again.
* Be idempotent by the event's `id`: the same item may come more than once.
* XACK an item once it holds it safely. XACK is the confirmation and ends the gateway's care for the item. Do not read
  with NOACK, and do not XGROUP DELCONSUMER a consumer that has pending entries: both count as acknowledgement.
* Only XACK. Do not XDEL or XTRIM: an entry that is gone and not acknowledged counts as lost, and is sent again.
  The gateway removes what is settled.
* Take over what another consumer left by XAUTOCLAIM, after the time that the gateway is set to (`claim_seconds`).

What a sender of decisions must do:
* XADD to `{{environment}}:{DECISIONS}`. `source` and `id` name the decision: the same pair again gets no second effect.
* Hold the decision until the gateway has taken the entry off the stream. It does so once the decision is recorded, or
  stands among the dead letters with the reason. If Redis was restarted or emptied meanwhile, send it again.
* Send decisions about one order one after the other to the same stream; they are carried out in that order.
"""


def asyncapi_yaml() -> str:
    """Give the document as YAML text."""
    return yaml.safe_dump(asyncapi(), sort_keys=False, allow_unicode=True, width=120)


def asyncapi() -> Json:
    """Give the document."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "OSS gateway: work and decisions",
            "version": __version__,
            "description": _CONTRACT,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {"redis": {"host": "localhost", "protocol": "redis", "description": "As the gateway is set up."}},
        "channels": _channels(),
        "operations": _operations(),
        "components": {"messages": _messages(), "schemas": _schemas()},
    }


def _channels() -> Json:
    work = {_work_channel(family): (work_stream(family), "Work", _work_text(family)) for family in WORKED}
    others = {
        "decisions": (DECISIONS, "Decision", f"Decisions of the back end; the gateway reads as `{GATEWAY_GROUP}`."),
        "dead": (DEAD, "DeadLetter", "What nobody could take. Each entry has the fields of the message, not an event."),
    }
    return {name: _channel(*about) for name, about in (work | others).items()}


def _channel(stream: str, message: str, text: str) -> Json:
    return {
        "address": f"{{environment}}:{stream}",
        "description": text,
        "parameters": {"environment": {"description": "The gateway's setting `environment`.", "default": "dev"}},
        "messages": {message: {"$ref": f"#/components/messages/{message}"}},
    }


def _work_text(family: Family) -> str:
    return f"Work about {family.upper()} orders for the group `{BACKEND_GROUP}`."


def _work_channel(family: Family) -> str:
    return f"work-{family}"


def _operations() -> Json:
    """The operations as the gateway sees them: it sends work, and receives decisions."""
    sent = {f"send-{_work_channel(family)}": ("send", _work_channel(family)) for family in WORKED}
    others = {"receive-decisions": ("receive", "decisions"), "send-dead": ("send", "dead")}
    return {
        name: {"action": action, "channel": {"$ref": f"#/channels/{channel}"}}
        for name, (action, channel) in (sent | others).items()
    }


def _messages() -> Json:
    return {
        name: {
            "name": name,
            "contentType": "application/json",
            "payload": {"$ref": f"#/components/schemas/{schema}"},
        }
        for name, schema in (("Work", "WorkEvent"), ("Decision", "DecisionEvent"), ("DeadLetter", "DeadLetter"))
    }


def _schemas() -> Json:
    decision = decision_json_schema(_REF)
    schemas = _with_parts("WorkEvent", WorkEvent.model_json_schema(ref_template=_REF, mode="serialization"))
    schemas |= _with_parts("DecisionEvent", DecisionEvent.model_json_schema(ref_template=_REF))
    schemas |= _with_parts("DecisionBody", decision)
    schemas |= _with_parts("StepDecision", StepDecision.model_json_schema(ref_template=_REF))
    either = [{"$ref": _REF.format(model=model)} for model in ("DecisionBody", "StepDecision")]
    schemas["DecisionEvent"]["properties"]["data"] = {"anyOf": either}
    schemas["DeadLetter"] = _dead_letter()
    return schemas


def _with_parts(name: str, schema: Json) -> Json:
    """Give a schema and its `$defs` side by side, as components stand."""
    parts: dict[str, Any] = schema.pop("$defs", {})
    return {**parts, name: schema}


def _dead_letter() -> Json:
    """All fields of a stream entry are text; their names and meaning are those of the model."""
    schema = TypeAdapter(DeadLetter).json_schema()
    names = {"entry_id": "entry"}
    fields = [names.get(name, name) for name in schema["properties"]]
    return {"type": "object", "required": fields, "properties": {name: {"type": "string"} for name in fields}}
