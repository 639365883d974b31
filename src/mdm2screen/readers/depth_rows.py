"""Tables of depth: which kind a file is, its rows near the genes, its sample.

They share the shape of a BED and no header, so one function tells them from each other and from a target BED.
Only rows of the genes' chromosomes are split, and only those near the genes are read; of every chromosome its last row
is looked at, for its length.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePath
from typing import Literal, NamedTuple

from mdm2screen import builds, genes
from mdm2screen.errors import MalformedFileError, SampleError
from mdm2screen.readers.contract import Dropped, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_samples import reads_as_normal
from mdm2screen.records import Build, BuildClaim, SeenRun, Source

Kind = Literal["depths", "means", "bins", "states", "positions"]
"""Depth per stretch, mean per region, bins of depth, words for callability, depth per position."""

COMMENTS = ("#", "track", "browser")
_COMMENT_BYTES = tuple(word.encode() for word in COMMENTS)
STATES = frozenset(
    {
        "CALLABLE",
        "PASS",
        "NO_COVERAGE",
        "LOW_COVERAGE",
        "HIGH_COVERAGE",
        "EXCESSIVE_COVERAGE",
        "POOR_MAPPING_QUALITY",
        "REF_N",
    }
)
BIN = re.compile(r"(\d+):(\d+|inf)?")

_CONTIGS = frozenset(gene.loci[Build.GRCH38].contig for gene in genes.GENES)
_TP53 = genes.TP53.loci[Build.GRCH38].contig
_BOUNDS = {
    gene.loci[Build.GRCH38].contig: (
        min(locus.start for locus in gene.loci.values()),
        max(locus.end for locus in gene.loci.values()),
    )
    for gene in genes.GENES
}
_SNIFFED_LINES = 50
_OF_MDM2 = "depth over MDM2, which no criterion asks for"
_DECIMAL = re.compile(r"\d+\.\d+")


class Row(NamedTuple):
    """A row on a chromosome of the genes: 1-based line number, contig as this package writes it, fields."""

    number: int
    contig: str
    fields: list[str]


def kind(head: Head) -> Kind | None:
    """What kind of table of depth the content is, judged by its first rows; ``None`` for any other file."""
    lines = [line for line in head.lines if line.strip() and not line.startswith(COMMENTS)][:_SNIFFED_LINES]
    rows = [line.split("\t") for line in lines]
    first = head.lines[0] if head.lines else ""
    if _names_positions(first) or _are_positions(rows):
        return "positions"
    if not rows or not all(len(row) in (4, 5) and row[1].isdigit() and row[2].isdigit() for row in rows):
        return None
    if all(_DECIMAL.fullmatch(row[-1]) for row in rows):
        return "means"
    labels = {row[3] for row in rows}
    if any(len(row) == 5 for row in rows):
        return None
    if labels <= STATES:
        return "states"
    if all(map(BIN.fullmatch, labels)):
        return "bins"
    return "depths" if all(label.isdigit() for label in labels) else None


def _names_positions(line: str) -> bool:
    """The header that ``samtools depth -H`` writes; a VCF names ID in its third column."""
    names = line.split("\t")
    return names[:2] == ["#CHROM", "POS"] and len(names) > 2 and names[2] != "ID"


def _are_positions(rows: list[list[str]]) -> bool:
    """Whether rows are a position and depths: numbers that no region has (an end before its start), base after base."""
    if not rows or not all(len(row) >= 3 and all(token.isdigit() for token in row[1:]) for row in rows):
        return False
    adjacent = any(a[0] == b[0] and int(b[1]) == int(a[1]) + 1 for a, b in pairwise(rows))
    return adjacent and any(int(row[2]) <= int(row[1]) for row in rows)


@dataclass
class Tiling:
    """Whether rows follow each other without a gap: ``gap`` is the line of the first that does not.

    Starts and ends (0-based half-open) are compared as they come, as numbers or as their bytes.
    """

    rows: int = 0
    contigs: set[str] = field(default_factory=set)
    from_zero: bool = True
    gap: int | None = None
    _contig: str = ""
    _reached: int | bytes = 0

    def add(self, number: int, contig: str, start: int | bytes, end: int | bytes) -> None:
        """Take the next row."""
        self.rows += 1
        if contig != self._contig:
            self._contig = contig
            self.contigs.add(contig)
            self.from_zero = self.from_zero and start in (0, b"0")
        elif start != self._reached and self.gap is None:
            self.gap = number
        self._reached = end


@dataclass
class NearGenes:
    """Rows near the genes of a table without header, and what the last row of each chromosome says of the build.

    ``first_column`` and ``last_column`` hold the first and last base of a row. With ``whole_chromosomes`` all rows of
    the genes' chromosomes are given. ``total``, ``claims`` and ``tiling`` (TP53's chromosome) are complete once all
    rows were taken. A genome has a hundred million rows: one of another chromosome costs a look at its beginning.
    """

    file: SourceFile
    first_column: int
    last_column: int
    whole_chromosomes: bool = False
    total: int = 0
    claims: list[BuildClaim] = field(default_factory=list)
    tiling: Tiling = field(default_factory=Tiling)

    def __iter__(self) -> Iterator[Row]:
        prefix, contig, row = b"\0", "", b""
        number = last = total = 0
        for number, line in self.file.lines():
            if not line.startswith(prefix):
                if not line.strip() or line.startswith(_COMMENT_BYTES):
                    continue
                self._close(contig, row, last)
                name = line.partition(b"\t")[0]
                prefix, contig = name + b"\t", genes.contig_name(name.decode("utf-8", errors="replace"))
            total += 1
            row, last = line, number
            if contig in _CONTIGS and self._is_near(number, contig, fields := line.split(b"\t")):
                yield Row(number, contig, [token.decode("utf-8", errors="replace") for token in fields])
        self._close(contig, row, last)
        self.total = total

    def _is_near(self, number: int, contig: str, fields: list[bytes]) -> bool:
        """Whether a row lies near a gene; one that does not parse is given, so that its reader refuses it."""
        try:
            start, end = fields[self.first_column], fields[self.last_column]
            if contig == _TP53:
                self.tiling.add(number, contig, start, end)
            first, last = _BOUNDS[contig]
            return self.whole_chromosomes or (int(start) <= last and int(end) >= first)
        except (ValueError, IndexError):
            return True

    def _close(self, contig: str, row: bytes, number: int) -> None:
        """What the last row of a chromosome says of its length."""
        fields = row.split(b"\t")
        if len(fields) > self.last_column and fields[self.last_column].isdigit():
            self.claims += builds.claims_of_extent(contig, int(fields[self.last_column]), self.file.source(number))


def whole(file: SourceFile, row: Row, column: int, what: str) -> int:
    """A field as a whole number. Raises MalformedFileError."""
    token = row.fields[column] if column < len(row.fields) else ""
    if not (token.isascii() and token.isdigit()):
        raise MalformedFileError(
            f"{what} is {token!r}, which is no whole number",
            where=f"{file.name} line {row.number}",
            remedy="pass the producer's original file",
        )
    return int(token)


def span(file: SourceFile, row: Row) -> tuple[int, int]:
    """Start and end of a row as written, 0-based and half-open. Raises MalformedFileError."""
    start, end = whole(file, row, 1, "the start"), whole(file, row, 2, "the end")
    if end < start:
        raise MalformedFileError(
            f"the row ends ({end}) before it starts ({start})",
            where=f"{file.name} line {row.number}",
            remedy="pass the producer's original file",
        )
    return start, end


def named(label: str, contig: str, start: int, end: int, source_: Source) -> list[tuple[str, str, int, int, Source]]:
    """A region under each word of its name, which may be that of a gene (``TP53_ex5``)."""
    return [(word, contig, start, end, source_) for word in re.split(r"[^A-Za-z0-9]+", label) if word]


def near(contig: str, start: int, end: int) -> bool:
    """Whether a stretch touches a gene on any build; asked of every base of a chromosome, so by the quickest test."""
    first, last = _BOUNDS.get(contig, (1, 0))
    return start <= last and end >= first and genes.in_windows(contig, start, end)


def add(
    gathering: Gathering,
    row: Row,
    start: int,
    end: int,
    *,
    depth: int | None = None,
    callable_: bool | None = None,
) -> None:
    """Keep what a row shows of TP53 (1-based closed). One over MDM2 is dropped: no criterion asks for its depth."""
    if not near(row.contig, start, end):
        return
    source = gathering.file.source(row.number, ":".join(row.fields[:2]))
    if row.contig == _TP53:
        gathering.seen.append(
            SeenRun(contig=row.contig, start=start, end=end, depth=depth, callable=callable_, source=source)
        )
    else:
        gathering.dropped.append(Dropped(source, row.contig, start, end, _OF_MDM2))


def choose_sample(names: Iterable[str], file: SourceFile, options: Options) -> str | None:
    """The tumor among the samples (or files) of a depth table; ``None`` where there is none. Raises SampleError.

    A name may be a path: ``runs/T1.bam`` is also called ``T1.bam`` and ``T1``.
    """
    available = list(dict.fromkeys(names))
    wanted = options.tumor_sample
    found = [name for name in available if wanted in (name, PurePath(name).name, PurePath(name).name.split(".")[0])]
    if wanted is not None and len(found) == 1:
        return found[0]
    if len(available) > 1:
        asked = f", none of which is {wanted}" if wanted is not None else ""
        raise SampleError(
            f"holds the depth of {len(available)} samples: {', '.join(available)}{asked}",
            where=file.name,
            remedy="say which is the tumor: --tumor-sample NAME; if the VCF names it otherwise, pass the depth of the "
            "tumor's BAM alone",
        )
    if available and reads_as_normal(available[0]):
        raise SampleError(
            f"holds the depth of {available[0]}, which reads as a normal",
            where=file.name,
            remedy="pass the tumor's file; if it is the tumor, say so with --tumor-sample NAME",
        )
    return available[0] if available else None
