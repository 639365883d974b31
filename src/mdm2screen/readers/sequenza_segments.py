"""Sequenza segments: ``*_segments.txt``, quoted by R.

Documented at https://github.com/cran/sequenza. 1-based closed. ``CNt`` is the whole number of copies of the tumor cell,
corrected for purity and ploidy; Sequenza models no more than 20 (``CNt.max``), so that 20 means 20 or more. ``B`` are
the copies of the minor allele.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="sequenza-segments",
    title="Sequenza segments (segments.txt)",
    answers="copies of the tumor cell over both genes, up to 20",
    cannot="how many copies beyond 20; whether 12 was rounded from 11.6; TP53 mutations",
    silence="the gene lies between two segments: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/cran/sequenza",
)

CEILING = 20
"""Most copies that Sequenza models by default (``CNt.max`` of ``sequenza.results``)."""

_COLUMNS = frozenset({"chromosome", "start_pos", "end_pos", "bf", "depth_ratio", "cnt", "a", "b"})
_LAYOUT = Layout("chromosome", "start_pos", "end_pos")


def sniff(head: Head) -> bool:
    """Whether the header names depth ratio, copies and alleles in Sequenza's spelling."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place in rows_over_genes(gathering, _LAYOUT):
        total = copies(row, "cnt")
        gathering.segments.append(
            tumor_copies(
                place,
                total,
                "Sequenza",
                at_least=total is not None and total >= CEILING,
                minor=copies(row, "b"),
                probes=row.whole("n_ratio"),
            )
        )
    return gathering.finish(copy_number=True)
