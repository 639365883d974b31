"""``--html FILE``: the decision as one page beside what is written to stdout."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mdm2screen.errors import FileAccessError, UsageError

if TYPE_CHECKING:
    from mdm2screen.decision import Decision
    from mdm2screen.protocol import TrialProtocol

HtmlFile = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Also write the decision as one HTML page, with pictures, to FILE."),
]
_SUFFIXES = (".html", ".htm")


def check(path: Path | None) -> None:
    """Raise UsageError before any work for a file that is called like no page: it may be one to be read."""
    if path is not None and path.suffix.lower() not in _SUFFIXES:
        raise UsageError(f"--html {path.name} is no name of a page", remedy="end it in .html")


def write(path: Path, decision: "Decision", trial: "TrialProtocol") -> None:
    """Write the page whole. Raises FileAccessError."""
    from mdm2screen.reports import html
    from mdm2screen.runs import whole_files

    try:
        whole_files.write(path, [html.render(decision, trial)])
    except OSError as exc:
        what = f"cannot be written: {exc.strerror or exc}"
        raise FileAccessError(what, where=str(path), remedy="check --html, and that its folder exists") from exc
