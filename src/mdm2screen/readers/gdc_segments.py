"""GDC allele-specific segments (ASCAT2, ASCAT3, AscatNGS).

Documented at https://docs.gdc.cancer.gov/Data/Bioinformatics_Pipelines/CNV_Pipeline/. 1-based closed; whole copies of
the tumor cell, corrected for purity and ploidy, without ceiling. Samples are known by aliquot alone.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="gdc-segments",
    title="GDC allele-specific segments",
    answers="copies of the tumor cell over both genes",
    cannot="whether 12 was rounded from 11.6; TP53 mutations",
    silence="the gene lies between two segments: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://docs.gdc.cancer.gov/Data/Bioinformatics_Pipelines/CNV_Pipeline/",
)

_COLUMNS = frozenset({"gdc_aliquot", "chromosome", "start", "end", "copy_number", "minor_copy_number"})
_LAYOUT = Layout("chromosome", "start", "end", sample="gdc_aliquot")


def sniff(head: Head) -> bool:
    """Whether the header names aliquot, place and the copies of both alleles."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments of one aliquot over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place in rows_over_genes(gathering, _LAYOUT):
        total, minor = copies(row, "copy_number"), copies(row, "minor_copy_number")
        gathering.segments.append(tumor_copies(place, total, "GDC", minor=minor, sample=gathering.sample))
    return gathering.finish(copy_number=True)
