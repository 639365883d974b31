"""Control-FREEC windows: ``*_ratio.txt``.

Documented at https://github.com/BoevaLab/FREEC. ``Start`` is 1-based and there is no end: a window reaches to the
next one of its chromosome, the last is as long as the one before. ``MedianRatio`` is the linear ratio of the window's
segment to the sample's own middle; -1 means no measurement. Whether FREEC took normal cells out
(``contaminationAdjustment``) is not in the file. ``CopyNumber``, rounded, is shown and never used. In windows wider
than MDM2 a narrow amplification is diluted, and the number is the least there can be.
"""

from collections.abc import Iterator

from mdm2screen import genes
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Place, dilutes
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row, rows
from mdm2screen.records import FileContent, PurityState, Reference, Scale, SegmentRecord

FORMAT = Format(
    name="freec-ratio",
    title="Control-FREEC windows (_ratio.txt)",
    answers="ratio of both genes to the sample's own middle",
    silence="no window lies there: not evidence of two copies",
    documented="https://github.com/BoevaLab/FREEC",
)

_COLUMNS = frozenset({"chromosome", "start", "ratio", "medianratio", "copynumber"})
_MISSING = -1.0


def sniff(head: Head) -> bool:
    """Whether the header names windows by their start, with ratio and copy number."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Windows over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place in _windows(gathering):
        if not place.over_genes:
            continue
        ratio = row.number("medianratio")
        value = None if ratio == _MISSING else ratio
        gathering.segments.append(
            SegmentRecord(
                **place._asdict(),
                value=value,
                scale=Scale.LINEAR_RATIO,
                reference=Reference.SAMPLE,
                purity_state=PurityState.UNKNOWN,
                producer="Control-FREEC",
                at_least=value is not None and dilutes(place.end - place.start + 1),
                label=f"CopyNumber {row.text('copynumber')}",
            )
        )
    return gathering.finish(copy_number=True)


def _windows(gathering: Gathering) -> Iterator[tuple[Row, Place]]:
    """Rows with the stretch each stands for."""
    before: Row | None = None
    length = total = 0
    for row in rows(gathering.file):
        total += 1
        if before is not None:
            if before.text("chromosome") == row.text("chromosome"):
                length = _step(before, row)
            yield before, _place(gathering.file, before, length)
        before = row
    if before is not None:
        yield before, _place(gathering.file, before, length)
    gathering.total = total


def _step(before: Row, row: Row) -> int:
    """Bases from one window to the next. Raises MalformedFileError where they do not ascend."""
    step = row.position("start") - before.position("start")
    if step <= 0:
        raise row.fault("start", "is not behind the window before it")
    return step


def _place(file: SourceFile, row: Row, length: int) -> Place:
    start = row.position("start")
    end = start + max(length, 1) - 1
    name = row.text("chromosome")
    return Place(genes.contig_name(name), start, end, file.source(row.line, f"{name}:{start}-{end}"))
