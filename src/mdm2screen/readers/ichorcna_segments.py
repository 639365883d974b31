"""ichorCNA segments and bins: ``*.seg``, ``*.seg.txt``, ``*.cna.seg``.

Documented at https://github.com/broadinstitute/ichorCNA. 1-based closed. Copies of the tumor cell, corrected for
tumor fraction and ploidy, no more than 7 by default; ``logR_Copy_Number``, where written, has no ceiling and is used.
Bins span 500 kb to 1 Mb, and MDM2 37 kb: a narrow amplification is diluted within its bin. Whatever the number, the
gene may have more, so every value means "at least". Of a subclonal event (``subclone.status``) the copies are those of
the cells that have it, and how many these are is not in the file: no number for the tumor.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, Row, header
from mdm2screen.records import FileContent

FORMAT = Format(
    name="ichorcna-segments",
    title="ichorCNA segments and bins (.seg, .seg.txt, .cna.seg)",
    answers="least copies of the tumor cell over both genes; never that a gene is not amplified",
    cannot="that MDM2 is not amplified: its bins are wider than the gene; TP53 mutations",
    silence="no bin of the genome lies there: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/broadinstitute/ichorCNA",
)

_SEG = frozenset({"sample", "chr", "start", "end", "event", "copy_number", "bins", "median"})
_SEG_TXT = frozenset({"id", "chrom", "start", "end", "num_mark", "seg_median_logr", "copy_number", "call"})
_BIN_PLACE = ("chr", "start", "end")
_LEAST_BIN = 500_000
"""Bases of ichorCNA's narrowest bins."""


def sniff(head: Head) -> bool:
    """Whether the header is that of one of the three files."""
    return any(set(head.columns) >= known for known in (_SEG, _SEG_TXT)) or _bin_column(head.columns) is not None


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments or bins over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    names = header(file)
    bins = _bin_column(names)
    column = bins or "copy_number"
    for row, place in rows_over_genes(gathering, _layout(names)):
        unrounded = _unrounded(row, column)
        value = copies(row, column) if unrounded is None else unrounded
        subclonal = _is_subclonal(row, column)
        label = _label(row, column)
        if subclonal and value is not None:
            label, value = f"{label or 'event'}, {value:g} copies in a part of the tumor cells", None
        gathering.segments.append(
            tumor_copies(
                place,
                value,
                "ichorCNA",
                at_least=value is not None,
                bin_width=_LEAST_BIN,
                label=label,
                subclonal=subclonal,
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)


def _bin_column(columns: tuple[str, ...]) -> str | None:
    """The column of whole copies in a table of bins, whose columns begin with the sample's name."""
    if columns[:3] != _BIN_PLACE:
        return None
    found = [name for name in columns if name.endswith("_copy_number") and "_corrected_" not in name]
    found = [name for name in found if not name.endswith("_logr_copy_number")]
    return found[0] if len(found) == 1 and f"{_sample(found[0])}_event" in columns else None


def _sample(column: str) -> str:
    return column.removesuffix("_copy_number")


def _layout(names: tuple[str, ...]) -> Layout:
    if set(names) >= _SEG_TXT:
        return Layout("chrom", "start", "end", sample="id")
    return Layout("chr", "start", "end", sample="sample" if "sample" in names else None)


def _unrounded(row: Row, column: str) -> float | None:
    name = "logr_copy_number" if column == "copy_number" else f"{_sample(column)}_logr_copy_number"
    return copies(row, name)


def _is_subclonal(row: Row, column: str) -> bool:
    name = "subclone_status" if column == "copy_number" else f"{_sample(column)}_subclone_status"
    return row.text(name).upper() in ("TRUE", "1")


def _label(row: Row, column: str) -> str | None:
    words = row.text("event") or row.text("call") or row.text(f"{_sample(column)}_event")
    return None if words in MISSING else words
