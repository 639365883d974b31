"""What a run has done so far, one line a patient, written as each is done: a run that is killed loses one line at most.

A line is the first 16 digits of its own SHA-256, a blank, and JSON. What does not fit its digest was cut and is redone.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from mdm2screen.run_result import Failure
from mdm2screen.runs.patient import Outcome

_DIGITS = 16


class Entry(NamedTuple):
    """One patient as the journal holds it; ``request`` is a digest of all that was asked but the files themselves."""

    place: int
    patient: str
    request: str
    files: tuple[tuple[str, str], ...]
    line: str | None
    failure: Failure | None


class Journal:
    """A journal on disk; of two entries of one patient the later one holds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._where: dict[str, int] = {}
        self._new: set[str] = set()
        self._stream: IO[bytes] | None = None

    @property
    def patients(self) -> tuple[str, ...]:
        """Every patient that an earlier run wrote."""
        return tuple(self._where)

    def is_new(self, patient: str) -> bool:
        """Whether the patient was written since the journal was loaded."""
        return patient in self._new

    def load(self, *, cut: bool = True) -> None:
        """Find the whole lines of an earlier run, and ``cut`` off what a killed one left of a line."""
        self._where = {}
        if not self.path.exists():
            return
        with self.path.open("r+b" if cut else "rb") as stream:
            whole = 0
            for line in stream:
                entry = _parsed(line)
                if entry is None:
                    break
                self._where[entry.patient] = whole
                whole += len(line)
            if cut:
                stream.truncate(whole)

    def add(self, outcome: Outcome, request: str) -> None:
        """Write one outcome; it is on disk when this returns."""
        body = {
            "place": outcome.place,
            "patient": outcome.patient,
            "request": request,
            "files": outcome.files,
            "line": outcome.line,
            "failure": None if outcome.failure is None else outcome.failure.model_dump(),
        }
        text = json.dumps(body, separators=(",", ":"))
        if self._stream is None:
            self._stream = self.path.open("ab")
        place = self._stream.seek(0, os.SEEK_END)
        self._stream.write(f"{_digest(text)} {text}\n".encode())
        self._stream.flush()
        self._where[outcome.patient] = place
        self._new.add(outcome.patient)
        os.fsync(self._stream.fileno())

    def close(self) -> None:
        """Close the file."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def entry(self, patient: str) -> Entry | None:
        """What is known of a patient."""
        if patient not in self._where:
            return None
        with self.path.open("rb") as stream:
            return self._read(stream, patient)

    def entries(self, patients: Iterator[str] | None = None) -> Iterator[Entry]:
        """All patients that are known, in the order given (else that of the journal), one at a time."""
        if not self._where:
            return
        with self.path.open("rb") as stream:
            for patient in patients if patients is not None else list(self._where):
                if patient in self._where:
                    yield self._read(stream, patient)

    def _read(self, stream: IO[bytes], patient: str) -> Entry:
        stream.seek(self._where[patient])
        entry = _parsed(stream.readline())
        if entry is None:
            raise OSError(f"{self.path.name} was changed while it was read")
        return entry


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def _parsed(line: bytes) -> Entry | None:
    """The entry of a line; ``None`` where the line is not whole."""
    if not line.endswith(b"\n"):
        return None
    digest, _, text = line[:-1].decode(errors="replace").partition(" ")
    if digest != _digest(text):
        return None
    body = json.loads(text)
    failure = body["failure"]
    return Entry(
        place=body["place"],
        patient=body["patient"],
        request=body["request"],
        files=tuple((name, digest) for name, digest in body["files"]),
        line=body["line"],
        failure=None if failure is None else Failure(**failure),
    )
