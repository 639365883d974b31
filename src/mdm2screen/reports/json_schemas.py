"""The JSON Schemas of what is written as JSON, apart from the writing, which needs but one of the models."""

import json
from typing import Any

from mdm2screen.comparing import COMPARISON_VERSION, Comparison
from mdm2screen.concordance.result import CONCORDANCE_VERSION, Concordance
from mdm2screen.decision import SCHEMA_VERSION, Decision
from mdm2screen.errors import UsageError
from mdm2screen.records import Model
from mdm2screen.requesting import REQUEST_VERSION, CentralRequest
from mdm2screen.run_result import RUN_VERSION, RunSummary

SCHEMAS: dict[str, tuple[type[Model], str]] = {
    "decision": (Decision, SCHEMA_VERSION),
    "request": (CentralRequest, REQUEST_VERSION),
    "comparison": (Comparison, COMPARISON_VERSION),
    "concordance": (Concordance, CONCORDANCE_VERSION),
    "run": (RunSummary, RUN_VERSION),
}
"""Documents that are written as JSON, with the version of their schema."""


def schema(name: str = "decision") -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one of ``SCHEMAS`` as it is written. Raises UsageError."""
    if name not in SCHEMAS:
        raise UsageError(f"there is no schema {name!r}", remedy=f"choose one of: {', '.join(SCHEMAS)}")
    model, version = SCHEMAS[name]
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:mdm2screen:{name}:{version}",
        "title": f"mdm2screen {name}",
    }
    body: dict[str, Any] = _same_everywhere(model.model_json_schema(mode="serialization"))
    body.pop("title")
    # what is written leaves no field out, also where the model has a default for it
    for part in (body, *body["$defs"].values()):
        if "properties" in part:
            part["required"] = list(part["properties"])
    return head | body


def schema_text(name: str = "decision") -> str:
    """The schema as the repository keeps it."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def _same_everywhere(node: Any) -> Any:
    """One spelling for what versions of pydantic write in two: ``1.0`` for ``1``, ``enum`` beside ``const``."""
    if isinstance(node, dict):
        return {key: _same_everywhere(value) for key, value in node.items() if key != "enum" or "const" not in node}
    if isinstance(node, list):
        return [_same_everywhere(item) for item in node]
    return int(node) if isinstance(node, float) and node.is_integer() else node
