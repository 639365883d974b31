"""Purity and ploidy as a row of a table states them, and the one record a file of them makes."""

from collections.abc import Iterable

from mdm2screen.readers.contract import Gathering
from mdm2screen.readers.table import Row
from mdm2screen.records import FileContent, PurityRecord, QcRecord


def purity(row: Row, column: str) -> float | None:
    """The fraction of tumor cells. Raises MalformedFileError where it is none."""
    value = row.number(column)
    if value is not None and not 0 < value <= 1:
        raise row.fault(column, "is no fraction of tumor cells (above 0, up to 1)")
    return value


def ploidy(row: Row, column: str) -> float | None:
    """Mean copies of a tumor cell. Raises MalformedFileError where it is no number of copies."""
    value = row.number(column)
    if value is not None and value <= 0:
        raise row.fault(column, "is no number of copies")
    return value


def stated(
    gathering: Gathering, row: Row, purity_column: str, ploidy_column: str, qc: Iterable[QcRecord] = ()
) -> FileContent:
    """The content of a file that states one purity and one ploidy, in ``row``. Raises MalformedFileError."""
    record = PurityRecord(
        purity=purity(row, purity_column), ploidy=ploidy(row, ploidy_column), source=gathering.file.source(row.line)
    )
    return gathering.finish(needs_build=False, purities=[record], qc=qc)
