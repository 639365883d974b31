"""TitanCNA segments: ``*.segs.txt``, one solution of one sample.

Documented at https://github.com/gavinha/TitanCNA. 1-based closed. ``Copy_Number`` are whole copies of the tumor cell,
corrected for purity and ploidy, no more than 8 by default: 8 means 8 or more. Newer releases add
``logR_Copy_Number``, the copies before rounding and without that ceiling; it is then used. Which allele is the minor
one is taken from the numbers.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, copies, rows_over_genes, tumor_copies
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, Row, header
from mdm2screen.records import FileContent

FORMAT = Format(
    name="titan-segments",
    title="TitanCNA segments (segs.txt)",
    answers="copies of the tumor cell over both genes, up to 8 in old releases",
    cannot="in old releases whether copies are 8 or more than 12; TP53 mutations",
    silence="the gene lies between two segments: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/gavinha/TitanCNA",
)

CEILING = 8
"""Most copies that TitanCNA models by default (``maxCN`` of its script ``titanCNA.R``)."""

_COLUMNS = frozenset({"sample", "chromosome", "median_logr", "titan_state", "titan_call", "copy_number"})
_STARTS = ("start_position_bp_", "start_position(bp)", "start")
_ENDS = ("end_position_bp_", "end_position(bp)", "end")


def sniff(head: Head) -> bool:
    """Whether the header names TitanCNA's states and calls of segments."""
    names = set(head.columns)
    return names >= _COLUMNS and not names.isdisjoint(_STARTS) and not names.isdisjoint(_ENDS)


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    names = header(file)
    start, end = (next(name for name in known if name in names) for known in (_STARTS, _ENDS))
    for row, place in rows_over_genes(gathering, Layout("chromosome", start, end, sample="sample")):
        unrounded = copies(row, "logr_copy_number")
        whole = copies(row, "copy_number")
        gathering.segments.append(
            tumor_copies(
                place,
                whole if unrounded is None else unrounded,
                "TitanCNA",
                at_least=unrounded is None and whole is not None and whole >= CEILING,
                minor=_minor(row),
                label=None if row.text("titan_call") in MISSING else row.text("titan_call"),
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)


def _minor(row: Row) -> float | None:
    """Copies of the rarer allele, whichever column holds it."""
    both = [copies(row, "minorcn"), copies(row, "majorcn")]
    known = [number for number in both if number is not None]
    return min(known) if len(known) == len(both) else None
