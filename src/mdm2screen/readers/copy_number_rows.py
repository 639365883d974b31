"""Rows of copy-number tables over the genes, and beside MDM2 on its chromosome (context).

Every other row is counted, none is lost unnamed. What of these is context, ``Gathering.finish`` tells.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from mdm2screen import builds, genes, mdm2_neighbourhood
from mdm2screen.readers.contract import Dropped, Gathering
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import TABBED, Row, Shape, rows
from mdm2screen.readers.table_sample import choose_table_sample
from mdm2screen.records import Build, PurityState, Reference, Scale, SegmentRecord, Source

_CONTIGS = frozenset(locus.contig for gene in genes.OF_COPIES.values() for locus in gene.loci.values())


@dataclass(frozen=True)
class Layout:
    """Which columns, by folded name, hold a row's place and sample, and how positions are counted."""

    contig: str
    start: str
    end: str
    sample: str | None = None
    zero_based: bool = False
    half_positions: bool = False
    shape: Shape = TABBED
    gene: str = "gene"


class Place(NamedTuple):
    """Where a row lies, 1-based and closed, under the field names of SegmentRecord."""

    contig: str
    start: int
    end: int
    source: Source

    def over(self, asked: Iterable[genes.Locus]) -> bool:
        """Whether the row touches one of the genes on any build."""
        start, end = sorted((self.start, self.end))
        return self.contig in _CONTIGS and genes.in_windows(self.contig, start, end, asked)


def rows_of_sample(gathering: Gathering, layout: Layout) -> Iterator[tuple[Row, Place]]:
    """All rows of the chosen sample; counts every row of the file and hears what its end says of the build.

    Raises SampleError where a table of several samples leaves the choice open.
    """
    if layout.sample is not None:
        names = (row.text(layout.sample) for row in rows(gathering.file, layout.shape))
        gathering.sample = choose_table_sample(names, gathering.file, gathering.options)
    total = 0
    for row in rows(gathering.file, layout.shape):
        total += 1
        place = _place(row, layout, gathering.file)
        gathering.claim(builds.claims_of_extent(place.contig, place.end, place.source))
        if layout.sample is not None and row.text(layout.sample) != gathering.sample:
            drop(gathering, place, "another sample")
        elif place.end < place.start:
            drop(gathering, place, "ends before it starts")
        else:
            yield row, place
    gathering.total = total


def rows_over_genes(gathering: Gathering, layout: Layout) -> Iterator[tuple[Row, Place]]:
    """Rows of the chosen sample that touch one of the genes on any build, and all of MDM2's chromosome."""
    return ((row, place) for row, place in rows_of_sample(gathering, layout) if is_wanted(gathering, place))


def is_wanted(gathering: Gathering, place: Place) -> bool:
    """Whether a row touches one of the genes on any build, or lies on MDM2's chromosome."""
    return place.contig == genes.MDM2_CONTIG or place.over(gathering.options.genes)


def rows_of_genes(gathering: Gathering, layout: Layout) -> Iterator[tuple[Row, Place, str]]:
    """Rows whose gene column names a gene asked for or a neighbour of MDM2, and lie where it lies; with its symbol.

    A row that names both goes to the gene.
    """
    named = []
    asked = {gene.symbol: gene for gene in gathering.options.genes}
    loci: dict[str, genes.Locus] = {**mdm2_neighbourhood.neighbours(), **asked}
    for row, place in rows_of_sample(gathering, layout):
        tokens = symbols(row.text(layout.gene))
        symbol = next((t for known in (asked, loci) for t in tokens if t in known), None)
        # a neighbour's row may give the segment over MDM2, which MDM2's own row gives too
        if symbol is None or (symbol not in asked and place.over(gathering.options.genes)):
            drop(gathering, place, "names another gene")
            continue
        named.append((symbol, *place))
        if any(loci[symbol].overlaps(build, *place[:3]) for build in Build):
            yield row, place, symbol
        else:
            drop(gathering, place, "lies away from the gene it names", gene=symbol)
    gathering.claim(builds.claims_of_gene_rows(named))


def drop(gathering: Gathering, place: Place, reason: str, gene: str | None = None) -> None:
    """Note a row that is not used; it matters only where it lies over a gene or names one."""
    if gene is not None or place.over(gathering.options.genes):
        start, end = sorted((place.start, place.end))
        gathering.dropped.append(Dropped(place.source, place.contig, start, end, reason, gene))


def symbols(text: str) -> tuple[str, ...]:
    """The distinct whole names of a gene column; ``-``, ``.`` and blanks name nothing."""
    tokens = (token.strip() for token in text.replace(";", ",").split(","))
    return tuple(dict.fromkeys(token for token in tokens if token not in ("", "-", ".")))


def copies(row: Row, column: str) -> float | None:
    """A copy number; a fit may fall slightly under zero, which is no copy. Raises MalformedFileError."""
    value = row.number(column)
    return None if value is None else max(0.0, value)


def dilutes(bases: float) -> bool:
    """Whether a bin of so many bases is wider than MDM2: what lies beside the gene then dilutes a narrow gain of it."""
    locus = genes.MDM2.loci[Build.GRCH38]
    return bases > locus.end - locus.start + 1


def tumor_copies(place: Place, value: float | None, producer: str, **more: Any) -> SegmentRecord:
    """Copies of the tumor cell that their producer corrected for purity and ploidy; ``more`` are further fields."""
    return SegmentRecord(
        **place._asdict(),
        value=value,
        scale=Scale.TUMOR_COPIES,
        reference=Reference.DIPLOID,
        purity_state=PurityState.CORRECTED,
        producer=producer,
        **more,
    )


def _place(row: Row, layout: Layout, file: SourceFile) -> Place:
    """Half positions, where a format has them, are rounded inwards so that neighbours never overlap."""
    up, down = (math.ceil, math.floor) if layout.half_positions else (None, None)
    start = row.position(layout.start, up) + (1 if layout.zero_based else 0)
    end = row.position(layout.end, down)
    name = row.text(layout.contig)
    return Place(_contig(name), start, end, file.source(row.line, f"{name}:{start}-{end}"))


@lru_cache(maxsize=256)
def _contig(name: str) -> str:
    """The contig's name; a number column that once held a blank is written ``12.0``."""
    number = name.removesuffix(".0")
    return genes.contig_name(number if number.isdigit() else name)
