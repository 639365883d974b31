"""A table of outcomes, one row per patient: ``patient`` and any of the columns in ``COLUMNS``.

Separated by tabs, commas or semicolons, as its header line is. It is validated whole: all faults are listed together.
It is no file of a patient, so it is reached by its option only, never by sniffing.
"""

import csv
import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from mdm2screen.errors import MalformedFileError
from mdm2screen.numerals import parsed
from mdm2screen.readers.contract import column_name, is_comment
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, Shape, delimiter, fields
from mdm2screen.records import BestResponse, Outcome, OutcomeTable, TimeUnit

PATIENT = "patient"
TIMES = {"pfs_months": TimeUnit.MONTHS, "pfs_days": TimeUnit.DAYS}
"""Columns of times, the unit in the name."""
COLUMNS = (PATIENT, "treated", "best_response", "response_confirmed", *TIMES, "pfs_event")

_KNOWN = f"known columns: {', '.join(COLUMNS)}"
_YES_NO = {"yes": True, "no": False}
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_SHOWN = 40
"""So many faults are listed."""


class _Fault(NamedTuple):
    line: int
    column: str | None
    what: str

    def __str__(self) -> str:
        column = f", {self.column}" if self.column else ""
        return f"line {self.line}{column}: {self.what}"


class _Line(NamedTuple):
    number: int
    values: Mapping[str, str]


def read_outcomes(path: Path) -> OutcomeTable:
    """The table. Raises FileAccessError, or MalformedFileError with all faults by line and column."""
    file = SourceFile(path)
    file.head()  # refuses UTF-16
    faults: list[_Fault] = []
    columns, lines = _lines(file, faults)
    readable = PATIENT in columns and len(set(columns)) == len(columns)
    rows = [_outcome(file, line, faults) for line in lines] if readable else []
    faults += _of_patients(rows)
    if faults:
        raise _refusal(file, sorted(faults, key=lambda fault: fault.line))
    if not rows:
        raise MalformedFileError("the table has no patient", where=file.name, remedy="write one row per patient")
    unit = next((unit for column, unit in TIMES.items() if column in columns), None)
    return OutcomeTable(file=file.name, sha256=file.sha256, columns=columns, pfs_unit=unit, rows=tuple(rows))


def _refusal(file: SourceFile, faults: list[_Fault]) -> MalformedFileError:
    listing = "".join(f"\n  - {fault}" for fault in faults[:_SHOWN])
    more = f"\n  - and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    return MalformedFileError(
        f"the table of outcomes cannot be used:{listing}{more}",
        where=file.name,
        remedy="correct every line that is listed; a value that is not known stays empty",
    )


def _lines(file: SourceFile, faults: list[_Fault]) -> tuple[tuple[str, ...], list[_Line]]:
    """The columns and the lines by column. What is wrong with the header, or the form of a line, goes to ``faults``."""
    columns: tuple[str, ...] = ()
    shape = Shape()
    found: list[_Line] = []
    for number, line in file.text_lines():
        if not line.strip("\t ,;") or (not columns and is_comment(line)):
            continue
        if _REPLACED in line or "\r" in line:
            what = "is no UTF-8 text" if _REPLACED in line else "holds a carriage return: save it with Unix line ends"
            faults.append(_Fault(number, None, what))
            if not columns:
                break
        elif not columns:
            shape = Shape(delimiter(line))
            columns = tuple(map(column_name, _tokens(line.removeprefix("#"), shape, number, faults)))
            faults += _of_header(columns, number)
        elif tokens := _tokens(line, shape, number, faults, len(columns)):
            if len(tokens) != len(columns):
                faults.append(_Fault(number, None, f"has {len(tokens)} fields where the header has {len(columns)}"))
                continue
            found.append(_Line(number, dict(zip(columns, tokens, strict=True))))
    return columns, found


def _tokens(line: str, shape: Shape, number: int, faults: list[_Fault], expected: int = 0) -> list[str]:
    """The fields of a line, without empty ones at its end that are more than ``expected``: spreadsheets add them."""
    try:
        tokens = fields(line, shape)
    except csv.Error as exc:
        faults.append(_Fault(number, None, f"cannot be split into fields ({exc}); check its quotes"))
        return []
    while len(tokens) > expected and not tokens[-1]:
        tokens.pop()
    return tokens


def _of_header(columns: tuple[str, ...], number: int) -> Iterator[_Fault]:
    for name, times in Counter(columns).items():
        if times > 1:
            yield _Fault(number, name or None, "the column stands twice" if name else "a column has no name")
        elif name not in COLUMNS:
            yield _Fault(number, name or None, _unknown(name))
    present = set(columns)
    if PATIENT not in present:
        yield _Fault(number, None, f"there is no column {PATIENT}")
    if present <= {PATIENT}:
        yield _Fault(number, None, f"there is no column of outcomes; known columns: {', '.join(COLUMNS[1:])}")
    if len(present & TIMES.keys()) > 1:
        yield _Fault(number, None, f"{' and '.join(TIMES)} both give the time: keep one")
    if present & TIMES.keys() and "pfs_event" not in present:
        yield _Fault(number, None, "a time needs the column pfs_event beside it (yes: progression or death)")
    if "pfs_event" in present and not present & TIMES.keys():
        yield _Fault(number, "pfs_event", f"an event needs a time beside it: {' or '.join(TIMES)}")
    if "response_confirmed" in present and "best_response" not in present:
        yield _Fault(number, "response_confirmed", "needs the column best_response beside it")


def _unknown(name: str) -> str:
    if not name:
        return "a column has no name"
    near = difflib.get_close_matches(name, COLUMNS, n=1)
    return f"the column is not known; did you mean {near[0]}?" if near else f"the column is not known; {_KNOWN}"


def _outcome(file: SourceFile, line: _Line, faults: list[_Fault]) -> Outcome:
    reading = _Reading(line, faults)
    found = Outcome(
        patient=line.values[PATIENT],
        treated=reading.yes_or_no("treated"),
        best_response=reading.best_response(),
        response_confirmed=reading.yes_or_no("response_confirmed"),
        pfs=next((reading.time(column) for column in TIMES if column in line.values), None),
        pfs_event=reading.yes_or_no("pfs_event"),
        source=file.source(line.number),
    )
    reading.check(found)
    return found


class _Reading(NamedTuple):
    """Fields of one line as values; what is none goes to ``faults`` and reads as missing."""

    line: _Line
    faults: list[_Fault]

    def fault(self, column: str, what: str) -> None:
        self.faults.append(_Fault(self.line.number, column, what))

    def text(self, column: str) -> str | None:
        """The field, ``None`` where it is missing."""
        found = self.line.values.get(column, "").strip()
        return None if found in MISSING else found

    def yes_or_no(self, column: str) -> bool | None:
        text = self.text(column)
        if text is not None and text.lower() not in _YES_NO:
            self.fault(column, f"{text!r} is neither yes nor no")
        return _YES_NO.get((text or "").lower())

    def best_response(self) -> BestResponse | None:
        text = self.text("best_response")
        if text is None:
            return None
        if text.upper() not in list(BestResponse):
            self.fault("best_response", f"{text!r} is none of {', '.join(BestResponse)} (RECIST 1.1)")
            return None
        return BestResponse(text.upper())

    def time(self, column: str) -> float | None:
        text = self.text(column)
        if text is None:
            return None
        try:
            value = parsed(text)
        except ValueError:
            comma = " (a decimal comma? write a point)" if "," in text else ""
            self.fault(column, f"{text!r} is not a number{comma}")
            return None
        if 0 <= value < float("inf"):
            return value
        self.fault(column, f"{text} is no time: a time is zero or more")
        return None

    def check(self, found: Outcome) -> None:
        """What the fields of one patient say against each other."""
        if self.text(PATIENT) is None:
            self.fault(PATIENT, "the patient has no identifier")
        if found.response_confirmed and not found.responded:
            said = found.best_response or "missing"
            self.fault("response_confirmed", f"a confirmed response needs CR or PR, and best_response is {said}")
        times = [column for column in TIMES if column in self.line.values]
        if found.pfs_event and all(self.text(column) is None for column in times):
            self.fault("pfs_event", "an event without its time")
        if found.treated is False and (found.best_response or found.pfs is not None):
            self.fault("treated", "a patient who was not treated has no response to the treatment and no time on it")


def _of_patients(rows: list[Outcome]) -> Iterator[_Fault]:
    """Patients who stand in more than one line."""
    first: dict[str, int | None] = {}
    for row in rows:
        line = first.setdefault(row.patient, row.source.line)
        if line != row.source.line and row.source.line is not None and row.patient:
            yield _Fault(row.source.line, PATIENT, f"{row.patient} stands in line {line} already")
