"""What a copy-number record can be: a possible value, of one of the genes, or context beside MDM2."""

from collections.abc import Iterable

from mdm2screen import genes, mdm2_neighbourhood
from mdm2screen.errors import ScaleError
from mdm2screen.records import Build, Scale, SegmentRecord

# Bounds no measurement goes beyond: a thousand copies, and a little below none by the noise of a fit.
_PLAUSIBLE = {
    Scale.TUMOR_COPIES: (-1.0, 1000.0),
    Scale.OBSERVED_COPIES: (-1.0, 1000.0),
    Scale.LINEAR_RATIO: (0.0, 500.0),
    Scale.LOG2_RATIO: (-40.0, 9.0),
    Scale.LABEL: (-1000.0, 1000.0),
}


NO_READS = -20.0
"""CNVkit's floor of log2 (``NULL_LOG2_COVERAGE``), kept by what is made from its files: no read at all.

No tumor has a millionth of the reads it should: that is no measurement of zero copies.
"""


def without_no_reads(segment: SegmentRecord) -> SegmentRecord:
    """The segment, without its number where that says that there was no read."""
    if segment.scale is not Scale.LOG2_RATIO or segment.value is None or segment.value > NO_READS:
        return segment
    label = "; ".join(part for part in (segment.label, f"no reads (log2 {segment.value:g})") if part)
    return segment.model_copy(update={"value": None, "label": label})


def _impossible_value(segment: SegmentRecord) -> float | None:
    """A value that no tumor can have in its scale, if the segment has one."""
    lowest, highest = _PLAUSIBLE[segment.scale]
    values = (segment.value, segment.highest)
    return next((value for value in values if value is not None and not lowest <= value <= highest), None)


def is_plausible(segment: SegmentRecord) -> bool:
    """Whether a tumor can have the segment's values in its scale."""
    return _impossible_value(segment) is None


def check_plausible(segment: SegmentRecord) -> None:
    """Raise ScaleError for a value that no tumor can have in its scale."""
    value = _impossible_value(segment)
    if value is not None:
        raise ScaleError(
            f"{value:g} cannot be a {segment.scale.replace('_', ' ')}",
            where=str(segment.source),
            remedy="find out in which scale the file is; a .seg file takes --cn-scale",
        )


def touches_genes(
    build: Build | None,
    contig: str,
    start: int,
    end: int,
    gene: str | None,
    among: Iterable[genes.Locus] = genes.GENES,
) -> bool:
    """Whether a record is of one of the genes: by the gene it names, else by its place on ``build``."""
    if gene is not None:
        return gene in (g.symbol for g in among)
    return build is not None and any(g.overlaps(build, contig, start, end) for g in among)


def is_context(segment: SegmentRecord) -> bool:
    """Whether a record beside the genes lies on MDM2's chromosome; a row that names a gene, only a known neighbour."""
    named = segment.gene is None or segment.gene in mdm2_neighbourhood.neighbours()
    return named and segment.contig == genes.MDM2_CONTIG
