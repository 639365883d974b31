"""Segments of ascatNgs: ``*.copynumber.caveman.csv``, eight fields between commas and no header.

Documented at https://github.com/cancerit/ascatNgs. Fields: running number, chromosome, start, end, total and minor
copies of the normal, total and minor copies of the tumor. 1-based closed; whole copies of the tumor cell, corrected
for purity and ploidy, without ceiling; gaps between segments.
"""

import re

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Shape
from mdm2screen.records import FileContent

FORMAT = Format(
    name="ascat-caveman",
    title="ascatNgs segments (copynumber.caveman.csv)",
    answers="copies of the tumor cell over both genes",
    cannot="whether 12 was rounded from 11.6; TP53 mutations",
    silence="the gene lies between two segments, where no SNP was measured: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/cancerit/ascatNgs",
)

_FIELDS = ("index", "chr", "start", "end", "normal_total", "normal_minor", "tumor_total", "tumor_minor")
_LINE = re.compile(r"(\d+),(?:chr)?[\dXYMT]{1,2},\d+,\d+,\d+,\d+,\d+,\d+")
_LAYOUT = Layout("chr", "start", "end", shape=Shape(",", _FIELDS))
_LINES_LOOKED_AT = 3


def sniff(head: Head) -> bool:
    """Whether the first lines are of eight such fields, with ascending numbers."""
    lines = [line for line in head.lines[:_LINES_LOOKED_AT] if line.strip()]
    found = [_LINE.fullmatch(line) for line in lines]
    numbers = [int(m[1]) for m in found if m is not None]
    return bool(found) and len(numbers) == len(found) and numbers == sorted(set(numbers))


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place in rows_over_genes(gathering, _LAYOUT):
        total = copies(row, "tumor_total")
        gathering.segments.append(tumor_copies(place, total, "ascatNgs", minor=copies(row, "tumor_minor")))
    return gathering.finish(copy_number=True)
