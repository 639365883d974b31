"""PURPLE purity and ploidy: ``T.purple.purity.tsv``, formerly ``T.purple.purity``; one row.

Documented at https://github.com/hartwigmedical/hmftools/blob/master/purple/README.md. ``status`` is the method
of the fit, whatever the document says of it: ``NO_TUMOR`` means that no tumor was found, and its purity and
ploidy are then no measurement. The verdict on the sample stands in ``T.purple.qc``.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row, rows
from mdm2screen.records import FileContent, PurityRecord, QcRecord

FORMAT = Format(
    name="purple-purity",
    title="PURPLE purity and ploidy (.purple.purity.tsv)",
    answers="purity and ploidy of the sample, and whether a tumor was found at all",
    silence="it speaks of the sample, not of a gene",
    documented="https://github.com/hartwigmedical/hmftools/blob/master/purple/README.md",
)

NO_TUMOR = "NO_TUMOR"
"""PURPLE's word for a sample in which it found no tumor."""

# the table of all candidate fits (purity.range.tsv) has no status
_COLUMNS = frozenset({"purity", "ploidy", "diploidproportion", "status"})


def sniff(head: Head) -> bool:
    """Whether the header names the columns of the best fit."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Purity and ploidy of the best fit. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    found = list(rows(file))
    if len(found) != 1:
        raise MalformedFileError(
            f"holds {len(found)} fits where PURPLE writes one", where=file.name, remedy="pass PURPLE's own file"
        )
    gathering.total = len(found)
    (row,) = found
    source = file.source(row.line)
    if row.text("status") == NO_TUMOR:
        verdict = QcRecord(passed=False, status=NO_TUMOR, source=source)
        return gathering.finish(needs_build=False, qc=[verdict])
    ploidy = row.number("ploidy")
    if ploidy is not None and ploidy <= 0:
        raise row.fault("ploidy", "is no number of copies")
    record = PurityRecord(purity=purity(row, "purity"), ploidy=ploidy, source=source)
    return gathering.finish(needs_build=False, purities=[record])


def purity(row: Row, column: str) -> float | None:
    """The fraction of tumor cells. Raises MalformedFileError where it is none."""
    value = row.number(column)
    if value is not None and not 0 < value <= 1:
        raise row.fault(column, "is no fraction of tumor cells (above 0, up to 1)")
    return value
