"""How commands write: results on stdout, in the output that was asked for."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from mdm2screen.cli import completion
from mdm2screen.reports import REPORTS, report

if TYPE_CHECKING:
    from mdm2screen.decision import Decision

TERMINAL = "terminal"

Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="|".join(REPORTS),
        help="How to write the decision to stdout.",
        autocompletion=completion.outputs,
    ),
]


def rendered(output: str, decision: "Decision") -> str:
    """The decision in one output; the page fits the terminal."""
    if output != TERMINAL:
        return report(output).render(decision)
    from mdm2screen.reports import terminal_report

    return terminal_report.render(decision, **page_width())


def rendered_all(output: str, decisions: "Sequence[Decision]") -> str:
    """Decisions one after the other: JSON as one line each where there are several, TSV under one header."""
    if len(decisions) == 1:
        return rendered(output, decisions[0])
    if output == "tsv":
        from mdm2screen.reports import tsv_report

        return "\n".join([tsv_report.header(), *map(tsv_report.row, decisions)]) + "\n"
    if output == "json":
        from mdm2screen.reports import json_report

        return "".join(map(json_report.line, decisions))
    return "\n".join(rendered(output, decision) for decision in decisions)


class PageWidth(TypedDict):
    """How wide a page may be, and whether it may have color."""

    width: int
    color: bool


def page_width() -> PageWidth:
    """What the terminal can show."""
    import shutil

    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return PageWidth(width=min(shutil.get_terminal_size((80, 24)).columns, 120), color=color)


def write(text: str) -> None:
    """Write to stdout at once."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # a closed pager is no fault: what follows goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
