"""Control-FREEC calls: ``*_CNVs`` (no header; five, seven or nine fields) and ``*_CNVs.p.value.txt`` (with one).

Documented at https://github.com/BoevaLab/FREEC. Chromosomes without ``chr``; starts are 0-based. The copy number is a
whole number relative to the ploidy FREEC took (``Output_Ploidy``), without ceiling. It is corrected for normal cells
only if ``contaminationAdjustment`` was set, which the file does not tell. Neutral regions are mostly not written.
"""

import re

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import TABBED, Shape
from mdm2screen.records import FileContent, PurityState, Reference, Scale, SegmentRecord

FORMAT = Format(
    name="freec-cnvs",
    title="Control-FREEC calls (_CNVs, _CNVs.p.value.txt)",
    answers="copies over both genes where FREEC calls a gain or loss, perhaps not corrected for purity",
    cannot="that a gene is neutral; copies of a tumor cell, unless purity is 1; TP53 mutations",
    silence="neutral regions are not written, and neither are those without reads: pass the _ratio.txt",
    absence=Absence.NEUTRAL_NOT_WRITTEN,
    documented="https://github.com/BoevaLab/FREEC",
)

_FIELDS = ("chr", "start", "end", "copy_number", "status", "genotype", "uncertainty", "origin", "germline_percent")
_LINE = re.compile(r"(?:chr)?[\dXYMT]{1,2}\t\d+\t\d+\t\d+\t(gain|loss|neutral|normal)(\t[^\t]*){0,4}")
_COUNTS = (5, 7, 9)
_HEADER = frozenset({"chr", "start", "end", "copy_number", "status", "wilcoxonranksumtestpvalue"})
_LINES_LOOKED_AT = 3


def sniff(head: Head) -> bool:
    """Whether the header is that of the tested calls, or the first lines are calls."""
    lines = [line for line in head.lines[:_LINES_LOOKED_AT] if line.strip()]
    bare = bool(lines) and all(_LINE.fullmatch(line) for line in lines)
    return set(head.columns) >= _HEADER or (bare and len({line.count("\t") + 1 for line in lines} & set(_COUNTS)) == 1)


def read(file: SourceFile, options: Options) -> FileContent:
    """Calls over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    first = next(line for _, line in file.text_lines() if line.strip())
    bare = Shape(columns=_FIELDS[: first.count("\t") + 1]) if _LINE.fullmatch(first) else TABBED
    for row, place in rows_over_genes(gathering, Layout("chr", "start", "end", zero_based=True, shape=bare)):
        gathering.segments.append(
            SegmentRecord(
                **place._asdict(),
                value=copies(row, "copy_number"),
                scale=Scale.OBSERVED_COPIES,
                reference=Reference.UNKNOWN,
                purity_state=PurityState.UNKNOWN,
                producer="Control-FREEC",
                rounded=True,
                label=row.text("status"),
            )
        )
    return gathering.finish(copy_number=True)
