"""The command line: options in, results on stdout, everything else on stderr, exit code out. No judgement."""

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mdm2screen import __version__
from mdm2screen.cli_protocols import protocols_app
from mdm2screen.cli_stdout import write
from mdm2screen.errors import Mdm2screenError, UsageError
from mdm2screen.reports import REPORTS, report

if TYPE_CHECKING:
    from mdm2screen.results import Decision

# Exit codes describe the run, never the patient, unless --exit-code asks for it.
_FAULT, _USAGE, _INTERRUPTED = 1, 2, 130
_TERMINAL = "terminal"
_DECISION_CODES = {"ELIGIBLE": 0, "NOT_ELIGIBLE": 10, "INDETERMINATE": 11}

app = typer.Typer(
    name="mdm2screen",
    help="Does a tumor meet the molecular inclusion of an MDM2-inhibitor trial (MDM2 amplified, TP53 wild-type)?",
    epilog="Start with: mdm2screen demo",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


Format = Annotated[
    str, typer.Option("--format", metavar="|".join(REPORTS), help="How to write the decision to stdout.")
]
ExitCode = Annotated[
    bool, typer.Option("--exit-code", help="Exit 0 if eligible, 10 if not eligible, 11 if indeterminate.")
]


app.add_typer(protocols_app, name="protocols", invoke_without_command=True)


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a fault in mdm2screen.")] = False,
) -> None:
    """Options of every command; ``--version`` and ``--debug`` are taken out before by ``run``."""


@app.command()
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="The tumor's VCF, and any other file of it; recognised by content."),
    ] = None,
    cn: Annotated[
        list[Path] | None,
        typer.Option(help="Copy-number, purity or QC file (CNVkit, GATK, PURPLE, FACETS, .seg); repeatable."),
    ] = None,
    assay: Annotated[
        str | None,
        typer.Option(metavar="wgs|wes|BED", help="What the assay covers; without it TP53 wild-type is not claimed."),
    ] = None,
    tp53_classes: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Classes of TP53 variants: your own table, NCI TP53 Database CSV, ClinVar VCF; repeatable.",
        ),
    ] = None,
    coverage: Annotated[
        list[Path] | None,
        typer.Option(help="Depth over TP53: gVCF, mosdepth, CallableLoci, samtools depth, BAM or CRAM; repeatable."),
    ] = None,
    reference: Annotated[
        Path | None, typer.Option(metavar="FASTA", help="The reference that a CRAM was made with.")
    ] = None,
    diagnosis: Annotated[str | None, typer.Option(metavar="CODE", help="OncoTree code, such as BLCA.")] = None,
    build: Annotated[
        str | None,
        typer.Option(metavar="GRCh37|GRCh38", help="Genome build, also hg19 or hg38, where no file proves it."),
    ] = None,
    purity: Annotated[
        str | None, typer.Option(metavar="FRACTION", help="Share of tumor cells, above 0 and at most 1.")
    ] = None,
    ploidy: Annotated[str | None, typer.Option(metavar="COPIES", help="Mean copies of a tumor cell.")] = None,
    fish_ratio: Annotated[
        str | None, typer.Option(metavar="RATIO", help="FISH: MDM2 over CEP12 signals; shown, never a copy number.")
    ] = None,
    fish_copies: Annotated[
        str | None, typer.Option(metavar="COPIES", help="FISH: mean MDM2 signals per tumor nucleus.")
    ] = None,
    tumor_sample: Annotated[
        str | None, typer.Option(metavar="NAME", help="The tumor's column, where a file holds several samples.")
    ] = None,
    cn_sample: Annotated[
        str | None, typer.Option(metavar="NAME", help="The tumor's name in a copy-number file of several samples.")
    ] = None,
    cn_scale: Annotated[
        str | None,
        typer.Option(metavar="log2|log10|ratio|copies", help="Scale of a .seg file that does not tell it."),
    ] = None,
    specimen: Annotated[
        str | None,
        typer.Option(metavar="tissue|plasma", help="What the DNA was taken from; without it read as tissue."),
    ] = None,
    protocol: Annotated[
        str, typer.Option(metavar="ID|FILE", help="Protocol: see 'mdm2screen protocols', or a .toml file.")
    ] = "mantra-2",
    patient: Annotated[
        str | None, typer.Option(metavar="ID", help="Identifier written into the decision, as given.")
    ] = None,
    output: Format = _TERMINAL,
    exit_code: ExitCode = False,
) -> int:
    """Screen one tumor."""
    from mdm2screen.screening import screen

    report(output)  # an unknown format is said before any work
    decision = screen(
        *(files or ()),
        cn=cn or (),
        assay=assay,
        tp53_classes=tp53_classes or (),
        diagnosis=diagnosis,
        build=build,
        purity=purity,
        ploidy=ploidy,
        fish_ratio=fish_ratio,
        fish_copies=fish_copies,
        tumor_sample=tumor_sample,
        cn_sample=cn_sample,
        cn_scale=cn_scale,
        specimen=specimen,
        coverage=coverage or (),
        reference=reference,
        protocol=protocol,
        patient=patient,
    )
    write(_rendered(output, decision))
    return _DECISION_CODES[decision.eligibility] if exit_code else 0


@app.command()
def demo(
    output: Format = _TERMINAL,
    patient: Annotated[
        str | None, typer.Argument(help="demo-eligible, demo-not-eligible or demo-indeterminate; all without it.")
    ] = None,
) -> int:
    """Screen made patients that ship with mdm2screen: one eligible, one not, one indeterminate."""
    from mdm2screen.screening import demo_patients, screen_demo

    names = demo_patients()
    if patient is not None and patient not in names:
        raise UsageError(f"no demo patient is called {patient}", remedy=f"choose one of: {', '.join(names)}")
    decisions = [screen_demo(name) for name in ([patient] if patient else names)]
    report(output)
    if output == "tsv":
        from mdm2screen.reports import tsv_report

        write("\n".join([tsv_report.header(), *map(tsv_report.row, decisions)]) + "\n")
        return 0
    pages = [_rendered(output, decision) for decision in decisions]
    if output == "json" and patient is None:
        write(f"[{','.join(pages)}]\n")
    else:
        write("\n".join(pages))
    return 0


@app.command()
def formats() -> int:
    """List the file formats that can be read, what each answers, and what its silence means."""
    from mdm2screen import readers

    for one in readers.formats():
        write(f"{one.name}: {one.title}\n  answers: {one.answers}\n  silence: {one.silence}\n")
    return 0


@app.command()
def explain(code: Annotated[str, typer.Argument(metavar="CODE", help="A reason code, such as M003.")]) -> int:
    """Explain a reason code and say what resolves it."""
    from mdm2screen.results import reason_codes

    entry = reason_codes().get(code.upper())
    if entry is None:
        known = ", ".join(reason_codes())
        raise UsageError(f"{code} is no reason code", remedy=f"known codes: {known}")
    write(f"{entry.code}: {entry.title}\n{entry.meaning}\n")
    if entry.resolve:
        write(f"What resolves it: {entry.resolve}\n")
    return 0


@app.command()
def schema() -> int:
    """Print the JSON Schema of a decision."""
    from mdm2screen.reports import json_report

    write(json_report.schema_text())
    return 0


def _rendered(output: str, decision: "Decision") -> str:
    if output != _TERMINAL:
        return report(output).render(decision)
    import shutil

    from mdm2screen.reports import terminal_report

    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return terminal_report.render(decision, width=min(shutil.get_terminal_size((80, 24)).columns, 120), color=color)


def main() -> None:
    """Entry point of the command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command and return its exit code; no traceback reaches a user unless ``--debug`` asks for it."""
    debug = "--debug" in arguments
    arguments = [argument for argument in arguments if argument != "--debug"]
    if arguments == ["--version"]:
        write(f"mdm2screen {__version__}\n")
        return 0
    if not arguments:
        arguments, code_without = ["--help"], _USAGE
    else:
        code_without = 0
    try:
        code = app(args=arguments, prog_name="mdm2screen", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except Exception as exc:  # the last line of defence: whatever happens, one line and an exit code
        return _report(exc, debug=debug)
    if code == _INTERRUPTED:  # typer turns an interrupt into this code by itself
        sys.stderr.write("mdm2screen: interrupted\n")
    return code if isinstance(code, int) and code else code_without


def _report(exc: Exception, *, debug: bool) -> int:
    """Write an error for people and give its exit code."""
    if debug:
        traceback.print_exception(exc)
    if isinstance(exc, Mdm2screenError):
        sys.stderr.write(f"mdm2screen: error: {exc}\n")
        return exc.exit_code
    usage = getattr(exc, "format_message", None)  # typer's own errors, whichever click it brings
    if usage is not None:
        sys.stderr.write(f"mdm2screen: error: {usage()}\n  What to do: see 'mdm2screen --help'\n")
        return _USAGE
    hint = "" if debug else "; --debug shows where"
    sys.stderr.write(
        f"mdm2screen: this is a fault in mdm2screen, please report it: {type(exc).__name__}: {exc}{hint}\n"
    )
    return _FAULT
