"""Purity and ploidy of ASCAT as nf-core writes them: ``*.purityploidy.txt``, one row.

Documented at https://github.com/VanLoo-lab/ascat. ``AberrantCellFraction`` is the share of tumor cells.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import purity_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import rows
from mdm2screen.records import FileContent

FORMAT = Format(
    name="ascat-purity",
    title="ASCAT purity and ploidy (purityploidy.txt)",
    answers="purity and ploidy of the sample",
    silence="it speaks of the sample, not of a gene",
    documented="https://github.com/VanLoo-lab/ascat",
)

_COLUMNS = frozenset({"aberrantcellfraction", "ploidy"})


def sniff(head: Head) -> bool:
    """Whether the header names the share of tumor cells and the ploidy."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Purity and ploidy. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    found = list(rows(file))
    gathering.total = len(found)
    if len(found) != 1:
        raise MalformedFileError(
            f"holds {len(found)} fits where one is wanted", where=file.name, remedy="pass the fit of this tumor alone"
        )
    return purity_rows.stated(gathering, found[0], "aberrantcellfraction", "ploidy")
