"""The commands that join local and central results: ``confirm`` and ``request``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mdm2screen.cli import html_page, sides
from mdm2screen.cli.output import TERMINAL, Format, page_width, rendered_all, write
from mdm2screen.cli.screening_commands import DECISION_CODES
from mdm2screen.errors import UsageError
from mdm2screen.reports import report

NOT_CONFIRMED = 12
"""Exit code of ``confirm --exit-code`` where the central laboratory did not confirm."""

if TYPE_CHECKING:
    from mdm2screen.decision import Decision
    from mdm2screen.protocol import TrialProtocol

Local = Annotated[Path, typer.Argument(metavar="LOCAL", help="Local results: JSON that check wrote, or a raw file.")]
Central = Annotated[
    Path | None,
    typer.Argument(
        metavar="[CENTRAL]",
        help="Results of the central laboratory, likewise; without them local samples alone are joined.",
    ),
]


def confirm(
    local: Local,
    central: Central = None,
    local_options: sides.LocalOptions = None,
    central_options: sides.CentralOptions = None,
    more_local: sides.MoreLocal = None,
    more_central: sides.MoreCentral = None,
    protocol: sides.ProtocolOption = None,
    as_of: sides.AsOf = None,
    patient: sides.PatientName = None,
    mdm2_inhibitor: sides.PriorInhibitor = None,
    pseudonymise: sides.KeyFile = None,
    output: Format = TERMINAL,
    html: html_page.HtmlFile = None,
    exit_code: Annotated[
        bool,
        typer.Option(
            "--exit-code",
            help="Exit 10 if not eligible, 12 if not confirmed, 11 if either laboratory's answer is open, else 0.",
        ),
    ] = False,
) -> int:
    """Join a patient's results: per criterion what local and central laboratory found, and why they differ."""
    from mdm2screen import decided_protocol, patients, sample_options
    from mdm2screen.decision import Role

    report(output)
    html_page.check(html)
    if central is None and (central_options or more_central):
        raise UsageError("central options were given, but no CENTRAL", remedy="pass the central result after LOCAL")
    prior = sample_options.prior_treatment(mdm2_inhibitor)
    trial = _trial(protocol, as_of)
    here = sides.read(sides.Side(Role.LOCAL, local, local_options, more_local), trial, patient)
    there = []
    if central is not None:
        of_local = trial or decided_protocol.protocol_name(here)
        there = sides.read(sides.Side(Role.CENTRAL, central, central_options, more_central), of_local, patient)
    decisions = [
        patients.confirm(pair.local, pair.central, protocol=trial, patient=patient, mdm2_inhibitor=prior)
        for pair in patients.paired(here, there, patient=patient)
    ]
    if pseudonymise is not None:
        decisions = patients.pseudonymised(decisions, pseudonymise, trial)
    if exit_code and len(decisions) > 1:
        raise UsageError("--exit-code is that of one patient", remedy="pick one with --patient")
    if html is not None:
        if len(decisions) > 1:
            raise UsageError("--html writes one patient", remedy="pick one with --patient")
        html_page.write(html, decisions[0], decided_protocol.protocol_of(decisions[0], trial))
    write(rendered_all(output, decisions))
    return _code(decisions[0]) if exit_code else 0


def request(
    local: Local,
    local_options: sides.LocalOptions = None,
    more_local: sides.MoreLocal = None,
    protocol: sides.ProtocolOption = None,
    patient: sides.PatientName = None,
    mdm2_inhibitor: sides.PriorInhibitor = None,
    pseudonymise: sides.KeyFile = None,
    output: Annotated[str, typer.Option("--format", metavar="terminal|json", help="How to write it.")] = TERMINAL,
) -> int:
    """Write the request for the central laboratory: what was found, what to test, why, with file digests."""
    from mdm2screen import decided_protocol, patients, sample_options
    from mdm2screen.decision import Role
    from mdm2screen.reports import json_report
    from mdm2screen.requesting import central_request

    if output not in (TERMINAL, "json"):
        raise UsageError(f"a request has no format {output!r}", remedy="choose terminal or json")
    prior = sample_options.prior_treatment(mdm2_inhibitor)
    found = sides.read(sides.Side(Role.LOCAL, local, local_options, more_local), protocol, patient)
    (pair, *others) = patients.paired(found, (), patient=patient)
    if others:
        remedy = f"name one with --patient, such as --patient {pair.patient}"
        raise UsageError(f"the local results are of {len(others) + 1} patients", remedy=remedy)
    decision = patients.confirm(pair.local, protocol=protocol, patient=patient, mdm2_inhibitor=prior)
    if pseudonymise is not None:
        (decision,) = patients.pseudonymised([decision], pseudonymise, protocol)
    made = central_request(decision, decided_protocol.protocol_of(decision, protocol))
    if output == "json":
        write(json_report.document(made))
        return 0
    from mdm2screen.reports import request_page

    write(request_page.render(made, **page_width()))
    return 0


def _code(decision: "Decision") -> int:
    """The exit code of a decision: what the central laboratory found goes before what is left open."""
    found = decision.central_confirmation.status
    if decision.eligibility == "NOT_ELIGIBLE":
        return DECISION_CODES["NOT_ELIGIBLE"]
    if found == "NOT_CONFIRMED":
        return NOT_CONFIRMED
    return DECISION_CODES["INDETERMINATE" if found == "INDETERMINATE" else decision.eligibility]


def _trial(protocol: str | None, as_of: str | None) -> "TrialProtocol | None":
    """The protocol that was asked for, if one was."""
    from mdm2screen.protocol_file import load_protocol

    return None if protocol is None and as_of is None else load_protocol(protocol or "mantra-2", as_of=as_of)
