"""What lies around MDM2: the genes of 12q13-15 beside it and the arms of its chromosome. Context, never a criterion.

Coordinates are 1-based and closed. Sources stand in ``data/genes/``.
"""

from functools import cache

from mdm2screen import data
from mdm2screen.genes import CHROMOSOME_LENGTHS, MDM2_CONTIG, Locus
from mdm2screen.records import Build, Region


@cache
def neighbours() -> dict[str, Locus]:
    """Genes of 12q13-15 by symbol, in the order in which they lie. Source: ``data/genes/mdm2_neighbours.tsv``."""
    return {row["symbol"]: _neighbour(row) for row in data.table("genes/mdm2_neighbours.tsv")}


def _neighbour(row: dict[str, str]) -> Locus:
    loci = {b: Region(contig=MDM2_CONTIG, start=int(row[f"{b}_start"]), end=int(row[f"{b}_end"])) for b in Build}
    return Locus(symbol=row["symbol"], loci=loci)


def arms(build: Build) -> tuple[Region, Region]:
    """Short and long arm of chromosome 12, without the centromere."""
    first, last = data.toml("genes/genes.toml")["centromere_12"][build]
    length = CHROMOSOME_LENGTHS[build][MDM2_CONTIG]
    return (
        Region(contig=MDM2_CONTIG, start=1, end=first - 1),
        Region(contig=MDM2_CONTIG, start=last + 1, end=length),
    )
