"""The main path of a run: a samplesheet in, a folder out; what is there already and still holds is not done again."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from mdm2screen import samplesheet
from mdm2screen.errors import FileAccessError, InputError, UsageError
from mdm2screen.protocol import TrialProtocol
from mdm2screen.protocol_file import load_protocol
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records.base import PSEUDONYM
from mdm2screen.run_result import RunInput, RunSummary
from mdm2screen.runs.executors import Plan, executor
from mdm2screen.runs.folder import RunFolder, check_parquet
from mdm2screen.runs.patient import Outcome, Settings, Task, fingerprint
from mdm2screen.sample_options import StrPath
from mdm2screen.samplesheet import PatientRows
from mdm2screen.version import __version__

Progress = Callable[[Outcome], None]


class Batch(NamedTuple):
    """What a run did: its summary, how many patients were screened now, and how many were there already."""

    summary: RunSummary
    screened: int
    kept: int


def screen_run(
    sheet: StrPath | Iterable[PatientRows],
    *,
    protocol: TrialProtocol | StrPath = "mantra-2",
    key: bytes | None = None,
    with_executor: str = "processes",
    workers: int | None = None,
    scheduler: str | None = None,
) -> Iterator[Outcome]:
    """Screen the patients of a samplesheet, each yielded when it is done, in the order they are done.

    Nothing is written. ``Outcome.decision`` or ``Outcome.failure`` says what came of a patient; one that fails costs no
    other. A script that is run as a program needs the usual ``if __name__ == "__main__"`` with processes.
    Raises SamplesheetError, ProtocolError or UsageError before the first patient.
    """
    patients = samplesheet.read(Path(sheet)) if isinstance(sheet, (str, PathLike)) else tuple(sheet)
    settings = Settings(load_protocol(protocol), key)
    tasks = (Task(place, rows) for place, rows in enumerate(patients))
    return executor(with_executor).outcomes(tasks, settings, Plan(workers, scheduler))


def run_batch(
    sheet: Path,
    out: Path,
    *,
    protocol: TrialProtocol | StrPath = "mantra-2",
    key: bytes | None = None,
    with_executor: str = "processes",
    plan: Plan | None = None,
    only: Sequence[str] = (),
    defaults: Mapping[str, str] | None = None,
    parquet: bool = False,
    progress: Progress | None = None,
    started: Callable[[int, int], None] | None = None,
) -> Batch:
    """Screen a samplesheet into a folder; a second run does what is missing, failed or changed.

    ``defaults`` are cells for rows that leave a column empty. ``progress`` is called with each outcome, ``started``
    with the number of patients to do and of those kept. An interrupt leaves valid outputs of what is done, and goes on
    to the caller. Raises SamplesheetError, UsageError, ProtocolError, or FileAccessError for the folder.
    """
    way, plan = executor(with_executor), plan or Plan()
    if parquet:
        check_parquet()
    settings = Settings(load_protocol(protocol), key, pages=True)
    patients = samplesheet.read(sheet, defaults)
    chosen = _chosen(patients, only)
    sheet_input = RunInput(name=settings.name(sheet.name), sha256=SourceFile(sheet).sha256, patients=len(patients))
    requests = {place: _request(patients[place], settings) for place in chosen}
    with RunFolder(out).opened() as folder:
        _refuse_names(folder, settings)
        todo = [place for place in chosen if not _holds(folder, patients[place], settings, requests[place])]
        kept = set(chosen) - set(todo)
        if todo:
            folder.begin()
        if started is not None:
            started(len(todo), len(kept))
        try:
            tasks = (Task(place, patients[place]) for place in todo)
            for outcome in way.outcomes(tasks, settings, plan):
                folder.add(outcome, requests[outcome.place])
                if progress is not None:
                    progress(outcome)
        finally:  # of an earlier run only what still holds
            places = {settings.name(patients[place].patient): place for place in chosen}
            holding = {name: at for name, at in places.items() if at in kept or folder.journal.is_new(name)}
            summary = folder.finish(holding, sheet_input, settings.protocol, parquet=parquet)
    return Batch(summary, len(todo), len(chosen) - len(todo))


def _chosen(patients: Sequence[PatientRows], only: Sequence[str]) -> list[int]:
    known = {rows.patient: place for place, rows in enumerate(patients)}
    lost = [name for name in only if name not in known]
    if lost:
        raise UsageError(f"no patient is called {', '.join(lost)}", remedy="pass names of the samplesheet with --only")
    return sorted({known[name] for name in only}) if only else list(range(len(patients)))


def _refuse_names(folder: RunFolder, settings: Settings) -> None:
    """Raise FileAccessError where a run under pseudonyms would stand beside the names of an earlier one."""
    if settings.key is not None and not all(map(PSEUDONYM.fullmatch, folder.journal.patients)):
        what = "the folder holds results of an earlier run with the names of patients"
        raise FileAccessError(what, where=str(folder.path), remedy="pass another --out with --pseudonymise")


def _request(rows: PatientRows, settings: Settings) -> str:
    """A digest of all that was asked for a patient, but the content of the files."""
    protocol = settings.protocol
    samples = [
        (row.name, row.role, [path.name for path in row.files], sorted(_plain(row.options).items()))
        for row in rows.samples
    ]
    asked = (__version__, protocol.digest, protocol.version, rows.patient, rows.mdm2_inhibitor, samples, settings.key)
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def _plain(options: object) -> dict[str, str]:
    """Options by name, paths as file names: a run that was moved is still the same."""
    assert isinstance(options, dict)
    found = {}
    for name, value in options.items():
        paths = value if isinstance(value, list) else [value]
        found[name] = ";".join(path.name if isinstance(path, Path) else str(path) for path in paths)
    return found


def _holds(folder: RunFolder, rows: PatientRows, settings: Settings, request: str) -> bool:
    """Whether the folder has a decision of this patient that was asked the same and rests on the same files."""
    entry = folder.journal.entry(settings.name(rows.patient))
    if entry is None or entry.line is None or entry.request != request:
        return False
    try:
        return entry.files == fingerprint(rows, settings)
    except InputError:  # of a file that cannot be read the patient says so
        return False
