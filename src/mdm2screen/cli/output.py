"""How commands write: results on stdout, in the output that was asked for."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mdm2screen.reports import REPORTS, report

if TYPE_CHECKING:
    from mdm2screen.decision import Decision

TERMINAL = "terminal"

Format = Annotated[
    str, typer.Option("--format", metavar="|".join(REPORTS), help="How to write the decision to stdout.")
]


def rendered(output: str, decision: "Decision") -> str:
    """The decision in one output; the page fits the terminal."""
    if output != TERMINAL:
        return report(output).render(decision)
    import shutil

    from mdm2screen.reports import terminal_report

    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return terminal_report.render(decision, width=min(shutil.get_terminal_size((80, 24)).columns, 120), color=color)


def write(text: str) -> None:
    """Write to stdout at once."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # a closed pager is no fault: what follows goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
