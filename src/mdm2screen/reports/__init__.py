"""Reports, one module per output, listed once in ``REPORTS``.

A module is imported when its report is asked for, so that a JSON or TSV costs neither rich nor pandas.
"""

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Protocol, cast

from mdm2screen.errors import UsageError

if TYPE_CHECKING:
    from mdm2screen.concordance.result import Concordance
    from mdm2screen.decision import Decision

REPORTS = {
    "terminal": "terminal_report",
    "json": "json_report",
    "tsv": "tsv_report",
}

CONCORDANCE_REPORTS = {
    "terminal": "terminal_concordance",
    "json": "json_concordance",
    "tsv": "tsv_concordance",
}
"""The outputs of a concordance."""


class Report(Protocol):
    """A report module."""

    def render(self, decision: "Decision") -> str:
        """The decision as text that ends with a line end."""


def report(name: str) -> Report:
    """The module of one report. Raises UsageError."""
    return cast(Report, _module(name, REPORTS))


def _module(name: str, listed: Mapping[str, str]) -> ModuleType:
    if name not in listed:
        raise UsageError(f"there is no report {name!r}", remedy=f"choose one of: {', '.join(listed)}")
    return import_module(f"{__name__}.{listed[name]}")


class ConcordanceReport(Protocol):
    """A report module of a concordance."""

    def render(self, concordance: "Concordance") -> str:
        """The concordance as text that ends with a line end."""


def concordance_report(name: str) -> ConcordanceReport:
    """The module of one report of a concordance. Raises UsageError."""
    return cast(ConcordanceReport, _module(name, CONCORDANCE_REPORTS))


def render(name: str, decision: "Decision") -> str:
    """The decision as the report ``name``. Raises UsageError."""
    return report(name).render(decision)
