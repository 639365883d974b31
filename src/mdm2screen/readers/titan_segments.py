"""TitanCNA segments: ``*.segs.txt``, one solution of one sample.

Documented at https://github.com/gavinha/TitanCNA. 1-based closed. ``Copy_Number`` are whole copies of the tumor cell,
corrected for purity and ploidy, no more than 8 by default: 8 means 8 or more. Newer releases add
``logR_Copy_Number``, the copies before rounding and without that ceiling; it is then used. Both are those of the cells
that have the event: of a gain where ``Cellular_Prevalence`` is below 1 the mean over all tumor cells is taken, the
others having two copies, as TitanCNA reckons; a loss is kept, so that a deletion in a part of the cells is seen. Which
allele is the minor one is taken from the numbers.
"""

from mdm2screen.copy_number import DIPLOID
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
        part = _part(row)
        gathering.segments.append(
            tumor_copies(
                place,
                _over_cells(whole if unrounded is None else unrounded, part),
                "TitanCNA",
                at_least=unrounded is None and whole is not None and whole >= CEILING,
                minor=_minor(row) if part == 1 else None,
                subclonal=part < 1,
                label=None if row.text("titan_call") in MISSING else row.text("titan_call"),
                sample=gathering.sample,
            )
        )
    return gathering.finish(copy_number=True)


def _part(row: Row) -> float:
    """The part of the tumor cells that has the event; all, where nothing is said. Raises MalformedFileError."""
    part = row.number("cellular_prevalence")
    if part is not None and not 0 < part <= 1:
        raise row.fault("cellular_prevalence", "is no part of the tumor cells (above 0, up to 1)")
    return 1.0 if part is None else part


def _over_cells(number: float | None, part: float) -> float | None:
    """Mean copies over all tumor cells, where ``part`` of them has gained to ``number`` and the others have two."""
    return number if number is None or number < DIPLOID else part * number + (1 - part) * DIPLOID


def _minor(row: Row) -> float | None:
    """Copies of the rarer allele, whichever column holds it."""
    both = [copies(row, "minorcn"), copies(row, "majorcn")]
    known = [number for number in both if number is not None]
    return min(known) if len(known) == len(both) else None
