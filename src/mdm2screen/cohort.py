"""From many patients' decisions, and a table of what became of them, to the concordance of a run."""

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from mdm2screen.concordance import of_run
from mdm2screen.concordance.result import Concordance
from mdm2screen.decision import Decision
from mdm2screen.readers.decision_file import read_decisions
from mdm2screen.readers.outcomes_table import read_outcomes

StrPath = str | PathLike[str]


def concordance_of(decisions: Iterable[Decision | StrPath], outcomes: StrPath | None = None) -> Concordance:
    """Compare local with central testing over a run.

    ``decisions`` are decisions, or files that hold them as JSON, in any order; one per patient, under one protocol.
    ``outcomes`` is a table of outcomes (see ``docs/concordance.md``).

    Raises UsageError (also where the extra ``statistics`` is not installed) or InputError; never prints, never exits.
    """
    table = None if outcomes is None else read_outcomes(Path(outcomes))
    found: list[Decision] = []
    for one in decisions:
        found += [one] if isinstance(one, Decision) else read_decisions(Path(one))
    return of_run(found, table)
