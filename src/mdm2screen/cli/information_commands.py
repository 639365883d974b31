"""The commands that tell of mdm2screen itself: ``formats``, ``explain``, ``schema``."""

from typing import Annotated

import typer

from mdm2screen.cli import completion
from mdm2screen.cli.output import write


def formats() -> int:
    """List the file formats that can be read: what each answers and cannot, what its silence means, its document."""
    from mdm2screen.readers import format_list

    write(format_list.page())
    return 0


def explain(
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CODE]...",
            help="Reason code (M003), flag (near_threshold), answer (REQUIRED), criterion, exit code; without: all.",
            autocompletion=completion.codes,
        ),
    ] = None,
) -> int:
    """Explain a word of a decision, and say what resolves it: mdm2screen explain M003 near_threshold"""
    from mdm2screen.cli import explanations

    if not codes:
        write(explanations.listing())
        return 0
    write("\n".join([explanations.explained(code).page for code in codes]))
    return 0


def schema(
    name: Annotated[str, typer.Argument(help="decision, request, comparison, concordance or run.")] = "decision",
) -> int:
    """Print the JSON Schema of a decision, or of another document."""
    from mdm2screen.reports import json_schemas

    write(json_schemas.schema_text(name))
    return 0
