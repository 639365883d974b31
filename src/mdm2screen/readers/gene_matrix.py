"""Tables of a gene a row and a sample a column, read line by line and as they are written.

Names of samples are column names here, so they are taken to the letter.
"""

from typing import NamedTuple

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import named_genes
from mdm2screen.readers.contract import Gathering, Head, column_name, is_comment
from mdm2screen.readers.table import Row
from mdm2screen.readers.table_sample import choose_table_sample
from mdm2screen.records import PurityState, Reference, Scale, SegmentRecord, Source


class Cell(NamedTuple):
    """A gene's value in the chosen sample, as text; ``row`` holds it under the gene's symbol."""

    symbol: str
    token: str
    row: Row
    source: Source


def raw_columns(head: Head) -> tuple[str, ...]:
    """Column names of the header to the letter, without quotes."""
    line = next((line for line in head.lines if not is_comment(line)), "")
    return tuple(token.strip(" \"'") for token in line.removeprefix("#").rstrip("\t").split("\t"))


def first_row(head: Head) -> tuple[str, ...]:
    """Fields of the first line behind the header."""
    lines = [line for line in head.lines if not is_comment(line)]
    return tuple(token.strip(" \"'") for token in lines[1].split("\t")) if len(lines) > 1 else ()


def cells(gathering: Gathering, described: frozenset[str]) -> tuple[list[Cell], list[str]]:
    """Cells of the genes in the chosen sample, and what stands there of any gene.

    Columns named in ``described`` (folded) describe the gene. Raises SampleError where several samples leave the choice
    open, MalformedFileError for a line of wrong length and a sample that stands twice.
    """
    file = gathering.file
    columns = raw_columns(Head(file.name, file.head()))
    samples = [name for name in columns if column_name(name) not in described]
    gathering.sample = choose_table_sample(samples, file, gathering.options)
    if samples.count(gathering.sample or "") > 1:
        raise MalformedFileError(
            f"names the sample {gathering.sample} twice", where=file.name, remedy="pass the producer's original file"
        )
    at = columns.index(gathering.sample) if gathering.sample else len(columns)
    found, tokens = [], []
    lines = [(number, line) for number, line in file.text_lines() if not is_comment(line)][1:]
    for number, line in lines:
        fields = [token.strip(" \"'") for token in line.rstrip("\t").split("\t")]
        symbol, token = fields[0], fields[at] if at < len(fields) else ""
        ours = named_genes.is_ours(symbol, gathering.options)
        if len(fields) > len(columns) or (ours and gathering.sample and at >= len(fields)):
            raise _wrong_length(len(fields), len(columns), f"{file.name} line {number}")
        tokens.append(token)
        if ours:
            found.append(Cell(symbol, token, Row(file.name, number, {symbol: token}), file.source(number, symbol)))
    gathering.total = len(lines)
    return found, tokens


def _wrong_length(found: int, expected: int, where: str) -> MalformedFileError:
    return MalformedFileError(
        f"has {found} fields where the header has {expected}",
        where=where,
        remedy="the line may be cut or edited by hand, or R wrote row names; make the file again",
    )


def label(cell: Cell, producer: str, sample: str | None) -> SegmentRecord:
    """A level without a number behind it (-2 to 2)."""
    return named_genes.segment(
        cell.symbol,
        cell.source,
        None,
        Scale.LABEL,
        PurityState.UNKNOWN,
        producer,
        label=cell.token,
        sample=sample,
    )


def measured(
    cell: Cell, value: float | None, scale: Scale, reference: Reference, producer: str, sample: str | None
) -> SegmentRecord:
    """A number of which the table does not tell whether what it was made from had been corrected for purity."""
    return named_genes.segment(
        cell.symbol,
        cell.source,
        value,
        scale,
        PurityState.UNKNOWN,
        producer,
        sample=sample,
        reference=reference,
    )
