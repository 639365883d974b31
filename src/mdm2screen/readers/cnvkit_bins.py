"""CNVkit bins: ``.cnr``.

Documented at https://cnvkit.readthedocs.io/en/stable/fileformats.html. 0-based half-open; ``log2`` is the ratio of
one bin to the sample's own middle, not corrected for normal cells. One bin is noise, so a gene is taken as CNVkit's
``genemetrics`` takes it without segments: the mean of the bins that name it, weighted by ``weight``, from the first of
them to the last. A breakpoint within the gene cannot be seen that way: the segments (``.cns``) are the better file. A
bin without a read (log2 -20) is no measurement. In bins wider than MDM2 (shallow whole genomes) a narrow amplification
is diluted, and the mean is the least there can be.
"""

from mdm2screen import builds
from mdm2screen.readers.cnvkit_segments import log2_ratio
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, Place, dilutes, rows_over_genes, symbols
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row
from mdm2screen.records import FileContent, PurityState, Reference, Scale, SegmentRecord

FORMAT = Format(
    name="cnvkit-bins",
    title="CNVkit bins (.cnr)",
    answers="mean log2 ratio of both genes to the sample",
    cannot="a breakpoint within a gene (pass the .cns); copies of a tumor cell while purity and ploidy are not known; "
    "TP53 mutations",
    silence="no bin of the assay lies there: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://cnvkit.readthedocs.io/en/stable/fileformats.html",
)

_COLUMNS = frozenset({"chromosome", "start", "end", "gene", "log2", "weight"})
_OTHERS = frozenset({"probes", "n_bins", "p_bintest"})
_LAYOUT = Layout("chromosome", "start", "end", zero_based=True)


def sniff(head: Head) -> bool:
    """Whether the header names place, gene, ratio and weight, and no number of bins."""
    names = set(head.columns)
    return names >= _COLUMNS and names.isdisjoint(_OTHERS) and head.columns[0] != "gene"


def read(file: SourceFile, options: Options) -> FileContent:
    """The genes as the mean of their bins. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    asked = tuple(gene.symbol for gene in options.genes)
    bins = list(rows_over_genes(gathering, _LAYOUT))
    named = [(symbol, place, row) for row, place in bins for symbol in symbols(row.text("gene")) if symbol in asked]
    gathering.claim(builds.claims_of_gene_rows((symbol, *place) for symbol, place, _ in named))
    for symbol in asked:
        own = [(place, row) for name, place, row in named if name == symbol]
        gathering.segments += _parts(symbol, own)
    return gathering.finish(copy_number=True)


def _parts(symbol: str, bins: list[tuple[Place, Row]]) -> list[SegmentRecord]:
    """One record for each bin up to the next one, all with the mean over the bins with reads."""
    bins = sorted(bins, key=lambda one: (one[0].start, one[0].end))
    reaches = [*(place.start - 1 for place, _ in bins[1:]), 0]
    read = [(value, row.number("weight") or 0.0) for _, row in bins if (value := log2_ratio(row)) is not None]
    total = sum(weight for _, weight in read)
    mean = sum(value * weight for value, weight in read) / total if total else None
    return [
        SegmentRecord(
            **place._replace(end=max(place.end, reach))._asdict(),
            value=None if log2_ratio(row) is None else mean,
            scale=Scale.LOG2_RATIO,
            reference=Reference.SAMPLE,
            purity_state=PurityState.UNCORRECTED,
            producer="CNVkit",
            at_least=log2_ratio(row) is not None and dilutes(place.end - place.start + 1),
            bin_width=place.end - place.start + 1,
            gene=symbol,
            label=f"mean of {len(read)} bins; this one {row.text('log2')}",
            probes=len(read),
        )
        for (place, row), reach in zip(bins, reaches, strict=False)
    ]
