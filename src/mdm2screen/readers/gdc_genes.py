"""GDC gene-level copy number: one row for each gene.

Documented at https://docs.gdc.cancer.gov/Data/Bioinformatics_Pipelines/CNV_Pipeline/. 1-based closed; whole copies of
the tumor cell, corrected for purity and ploidy, without ceiling. ``copy_number`` is a median over the gene's
segments, so lowest and highest are taken. A gene without a segment has empty fields: no number.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_of_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="gdc-genes",
    title="GDC gene-level copy number",
    answers="lowest and highest copies of the tumor cell within both genes",
    cannot="whether 12 was rounded from 11.6; TP53 mutations",
    silence="GDC writes every gene: the file was cut down",
    absence=Absence.CUT_DOWN,
    documented="https://docs.gdc.cancer.gov/Data/Bioinformatics_Pipelines/CNV_Pipeline/",
)

_COLUMNS = frozenset({"gene_id", "gene_name", "chromosome", "start", "end", "min_copy_number", "max_copy_number"})
_LAYOUT = Layout("chromosome", "start", "end", gene="gene_name")


def sniff(head: Head) -> bool:
    """Whether the header names genes with their lowest and highest copies."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Rows that name the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place, symbol in rows_of_genes(gathering, _LAYOUT):
        lowest, highest = copies(row, "min_copy_number"), copies(row, "max_copy_number")
        gathering.segments.append(tumor_copies(place, lowest, "GDC", highest=highest, gene=symbol))
    return gathering.finish(copy_number=True)
