"""PURPLE purity and ploidy: ``T.purple.purity.tsv``, formerly ``T.purple.purity``; one row.

Documented at https://github.com/hartwigmedical/hmftools/blob/master/purple/README.md. ``status`` is the method
of the fit, whatever the document says of it: ``NO_TUMOR`` means that no tumor was found, and its purity and
ploidy are then no measurement. The verdict on the sample stands in ``T.purple.qc``.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import purity_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import rows
from mdm2screen.records import FileContent, QcRecord

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
    return purity_rows.stated(gathering, row, "purity", "ploidy")
