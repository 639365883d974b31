"""The commands that screen: ``check`` and ``demo``."""

from pathlib import Path
from typing import Annotated

import typer

from mdm2screen.cli import completion, html_page
from mdm2screen.cli.output import TERMINAL, Format, rendered, write
from mdm2screen.cli.sides import KeyFile, PriorInhibitor
from mdm2screen.errors import UsageError
from mdm2screen.reports import report

# Exit codes describe the run, never the patient, unless --exit-code asks for it.
DECISION_CODES = {"ELIGIBLE": 0, "NOT_ELIGIBLE": 10, "INDETERMINATE": 11}

ExitCode = Annotated[
    bool, typer.Option("--exit-code", help="Exit 0 if eligible, 10 if not eligible, 11 if indeterminate.")
]


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="The tumor's VCF, and any other file of it; recognised by content."),
    ] = None,
    cn: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Copy-number, purity or QC file (CNVkit, GATK, PURPLE, FACETS, .seg); repeatable."
        ),
    ] = None,
    assay: Annotated[
        str | None,
        typer.Option(
            metavar="wgs|wes|BED",
            help="Whole genome, exome, or the targets of a panel as BED; without it TP53 wild-type is not claimed.",
        ),
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
        typer.Option(
            metavar="FILE",
            help="Depth over TP53: gVCF, mosdepth, CallableLoci, samtools depth, BAM or CRAM; repeatable.",
        ),
    ] = None,
    reference: Annotated[
        Path | None, typer.Option(metavar="FASTA", help="The reference that a CRAM was made with.")
    ] = None,
    diagnosis: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="OncoTree code, such as BLCA; without it the diagnosis stays to be verified.",
            autocompletion=completion.diagnoses,
        ),
    ] = None,
    build: Annotated[
        str | None,
        typer.Option(metavar="GRCh37|GRCh38", help="Genome build, also hg19 or hg38, where no file proves it."),
    ] = None,
    purity: Annotated[
        str | None,
        typer.Option(
            metavar="FRACTION",
            help="Share of tumor cells, above 0 and at most 1 (pathologist, caller); without it the protocol's range.",
        ),
    ] = None,
    ploidy: Annotated[
        str | None,
        typer.Option(
            metavar="COPIES",
            help="Mean copies of a tumor cell, as the caller states it; without it, the protocol's range.",
        ),
    ] = None,
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
    assume_sorted: Annotated[
        bool,
        typer.Option(
            "--assume-sorted",
            help="Read a VCF without index by bisection; TP53 is never called wild-type from that alone.",
        ),
    ] = False,
    protocol: Annotated[
        str,
        typer.Option(
            metavar="ID|FILE",
            help="Protocol: see 'mdm2screen protocols', or a .toml file; also ID@VERSION.",
            autocompletion=completion.protocols,
        ),
    ] = "mantra-2",
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Take the version of the protocol in force on that day.")
    ] = None,
    patient: Annotated[
        str | None, typer.Option(metavar="ID", help="Identifier written into the decision, as given.")
    ] = None,
    collected: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day the sample was taken, YYYY-MM-DD.")
    ] = None,
    mdm2_inhibitor: PriorInhibitor = None,
    pseudonymise: KeyFile = None,
    output: Format = TERMINAL,
    html: html_page.HtmlFile = None,
    exit_code: ExitCode = False,
) -> int:
    """Screen one tumor."""
    from mdm2screen.protocol_file import load_protocol
    from mdm2screen.screening import screen

    report(output)  # an unknown format is said before any work
    html_page.check(html)
    trial = load_protocol(protocol, as_of=as_of)
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
        assume_sorted=assume_sorted,
        protocol=trial,
        patient=patient,
        collected=collected,
        mdm2_inhibitor=mdm2_inhibitor,
    )
    if pseudonymise is not None:
        from mdm2screen import patients

        (decision,) = patients.pseudonymised([decision], pseudonymise, trial)
    if html is not None:
        html_page.write(html, decision, trial)
    write(rendered(output, decision))
    return DECISION_CODES[decision.eligibility] if exit_code else 0


def demo(
    output: Format = TERMINAL,
    patient: Annotated[
        str | None, typer.Argument(help="demo-eligible, demo-not-eligible or demo-indeterminate; all without it.")
    ] = None,
    html: html_page.HtmlFile = None,
) -> int:
    """Screen made patients that ship with mdm2screen: one eligible, one not, one indeterminate."""
    from mdm2screen.protocol_file import load_protocol
    from mdm2screen.screening import demo_patients, screen_demo

    html_page.check(html)
    names = demo_patients()
    if patient is not None and patient not in names:
        raise UsageError(f"no demo patient is called {patient}", remedy=f"choose one of: {', '.join(names)}")
    if html is not None and patient is None:
        raise UsageError("--html writes one patient", remedy=f"name one: mdm2screen demo {names[0]} --html {html}")
    decisions = [screen_demo(name) for name in ([patient] if patient else names)]
    report(output)
    if html is not None:
        html_page.write(html, decisions[0], load_protocol("mantra-2"))
    if output == "tsv":
        from mdm2screen.reports import tsv_report

        write("\n".join([tsv_report.header(), *map(tsv_report.row, decisions)]) + "\n")
        return 0
    pages = [rendered(output, decision) for decision in decisions]
    if output == "json" and patient is None:
        write(f"[{','.join(pages)}]\n")
    else:
        write("\n".join(pages))
    return 0
