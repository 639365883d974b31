"""One patient of a run: a decision, or why there is none. Whatever happens to one never reaches another."""

import logging
from collections.abc import Sequence
from typing import NamedTuple

from mdm2screen import patients, pseudonyms
from mdm2screen.decision import Decision, Role, Sample
from mdm2screen.errors import Mdm2screenError
from mdm2screen.protocol import TrialProtocol
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.reports import json_report
from mdm2screen.run_result import Failure
from mdm2screen.runs.pages import page
from mdm2screen.samplesheet import PatientRows, files_of
from mdm2screen.screening import read_sample

_LOG = logging.getLogger(__name__)

WORKER_DIED = "worker_died"
OUT_OF_MEMORY = "out_of_memory"
_HIDDEN = "see the run without --pseudonymise: the message may name files"


class Task(NamedTuple):
    """One patient to screen; ``place`` is the row of the patient in the run, from 0."""

    place: int
    rows: PatientRows


class Settings(NamedTuple):
    """What holds for every patient of a run. ``key``: identifiers are replaced under it; ``pages``: pages are made."""

    protocol: TrialProtocol
    key: bytes | None = None
    pages: bool = False

    def name(self, identifier: str) -> str:
        """How a patient or a file is called in the output."""
        return identifier if self.key is None else pseudonyms.pseudonym(self.key, identifier)


class Outcome(NamedTuple):
    """What became of a task: ``line`` is the decision as one line of JSON, or there is a ``failure``.

    ``files`` are the files of the rows with their SHA-256 (see ``fingerprint``). ``page`` is the decision as HTML,
    where pages were asked for.
    """

    place: int
    patient: str
    line: str | None
    failure: Failure | None
    files: tuple[tuple[str, str], ...] = ()
    page: str | None = None

    @property
    def decision(self) -> Decision | None:
        """The decision as a model, made anew at each call."""
        return None if self.line is None else Decision.model_validate_json(self.line)


def screen_patient(task: Task, settings: Settings) -> Outcome:
    """Screen one patient. Errors of its files, and faults of mdm2screen, become its failure."""
    name = settings.name(task.rows.patient)
    try:
        samples = [_read(row_index, task.rows, settings.protocol) for row_index in range(len(task.rows.samples))]
        decision = patients.confirm(
            [sample for sample in samples if sample.role is Role.LOCAL],
            [sample for sample in samples if sample.role is Role.CENTRAL],
            protocol=settings.protocol,
            patient=task.rows.patient,
            mdm2_inhibitor=task.rows.mdm2_inhibitor,
        )
        files = fingerprint(task.rows, settings, samples)
        if settings.key is not None:
            decision = pseudonyms.pseudonymised(decision, settings.key, settings.protocol)
        made = page(decision, settings.protocol) if settings.pages else None
        return Outcome(task.place, name, json_report.line(decision), None, files, made)
    except Mdm2screenError as exc:
        failure = Failure(patient=name, file=_where(exc, task.rows), code=exc.code, message=exc.what, remedy=exc.remedy)
    except MemoryError:
        failure = Failure(patient=name, file=None, code=OUT_OF_MEMORY, message="memory ran out")
    except Exception as exc:  # a fault of mdm2screen must not cost the other patients their decision
        if settings.key is None:
            _LOG.exception("a fault of mdm2screen, please report it")
        else:  # the text of a fault may name files
            _LOG.error("a fault of mdm2screen, please report it: %s", type(exc).__name__)
        failure = Failure(patient=name, file=None, code="internal", message=f"{type(exc).__name__}: {exc}")
    if settings.key is not None:
        failure = failure.model_copy(update={"file": None, "message": _HIDDEN, "remedy": None})
    return Outcome(task.place, name, None, failure)


def fingerprint(rows: PatientRows, settings: Settings, samples: Sequence[Sample] = ()) -> tuple[tuple[str, str], ...]:
    """Each file of the rows with its SHA-256, in their order: a file that moved to another row or column is another.

    ``samples`` were read from the rows; without them, or of files of one name, the files are read. Raises InputError.
    """
    found = []
    for number, row in enumerate(rows.samples):
        inputs = samples[number].inputs if samples else ()
        known = {file.name: file.sha256 for file in inputs}
        single = {name for name in known if sum(file.name == name for file in inputs) == 1}
        for path in files_of(row):
            digest = known[path.name] if path.name in single else SourceFile(path).sha256
            found.append((f"{number} {settings.name(path.name)}", digest))
    return tuple(found)


def _where(error: Mdm2screenError, rows: PatientRows) -> str | None:
    """Where an error lies, with a file by its name: the same wherever the run is screened."""
    if error.where is None:
        return None
    paths = {str(path): path.name for row in rows.samples for path in files_of(row)}
    found = next((path for path in paths if error.where == path), None)
    return error.where if found is None else paths[found]


def _read(index: int, rows: PatientRows, protocol: TrialProtocol) -> Sample:
    row = rows.samples[index]
    sample = read_sample(*row.files, protocol=protocol, role=row.role, name=row.name, **row.options)
    return sample.model_copy(update={"patient": rows.patient})


def died(task: Task, settings: Settings, how: str) -> Outcome:
    """The failure of a patient whose worker ended while it had that patient."""
    failure = Failure(
        patient=settings.name(task.rows.patient),
        file=None,
        code=WORKER_DIED,
        message=f"the worker that had this patient ended: {how}",
        remedy="look for a lack of memory, then run the same command again: it screens only what is missing",
    )
    return Outcome(task.place, failure.patient, None, failure)
