"""PureCN segments with copies: ``<id>_loh.csv``, between commas.

Documented at https://github.com/lima1/PureCN. 1-based closed. ``C`` are copies of the tumor cell and ``M`` those of
the minor allele, corrected for purity and ploidy, without ceiling.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import COMMAS, MISSING, csv_columns
from mdm2screen.records import FileContent

FORMAT = Format(
    name="purecn-segments",
    title="PureCN segments with copies (loh.csv)",
    answers="copies of the tumor cell and of the minor allele over both genes",
    cannot="TP53 mutations",
    silence="no target of the assay lies there: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/lima1/PureCN",
)

_COLUMNS = frozenset({"sampleid", "chr", "start", "end", "arm", "c", "m", "type"})
_LAYOUT = Layout("chr", "start", "end", sample="sampleid", half_positions=True, shape=COMMAS)


def sniff(head: Head) -> bool:
    """Whether the header, between commas, names segments with copies and the minor allele."""
    return set(csv_columns(next(iter(head.lines), ""))) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for row, place in rows_over_genes(gathering, _LAYOUT):
        kind = row.text("type")
        gathering.segments.append(
            tumor_copies(
                place,
                copies(row, "c"),
                "PureCN",
                minor=copies(row, "m"),
                label=None if kind in MISSING else kind,
                probes=row.whole("num_mark"),
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)
