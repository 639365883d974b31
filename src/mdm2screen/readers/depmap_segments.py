"""DepMap segments: ``OmicsCNSegmentsProfile.csv``, formerly ``CCLE_segment_cn.csv``.

Documented at https://forum.depmap.org/t/2287. Many profiles in one file, between commas or tabs; 1-based closed.
``SegmentMean`` is a linear ratio to the profile's own middle (1 is neutral), not corrected for purity or ploidy,
without ceiling.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, rows_over_genes
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import COMMAS, MISSING, TABBED, csv_columns
from mdm2screen.records import FileContent, PurityState, Reference, Scale, SegmentRecord

FORMAT = Format(
    name="depmap-segments",
    title="DepMap segments (OmicsCNSegmentsProfile)",
    answers="ratio of both genes to the profile's own middle",
    cannot="copies of a tumor cell while purity and ploidy are not known; TP53 mutations",
    silence="no probe lies there: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://forum.depmap.org/t/2287",
)

_IDS = ("profileid", "depmap_id", "modelid", "sequencingid")
_MEANS = ("segmentmean", "segment_mean")
_PROBES = ("numprobes", "num_probes")
_PLACE = frozenset({"chromosome", "start", "end", "status"})


def sniff(head: Head) -> bool:
    """Whether the header names profile, place, ratio and DepMap's status."""
    return any(_is_header(columns) for columns in (head.columns, _comma_columns(head)))


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments of one profile over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    head = Head(file.name, file.head())
    tabbed = _is_header(head.columns)
    names = head.columns if tabbed else _comma_columns(head)
    sample, mean, probes = (_one_of(names, known) for known in (_IDS, _MEANS, _PROBES))
    layout = Layout("chromosome", "start", "end", sample=sample, shape=TABBED if tabbed else COMMAS)
    for row, place in rows_over_genes(gathering, layout):
        gathering.segments.append(
            SegmentRecord(
                **place._asdict(),
                value=row.number(mean),
                scale=Scale.LINEAR_RATIO,
                reference=Reference.SAMPLE,
                purity_state=PurityState.UNCORRECTED,
                producer="DepMap",
                label=None if row.text("status") in MISSING else f"status {row.text('status')}",
                probes=row.whole(probes) if probes else None,
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)


def _comma_columns(head: Head) -> tuple[str, ...]:
    return csv_columns(next(iter(head.lines), ""))


def _one_of(names: tuple[str, ...], known: tuple[str, ...]) -> str:
    return next((name for name in names if name in known), "")


def _is_header(names: tuple[str, ...]) -> bool:
    return set(names) >= _PLACE and bool(_one_of(names, _IDS)) and bool(_one_of(names, _MEANS))
