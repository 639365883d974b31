"""Which coding and splice-site bases of TP53 an assay could have shown a variant in.

Wild-type is a claim about every coding base (exons 2-11 of NM_000546.6) and the two intronic bases at each splice
site. Here the design of an assay is taken as declared; what depth was reached is not known from it.
"""

from collections.abc import Iterable
from functools import cache

from mdm2screen.genes import TP53, Exon, tp53_exons
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
    inside = _positions(regions)
    missing = {(exon, pos) for exon, bases in required_bases(build).items() for pos in bases if pos not in inside}
    return _without(of_whole_assay(assay), missing)


def less(found: Callability, unseen: Iterable[Region], build: Build) -> Callability:
    """The same less the bases of which a file says that nothing was seen there."""
    there = _positions(unseen)
    known = {(one.exon, pos) for one in found.uncovered for pos in range(one.start, one.end + 1)}
    missing = {(exon, pos) for exon, bases in required_bases(build).items() for pos in bases if pos in there}
    return _without(found, known | missing) if missing else found


def _without(found: Callability, missing: set[tuple[int, int]]) -> Callability:
    """``found`` with exactly these (exon, position) uncovered."""
    stretches = [
        UncoveredStretch(exon=exon, start=start, end=end)
        for exon in sorted({exon for exon, _ in missing})
        for start, end in _stretches(sorted(pos for number, pos in missing if number == exon))
    ]
    covered = None if found.covered is None else found.bases - len(missing)
    return found.model_copy(update={"covered": covered, "uncovered": tuple(stretches)})


def _positions(regions: Iterable[Region]) -> set[int]:
    """Positions on TP53's chromosome inside any region, no further than the gene on any build."""
    first = min(locus.start for locus in TP53.loci.values())
    last = max(locus.end for locus in TP53.loci.values())
    spans = [(max(r.start, first), min(r.end, last)) for r in regions if r.contig == TP53.loci[Build.GRCH38].contig]
    return {pos for start, end in spans for pos in range(start, end + 1)}


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
