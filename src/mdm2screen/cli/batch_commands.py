"""The commands that screen a run: ``batch`` and ``gather``."""

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mdm2screen.cli import completion
from mdm2screen.cli.output import page_width, write
from mdm2screen.cli.sides import KeyFile
from mdm2screen.errors import FileAccessError, UsageError

if TYPE_CHECKING:
    from mdm2screen.run_result import RunSummary

SOME_FAILED = 5
"""Exit code of a run in which some patients could not be read."""

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where results go; a second run goes on there.")]


def batch(
    run: Annotated[
        Path, typer.Argument(metavar="SAMPLESHEET|RUN_DIR", help="Samplesheet (CSV, TSV), or the folder of a pipeline.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where results go; a second run goes on there.")
    ] = None,
    protocol: Annotated[
        str,
        typer.Option(
            metavar="ID|FILE",
            help="Protocol: see 'mdm2screen protocols', or a .toml file.",
            autocompletion=completion.protocols,
        ),
    ] = "mantra-2",
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Take the version of the protocol in force on that day.")
    ] = None,
    build: Annotated[
        str | None, typer.Option(metavar="GRCh37|GRCh38", help="Genome build of rows that do not state one.")
    ] = None,
    assay: Annotated[
        str | None, typer.Option(metavar="wgs|wes|BED", help="Assay of rows that do not state one.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Worker processes (default: one a core).")
    ] = None,
    executor: Annotated[
        str, typer.Option(metavar="processes|serial|dask", help="Where patients are screened.")
    ] = "processes",
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler, such as tcp://host:8786.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="PATIENT", help="Screen this patient; repeatable.")] = None,
    parquet: Annotated[bool, typer.Option("--parquet", help="Write summary.parquet too.")] = False,
    pseudonymise: KeyFile = None,
    write_samplesheet: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the sheet proposed for a RUN_DIR; nothing is run without --out."),
    ] = None,
) -> int:
    """Screen a sequencing run: every patient of a samplesheet. What is done and unchanged is not done again."""
    from mdm2screen.cli.progress import Progress
    from mdm2screen.patients import key_of
    from mdm2screen.protocol_file import load_protocol
    from mdm2screen.runs.batch import run_batch
    from mdm2screen.runs.executors import Plan

    if write_samplesheet is not None and not run.is_dir():
        raise UsageError(f"--write-samplesheet was given, but {run.name} is no folder", remedy="pass the RUN_DIR")
    if out is None and write_samplesheet is None:
        raise UsageError("--out is missing", remedy="pass the folder for the results with --out DIR")
    if run.is_dir():
        if pseudonymise is not None and write_samplesheet is None:
            raise UsageError(
                "the samplesheet beside the results would hold the names of patients",
                remedy="with --pseudonymise pass another place for it: --write-samplesheet FILE",
            )
        run = _proposed(run, write_samplesheet, out)
    if out is None:
        return os.EX_OK
    key = None if pseudonymise is None else key_of(pseudonymise)
    # what stops a job (a time limit, a container) is no other end than Ctrl-C
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Progress() as progress:
        done = run_batch(
            run,
            out,
            protocol=load_protocol(protocol, as_of=as_of),
            key=key,
            with_executor=executor,
            plan=Plan(workers, scheduler),
            only=only or (),
            defaults=_defaults(build, assay),
            parquet=parquet,
            progress=progress,
            started=progress.start,
        )
    _show(done.summary, out, f"{done.screened} patients screened, {done.kept} kept from before")
    return SOME_FAILED if done.summary.counts.failed else os.EX_OK


def _defaults(build: str | None, assay: str | None) -> dict[str, str]:
    """Cells for rows that leave them empty; a BED is found from where the command was typed."""
    from mdm2screen.sample_options import whole_assay

    word = assay if assay is None or whole_assay(assay) else str(Path(assay).resolve())
    return {name: value for name, value in (("build", build), ("assay", word)) if value is not None}


def _proposed(folder: Path, sheet: Path | None, out: Path | None) -> Path:
    """Write the samplesheet of a pipeline's folder, beside the results if not elsewhere, and say what was left out."""
    from mdm2screen.run_directories import as_samplesheet, propose
    from mdm2screen.runs.folder import RunFolder

    proposal = propose(folder)
    said = [f"{folder} is laid out by {proposal.pipeline}: {len(proposal.rows)} samples", *proposal.notes]
    said += [f"not assigned: {path} ({why})" for path, why in proposal.unassigned]
    sys.stderr.writelines(f"mdm2screen: {words}\n" for words in said)
    if sheet is not None:
        _write_sheet(sheet, as_samplesheet(proposal, beside=sheet.parent.resolve()))
        return sheet
    assert out is not None
    with RunFolder(out).opened():
        sheet = out / "samplesheet.csv"
        _write_sheet(sheet, as_samplesheet(proposal, beside=out.resolve()))
    return sheet


def _write_sheet(sheet: Path, text: str) -> None:
    if sheet.exists() and sheet.read_bytes() != text.encode():
        raise UsageError(
            f"{sheet} is there already, and is not what would be written",
            remedy="pass that sheet to batch if you completed it, or another --write-samplesheet",
        )
    try:
        sheet.write_text(text, encoding="utf-8")
    except OSError as exc:
        raise FileAccessError(f"cannot be written: {exc.strerror}", where=str(sheet), remedy="check the path") from exc
    sys.stderr.write(f"mdm2screen: the samplesheet is {sheet}: look at it, and add diagnosis, purity and assay\n")


def gather(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders of parts of a run (batch --only).")],
    out: Out,
    protocol: Annotated[str | None, typer.Option(metavar="FILE", help="The protocol, where it does not ship.")] = None,
    parquet: Annotated[bool, typer.Option("--parquet", help="Write summary.parquet too.")] = False,
) -> int:
    """Join parts of a run, as workflows screen them, into one folder in the order of the samplesheet."""
    from mdm2screen.runs.gathering import gather as gathered

    summary = gathered(folders, out, given=protocol, parquet=parquet)
    _show(summary, out, f"{len(folders)} parts joined")
    return SOME_FAILED if summary.counts.failed else os.EX_OK


def _show(summary: "RunSummary", out: Path, what: str) -> None:
    from mdm2screen.reports import run_page
    from mdm2screen.runs.pages import REPORT

    counts = summary.counts
    notes = [f"{what}; results in {out}", f"To look at: {out / REPORT}"]
    if not summary.complete:
        notes.append(f"The run is not complete: {counts.patients} of {summary.samplesheet.patients} patients.")
    shown = {
        "Molecular (the genomic criteria alone)": _plain(counts.molecular),
        "Eligibility (all criteria)": _plain(counts.eligibility),
        "Central confirmation": _plain(counts.central_confirmation),
    }
    failed = [(one.patient, one.file, one.code, one.message) for one in summary.failures]
    write(run_page.render(shown, failed, notes, summary.warnings, **page_width()))


def _plain(counts: Mapping[Any, int]) -> dict[str, int]:
    return {str(answer): number for answer, number in counts.items()}
