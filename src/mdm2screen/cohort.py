"""From many patients' decisions, and a table of what became of them, to the concordance of a run."""

from collections.abc import Callable, Iterable
from os import PathLike
from pathlib import Path

from mdm2screen.concordance import of_run
from mdm2screen.concordance.result import Concordance
from mdm2screen.decision import Decision
from mdm2screen.readers.decision_file import read_decisions
from mdm2screen.readers.outcomes_table import read_outcomes

StrPath = str | PathLike[str]


def concordance_of(
    decisions: Iterable[Decision | StrPath],
    outcomes: StrPath | None = None,
    *,
    rename: Callable[[str], str] | None = None,
) -> Concordance:
    """Compare local with central testing over a run.

    ``decisions`` are decisions, or files that hold them as JSON, in any order; one per patient, under one protocol.
    ``outcomes`` is a table of outcomes (see ``docs/concordance.md``); ``rename`` gives its identifiers the names that
    the decisions have.

    Raises UsageError (also where the extra ``statistics`` is not installed) or InputError; never prints, never exits.
    """
    table = None if outcomes is None else read_outcomes(Path(outcomes))
    if table is not None and rename is not None:
        rows = tuple(row.model_copy(update={"patient": rename(row.patient)}) for row in table.rows)
        table = table.model_copy(update={"file": rename(table.file), "rows": rows})
    found: list[Decision] = []
    for one in decisions:
        found += [one] if isinstance(one, Decision) else read_decisions(Path(one))
    return of_run(found, table)
