"""PureCN gene table: ``<id>_genes.csv``, one row for each gene, between commas.

Documented at https://github.com/lima1/PureCN. 1-based closed. ``C`` are copies of the tumor cell, corrected for
purity and ploidy, without ceiling. A gene with ``breakpoints`` lies on several segments and ``C`` is that of one of
them: then it is not used. ``C.flagged`` marks a copy number that PureCN itself doubts.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_of_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import COMMAS, MISSING, Row, csv_columns
from mdm2screen.records import FileContent

FORMAT = Format(
    name="purecn-genes",
    title="PureCN gene table (genes.csv)",
    answers="copies of the tumor cell in both genes, with PureCN's own label",
    cannot="copies of a gene that lies on several segments; TP53 mutations",
    silence="the gene is not among the targets: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/lima1/PureCN",
)

_COLUMNS = frozenset({"sampleid", "gene_symbol", "chr", "start", "end", "c", "seg_mean"})
_LAYOUT = Layout("chr", "start", "end", sample="sampleid", shape=COMMAS, gene="gene_symbol")


def sniff(head: Head) -> bool:
    """Whether the header, between commas, names genes and their copies in PureCN's spelling."""
    return set(csv_columns(next(iter(head.lines), ""))) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Rows that name the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place, symbol in rows_of_genes(gathering, _LAYOUT):
        split = _is_split(row)
        words = [row.text("type")] if row.text("type") not in MISSING else []
        words += ["lies on several segments, C is that of one"] if split else []
        words += ["PureCN flagged C"] if row.text("c_flagged").upper() == "TRUE" else []
        gathering.notes += [f"{symbol}: {word} (line {row.line})" for word in words[-1:] if word[0] in "lP"]
        gathering.segments.append(
            tumor_copies(
                place,
                None if split else copies(row, "c"),
                "PureCN",
                gene=symbol,
                label="; ".join(words) or None,
                probes=row.whole("number_targets"),
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)


def _is_split(row: Row) -> bool:
    """Whether a breakpoint lies within the gene."""
    first, last = row.text("_min_segid"), row.text("_max_segid")
    return (row.number("breakpoints") or 0) > 0 or first != last
