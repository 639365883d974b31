"""Tab-separated tables as producers write them: quotes of R, row names, trailing tabs, odd numbers.

Between tabs quotes are never interpreted (an unbalanced one would swallow lines) but stripped from a field's ends.
Between commas they are, within one line: R quotes text that may hold a comma.
"""

import csv
import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mdm2screen.errors import MalformedFileError
from mdm2screen.numerals import parsed
from mdm2screen.readers.contract import Head, column_name, is_comment, table_columns
from mdm2screen.readers.source_file import SourceFile

MISSING = frozenset({"", ".", "NA", "N/A", "NaN", "nan", "NAN", "-nan", "NULL", "null", "None"})
"""Tokens that stand for no number."""


ROW_NAME = ""
"""Where a row keeps the name that R wrote before its fields; R writes no column name over it."""


class Row(NamedTuple):
    """A line of a table: 1-based line number and fields by folded column name."""

    file: str
    line: int
    fields: dict[str, str]

    def text(self, column: str) -> str:
        """The field as text; empty where the column is absent."""
        return self.fields.get(column, "")

    def number(self, column: str) -> float | None:
        """The field as a number; ``None`` for a missing one. Raises MalformedFileError."""
        token = self.text(column)
        if token in MISSING:
            return None
        try:
            value = parsed(token)
        except ValueError:
            raise self.fault(column, "is not a number") from None
        return value if math.isfinite(value) else None

    def whole(self, column: str) -> int | None:
        """The field as a number of things; ``None`` for a missing one. Raises MalformedFileError."""
        value = self.number(column)
        return None if value is None else int(value)

    def position(self, column: str, half: Callable[[float], int] | None = None) -> int:
        """The field as a whole number (``7e+07`` is one); ``half`` rounds a half where a format has them.

        Raises MalformedFileError.
        """
        value = self.number(column)
        if value is None or value < 0 or not (value if half is None else value * 2).is_integer():
            raise self.fault(column, "is not a position")
        return int(value) if half is None else half(value)

    def fault(self, column: str, what: str) -> MalformedFileError:
        """An error that names file, line, column and token."""
        token = self.text(column)
        comma = "," in token
        return MalformedFileError(
            f"{column} is {token!r}, which {what}" + (" (a decimal comma?)" if comma else ""),
            where=f"{self.file} line {self.line}",
            remedy="write the table again with a decimal point (LC_ALL=C)" if comma else "check or remake the file",
        )


def header(file: SourceFile) -> tuple[str, ...]:
    """Folded column names of the header line."""
    return Head(file.name, file.head()).columns


class Shape(NamedTuple):
    """How a table is written: what parts its fields, and its columns where it has no header line."""

    delimiter: str = "\t"
    columns: tuple[str, ...] = ()


TABBED = Shape()
COMMAS = Shape(",")
_DELIMITERS = "\t,;"


def delimiter(line: str) -> str:
    """What parts the fields of a table whose header is ``line``: the mark it holds most of."""
    return max(_DELIMITERS, key=line.count)


def csv_columns(line: str, shape: Shape = COMMAS) -> tuple[str, ...]:
    """Column names of a header line parted by commas; none where the line cannot be one."""
    try:
        return tuple(column_name(token) for token in fields(line.removeprefix("#"), shape))
    except csv.Error:
        return ()


def fields(line: str, shape: Shape) -> list[str]:
    """The fields of one line, without quotes around them. Raises csv.Error where a quote stays open."""
    if shape.delimiter == "\t":
        return [token.strip(" \"'") for token in line.split("\t")]
    return [token.strip(" \"'") for token in next(csv.reader([line], delimiter=shape.delimiter, strict=True), [])]


def rows(file: SourceFile, shape: Shape = TABBED) -> Iterator[Row]:
    """Rows of a table, with a header line unless ``shape`` names the columns.

    Raises MalformedFileError on a line with open quotes or a wrong number of fields.
    """
    columns = shape.columns
    row_names: bool | None = None
    for number, line in file.text_lines():
        if not columns:
            if not is_comment(line):
                columns = table_columns(line) if shape.delimiter == "\t" else csv_columns(line.rstrip(" ,;"), shape)
                check_header(file, number, line, columns)
            continue
        if not line.strip("\t ,;"):
            continue
        tokens = _fields(line, shape, file, number)
        while len(tokens) > len(columns) and tokens[-1] == "":
            tokens.pop()  # trailing tabs
        if row_names is None:
            # R writes a header without their column; between commas one field more is a decimal comma without quotes
            row_names = len(tokens) == len(columns) + 1 and shape.delimiter == "\t"
        name = tokens.pop(0) if row_names else None
        if len(tokens) != len(columns):
            raise MalformedFileError(
                f"has {len(tokens)} fields where the header has {len(columns)}",
                where=f"{file.name} line {number}",
                remedy="the line may be cut or edited by hand, or a field with a separator in it lacks its quotes",
            )
        values = dict(zip(columns, tokens, strict=True))
        yield Row(file.name, number, values if name is None else values | {ROW_NAME: name})


def _fields(line: str, shape: Shape, file: SourceFile, number: int) -> list[str]:
    try:
        return fields(line, shape)
    except csv.Error as exc:
        raise MalformedFileError(
            f"the line cannot be split into fields ({exc})",
            where=f"{file.name} line {number}",
            remedy="check its quotes; a field must stand on one line",
        ) from exc


def check_header(file: SourceFile, number: int, line: str, columns: tuple[str, ...]) -> None:
    """Raise MalformedFileError for a header line that is a whole table, or names a column twice."""
    where = f"{file.name} line {number}"
    if "\r" in line:  # the whole table would be taken for its header, and hold no row
        raise MalformedFileError(
            "the lines end with a carriage return alone", where=where, remedy="save it with Unix line ends"
        )
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise MalformedFileError(
            f"names a column twice: {', '.join(twice)}", where=where, remedy="pass the producer's original file"
        )
