"""The commands that join local and central results: ``confirm`` and ``request``."""

from pathlib import Path
from typing import Annotated

import typer

from mdm2screen.cli import sides
from mdm2screen.cli.output import TERMINAL, Format, page_width, rendered_all, write
from mdm2screen.cli.screening_commands import DECISION_CODES, ExitCode
from mdm2screen.errors import UsageError
from mdm2screen.reports import report

Local = Annotated[Path, typer.Argument(metavar="LOCAL", help="Local results: JSON that check wrote, or a raw file.")]
Central = Annotated[Path, typer.Argument(metavar="CENTRAL", help="Results of the central laboratory, likewise.")]


def confirm(
    local: Local,
    central: Central,
    local_options: sides.LocalOptions = None,
    central_options: sides.CentralOptions = None,
    more_local: sides.MoreLocal = None,
    more_central: sides.MoreCentral = None,
    protocol: sides.ProtocolOption = None,
    patient: Annotated[str | None, typer.Option(metavar="ID", help="Identifier written into the decision.")] = None,
    mdm2_inhibitor: sides.PriorInhibitor = None,
    pseudonymise: sides.KeyFile = None,
    output: Format = TERMINAL,
    exit_code: ExitCode = False,
) -> int:
    """Join local results with those of the central laboratory: per criterion both values, and why they differ."""
    from mdm2screen import patients, sample_options
    from mdm2screen.decision import Role

    report(output)
    prior = sample_options.prior_treatment(mdm2_inhibitor)
    here = sides.read(Role.LOCAL, local, local_options, more_local, protocol)
    of_local = protocol or patients.protocol_name(here)
    there = sides.read(Role.CENTRAL, central, central_options, more_central, of_local)
    pairs = patients.paired(here, there, patient=patient)
    if patient is not None and len(pairs) > 1:
        raise UsageError("--patient names one patient, and the files hold several", remedy="leave --patient out")
    decisions = [
        patients.confirm(pair.local, pair.central, protocol=protocol, patient=pair.patient, mdm2_inhibitor=prior)
        for pair in pairs
    ]
    if pseudonymise is not None:
        decisions = patients.pseudonymised(decisions, pseudonymise, protocol)
    write(rendered_all(output, decisions))
    return DECISION_CODES[decisions[0].eligibility] if exit_code and len(decisions) == 1 else 0


def request(
    local: Local,
    local_options: sides.LocalOptions = None,
    more_local: sides.MoreLocal = None,
    protocol: sides.ProtocolOption = None,
    pseudonymise: sides.KeyFile = None,
    output: Annotated[str, typer.Option("--format", metavar="terminal|json", help="How to write it.")] = TERMINAL,
) -> int:
    """Write the request for the central laboratory: what was found, what to test, why, with file digests."""
    from mdm2screen import patients
    from mdm2screen.central_request import central_request
    from mdm2screen.decision import Role
    from mdm2screen.reports import json_report

    if output not in (TERMINAL, "json"):
        raise UsageError(f"a request has no format {output!r}", remedy="choose terminal or json")
    found = sides.read(Role.LOCAL, local, local_options, more_local, protocol)
    (pair, *others) = patients.paired(found, ())
    if others:
        raise UsageError(f"{local.name} holds several patients", remedy="pass one patient at a time")
    decision = patients.confirm(pair.local, pair.central, protocol=protocol, patient=pair.patient)
    if pseudonymise is not None:
        (decision,) = patients.pseudonymised([decision], pseudonymise, protocol)
    made = central_request(decision, patients.protocol_of(decision, protocol))
    if output == "json":
        write(json_report.document(made))
        return 0
    from mdm2screen.reports import request_page

    write(request_page.render(made, **page_width()))
    return 0
