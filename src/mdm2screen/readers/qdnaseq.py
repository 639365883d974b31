"""Exports of QDNAseq: ``seg`` and ``igv``.

Documented at https://github.com/ccagc/QDNAseq. 1-based closed. ``seg`` joins bins of one call and writes the value of
the first bin alone, which is no number for the gene; ``igv`` writes one column of log2 ratios to the sample's own
middle for each sample, one row a bin (15 kb to 1 Mb), not corrected for normal cells. A narrow amplification is
diluted within its bin, so a bin means "at least".
"""

from mdm2screen.readers import gene_matrix
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options, column_name
from mdm2screen.readers.copy_number_rows import Layout, rows_over_genes
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import header
from mdm2screen.readers.table_sample import choose_table_sample
from mdm2screen.records import FileContent, PurityState, Reference, Scale, SegmentRecord

FORMAT = Format(
    name="qdnaseq",
    title="QDNAseq exports (seg, igv)",
    answers="least copies over both genes (igv); a seg file says no more than that there is a call",
    cannot="that MDM2 is not amplified: its bins are wider than the gene; TP53 mutations",
    silence="a seg file leaves neutral bins out, and both leave out bins that were filtered",
    absence=Absence.NEUTRAL_NOT_WRITTEN,
    documented="https://github.com/ccagc/QDNAseq",
)

_SEG = frozenset({"sample_name", "chromosome", "start", "stop", "datapoints", "log2_ratio_mean"})
_IGV_PLACE = ("chromosome", "start", "end", "feature")
_IGV_TYPE = "#type=COPY_NUMBER"


def sniff(head: Head) -> bool:
    """Whether the header is that of one of the two exports."""
    igv = any(line.startswith(_IGV_TYPE) for line in head.lines) and head.columns[:4] == _IGV_PLACE
    return set(head.columns) >= _SEG or igv


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments or bins of one sample over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    names = header(file)
    bins = names[:4] == _IGV_PLACE
    layout = Layout("chromosome", "start", "end") if bins else Layout("chromosome", "start", "stop", "sample_name")
    if bins:
        written = gene_matrix.raw_columns(Head(file.name, file.head()))
        gathering.sample = choose_table_sample(written[len(_IGV_PLACE) :], file, options)
    for row, place in rows_over_genes(gathering, layout):
        value = row.number(column_name(gathering.sample or "")) if bins else None
        gathering.segments.append(
            SegmentRecord(
                **place._asdict(),
                value=value,
                scale=Scale.LOG2_RATIO,
                reference=Reference.SAMPLE,
                purity_state=PurityState.UNCORRECTED,
                producer="QDNAseq",
                at_least=value is not None,
                bin_width=place.end - place.start + 1 if bins else None,
                label=None if bins else f"first bin log2 {row.text('log2_ratio_mean')}",
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)
