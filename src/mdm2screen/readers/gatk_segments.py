"""GATK4 copy-ratio segments: ``.cr.seg`` (ModelSegments) and ``.called.seg`` (CallCopyRatioSegments).

Documented at https://gatk.broadinstitute.org/hc/en-us/articles/360035890011. A SAM header, then 1-based closed
rows. ``MEAN_LOG2_COPY_RATIO`` is the log2 ratio to the panel of normals around the sample's own median, without
ceiling; no step of the toolchain knows purity or ploidy. ``CALL`` (``+``, ``-``, ``0``) is a label for any gain
or loss.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, rows_over_genes
from mdm2screen.readers.gatk_header import read_header
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent, PurityState, Reference, Scale, SegmentRecord

FORMAT = Format(
    name="gatk-segments",
    title="GATK4 copy-ratio segments (.cr.seg, .called.seg)",
    answers="copy number of both genes as log2 ratio to the sample",
    cannot="copies of a tumor cell while purity and ploidy are not known; TP53 mutations",
    silence="no target of the assay lies there: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://gatk.broadinstitute.org/hc/en-us/articles/360035890011",
)

_COLUMNS = frozenset({"contig", "start", "end", "num_points_copy_ratio", "mean_log2_copy_ratio"})
_LAYOUT = Layout("contig", "start", "end")


def sniff(head: Head) -> bool:
    """Whether the header names the columns of copy-ratio segments."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    return read_segments(Gathering(file, options, FORMAT), "mean_log2_copy_ratio")


def read_segments(gathering: Gathering, ratio: str, limits: tuple[str, str] | None = None) -> FileContent:
    """Segments over the genes: log2 ratio of column ``ratio``, columns of its limits. Raises InputError."""
    read_header(gathering)
    for row, place in rows_over_genes(gathering, _LAYOUT):
        gathering.segments.append(
            SegmentRecord(
                **place._asdict(),
                value=row.number(ratio),
                scale=Scale.LOG2_RATIO,
                reference=Reference.SAMPLE,
                purity_state=PurityState.UNCORRECTED,
                producer="GATK",
                label=row.text("call") or None,
                probes=row.whole("num_points_copy_ratio"),
                ci_low=row.number(limits[0]) if limits else None,
                ci_high=row.number(limits[1]) if limits else None,
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)
