"""mosdepth ``PREFIX.per-base.bed.gz``, and ``bedtools genomecov -bga``: depth of every stretch of equal depth.

Coordinates are 0-based and half-open. Rows go over each chromosome without a gap, zero depth included; a table with
gaps is refused, because what a gap means (no read, or not looked at) cannot be told, and because a target BED with
numbers for names looks the same. mosdepth counts overlapping mates once, unless it ran in its fast mode, and every
mapping quality, unless told otherwise; the file does not say.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import depth_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="mosdepth-per-base",
    title="mosdepth per-base depth",
    answers="the depth of each base of TP53",
    silence="a base in no row has no depth shown, and counts as not seen",
    documented="brentp/mosdepth README; bedtools genomecov",
)


def sniff(head: Head) -> bool:
    """Four columns without header, the last a whole number."""
    return depth_rows.kind(head) == "depths"


def read(file: SourceFile, options: Options) -> FileContent:
    """Depth over TP53. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    rows = depth_rows.NearGenes(file, first_column=1, last_column=2)
    for row in rows:
        start, end = depth_rows.span(file, row)
        depth_rows.add(gathering, row, start + 1, end, depth=depth_rows.whole(file, row, 3, "the depth"))
    _check_tiling(file, rows.tiling)
    gathering.total = rows.total
    gathering.claim(rows.claims)
    return gathering.finish(measures_depth=True)


def _check_tiling(file: SourceFile, rows: depth_rows.Tiling) -> None:
    """Raise MalformedFileError where the rows of TP53's chromosome leave a gap, or are one row of a part of it."""
    if rows.gap is None and (rows.rows != 1 or rows.from_zero):
        return
    line = "" if rows.gap is None else f" line {rows.gap}"
    raise MalformedFileError(
        "the row does not begin where the one before ends: the table does not go over every base"
        if rows.gap is not None
        else "TP53's chromosome has one row, for a part of it: the table does not go over every base",
        where=f"{file.name}{line}",
        remedy="pass mosdepth's per-base.bed.gz as it was written (of bedtools genomecov the -bga output); "
        "the BED of a panel's targets is passed as --assay, with names that are no numbers",
    )
