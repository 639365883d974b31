"""Purity and ploidy of PureCN: ``<id>.csv``, one row between commas.

Documented at https://github.com/lima1/PureCN. ``Failed`` TRUE: PureCN found no usable fit, and the sample fails.
``Flagged`` TRUE: a person should look at the fit; ``Comment`` says why. ``Curated`` TRUE: a person did.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import purity_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import COMMAS, Row, csv_columns, rows
from mdm2screen.records import FileContent, QcRecord

FORMAT = Format(
    name="purecn-purity",
    title="PureCN purity and ploidy (csv)",
    answers="purity and ploidy of the sample, and whether PureCN found a fit at all",
    silence="it speaks of the sample, not of a gene",
    documented="https://github.com/lima1/PureCN",
)

_COLUMNS = frozenset({"sampleid", "purity", "ploidy", "flagged", "failed"})


def sniff(head: Head) -> bool:
    """Whether the header, between commas, names purity, ploidy and PureCN's own doubts."""
    return set(csv_columns(next(iter(head.lines), ""))) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Purity and ploidy. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    found = list(rows(file, COMMAS))
    gathering.total = len(found)
    if len(found) != 1:
        raise MalformedFileError(
            f"holds {len(found)} samples where PureCN writes one", where=file.name, remedy="pass this tumor's own file"
        )
    (row,) = found
    gathering.sample = row.text("sampleid") or None
    comment = f": {row.text('comment')}" if row.text("comment") not in ("", "NA") else ""
    if _is_true(row, "failed"):
        verdict = QcRecord(passed=False, status=f"PureCN failed{comment}", source=file.source(row.line))
        return gathering.finish(needs_build=False, qc=[verdict])
    if _is_true(row, "flagged") and not _is_true(row, "curated"):
        gathering.notes.append(f"PureCN flagged the fit and nobody curated it{comment}")
    return purity_rows.stated(gathering, row, "purity", "ploidy")


def _is_true(row: Row, column: str) -> bool:
    """Whether R wrote TRUE. Raises MalformedFileError for anything but TRUE, FALSE and a missing value."""
    token = row.text(column).upper()
    if token not in ("TRUE", "FALSE", "NA", ""):
        raise row.fault(column, "is neither TRUE nor FALSE")
    return token == "TRUE"
