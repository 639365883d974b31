"""Tables of classes of TP53 variants: separated by tabs, commas or semicolons, one header line, quotes as in CSV."""

import csv
from collections.abc import Iterable, Iterator
from functools import cache

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.contract import Dropped, Gathering, Head, column_name, is_comment
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row, check_header
from mdm2screen.records import Build, FileContent

_SEPARATORS = "\t,;"


def columns(head: Head) -> tuple[str, ...]:
    """Folded column names of the header line, whatever separates them."""
    line = next((line for line in head.lines if not is_comment(line)), "")
    return _columns(line)


@cache
def _columns(line: str) -> tuple[str, ...]:
    try:
        tokens = next(csv.reader([line.removeprefix("#")], delimiter=_separator(line), strict=True), [])
    except csv.Error:
        return ()
    return tuple(map(column_name, tokens))


def _separator(line: str) -> str:
    """What separates the columns: the mark the header line holds most of."""
    return max(_SEPARATORS, key=line.count)


def rows(file: SourceFile) -> Iterator[Row]:
    """Rows by folded column name. Raises MalformedFileError on a line with open quotes or a wrong number of fields."""
    names: tuple[str, ...] = ()
    separator = "\t"
    for number, line in file.text_lines():
        if not line.strip() or (not names and is_comment(line)):
            continue
        if not names:
            names, separator = _columns(line), _separator(line)
            check_header(file, number, line, names)
            continue
        where = f"{file.name} line {number}"
        try:
            tokens = next(csv.reader([line], delimiter=separator, strict=True))
        except csv.Error as exc:
            raise MalformedFileError(
                f"the line cannot be split into fields ({exc})",
                where=where,
                remedy="check its quotes; a field must stand on one line",
            ) from exc
        while len(tokens) > len(names) and not tokens[-1].strip():
            tokens.pop()
        if len(tokens) != len(names):
            raise MalformedFileError(
                f"has {len(tokens)} fields where the header has {len(names)}",
                where=where,
                remedy="the line may be cut, or a field with a separator in it lacks its quotes",
            )
        yield Row(file.name, number, dict(zip(names, (token.strip() for token in tokens), strict=True)))


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
