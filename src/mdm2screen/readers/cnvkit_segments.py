"""CNVkit segments: ``.cns``, ``.call.cns`` and the output of ``segmetrics``.

Documented at https://cnvkit.readthedocs.io/en/stable/fileformats.html. Positions are 0-based half-open, columns
stand in an order that varies by version. ``log2`` is the ratio to the sample's own middle, without ceiling. It
is not corrected for normal cells unless ``call --purity`` rewrote it in place, which the file does not tell:
where ``call`` has been at work the state is unknown, and the confidence limits of ``segmetrics`` (``ci_lo``,
``ci_hi``), which it does not rewrite, are left out. The rounded ``cn`` of ``call`` is shown, never used (11.3
becomes 12).
"""

from mdm2screen import builds
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, rows_over_genes, symbols
from mdm2screen.readers.segment_checks import NO_READS
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row, header
from mdm2screen.records import FileContent, PurityState, Reference, Scale, SegmentRecord

FORMAT = Format(
    name="cnvkit-segments",
    title="CNVkit segments (.cns, .call.cns, segmetrics)",
    answers="copy number of both genes as log2 ratio to the sample",
    cannot="copies of a tumor cell while purity and ploidy are not known; TP53 mutations",
    silence="no bin of the assay lies there, or its segment was removed: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://cnvkit.readthedocs.io/en/stable/fileformats.html",
)

_COLUMNS = frozenset({"chromosome", "start", "end", "gene", "log2", "probes"})
_LAYOUT = Layout("chromosome", "start", "end", zero_based=True)


def sniff(head: Head) -> bool:
    """Whether the header names the columns of a segment; ``genemetrics`` writes the gene first."""
    return set(head.columns) >= _COLUMNS and head.columns[0] != "gene"


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    state = purity_state(file)
    named = []
    for row, place in rows_over_genes(gathering, _LAYOUT):
        labels = symbols(row.text("gene"))
        named += [(label, *place) for label in labels]
        cn = row.text("cn")
        gathering.segments.append(
            SegmentRecord(
                **place._asdict(),
                value=log2_ratio(row),
                scale=Scale.LOG2_RATIO,
                reference=Reference.SAMPLE,
                purity_state=state,
                producer="CNVkit",
                gene_labels=labels,
                label=f"cn {cn}" if cn else None,
                ci_low=row.number("ci_lo") if state is PurityState.UNCORRECTED else None,
                ci_high=row.number("ci_hi") if state is PurityState.UNCORRECTED else None,
                probes=row.whole("probes"),
            )
        )
    gathering.claim(builds.claims_of_gene_rows(named))
    return gathering.finish(copy_number=True)


def purity_state(file: SourceFile) -> PurityState:
    """Unknown where ``call`` left its ``cn`` column, or its name on the file (``-m none`` leaves no column)."""
    called = "cn" in header(file) or ".call." in file.name
    return PurityState.UNKNOWN if called else PurityState.UNCORRECTED


def log2_ratio(row: Row) -> float | None:
    """The row's log2 ratio; ``None`` where there is none or no read. Raises MalformedFileError."""
    value = row.number("log2")
    return None if value is None or value <= NO_READS else value
