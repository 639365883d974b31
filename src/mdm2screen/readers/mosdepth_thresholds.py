"""mosdepth ``PREFIX.thresholds.bed.gz``: how many bases of each region reach each of several depths.

Coordinates are 0-based and half-open. A column ``30X`` counts bases, it is no fraction: only where it equals the length
of the region does every base have 30 reads. Where fewer do, nobody knows which.
"""

import re

from mdm2screen import builds, genes
from mdm2screen.readers import depth_rows, table
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="mosdepth-thresholds",
    title="mosdepth bases over depth thresholds",
    answers="the depth that every base of a region of TP53 reaches",
    silence="a region that is not listed has no depth shown, and counts as not seen",
    documented="brentp/mosdepth README, --thresholds",
)

_COLUMNS = ("chrom", "start", "end", "region")
_THRESHOLD = re.compile(r"(\d+)x")


def sniff(head: Head) -> bool:
    """The header names contig, start, end, region and depths such as ``30X``."""
    columns = head.columns
    return columns[:4] == _COLUMNS and len(columns) > 4 and all(map(_THRESHOLD.fullmatch, columns[4:]))


def read(file: SourceFile, options: Options) -> FileContent:
    """Depth that all bases of each region over TP53 reach. Raises InputError."""
    gathering = Gathering(file, options, FORMAT, total=0)
    thresholds = sorted((int(name[:-1]), name) for name in table.header(file)[4:])
    named = []
    total = 0
    for row in table.rows(file):
        total += 1
        contig, start, end = genes.contig_name(row.text("chrom")), row.position("start"), row.position("end")
        source = file.source(row.line, f"{row.text('chrom')}:{start}")
        named += depth_rows.named(row.text("region"), contig, start + 1, end, source)
        if genes.in_windows(contig, start + 1, end):
            place = depth_rows.Row(row.line, contig, [row.text("chrom"), str(start)])
            depth_rows.add(gathering, place, start + 1, end, depth=_reached_by_all(row, thresholds, end - start))
    gathering.total = total
    gathering.claim(builds.claims_of_gene_rows(named))
    return gathering.finish(measures_depth=True)


def _reached_by_all(row: table.Row, thresholds: list[tuple[int, str]], bases: int) -> int | None:
    """The highest threshold that all ``bases`` reach; 0 where none does the lowest, ``None`` where some do."""
    reached, counts = None, []
    for depth, column in thresholds:
        count = row.position(column)
        if count > bases:
            raise row.fault(column, f"is more than the {bases} bases of the region")
        counts.append(count)
        reached = depth if count == bases else reached
    if reached is not None:
        return reached
    return 0 if thresholds[0][0] == 1 and counts[0] == 0 else None
