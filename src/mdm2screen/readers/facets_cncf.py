"""FACETS segments: the ``cncf`` table, and the older ``*_hisens.cncf.txt``/``*_purity.cncf.txt`` of facets-suite.

Documented at https://github.com/mskcc/facets. Positions are those of SNPs, 1-based closed; chromosome 23 is X;
nothing in the file tells the build. ``tcn.em`` is the total copies of the tumor cell, already corrected for
purity and ploidy, without ceiling. NA means that FACETS found no number; the depth ratio beside it is then not
taken instead. ``cf.em`` is the part of all cells that has the segment's state: the purity for what all tumor cells
have, 1 for the normal state. Clearly below the greatest of all altered segments it is that of a subclone, whose copies
``tcn.em`` then are; few cells with many copies read like many with few, so this is pointed out.
"""

from mdm2screen import genes
from mdm2screen.copy_number import DIPLOID
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row, header, rows
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
# Part of the clonal fraction below which a segment is taken for subclonal; a choice of mdm2screen that only flags.
_CLEARLY_BELOW = 0.8
_SEX_CHROMOSOMES = frozenset({"X", "Y"})  # one copy is the normal state of a man
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
    clonal = _clonal_fraction(file)
    for row, place in rows_over_genes(gathering, layout):
        gathering.segments.append(
            tumor_copies(
                place,
                copies(row, "tcn_em"),
                "FACETS",
                probes=row.whole("num_mark"),
                minor=copies(row, "lcn_em"),
                subclonal=_altered_fraction(row) < clonal * _CLEARLY_BELOW,
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)


def _clonal_fraction(file: SourceFile) -> float:
    """The greatest part of all cells that has an altered state of an autosome; 0 where no segment is altered."""
    autosomal = (row for row in rows(file) if genes.contig_name(row.text("chrom")) not in _SEX_CHROMOSOMES)
    found = [fraction for row in autosomal if (fraction := _altered_fraction(row)) != float("inf")]
    return max(found, default=0.0)


def _altered_fraction(row: Row) -> float:
    """The part of all cells with an altered number of copies; without bound where the row is not, or does not say."""
    fraction, total = row.number("cf_em"), row.number("tcn_em")
    return float("inf") if fraction is None or total is None or total == DIPLOID else fraction
