"""The commands on trial protocols: list, show, validate."""

from pathlib import Path
from typing import Annotated

import typer

from mdm2screen.cli.output import write
from mdm2screen.errors import UsageError

protocols_app = typer.Typer(help="List, show and validate trial protocols.", rich_markup_mode=None)


@protocols_app.callback()
def _protocols(context: typer.Context) -> None:
    """List the protocols that ship with mdm2screen."""
    if context.invoked_subcommand is None:
        from mdm2screen import protocol

        for identifier in protocol.shipped():
            trial = protocol.load_shipped(identifier)
            write(f"{trial.id}\t{trial.version}\t{trial.status}\t{trial.title}\n")


@protocols_app.command()
def show(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Identifier of a shipped protocol.")],
) -> int:
    """Show a protocol as it stands, every number with its source."""
    from mdm2screen import protocol

    protocol.load_shipped(identifier)
    write(protocol.shipped_text(identifier))
    return 0


@protocols_app.command()
def validate(file: Annotated[Path, typer.Argument(help="A protocol file of your own (.toml).")]) -> int:
    """Check a protocol file; all faults are listed."""
    from mdm2screen.screening import load_protocol

    if file.suffix.lower() != ".toml":
        raise UsageError(f"{file.name} is no .toml file", remedy="name the protocol file NAME.toml")
    trial = load_protocol(file)
    write(f"{file.name} is a valid protocol: {trial.id} version {trial.version}, digest {trial.digest[:12]}\n")
    return 0
