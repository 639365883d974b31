"""Copy-number input of PCGR: chromosome, start, end, and the copies of both alleles.

Documented at https://sigven.github.io/pcgr/articles/input.html. 1-based closed; copies of the tumor cell as an
allele-specific caller (ASCAT, FACETS, PURPLE ...) gave them, whole numbers, without ceiling. Which caller made them and
what it corrected is not in the file; PCGR asks for absolute copies of the tumor.
"""

from mdm2screen.readers.ascat_segments import both_alleles
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="pcgr-cna",
    title="PCGR copy-number input (Chromosome, Start, End, nMajor, nMinor)",
    answers="copies of the tumor cell over both genes",
    cannot="whether 12 was rounded from 11.6; TP53 mutations",
    silence="the gene lies between two segments: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://sigven.github.io/pcgr/articles/input.html",
)

_COLUMNS = frozenset({"chromosome", "start", "end", "nmajor", "nminor"})
_LAYOUT = Layout("chromosome", "start", "end")


def sniff(head: Head) -> bool:
    """Whether the header names a place and the copies of both alleles."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place in rows_over_genes(gathering, _LAYOUT):
        total = both_alleles(row, "nmajor", "nminor")
        gathering.segments.append(tumor_copies(place, total, "PCGR input", minor=copies(row, "nminor")))
    return gathering.finish(copy_number=True)
