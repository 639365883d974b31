"""ASCAT.sc profiles: ``<sample>.ASCAT.scprofile.txt``.

Documented at https://github.com/VanLoo-lab/ASCAT.sc. 1-based closed. ``total_copy_number_logr`` is, whatever its name
says, copies of the tumor cell before they were rounded to ``total_copy_number``: corrected for purity and ploidy,
without ceiling. In bins wider than MDM2 a narrow amplification is diluted, and the number is the least there can be.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, dilutes, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="ascat-sc",
    title="ASCAT.sc profile (scprofile.txt)",
    answers="copies of the tumor cell over both genes, in wide bins",
    cannot="an amplification narrower than its bins; TP53 mutations",
    silence="no bin of the genome lies there: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/VanLoo-lab/ASCAT.sc",
)

_COLUMNS = frozenset({"chromosome", "start", "end", "total_copy_number", "total_copy_number_logr"})
_LAYOUT = Layout("chromosome", "start", "end")


def sniff(head: Head) -> bool:
    """Whether the header names the copies before and after rounding."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place in rows_over_genes(gathering, _LAYOUT):
        value, bins = copies(row, "total_copy_number_logr"), row.whole("num_mark")
        width = (place.end - place.start + 1) / (bins or 1)
        gathering.segments.append(
            tumor_copies(
                place,
                value,
                "ASCAT.sc",
                label=f"total copy number {row.text('total_copy_number')}",
                at_least=dilutes(width) and value is not None,
                bin_width=width,
                probes=bins,
            )
        )
    return gathering.finish(copy_number=True)
