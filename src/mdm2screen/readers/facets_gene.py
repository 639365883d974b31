"""facets-suite gene level: ``*.gene_level.txt``, one row for each gene.

Documented at https://github.com/mskcc/facets-suite. Positions are those of the gene, 1-based closed. ``tcn`` is
the total copies of the tumor cell on the gene's segment, already corrected for purity and ploidy, without
ceiling. ``cn_state`` is a label; ``filter`` other than PASS is the suite's doubt about it and is passed on as a
note. A number that the suite suppressed, or that is one of several segments over the gene, is not used.
"""

from mdm2screen import mdm2_neighbourhood
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_of_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, Row
from mdm2screen.records import FileContent

FORMAT = Format(
    name="facets-gene",
    title="facets-suite gene level (gene_level.txt)",
    answers="total copies of the tumor cell in both genes, with the suite's own label",
    cannot="whether 12 was rounded from 11.6; TP53 mutations",
    silence="no SNP of the assay lies there, or the gene was not in the list: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/mskcc/facets-suite",
)

_COLUMNS = frozenset({"sample", "gene", "chrom", "gene_start", "gene_end", "tcn", "cn_state", "filter"})
_LAYOUT = Layout("chrom", "gene_start", "gene_end", sample="sample")


def sniff(head: Head) -> bool:
    """Whether the header names the columns of the gene-level table."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Rows that name the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place, symbol in rows_of_genes(gathering, _LAYOUT):
        doubts = _doubts(row, symbol)
        gathering.notes += doubts if symbol not in mdm2_neighbourhood.neighbours() else []
        state = row.text("cn_state")
        gathering.segments.append(
            tumor_copies(
                place,
                None if _is_unusable(row) else copies(row, "tcn"),
                "FACETS",
                gene=symbol,
                label="; ".join(doubts) or (None if state in MISSING else state),
                sample=gathering.sample,
                minor=None if _is_unusable(row) else copies(row, "lcn"),
            )
        )
    return gathering.finish(copy_number=True)


def _is_unusable(row: Row) -> bool:
    """Whether facets-suite suppressed its own number, or the number is that of one of several segments."""
    return "suppress" in row.text("filter") or row.text("spans_segs").upper().startswith("T")


def _doubts(row: Row, symbol: str) -> list[str]:
    doubts = []
    if row.text("filter") not in MISSING | {"PASS"}:
        doubts.append(f"{symbol} carries the facets-suite filter {row.text('filter')} (line {row.line})")
    if row.text("spans_segs").upper().startswith("T"):
        doubts.append(f"{symbol} spans more than one segment; the row gives one of them (line {row.line})")
    return doubts
