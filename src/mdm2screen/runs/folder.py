"""The folder of a run: a journal while it runs, and its outputs, each written whole or not at all."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from mdm2screen.decision import Decision
from mdm2screen.errors import FileAccessError, UsageError
from mdm2screen.protocol import TrialProtocol
from mdm2screen.reports import multiqc, tsv_report
from mdm2screen.reports.html import run_page
from mdm2screen.reports.html.copies_plot import CopiesTally
from mdm2screen.results import Software
from mdm2screen.run_result import RunInput, RunSummary
from mdm2screen.runs.journal import Entry, Journal
from mdm2screen.runs.pages import REPORT, Pages
from mdm2screen.runs.patient import Outcome
from mdm2screen.runs.summary import Counting, warnings
from mdm2screen.runs.whole_files import replace, write
from mdm2screen.version import __version__

DECISIONS, SUMMARY, FAILURES, RUN = "decisions.jsonl", "summary.tsv", "failures.tsv", "run.json"
PARQUET = "summary.parquet"
MULTIQC = "multiqc"
_OWN = ".mdm2screen"
_JOURNAL, _LOCK, _PLACES = "journal.jsonl", "lock", "places.json"
_OUTPUTS = (RUN, DECISIONS, SUMMARY, FAILURES, PARQUET, REPORT)
_FAILURE_COLUMNS = ("patient", "file", "code", "message", "remedy")


class RunFolder:
    """A folder that one run at a time writes to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.journal = Journal(path / _OWN / _JOURNAL)
        self.pages = Pages(path)

    @contextmanager
    def opened(self) -> Iterator["RunFolder"]:
        """The folder with the journal of an earlier run in it, if there was one.

        Raises FileAccessError where it cannot be written, holds something else, or another run writes to it.
        """
        own = self.path / _OWN
        with written(self.path):
            if self.path.exists() and not self.path.is_dir():
                raise FileAccessError("is no folder", where=str(self.path), remedy="pass a folder with --out")
            if self.path.exists() and not own.exists() and any(self.path.iterdir()):
                raise FileAccessError(
                    "the folder holds files that are of no run", where=str(self.path), remedy="pass another --out"
                )
            own.mkdir(parents=True, exist_ok=True)
        with _locked(own / _LOCK, self.path):
            with written(self.path):
                self.journal.load()
            try:
                yield self
            finally:
                self.journal.close()

    @contextmanager
    def read(self) -> Iterator["RunFolder"]:
        """The folder as it stands, nothing of it changed. Raises FileAccessError where a run writes to it."""
        with _locked(self.path / _OWN / _LOCK, self.path, shared=True):
            self.journal.load(cut=False)
            yield self

    def begin(self) -> None:
        """Take away what an earlier run gave: whoever reads the folder from now on sees no answer that may be old."""
        with written(self.path):
            for name in _OUTPUTS:
                (self.path / name).unlink(missing_ok=True)
            (self.path / _OWN / _PLACES).unlink(missing_ok=True)

    def places(self) -> dict[str, int]:
        """Patients of the last run that are done, with their place in its samplesheet. Raises FileAccessError."""
        path = self.path / _OWN / _PLACES
        try:
            found: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as exc:
            remedy = "run the same batch again: it goes on where it ended"
            raise FileAccessError("the run did not come to its end", where=str(self.path), remedy=remedy) from exc
        return found

    def add(self, outcome: Outcome, request: str) -> None:
        """Write one outcome and its page; both are on disk when this returns. Raises FileAccessError."""
        with written(self.path):
            self.pages.put(outcome.patient, outcome.page)
            self.journal.add(outcome, request)

    def finish(
        self, places: Mapping[str, int], sheet: RunInput, protocol: TrialProtocol, *, parquet: bool = False
    ) -> RunSummary:
        """Write all outputs for patients that are done, in the order of their places. Raises FileAccessError."""
        with written(self.path):
            return self._finish(places, sheet, protocol, parquet=parquet)

    def _finish(
        self, places: Mapping[str, int], sheet: RunInput, protocol: TrialProtocol, *, parquet: bool
    ) -> RunSummary:
        patients = sorted(places, key=lambda patient: places[patient])
        counting, tally, decided = Counting(), CopiesTally(protocol), []
        for decision in self._decisions(patients):
            counting.add(decision)
            tally.add(decision)
            self.pages.complete(decision, protocol)
            decided.append(decision.patient)
        self.pages.keep(decided)
        write(self.path / DECISIONS, (entry.line for entry in self._known(patients) if entry.line is not None))
        write(self.path / SUMMARY, _rows(self._decisions(patients)))
        failed = [entry.failure for entry in self._known(patients) if entry.failure is not None]
        cells = [[getattr(failure, column) for column in _FAILURE_COLUMNS] for failure in failed]
        write(self.path / FAILURES, [tsv_report.table_text(_FAILURE_COLUMNS, cells)])
        (self.path / MULTIQC).mkdir(exist_ok=True)
        for name, content in multiqc.files(lambda: self._decisions(patients)):
            write(self.path / MULTIQC / name, [content])
        if parquet:
            frame = tsv_report.frame(self._decisions(patients))
            replace(self.path / PARQUET, frame.to_parquet)
        else:
            (self.path / PARQUET).unlink(missing_ok=True)
        counting.failed = len(failed)
        counts = counting.counts
        made = RunSummary(
            samplesheet=sheet,
            protocol=protocol.reference,
            software=Software(version=__version__),
            complete=counts.patients == sheet.patients,
            counts=counts,
            warnings=warnings(counts, protocol.expected_share),
            failures=tuple(failed),
        )
        rows = self._decisions(patients)
        page = run_page.render(made, protocol, rows, plot=tally.plot(), link=self.pages.link)
        write(self.path / REPORT, page)
        write(self.path / _OWN / _PLACES, [json.dumps({patient: places[patient] for patient in patients})])
        write(self.path / RUN, [made.model_dump_json(indent=2) + "\n"])
        return made

    def _known(self, patients: Sequence[str]) -> Iterator[Entry]:
        return self.journal.entries(iter(patients))

    def _decisions(self, patients: Sequence[str]) -> Iterator[Decision]:
        for entry in self._known(patients):
            if entry.line is not None:
                yield Decision.model_validate_json(entry.line)


def check_parquet() -> None:
    """Raise UsageError where no library writes parquet, before any work."""
    if find_spec("pyarrow") is None:
        raise UsageError("--parquet needs pyarrow", remedy="pip install 'mdm2screen[parquet]'")


def _rows(decisions: Iterable[Decision]) -> Iterator[str]:
    yield f"{tsv_report.header()}\n"
    for decision in decisions:
        yield f"{tsv_report.row(decision)}\n"


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """What the disk refuses as an error that says what to do."""
    try:
        yield
    except OSError as exc:
        remedy = "make room, or check --out; the same command then goes on where it ended"
        raise FileAccessError(f"cannot be written: {exc.strerror or exc}", where=str(folder), remedy=remedy) from exc


@contextmanager
def _locked(lock: Path, folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold the folder alone, or with other readers; the system lets go of it when the process ends, however it ends."""
    import fcntl

    try:
        stream = lock.open("r" if shared else "w")
    except OSError as exc:
        what = "is no folder of a run" if shared else f"cannot be written: {exc.strerror}"
        raise FileAccessError(what, where=str(folder), remedy="check the path") from exc
    with stream:
        try:
            fcntl.flock(stream, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as exc:
            raise FileAccessError(
                "another run writes to this folder", where=str(folder), remedy="wait for it, or pass another --out"
            ) from exc
        yield
