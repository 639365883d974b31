"""Parts of one run joined: the same bytes as if it had been screened at once."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from mdm2screen import protocol
from mdm2screen.errors import FileAccessError, UsageError
from mdm2screen.protocol import TrialProtocol
from mdm2screen.protocol_file import load_protocol
from mdm2screen.run_result import RunSummary
from mdm2screen.runs.folder import RUN, RunFolder, check_parquet
from mdm2screen.runs.patient import Outcome


def gather(folders: Sequence[Path], out: Path, *, given: str | None = None, parquet: bool = False) -> RunSummary:
    """Join folders of ``batch --only`` into ``out``, in the order of the samplesheet.

    ``given`` is the protocol where it is not one that ships. Raises UsageError where the folders are not of one run
    (samplesheet, protocol, version), or two hold one patient; FileAccessError for a folder that is no run.
    """
    if parquet:
        check_parquet()
    parts = [(folder, _summary(folder)) for folder in folders]
    if not parts:
        raise UsageError("no folder was given", remedy="pass the folders that batch --only wrote")
    first = parts[0][1]
    for folder, summary in parts:
        for what in ("samplesheet", "protocol", "software"):
            if getattr(summary, what) != getattr(first, what):
                raise UsageError(
                    f"{folder} and {parts[0][0]} are of different runs: another {what}",
                    remedy="gather the parts of one samplesheet, screened by one version under one protocol",
                )
    trial = _protocol(first, given)
    found: dict[str, Path] = {}
    places: dict[str, int] = {}
    with RunFolder(out).opened() as target:
        target.begin()
        for folder, _ in parts:
            with RunFolder(folder).read() as source:
                part = source.places()
                for entry in source.journal.entries(iter(part)):
                    if entry.patient in found:
                        raise UsageError(
                            f"{entry.patient} stands in {found[entry.patient]} and in {folder}",
                            remedy="each patient belongs to one part",
                        )
                    found[entry.patient] = folder
                    places[entry.patient] = part[entry.patient]
                    outcome = Outcome(places[entry.patient], entry.patient, entry.line, entry.failure, entry.files)
                    target.add(outcome, entry.request)
        return target.finish(places, first.samplesheet, trial, parquet=parquet)


def _summary(folder: Path) -> RunSummary:
    try:
        return RunSummary.model_validate_json((folder / RUN).read_text(encoding="utf-8"))
    except OSError as exc:
        raise FileAccessError(f"is no folder of a run: {exc.strerror}", where=str(folder / RUN)) from exc
    except ValidationError as exc:
        raise FileAccessError("is no run that mdm2screen wrote", where=str(folder / RUN)) from exc


def _protocol(summary: RunSummary, given: str | None) -> TrialProtocol:
    """The protocol of the parts. Raises UsageError where it is not at hand."""
    reference = summary.protocol
    ships = reference.id in protocol.shipped()
    trial = load_protocol(given or f"{reference.id}@{reference.version}") if given or ships else None
    if trial is None or trial.digest != reference.digest:
        raise UsageError(
            f"the parts were screened under {reference.id} version {reference.version}, which is not at hand",
            remedy="pass its file with --protocol",
        )
    return trial
