"""ASCAT segments: ``*.segments.txt`` and ``*.segments_raw.txt``, one or many samples.

Documented at https://github.com/VanLoo-lab/ascat. Positions are those of SNPs, 1-based closed, with gaps between
segments; nothing in the file tells the build. ``nMajor`` + ``nMinor`` are whole copies of the tumor cell, already
corrected for purity and ploidy, without ceiling. ``segments_raw`` holds them before they were rounded
(``nAraw`` + ``nBraw``): those are then used, because 11.6 is not 12.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row
from mdm2screen.records import FileContent

FORMAT = Format(
    name="ascat-segments",
    title="ASCAT segments (segments.txt, segments_raw.txt)",
    answers="copies of the tumor cell over both genes",
    cannot="in segments.txt whether 12 was rounded from 11.6 (pass segments_raw.txt); TP53 mutations",
    silence="the gene lies between two segments, where no SNP was measured: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/VanLoo-lab/ascat",
)

_COLUMNS = frozenset({"sample", "chr", "startpos", "endpos", "nmajor", "nminor"})
_LAYOUT = Layout("chr", "startpos", "endpos", sample="sample")


def sniff(head: Head) -> bool:
    """Whether the header names sample, place and the copies of both alleles."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments of one sample over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place in rows_over_genes(gathering, _LAYOUT):
        major, minor = allele_columns(row)
        segment = tumor_copies(
            place,
            both_alleles(row, major, minor),
            "ASCAT",
            minor=copies(row, minor),
            label=f"nMajor {row.text('nmajor')}, nMinor {row.text('nminor')}",
            sample=gathering.sample,
        )
        gathering.segments.append(segment)
    return gathering.finish(copy_number=True)


def allele_columns(row: Row) -> tuple[str, str]:
    """The columns of the major and the minor allele: unrounded ones where the table has them."""
    return ("naraw", "nbraw") if {"naraw", "nbraw"} <= row.fields.keys() else ("nmajor", "nminor")


def both_alleles(row: Row, major: str, minor: str) -> float | None:
    """Copies of both alleles together; ``None`` where one is missing. Raises MalformedFileError."""
    one, other = copies(row, major), copies(row, minor)
    return None if one is None or other is None else one + other
