"""CNVkit ``genemetrics`` (formerly ``gainloss``): a row for each altered gene, more where a breakpoint splits it.

Documented at https://cnvkit.readthedocs.io/en/stable/reports.html#genemetrics. Positions, scale, reference and
purity state are those of the segments (see ``cnvkit_segments``). A gene whose log2 is under the threshold (0.2
unless changed) or that has too few bins (3) has no row at all.
"""

from mdm2screen.readers.cnvkit_segments import log2_ratio, purity_state
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, rows_of_genes
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent, Reference, Scale, SegmentRecord

FORMAT = Format(
    name="cnvkit-genemetrics",
    title="CNVkit genemetrics (gene-level gains and losses)",
    answers="copy number of a gained or lost gene as log2 ratio to the sample",
    cannot="that a gene is neutral; copies of a tumor cell while purity and ploidy are not known; TP53 mutations",
    silence="genemetrics writes no row for a gene that is neutral, weakly altered or covered by few bins",
    absence=Absence.NEUTRAL_NOT_WRITTEN,
    documented="https://cnvkit.readthedocs.io/en/stable/reports.html#genemetrics",
)

_COLUMNS = frozenset({"chromosome", "start", "end", "log2"})
_PROBES = ("probes", "n_bins")
_LAYOUT = Layout("chromosome", "start", "end", zero_based=True)


def sniff(head: Head) -> bool:
    """Whether the header begins with the gene and names place, ratio and number of bins."""
    names = set(head.columns)
    return head.columns[0] == "gene" and names >= _COLUMNS and not names.isdisjoint(_PROBES)


def read(file: SourceFile, options: Options) -> FileContent:
    """Rows that name the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    state = purity_state(file)
    for row, place, symbol in rows_of_genes(gathering, _LAYOUT):
        gathering.segments.append(
            SegmentRecord(
                **place._asdict(),
                value=log2_ratio(row),
                scale=Scale.LOG2_RATIO,
                reference=Reference.SAMPLE,
                purity_state=state,
                producer="CNVkit",
                gene=symbol,
                probes=next((row.whole(name) for name in _PROBES if row.text(name)), None),
            )
        )
    return gathering.finish(copy_number=True)
