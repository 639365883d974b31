"""GATK4 FuncotateSegments gene list: one row for each gene and segment over it.

Documented at https://gatk.broadinstitute.org/hc/en-us/articles/360035889931. 1-based closed; a row's place is that of
the segment. ``segment_mean`` is the log2 ratio of ModelSegments: to the sample's own middle, not corrected, without
ceiling.
"""

from mdm2screen import builds
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, rows_of_genes
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent, PurityState, Reference, Scale, SegmentRecord

FORMAT = Format(
    name="gatk-gene-segments",
    title="GATK4 FuncotateSegments gene list",
    answers="log2 ratio of both genes to the sample",
    cannot="copies of a tumor cell while purity and ploidy are not known; TP53 mutations",
    silence="the gene list holds genes under a segment alone: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://gatk.broadinstitute.org/hc/en-us/articles/360035889931",
)

_COLUMNS = frozenset({"gene", "segment_contig", "segment_start", "segment_end", "segment_mean", "segment_call"})
_LAYOUT = Layout("segment_contig", "segment_start", "segment_end", sample="sample")
_LAYOUT_OF_ONE = Layout("segment_contig", "segment_start", "segment_end")


def sniff(head: Head) -> bool:
    """Whether the header names genes with the segment over each."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Rows that name the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    layout = _LAYOUT if "sample" in Head(file.name, file.head()).columns else _LAYOUT_OF_ONE
    for row, place, _ in rows_of_genes(gathering, layout):
        gathering.claim(builds.claims_of_text(row.text("build"), place.source))
        gathering.segments.append(
            SegmentRecord(
                **place._asdict(),
                value=row.number("segment_mean"),
                scale=Scale.LOG2_RATIO,
                reference=Reference.SAMPLE,
                purity_state=PurityState.UNCORRECTED,
                producer="GATK",
                label=row.text("segment_call") or None,
                probes=row.whole("segment_num_probes"),
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)
