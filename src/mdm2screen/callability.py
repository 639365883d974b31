"""Which coding and splice-site bases of TP53 an assay could have shown a variant in.

Wild-type is a claim about every coding base (exons 2-11 of NM_000546.6) and the two intronic bases at each splice
site. Here the design of an assay is taken as declared; what depth was reached is not known from it.
"""

from collections.abc import Iterable
from functools import cache

from mdm2screen.genes import Exon, tp53_exons
from mdm2screen.records import Build, Region
from mdm2screen.results import Callability, Exposure, UncoveredStretch

_SPLICE_BASES = 2


@cache
def required_bases(build: Build) -> dict[int, tuple[int, ...]]:
    """Genomic positions needed, by exon number, ascending."""
    return {exon.number: tuple(sorted(_bases(exon, build))) for exon in tp53_exons()}


def _bases(exon: Exon, build: Build) -> set[int]:
    """TP53 is on the minus strand: the acceptor lies above an exon, the donor below; exon 11 has no donor."""
    found = set(range(exon.cds_start[build], exon.cds_end[build] + 1))
    found |= {exon.end[build] + step for step in range(1, _SPLICE_BASES + 1)}
    if exon.number != tp53_exons()[-1].number:
        found |= {exon.start[build] - step for step in range(1, _SPLICE_BASES + 1)}
    return found


def of_whole_assay(assay: str) -> Callability:
    """A whole genome or exome, declared to cover every base needed."""
    total = sum(len(bases) for bases in required_bases(Build.GRCH38).values())
    return Callability(exposure=Exposure.DECLARED, assay=assay, bases=total, covered=total)


def of_regions(assay: str, regions: Iterable[Region], build: Build) -> Callability:
    """An assay declared by its target regions."""
    inside = {pos for region in regions if region.contig == "17" for pos in range(region.start, region.end + 1)}
    needed = required_bases(build)
    uncovered = [
        UncoveredStretch(exon=exon, start=start, end=end)
        for exon, bases in needed.items()
        for start, end in _stretches([pos for pos in bases if pos not in inside])
    ]
    total = sum(len(bases) for bases in needed.values())
    covered = sum(pos in inside for bases in needed.values() for pos in bases)
    return Callability(
        exposure=Exposure.DECLARED, assay=assay, bases=total, covered=covered, uncovered=tuple(uncovered)
    )


def unknown() -> Callability:
    """Nothing was said of the assay."""
    total = sum(len(bases) for bases in required_bases(Build.GRCH38).values())
    return Callability(exposure=Exposure.UNKNOWN, assay=None, bases=total, covered=None)


def _stretches(positions: list[int]) -> list[tuple[int, int]]:
    """Runs of consecutive positions."""
    runs: list[tuple[int, int]] = []
    for pos in positions:
        if runs and pos == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], pos)
        else:
            runs.append((pos, pos))
    return runs
