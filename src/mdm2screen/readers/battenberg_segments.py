"""Battenberg segments: ``*_subclones.txt``, ``*_copynumber.txt``, ``*_copynumber_extended.txt``.

Documented at https://github.com/Wedge-lab/battenberg. 1-based closed; copies of the tumor cell, corrected for purity
and ploidy. A segment has one state or two with the share of tumor cells in each: its copies are the mean over the
cells, frac1 (nMaj1 + nMin1) + frac2 (nMaj2 + nMin2). ``ntot`` is not that fit and is not used. Copies beyond the
program's limit (250 by default) are written NA: no number, and never none.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row
from mdm2screen.records import FileContent

FORMAT = Format(
    name="battenberg-segments",
    title="Battenberg segments (subclones.txt, copynumber.txt)",
    answers="copies of the tumor cell over both genes, the mean where cells differ",
    cannot="copies beyond its limit (250 by default, written NA); TP53 mutations",
    silence="the gene lies between two segments, where no SNP was measured: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/Wedge-lab/battenberg",
)

_COLUMNS = frozenset({"chr", "startpos", "endpos", "nmaj1_a", "nmin1_a", "frac1_a"})
_LAYOUT = Layout("chr", "startpos", "endpos")


def sniff(head: Head) -> bool:
    """Whether the header names the first state of the first solution."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place in rows_over_genes(gathering, _LAYOUT):
        major, minor = _over_cells(row, "nmaj"), _over_cells(row, "nmin")
        total = None if major is None or minor is None else major + minor
        second = row.number("frac2_a")
        label = f"{row.text('frac1_a')} and {second:g} of the tumor cells differ" if second else None
        gathering.segments.append(
            tumor_copies(place, total, "Battenberg", minor=minor, label=label, subclonal=bool(second))
        )
    return gathering.finish(copy_number=True)


def _over_cells(row: Row, allele: str) -> float | None:
    """Mean copies of an allele over the tumor cells; ``None`` where a state has no number."""
    total = 0.0
    for state in ("1", "2"):
        share = row.number(f"frac{state}_a")
        if share is None and state == "2":
            return total  # one state alone
        number = copies(row, f"{allele}{state}_a")
        if share is None or number is None:
            return None
        total += share * number
    return total
