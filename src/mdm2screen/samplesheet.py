"""The samplesheet of a run: CSV (parted by commas or semicolons) or TSV, one row a sample, paths relative to the sheet.

It is checked whole before anything runs; a missing or broken file is a failure of its patient, not of the sheet.
Columns follow nf-core in manner: ``patient`` is needed, and at least one file in each row. Several files in one cell
are parted by ``;``. A cell that is empty, ``NA`` or ``.`` is not given.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

from mdm2screen import sample_options, sheet_text
from mdm2screen.decision import PriorTreatment, Role
from mdm2screen.errors import MalformedFileError, Mdm2screenError, SamplesheetError
from mdm2screen.oncotree import lookup
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.sample_options import SampleOptions

FILE_COLUMNS = ("vcf", "sv", "cn", "coverage", "bam", "tp53_classes")
"""Columns that hold one file or several."""
_ONE_FILE = ("reference",)
_VALUES = (
    "purity", "ploidy", "fish_ratio", "fish_copies", "diagnosis", "specimen", "build", "tumor_sample", "cn_sample",
    "cn_scale", "collected",
)  # fmt: skip
COLUMNS = ("patient", "sample", "role", *FILE_COLUMNS, "assay", *_ONE_FILE, *_VALUES, "mdm2_inhibitor")
"""All columns, in the order a proposed sheet has them."""

_OF_THE_TUMOR = ("vcf", "sv", "cn", "coverage", "bam")
"""Columns whose files are one tumor's, or of several tumors that the row must name one of."""

_ALIASES = {"date": "collected", "id": "patient", "tumour_sample": "tumor_sample"}
_NOT_GIVEN = frozenset({"", "NA", "."})
_MOST_BYTES = 64 << 20
_MOST_FAULTS = 100
_OPTION = re.compile(r"--[a-z0-9-]+ ")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")


class SampleRow(NamedTuple):
    """One sample as the sheet gives it; ``line`` is 1-based, ``name`` is ``None`` where the files name it."""

    line: int
    name: str | None
    role: Role
    files: tuple[Path, ...]
    options: SampleOptions


class PatientRows(NamedTuple):
    """All samples of one patient, in the order of the sheet."""

    patient: str
    samples: tuple[SampleRow, ...]
    mdm2_inhibitor: PriorTreatment | None


class _Read(NamedTuple):
    """A row as it was read, with its files by column."""

    patient: str
    row: SampleRow
    prior: PriorTreatment | None
    files: Mapping[str, list[Path]]


def files_of(row: SampleRow) -> Iterator[Path]:
    """Every file a row names, but the reference."""
    yield from row.files
    for name, value in row.options.items():
        if name != "reference":
            yield from (path for path in (value if isinstance(value, list) else [value]) if isinstance(path, Path))


def read(path: Path, defaults: Mapping[str, str] | None = None) -> tuple[PatientRows, ...]:
    """The patients of a sheet, in its order; ``defaults`` are cells for rows that leave a column empty.

    Raises InputError; a SamplesheetError lists all faults.
    """
    file = SourceFile(path)
    if file.bytes > _MOST_BYTES:
        raise MalformedFileError(
            f"is {file.bytes >> 20} MiB: no samplesheet", where=file.name, remedy="pass the table of samples"
        )
    with file.unpacked() as stream:
        content = stream.read(_MOST_BYTES)
    return parse(content, file.name, path.parent, defaults)


def parse(
    content: bytes, name: str, folder: Path, defaults: Mapping[str, str] | None = None
) -> tuple[PatientRows, ...]:
    """The same from bytes; ``folder`` is where relative paths begin."""
    faults: list[str] = []
    text = sheet_text.decoded(content, faults)
    rows = [] if text is None else list(sheet_text.rows(text, COLUMNS, _ALIASES, faults))
    read_ = (_sample(line, _filled(cells, defaults or {}), folder, faults) for line, cells in rows)
    samples = [found for found in read_ if found is not None]
    patients = _patients(samples, faults)
    _refuse_shared_files(samples, faults)
    if not rows and not faults:
        faults.append("has no row below its header")
    if faults:
        raise SamplesheetError("the samplesheet", faults, where=name, shown=_MOST_FAULTS)
    return patients


def _filled(cells: Mapping[str, str], defaults: Mapping[str, str]) -> dict[str, str]:
    return {**defaults, **{name: cell for name, cell in cells.items() if cell not in _NOT_GIVEN}}


def _sample(line: int, given: Mapping[str, str], folder: Path, faults: list[str]) -> _Read | None:
    """One row; ``None`` where something is wrong."""
    before = len(faults)

    def fault(column: str, what: object) -> None:
        faults.append(f"row {line}, {column}: {what}")

    for column in ("patient", "sample"):
        if wrong := _wrong_identifier(given.get(column)):
            fault(column, wrong)
    if "patient" not in given:
        fault("patient", "is empty")
    files = {column: _paths(given[column], folder) for column in FILE_COLUMNS if column in given}
    if not any(column in files for column in _OF_THE_TUMOR):
        fault("vcf", "the row names no file of the tumor (vcf, sv, cn, coverage or bam)")
    options = _options(given, files, folder, fault)
    role = _checked(sample_options.role, given.get("role", Role.LOCAL), "role", fault)
    prior = _checked(sample_options.prior_treatment, given.get("mdm2_inhibitor"), "mdm2_inhibitor", fault)
    if len(faults) > before:
        return None
    plain = (*files.get("vcf", ()), *files.get("sv", ()))
    row = SampleRow(line, given.get("sample"), cast(Role, role), plain, options)
    return _Read(given["patient"], row, prior, files)


def _wrong_identifier(identifier: str | None) -> str | None:
    """What makes an identifier unusable: it is written into tables and may name a file."""
    if identifier is None:
        return None
    if len(identifier) > sheet_text.LONGEST_WORD:
        return f"more than {sheet_text.LONGEST_WORD} characters"
    if any(not one.isprintable() for one in identifier):
        return "holds characters that cannot be printed"
    if identifier in (".", "..") or any(mark in identifier for mark in "/\\"):
        return f"{identifier!r} looks like a path; an identifier has no / and no \\"
    return None


def _paths(cell: str, folder: Path) -> list[Path]:
    return [folder / part.strip() for part in cell.split(";") if part.strip()]


def _options(given: Mapping[str, str], files: Mapping[str, list[Path]], folder: Path, fault: Any) -> SampleOptions:
    """Arguments of ``read_sample``; values are checked as the command line would."""
    found: dict[str, Any] = {name: given[name] for name in _VALUES if name in given}
    for column in ("cn", "tp53_classes"):
        if column in files:
            found[column] = files[column]
    if depth := [*files.get("coverage", ()), *files.get("bam", ())]:
        found["coverage"] = depth
    if "reference" in given:
        found["reference"] = folder / given["reference"]
    if "assay" in given:
        whole = given["assay"].lower() in sample_options.WHOLE_ASSAYS
        found["assay"] = given["assay"] if whole else folder / given["assay"]
        if not whole and given["assay"].isalnum():
            fault("assay", f"{sheet_text.shown(given['assay'])} is neither wgs, wes nor the path of a BED")
    numbers = {"purity": 1.0, "ploidy": sample_options.MOST_PLOIDY}
    numbers |= dict.fromkeys(("fish_ratio", "fish_copies"), sample_options.MOST_SIGNALS)
    for name, highest in numbers.items():
        _checked(
            lambda text, n=name, h=highest: sample_options.stated(n, text, highest=h), given.get(name), name, fault
        )
    _checked(sample_options.build, given.get("build"), "build", fault)
    _checked(sample_options.scale, given.get("cn_scale"), "cn_scale", fault)
    _checked(sample_options.specimen, given.get("specimen"), "specimen", fault)
    _checked(lambda text: sample_options.day("collected", text), given.get("collected"), "collected", fault)
    _checked(lambda text: text and lookup(text), given.get("diagnosis"), "diagnosis", fault)
    return cast(SampleOptions, found)


def _checked(check: Any, value: Any, column: str, fault: Any) -> Any:
    """What a check makes of a cell; its error becomes a fault of the sheet."""
    try:
        return check(value)
    except Mdm2screenError as exc:
        what = _OPTION.sub("", exc.what, count=1)  # the column is named before it
        comma = " (a decimal comma? write a point)" if _DECIMAL_COMMA.fullmatch(str(value)) else ""
        fault(column, f"{what}{comma}; {exc.remedy}" if exc.remedy else f"{what}{comma}")
        return None


def _patients(samples: list[_Read], faults: list[str]) -> tuple[PatientRows, ...]:
    """Rows by patient, in the order of the sheet; one sample twice, and two treatments of one patient, are faults."""
    by_patient: dict[str, list[tuple[SampleRow, Any]]] = {}
    for one in samples:
        by_patient.setdefault(one.patient, []).append((one.row, one.prior))
    _refuse_alike(((patient, rows[0][0].line) for patient, rows in by_patient.items()), faults)
    found = []
    for patient, rows in by_patient.items():
        seen: dict[tuple[str | None, Role], int] = {}
        for row, _ in rows:
            first = seen.setdefault((row.name, row.role), row.line)
            if first != row.line:
                same = f"sample {row.name}" if row.name else "a sample without a name"
                faults.append(f"row {row.line}, patient: {patient} with {same} ({row.role}) stands in row {first} too")
        if all(row.role is Role.CENTRAL for row, _ in rows):
            faults.append(f"row {rows[0][0].line}, role: {patient} has central samples and no local one")
        priors = {prior for _, prior in rows if prior is not None}
        if len(priors) > 1:
            faults.append(f"row {rows[-1][0].line}, mdm2_inhibitor: {patient} has different values")
        found.append(PatientRows(patient, tuple(row for row, _ in rows), next(iter(priors), None)))
    return tuple(found)


def _refuse_alike(patients: Iterable[tuple[str, int]], faults: list[str]) -> None:
    """Two patients who differ only in case, or in how an accent is coded, are most often one."""
    seen: dict[str, tuple[str, int]] = {}
    for patient, line in patients:
        # canonical caseless matching (Unicode, section 3.13, D145)
        alike = unicodedata.normalize("NFD", unicodedata.normalize("NFD", patient).casefold())
        first, there = seen.setdefault(alike, (patient, line))
        if first != patient:
            faults.append(
                f"row {line}, patient: {patient} and {first} (row {there}) differ in case or in the coding of their "
                "letters alone; write one patient alike, or name two patients apart"
            )


def _refuse_shared_files(samples: list[_Read], faults: list[str]) -> None:
    """One file under two patients is a fault, unless their rows name different tumors in it."""
    claims: dict[str, dict[str | None, tuple[_Read, str]]] = {}
    for one in samples:
        for column, path in ((name, path) for name in _OF_THE_TUMOR for path in one.files.get(name, ())):
            by = _named_by(column, path)
            tumor = cast(str | None, one.row.options.get(by))
            known = claims.setdefault(os.path.realpath(path), {})
            rivals = known.values() if tumor is None else filter(None, (known.get(tumor), known.get(None)))
            rival = next((rival for rival in rivals if rival[0].patient != one.patient), None)
            if rival is not None:
                first, there = rival
                faults.append(
                    f"row {one.row.line}, {column}: {path.name} of {one.patient} is the file of {first.patient} too "
                    f"(row {first.row.line}, {there}); pass the file of each patient, or, if it holds both tumors, "
                    f"name them in the column {by}"
                )
            known.setdefault(tumor, (one, column))


def _named_by(column: str, path: Path) -> str:
    """The column that says which tumor of a file is meant."""
    is_table = column == "cn" and not any(end in path.suffixes for end in (".vcf", ".bcf"))
    return "cn_sample" if is_table else "tumor_sample"
