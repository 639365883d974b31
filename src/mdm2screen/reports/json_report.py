"""A decision as JSON, and the JSON Schema of it."""

import json
from typing import Any

from mdm2screen.decision import SCHEMA_VERSION, Decision

SCHEMA_ID = f"urn:mdm2screen:decision:{SCHEMA_VERSION}"


def render(decision: Decision) -> str:
    """The decision as indented JSON in the order of its fields; what is missing is ``null``, never left out."""
    return decision.model_dump_json(indent=2) + "\n"


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what ``render`` writes."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "mdm2screen decision",
    }
    body: dict[str, Any] = _same_everywhere(Decision.model_json_schema(mode="serialization"))
    body.pop("title")
    # ``render`` leaves no field out, also where the model has a default for it.
    for model in (body, *body["$defs"].values()):
        if "properties" in model:
            model["required"] = list(model["properties"])
    return head | body


def schema_text() -> str:
    """The schema as the repository keeps it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _same_everywhere(node: Any) -> Any:
    """One spelling for what versions of pydantic write in two: ``1.0`` for ``1``, ``enum`` beside ``const``."""
    if isinstance(node, dict):
        return {key: _same_everywhere(value) for key, value in node.items() if key != "enum" or "const" not in node}
    if isinstance(node, list):
        return [_same_everywhere(item) for item in node]
    return int(node) if isinstance(node, float) and node.is_integer() else node
