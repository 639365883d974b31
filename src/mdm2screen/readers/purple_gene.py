"""PURPLE gene copy numbers: ``T.purple.cnv.gene.tsv``, formerly ``T.purple.gene.cnv``.

Documented at https://github.com/hartwigmedical/hmftools/blob/master/purple/README.md. 1-based closed; copies of
the tumor cell, already corrected for purity and ploidy, without ceiling; a fit may fall slightly under zero. A
gene has a row for each transcript; the canonical one is used. Decimal marks follow the locale of the machine
PURPLE ran on: a comma is refused.
"""

from mdm2screen import genes
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, drop, rows_of_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="purple-gene",
    title="PURPLE gene copy numbers (.purple.cnv.gene.tsv)",
    answers="lowest and highest copies of the tumor cell within both genes",
    cannot="TP53 mutations",
    silence="PURPLE writes every gene of its gene list: the gene was not in the list, or the file was cut down",
    absence=Absence.CUT_DOWN,
    documented="https://github.com/hartwigmedical/hmftools/blob/master/purple/README.md",
)

_COLUMNS = frozenset({"chromosome", "start", "end", "gene", "mincopynumber", "maxcopynumber"})
_LAYOUT = Layout("chromosome", "start", "end")


def sniff(head: Head) -> bool:
    """Whether the header names a gene's place and its lowest and highest copies."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Rows that name the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place, symbol in rows_of_genes(gathering, _LAYOUT):
        # releases before isCanonical wrote the canonical transcript alone
        if row.fields.get("iscanonical", "true").lower() != "true":
            drop(gathering, place, "not the canonical transcript", gene=symbol)
            continue
        gathering.segments.append(
            tumor_copies(
                place,
                copies(row, "mincopynumber"),
                "PURPLE",
                highest=copies(row, "maxcopynumber"),
                gene=symbol,
                probes=row.whole("depthwindowcount"),
                minor=copies(row, "minminorallelecopynumber") if symbol == genes.TP53.symbol else None,
            )
        )
    return gathering.finish(copy_number=True)
