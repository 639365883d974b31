"""Reports, one module per output, listed once in ``REPORTS``.

A module is imported when its report is asked for, so that a JSON or TSV costs neither rich nor pandas.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from mdm2screen.errors import UsageError

if TYPE_CHECKING:
    from mdm2screen.decision import Decision

REPORTS = {
    "terminal": "terminal_report",
    "json": "json_report",
    "tsv": "tsv_report",
}


class Report(Protocol):
    """A report module."""

    def render(self, decision: "Decision") -> str:
        """The decision as text that ends with a line end."""


def report(name: str) -> Report:
    """The module of one report. Raises UsageError."""
    if name not in REPORTS:
        raise UsageError(f"there is no report {name!r}", remedy=f"choose one of: {', '.join(REPORTS)}")
    return cast(Report, import_module(f"{__name__}.{REPORTS[name]}"))


def render(name: str, decision: "Decision") -> str:
    """The decision as the report ``name``. Raises UsageError."""
    return report(name).render(decision)
