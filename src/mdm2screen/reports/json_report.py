"""Decisions and other documents as JSON. What describes it stands in ``json_schemas``."""

from mdm2screen.decision import Decision, sealed
from mdm2screen.records import Model


def render(decision: Decision) -> str:
    """The decision as indented JSON in the order of its fields; what is missing is ``null``, never left out.

    The digest of the content is written with it.
    """
    return sealed(decision).model_dump_json(indent=2) + "\n"


def line(decision: Decision) -> str:
    """The decision as one line of a JSON Lines file."""
    return sealed(decision).model_dump_json() + "\n"


def document(model: Model) -> str:
    """Any other document as indented JSON."""
    return model.model_dump_json(indent=2) + "\n"
