"""DRAGEN segments as a table: ``*.seg.called.merged``.

Documented at https://help.dragen.illumina.com (CNV output). ``Start`` is 0-based, ``End`` closed. ``Segment_Mean``
is, against the custom of that name, a linear ratio to the sample's own middle, not corrected for normal cells,
without ceiling. ``Copy_Number`` is rounded: shown, never used. A segment whose ``Filter`` failed has no usable
number.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, rows_over_genes
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, Row
from mdm2screen.records import FileContent, PurityState, Reference, Scale, SegmentRecord

FORMAT = Format(
    name="dragen-segments",
    title="DRAGEN segments (.seg.called.merged)",
    answers="ratio of both genes to the sample's own middle",
    cannot="copies of a tumor cell while purity and ploidy are not known; TP53 mutations",
    silence="no target of the assay lies there: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://help.dragen.illumina.com",
)

_COLUMNS = frozenset(
    {"sample", "chromosome", "start", "end", "num_targets", "segment_mean", "segment_call", "copy_number"}
)
_LAYOUT = Layout("chromosome", "start", "end", sample="sample", zero_based=True)


def sniff(head: Head) -> bool:
    """Whether the header names targets, mean, call and copy number of segments."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place in rows_over_genes(gathering, _LAYOUT):
        failed = row.text("filter") not in MISSING | {"PASS"}
        gathering.segments.append(
            SegmentRecord(
                **place._asdict(),
                value=None if failed else row.number("segment_mean"),
                scale=Scale.LINEAR_RATIO,
                reference=Reference.SAMPLE,
                purity_state=PurityState.UNCORRECTED,
                producer="DRAGEN",
                label=row.text("filter") if failed else _label(row),
                probes=row.whole("num_targets"),
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)


def _label(row: Row) -> str | None:
    copies = row.text("copy_number")
    return None if copies in MISSING else f"Copy_Number {copies}"
