"""Purity and ploidy of Sequenza: ``*_confints_CP.txt`` and ``*_alternative_solutions.txt``.

Documented at https://github.com/cran/sequenza. The first has three rows, lower limit, point and upper limit: the second
row is the answer. The second file lists every solution; with more than one the lab must say which it chose.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import purity_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import rows
from mdm2screen.records import FileContent

FORMAT = Format(
    name="sequenza-purity",
    title="Sequenza purity and ploidy (confints_CP.txt, alternative_solutions.txt)",
    answers="purity and ploidy of the sample",
    silence="it speaks of the sample, not of a gene",
    documented="https://github.com/cran/sequenza",
)

_LIMITS = frozenset({"cellularity", "ploidy_estimate", "ploidy_mean_cn"})
_SOLUTIONS = frozenset({"cellularity", "ploidy", "slpp"})


def sniff(head: Head) -> bool:
    """Whether the header is that of one of the two files."""
    return set(head.columns) >= _LIMITS or set(head.columns) >= _SOLUTIONS


def read(file: SourceFile, options: Options) -> FileContent:
    """Purity and ploidy of the answer. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    found = list(rows(file))
    gathering.total = len(found)
    if found and "slpp" in found[0].fields:
        if len(found) > 1:
            raise MalformedFileError(
                f"lists {len(found)} solutions and not which one was chosen",
                where=file.name,
                remedy="pass the confints_CP.txt, or state --purity and --ploidy",
            )
        return purity_rows.stated(gathering, found[0], "cellularity", "ploidy")
    if len(found) != 3:
        raise MalformedFileError(
            f"holds {len(found)} rows where Sequenza writes three (low, point, high)",
            where=file.name,
            remedy="pass Sequenza's own file",
        )
    return purity_rows.stated(gathering, found[1], "cellularity", "ploidy_estimate")
