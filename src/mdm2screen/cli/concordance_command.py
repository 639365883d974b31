"""The command that looks at many patients: ``concordance``."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from mdm2screen.cli.output import TERMINAL, page_width, write
from mdm2screen.cli.sides import KeyFile, ProtocolOption
from mdm2screen.reports import CONCORDANCE_REPORTS, concordance_report


def concordance(
    decisions: Annotated[
        list[Path],
        typer.Argument(metavar="DECISIONS...", help="Decisions as JSON, one or many in a file; one per patient."),
    ],
    outcomes: Annotated[
        Path | None,
        typer.Option(
            metavar="TABLE",
            help="Outcomes, one row per patient: patient, treated, best_response, response_confirmed, pfs_months or "
            "pfs_days, pfs_event (CSV or TSV).",
        ),
    ] = None,
    protocol: ProtocolOption = None,
    pseudonymise: KeyFile = None,
    output: Annotated[
        str, typer.Option("--format", metavar="|".join(CONCORDANCE_REPORTS), help="How to write it to stdout.")
    ] = TERMINAL,
) -> int:
    """Compare local with central testing over many patients, and report what became of them."""
    from mdm2screen import cohort, patients, pseudonyms
    from mdm2screen.readers.decision_file import read_decisions

    report = concordance_report(output)  # an unknown format is said before any work
    if pseudonymise is None:
        found = cohort.concordance_of(decisions, outcomes)
    else:
        key = patients.key_of(pseudonymise)
        named = [one for path in decisions for one in read_decisions(path)]
        renamed = patients.pseudonymised(named, pseudonymise, protocol)
        found = cohort.concordance_of(renamed, outcomes, rename=partial(pseudonyms.pseudonym, key))
    if output == TERMINAL:
        from mdm2screen.reports import terminal_concordance

        write(terminal_concordance.render(found, **page_width()))
    else:
        write(report.render(found))
    return 0
