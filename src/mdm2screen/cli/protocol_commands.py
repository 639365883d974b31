"""The commands on trial protocols: list, show, validate."""

from pathlib import Path
from typing import Annotated

import typer

from mdm2screen.cli import completion
from mdm2screen.cli.output import write
from mdm2screen.errors import UsageError

protocols = typer.Typer(help="List, show and validate trial protocols.", rich_markup_mode=None)


@protocols.callback()
def _protocols(context: typer.Context) -> None:
    """List the protocols that ship with mdm2screen: identifier, latest version, status, title, all versions."""
    if context.invoked_subcommand is None:
        from mdm2screen import protocol

        for identifier in protocol.shipped():
            trial = protocol.load_shipped(identifier)
            versions = ", ".join(one.version for one in trial.versions)
            write(f"{trial.id}\t{trial.version}\t{trial.status}\t{trial.title}\t{versions}\n")


@protocols.command()
def show(
    identifier: Annotated[
        str, typer.Argument(metavar="ID[@VERSION]", help="A shipped protocol.", autocompletion=completion.protocols)
    ],
) -> int:
    """Show a protocol as it stands, every number with its source; with a version, without what came after it."""
    from mdm2screen import protocol

    write(protocol.shipped_text(*protocol.split_version(identifier)))
    return 0


@protocols.command()
def validate(file: Annotated[Path, typer.Argument(help="A protocol file of your own (.toml).")]) -> int:
    """Check a protocol file in all its versions; all faults are listed."""
    from mdm2screen.protocol_file import load_protocol

    if file.suffix.lower() != ".toml":
        raise UsageError(f"{file.name} is no .toml file", remedy="name the protocol file NAME.toml")
    trial = load_protocol(file)
    write(f"{file.name} is a valid protocol: {trial.id} version {trial.version}, digest {trial.digest[:12]}\n")
    if len(trial.versions) > 1:
        listing = ", ".join(f"{one.version} ({one.date})" for one in trial.versions)
        write(f"It holds {len(trial.versions)} versions: {listing}. The last one holds unless another is named.\n")
    return 0
