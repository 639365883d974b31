"""FACETS segments: the ``cncf`` table, and the older ``*_hisens.cncf.txt``/``*_purity.cncf.txt`` of facets-suite.

Documented at https://github.com/mskcc/facets. Positions are those of SNPs, 1-based closed; chromosome 23 is X;
nothing in the file tells the build. ``tcn.em`` is the total copies of the tumor cell, already corrected for
purity and ploidy, without ceiling. NA means that FACETS found no number; the depth ratio beside it is then not
taken instead.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import header
from mdm2screen.records import FileContent

FORMAT = Format(
    name="facets-cncf",
    title="FACETS segments (cncf table)",
    answers="total copies of the tumor cell over both genes",
    cannot="whether 12 was rounded from 11.6; TP53 mutations",
    silence="no SNP of the assay lies there: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/mskcc/facets",
)

_COLUMNS = frozenset({"chrom", "seg", "num_mark", "nhet", "cnlr_median", "tcn_em"})
_NEW = Layout("chrom", "start", "end")
_LEGACY = Layout("chrom", "loc_start", "loc_end", sample="id")


def sniff(head: Head) -> bool:
    """Whether the header names the columns of a fit by expectation maximisation, in either spelling."""
    names = set(head.columns)
    return names >= _COLUMNS and (names >= {"start", "end"} or names >= {"id", "loc_start", "loc_end"})


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    layout = _LEGACY if "loc_start" in header(file) else _NEW
    for row, place in rows_over_genes(gathering, layout):
        gathering.segments.append(
            tumor_copies(
                place,
                copies(row, "tcn_em"),
                "FACETS",
                probes=row.whole("num_mark"),
                minor=copies(row, "lcn_em"),
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)
