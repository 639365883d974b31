"""The commands that tell of mdm2screen itself: ``formats``, ``explain``, ``schema``."""

from typing import Annotated

import typer

from mdm2screen.cli.output import write
from mdm2screen.errors import UsageError


def formats() -> int:
    """List the file formats that can be read: what each answers and cannot, what its silence means, its document."""
    from mdm2screen.readers import format_list

    write(format_list.page())
    return 0


def explain(code: Annotated[str, typer.Argument(metavar="CODE", help="A reason code, such as M003.")]) -> int:
    """Explain a reason code and say what resolves it."""
    from mdm2screen.results import reason_codes

    entry = reason_codes().get(code.upper())
    if entry is None:
        known = ", ".join(reason_codes())
        raise UsageError(f"{code} is no reason code", remedy=f"known codes: {known}")
    write(f"{entry.code}: {entry.title}\n{entry.meaning}\n")
    if entry.resolve:
        write(f"What resolves it: {entry.resolve}\n")
    return 0


def schema(
    name: Annotated[str, typer.Argument(help="decision, request, comparison, concordance or run.")] = "decision",
) -> int:
    """Print the JSON Schema of a decision, or of another document."""
    from mdm2screen.reports import json_schemas

    write(json_schemas.schema_text(name))
    return 0
