"""Tables of classes of TP53 variants: separated by tabs, commas or semicolons, one header line, quotes as in CSV."""

from collections.abc import Iterable, Iterator

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import table
from mdm2screen.readers.contract import Dropped, Gathering, Head, is_comment
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row, Shape, csv_columns, delimiter
from mdm2screen.records import Build, FileContent


def columns(head: Head) -> tuple[str, ...]:
    """Folded column names of the header line, whatever separates them."""
    line = _header(head)
    return csv_columns(line, Shape(delimiter(line)))


def rows(file: SourceFile) -> Iterator[Row]:
    """Rows by folded column name. Raises MalformedFileError on a line with open quotes or a wrong number of fields."""
    return table.rows(file, Shape(delimiter(_header(Head(file.name, file.head())))))


def _header(head: Head) -> str:
    return next((line for line in head.lines if not is_comment(line)), "")


def drop(gathering: Gathering, row: Row, why: str) -> None:
    """Account for a row that is not used."""
    locus = genes.TP53.loci[Build.GRCH38]
    source = gathering.file.source(row.line)
    gathering.dropped.append(Dropped(source, locus.contig, locus.start, locus.end, why, gene=genes.TP53.symbol))


def finished(gathering: Gathering) -> FileContent:
    """The table as read. Raises MalformedFileError where no row could be used: it would change nothing in silence."""
    if not gathering.classes:
        reasons: Iterable[str] = dict.fromkeys(one.reason for one in gathering.dropped)
        why = f" ({'; '.join(reasons)})" if gathering.dropped else ""
        raise MalformedFileError(
            f"not one row gives a class of a TP53 variant{why}",
            where=gathering.file.name,
            remedy="pass a table that does, or leave --tp53-classes out",
        )
    return gathering.finish(needs_build=False)
