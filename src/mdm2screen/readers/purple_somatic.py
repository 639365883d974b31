"""PURPLE copy-number segments: ``T.purple.cnv.somatic.tsv``, formerly ``T.purple.cnv``.

Documented at https://github.com/hartwigmedical/hmftools/blob/master/purple/README.md. 1-based closed, from
telomere to telomere without a gap, so the last segment of a chromosome proves the build. Copies of the tumor
cell, already corrected for purity and ploidy, without ceiling; a fit may fall slightly under zero.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="purple-somatic",
    title="PURPLE copy-number segments (.purple.cnv.somatic.tsv)",
    answers="copies of the tumor cell over both genes",
    cannot="TP53 mutations",
    silence="PURPLE writes the whole genome: the file was cut down",
    absence=Absence.CUT_DOWN,
    documented="https://github.com/hartwigmedical/hmftools/blob/master/purple/README.md",
)

_COLUMNS = frozenset({"chromosome", "start", "end", "copynumber", "bafcount", "observedbaf"})
_LAYOUT = Layout("chromosome", "start", "end")


def sniff(head: Head) -> bool:
    """Whether the header names the columns of PURPLE's segments."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place in rows_over_genes(gathering, _LAYOUT):
        gathering.segments.append(
            tumor_copies(
                place,
                copies(row, "copynumber"),
                "PURPLE",
                probes=row.whole("depthwindowcount"),
                minor=copies(row, "minorallelecopynumber"),
            )
        )
    return gathering.finish(copy_number=True)
