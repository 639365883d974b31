"""What lies around MDM2 in one file: how far the amplified stretch reaches, how its neighbours stand. It never decides.

Height is how far a value stands above neutral (a ratio of 1, or the tumor's own mean where it is known). Purity scales
all heights alike, so that "half as high as MDM2" needs no purity.
"""

from collections.abc import Callable, Sequence

from mdm2screen import copy_number, genes, mdm2_neighbourhood
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.mdm2_finding import AmpliconContext, AmplifiedStretch, Extent, Neighbour, NeighbourState
from mdm2screen.records import Build, Reference, Region, SegmentRecord
from mdm2screen.rules.gene_copies import high, low, with_number

RAISED = 2**0.2 - 1
"""Height from which a value counts as raised: CNVkit genemetrics lists genes from a log2 of 0.2."""

# Part of MDM2's height that makes a segment or a gene one with it: the middle of the flank (choice of mdm2screen).
_HALF = 0.5
# Part of a stretch that must have a number before its size means anything (choice of mdm2screen).
_MEASURED = 0.5
# Longest focal amplification in bases (Gustave Roussy array rules, PMC4830395 table 2).
_FOCAL = 10_000_000
# Part of an arm beyond which an event is broad (GISTIC2 documentation: longer than half a chromosome arm).
_HALF_AN_ARM = 0.5

_Height = Callable[[SegmentRecord, float], float]


def amplicon(source: GeneCopyNumber, purity: float | None, ploidy: float | None) -> AmpliconContext | None:
    """The context of MDM2 in one file; ``None`` where it has neither a number for MDM2 with something beside it, nor
    the class of its amplicon.
    """
    over = with_number(source.segments)
    segments = _segments(source)
    known = [r for r in source.context if r.gene in mdm2_neighbourhood.neighbours()]
    ecdna = tuple(sorted({record.ecdna for record in source.segments if record.ecdna}))
    if not over and ecdna:
        return AmpliconContext(raised=None, stretch=None, ecdna=ecdna)
    if not over or not (segments or known or ecdna):
        return None

    def height(record: SegmentRecord, value: float) -> float:
        return copy_number.linear_ratio(value, record.scale) / _neutral(record, purity, ploidy) - 1

    top = max(over, key=lambda record: height(record, high(record)))
    level = height(top, high(top)) * _HALF
    raised = level * 2 >= RAISED
    standing = [height(record, high(record)) >= level for record in segments]
    stretches = _stretches(standing) if raised else []
    own = next((one for one in stretches if top in segments[one]), None)
    return AmpliconContext(
        raised=raised,
        stretch=None if own is None else _stretch(segments, own, source.build),
        others=0 if own is None else len(stretches) - 1,
        neighbours=tuple(
            _neighbour(gene, known, segments, source.build, height, level if raised else None)
            for gene in mdm2_neighbourhood.neighbours().values()
        ),
        ecdna=ecdna,
    )


def _neutral(record: SegmentRecord, purity: float | None, ploidy: float | None) -> float:
    """Ratio that a gene with the tumor's mean copies has; 1 where that is not known."""
    if ploidy is None or record.reference is not Reference.DIPLOID:
        return 1.0
    if copy_number.is_corrected(record):
        purity = 1.0
    return 1.0 if purity is None else copy_number.ratio(ploidy, purity, ploidy, Reference.DIPLOID)


def _segments(source: GeneCopyNumber) -> list[SegmentRecord]:
    """Segments of the chromosome with a number, in order; rows of named genes are none."""
    plain = [r for r in with_number((*source.segments, *source.context)) if r.gene is None]
    return sorted(plain, key=lambda r: (r.start, r.end, repr(r)))


def _stretches(standing: Sequence[bool]) -> list[slice]:
    """Runs of neighbouring segments that stand high enough."""
    found: list[slice] = []
    for index, stands in enumerate(standing):
        if not stands:
            continue
        if found and found[-1].stop == index:
            found[-1] = slice(found[-1].start, index + 1)
        else:
            found.append(slice(index, index + 1))
    return found


def _stretch(segments: Sequence[SegmentRecord], own: slice, build: Build | None) -> AmplifiedStretch:
    inside = segments[own]
    whole = Region(contig=inside[0].contig, start=inside[0].start, end=max(r.end for r in inside))
    measured = copy_number.covered_fraction(whole, [(r.start, r.end) for r in inside])
    length = whole.end - whole.start + 1
    may_go_on = own.start == 0 or own.stop == len(segments)
    # where most of it has no number (a panel of few genes) the stretch may be several
    extent = None if measured < _MEASURED else _extent(whole, length, build, may_go_on=may_go_on)
    unmeasured = length - round(measured * length)
    return AmplifiedStretch(
        start=whole.start, end=whole.end, segments=len(inside), unmeasured=unmeasured, extent=extent
    )


def _extent(whole: Region, length: int, build: Build | None, *, may_go_on: bool) -> Extent | None:
    """Focal, more than half of one arm or of both, or between; ``None`` where the file ends before the stretch does."""
    arms = mdm2_neighbourhood.arms(build) if build else ()
    held = [copy_number.covered_fraction(arm, [(whole.start, whole.end)]) > _HALF_AN_ARM for arm in arms]
    if any(held):
        return Extent.CHROMOSOME if all(held) else Extent.ARM
    if length > _FOCAL:
        return Extent.BROAD
    return None if may_go_on else Extent.FOCAL


def _neighbour(
    gene: genes.Locus,
    named: Sequence[SegmentRecord],
    segments: Sequence[SegmentRecord],
    build: Build | None,
    height: _Height,
    level: float | None,
) -> Neighbour:
    """A neighbour's value and how it stands to MDM2; ``level`` is half of MDM2's height, ``None`` if not raised."""
    rows = [record for record in with_number(named) if record.gene == gene.symbol]
    locus = gene.loci[build or Build.GRCH38]
    if not rows and build:
        rows = [record for record in segments if gene.overlaps(build, record.contig, record.start, record.end)]
    scales = {(record.scale, record.reference) for record in rows}
    value = copy_number.weighted_mean(locus, [(r.start, r.end, low(r)) for r in rows]) if len(scales) == 1 else None
    if value is None:
        return Neighbour(gene=gene.symbol, value=None, state=NeighbourState.NOT_MEASURED)
    stands = height(rows[0], value)
    if level is not None and stands >= level:
        state = NeighbourState.WITH_MDM2
    else:
        state = NeighbourState.RAISED if stands >= RAISED else NeighbourState.NOT_RAISED
    return Neighbour(gene=gene.symbol, value=value, state=state)
