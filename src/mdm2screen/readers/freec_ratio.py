"""Control-FREEC windows: ``*_ratio.txt``.

Documented at https://github.com/BoevaLab/FREEC. ``Start`` is 1-based and there is no end: a window reaches to the
next one of its chromosome, but over no stretch as long as half of MDM2, unless windows mostly stand that far apart;
then, and at the end of a chromosome, it is as long as most are apart. So windows beside a gene are never taken for
windows of it. ``MedianRatio`` is the linear ratio of the window's segment to the sample's own middle; -1 means no
measurement. Whether FREEC took normal cells out (``contaminationAdjustment``) is not in the file. ``CopyNumber``,
rounded, is shown and never used. In windows wider than MDM2 a narrow amplification is diluted, and the number is the
least there can be.
"""

from collections import Counter
from typing import NamedTuple

from mdm2screen import genes
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Place, dilutes
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row, rows
from mdm2screen.records import Build, FileContent, PurityState, Reference, Scale, SegmentRecord

FORMAT = Format(
    name="freec-ratio",
    title="Control-FREEC windows (_ratio.txt)",
    answers="ratio of both genes to the sample's own middle",
    cannot="whether normal cells were taken out; TP53 mutations",
    silence="no window lies there: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/BoevaLab/FREEC",
)

_COLUMNS = frozenset({"chromosome", "start", "ratio", "medianratio", "copynumber"})
_MISSING = -1.0
_MDM2 = genes.MDM2.loci[Build.GRCH38]
_LONGEST_GAP = (_MDM2.end - _MDM2.start + 1) // 2
"""Bases between two windows from which on they leave a gap, unless that is the usual distance: half of MDM2."""


def sniff(head: Head) -> bool:
    """Whether the header names windows by their start, with ratio and copy number."""
    return set(head.columns) >= _COLUMNS


class _Window(NamedTuple):
    """A row, and how far the next window of its chromosome is from it (``None``: the last one)."""

    row: Row
    step: int | None


def read(file: SourceFile, options: Options) -> FileContent:
    """Windows over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    windows, usual = _windows(gathering)
    for row, step in windows:
        reach = step if step is not None and step <= max(usual, _LONGEST_GAP) else usual
        place = _place(file, row, reach)
        if not place.over(options.genes):
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
                bin_width=place.end - place.start + 1,
                label=f"CopyNumber {row.text('copynumber')}",
            )
        )
    return gathering.finish(copy_number=True)


def _windows(gathering: Gathering) -> tuple[list[_Window], int]:
    """Windows that may lie over the genes, and the distance at which most of the file stand."""
    before: Row | None = None
    found: list[_Window] = []
    steps: Counter[int] = Counter()
    total = 0
    for row in rows(gathering.file):
        total += 1
        if before is not None:
            step = _step(before, row) if before.text("chromosome") == row.text("chromosome") else None
            steps.update([] if step is None else [step])
            found += _kept(_Window(before, step), gathering)
        before = row
    if before is not None:
        found += _kept(_Window(before, None), gathering)
    gathering.total = total
    # of distances that are equally frequent the shortest: it claims least
    usual = min(steps, key=lambda step: (-steps[step], step), default=1)
    return found, usual


def _kept(window: _Window, gathering: Gathering) -> list[_Window]:
    """The window, if it may lie over a gene: it reaches to the next one at most."""
    row, step = window
    start = row.position("start")
    contig = genes.contig_name(row.text("chromosome"))
    asked = gathering.options.genes
    return [window] if step is None or genes.in_windows(contig, start, start + step - 1, asked) else []


def _step(before: Row, row: Row) -> int:
    """Bases from one window to the next. Raises MalformedFileError where they do not ascend."""
    step = row.position("start") - before.position("start")
    if step <= 0:
        raise row.fault("start", "is not behind the window before it")
    return step


def _place(file: SourceFile, row: Row, length: int) -> Place:
    start = row.position("start")
    end = start + length - 1
    name = row.text("chromosome")
    return Place(genes.contig_name(name), start, end, file.source(row.line, f"{name}:{start}-{end}"))
