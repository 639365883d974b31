"""The command ``compare``: who changes between two protocols, versions or runs."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mdm2screen.cli import sides
from mdm2screen.cli.output import TERMINAL, page_width, write
from mdm2screen.errors import FileAccessError, MalformedFileError, UsageError

if TYPE_CHECKING:
    from mdm2screen.decision import Decision

_OF_A_RUN = "decisions.jsonl"  # what batch calls the decisions in its folder
_PROTOCOL_NAME = re.compile(r"[\w-]+")
_FORMATS = (TERMINAL, "json", "tsv")


def compare(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="A protocol (ID, ID@VERSION, FILE.toml), or decisions (JSON).")
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same for the other side.")],
    run: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[DECISIONS]...", help="The decisions of a run (JSON), judged by both protocols."),
    ] = None,
    protocol: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID|FILE",
            help="The protocol that decisions were made under, where it does not ship: --pseudonymise needs it; "
            "repeatable.",
        ),
    ] = None,
    pseudonymise: sides.KeyFile = None,
    output: Annotated[str, typer.Option("--format", metavar="|".join(_FORMATS), help="How to write it.")] = TERMINAL,
) -> int:
    """Say which patients of a run change under another protocol or version, and why.

    Two decision files are compared as they stand; a protocol judges the evidence of the other side, or of DECISIONS.
    """
    from mdm2screen.comparing import compare as compared

    if output not in _FORMATS:
        raise UsageError(f"a comparison has no format {output!r}", remedy=f"choose one of: {', '.join(_FORMATS)}")
    if protocol and pseudonymise is None:
        raise UsageError(
            "--protocol was given without --pseudonymise, which alone needs it",
            remedy="to judge by another protocol name it as OLD or NEW",
        )
    before, after = _sides(old, new, run or [], pseudonymise, protocol or [])
    made = compared(before, after)
    if output == "json":
        from mdm2screen.reports import json_report

        write(json_report.document(made))
        return 0
    from mdm2screen.reports import comparison_page

    write(comparison_page.tsv(made) if output == "tsv" else comparison_page.render(made, **page_width()))
    return 0


def _sides(
    old: str, new: str, run: list[Path], key: Path | None, protocols: list[str]
) -> "tuple[list[Decision], list[Decision]]":
    from mdm2screen import patients

    files = [Path(side) if _names_decisions(side) else None for side in (old, new)]
    if run and any(files):
        raise UsageError("decisions are given twice", remedy="pass two protocols before the decisions of a run")
    if not run and not any(files):
        raise UsageError(
            f"{old} and {new} are protocols, and no decisions were given",
            remedy=f"mdm2screen compare {old} {new} decisions.json (what check --format json wrote)",
        )
    found = []
    for side, own, other in ((old, files[0], files[1]), (new, files[1], files[0])):
        decisions = patients.once_each([one] if (one := own or other) else run)
        found.append(decisions if own else patients.judged_under(decisions, side))
        if key is not None:
            found[-1] = patients.pseudonymised(found[-1], key, *(protocols if own else [side]))
    return found[0], found[1]


def _names_decisions(side: str) -> bool:
    """Whether an argument is the path of a decision file, and no protocol.

    Raises InputError for the path of another file, of a folder that is called like no protocol, or of nothing.
    """
    from mdm2screen.protocol import shipped, split_version
    from mdm2screen.readers.decision_file import is_decision_file

    name, _ = split_version(side)
    path = Path(side)
    if Path(name).suffix.lower() == ".toml":
        return False
    if path.exists() and not path.is_dir():
        if is_decision_file(path):
            return True
        if name not in shipped():
            remedy = "pass what check --format json or batch wrote, or the name of a protocol"
            raise MalformedFileError("holds no decisions of mdm2screen", where=str(path), remedy=remedy)
    if name in shipped():
        return False
    if path.is_dir():
        remedy = f"pass the decisions in it, such as {path / _OF_A_RUN}"
        raise FileAccessError("is a folder, not decisions", where=str(path), remedy=remedy)
    if not _PROTOCOL_NAME.fullmatch(name):
        remedy = "check the path; 'mdm2screen protocols' lists the names of protocols"
        raise FileAccessError("no such file", where=str(path), remedy=remedy)
    return False
