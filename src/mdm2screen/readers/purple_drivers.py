"""PURPLE and LINX driver catalogues: ``T.driver.catalog.somatic.tsv``, ``T.purple.driver.catalog.somatic.tsv``,
``T.linx.driver.catalog.tsv`` and older names of them.

Documented at https://github.com/hartwigmedical/hmftools/blob/master/purple/DriverCatalog.md. A row is a gene with an
event that may drive the tumor; it names the gene and gives no position. ``minCopyNumber`` and ``maxCopyNumber`` are
copies of the tumor cell, corrected for purity and ploidy. An AMP with a likelihood of 0 is only a candidate, so the
number counts and never the word. DEL is a homozygous deletion below 0.5 copies; HOM_DEL_DISRUPTION and
HOM_DUP_DISRUPTION (LINX) are genes of which no whole copy is left at a normal copy number.
"""

from mdm2screen import genes
from mdm2screen.readers.contract import Absence, Dropped, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row, rows
from mdm2screen.records import (
    Build,
    FileContent,
    Presence,
    PurityState,
    Reference,
    Scale,
    SegmentRecord,
    Source,
    StructuralChange,
    VariantRecord,
)

FORMAT = Format(
    name="purple-drivers",
    title="PURPLE or LINX driver catalogue (.driver.catalog.somatic.tsv)",
    answers="copies of both genes where they are drivers; TP53 deleted or disrupted on every copy",
    cannot="that a gene is neutral, or TP53 wild-type",
    silence="the catalogue lists drivers alone: a gene without a row is neither neutral nor wild-type by it",
    absence=Absence.NEUTRAL_NOT_WRITTEN,
    documented="https://github.com/hartwigmedical/hmftools/blob/master/purple/DriverCatalog.md",
)

_COLUMNS = frozenset({"gene", "driver", "category", "driverlikelihood"})
_OF_COPIES = ("AMP", "PARTIAL_AMP", "DEL", "HET_DEL")
_DISRUPTIONS = ("HOM_DEL_DISRUPTION", "HOM_DUP_DISRUPTION")


def sniff(head: Head) -> bool:
    """Whether the header names the columns of the catalogue."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Rows that name the genes; no row gives a place, so no build is needed. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    asked = {gene.symbol: gene for gene in options.genes}
    total = 0
    for row in rows(file):
        total += 1
        gene = asked.get(row.text("gene"))
        if gene is None:
            continue
        source = file.source(row.line, f"{gene.symbol} {row.text('driver')}")
        # releases before isCanonical wrote the canonical transcript alone
        if row.fields.get("iscanonical", "true").lower() != "true":
            place = (source, gene.loci[Build.GRCH38].contig, 0, 0)
            gathering.dropped.append(Dropped(*place, "not the canonical transcript", gene.symbol))
            continue
        gathering.segments.append(_segment(row, gene, source))
        if gene is genes.TP53 and row.text("driver") not in _OF_COPIES:
            gathering.variants.append(_event(row, source))
    gathering.total = total
    return gathering.finish(needs_build=False, copy_number=bool(gathering.segments))


def _segment(row: Row, gene: genes.Locus, source: Source) -> SegmentRecord:
    """Copies within the gene; the word alone where an old catalogue gives no number."""
    locus = gene.loci[Build.GRCH38]
    lowest = copies(row, "mincopynumber")
    return SegmentRecord(
        contig=locus.contig,
        start=locus.start,
        end=locus.end,
        value=lowest,
        highest=copies(row, "maxcopynumber"),
        scale=Scale.LABEL if lowest is None else Scale.TUMOR_COPIES,
        reference=Reference.DIPLOID,
        purity_state=PurityState.CORRECTED,
        producer="PURPLE",
        source=source,
        gene=gene.symbol,
        label=row.text("driver") if lowest is None else None,
    )


def _event(row: Row, source: Source) -> VariantRecord:
    """A driver event of TP53 that is no matter of copies."""
    driver, likelihood = row.text("driver"), row.text("driverlikelihood")
    return VariantRecord(
        contig=genes.TP53.loci[Build.GRCH38].contig,
        pos=0,
        ref="N",
        alt=f"<{driver}>",
        presence=Presence.PRESENT,
        source=source,
        filters=("PASS",),
        structural=True,
        gene=genes.TP53.symbol,
        germline="a driver of the germline catalogue" if driver.startswith("GERMLINE") else None,
        change=StructuralChange(
            kind="DISRUPTION" if driver in _DISRUPTIONS else "NAMED",
            words=f"{driver}, likelihood {likelihood}",
        ),
    )
