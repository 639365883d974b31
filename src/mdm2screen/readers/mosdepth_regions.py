"""mosdepth ``PREFIX.regions.bed.gz``: the mean depth of each region.

Coordinates are 0-based and half-open; the mean (or median) is the last of four or five columns, with decimals. A mean
proves nothing of a base: ten bases without a read vanish in it. Only a mean of zero is exact, and says that no base of
the region was seen.
"""

from mdm2screen import builds, genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.numerals import parsed
from mdm2screen.readers import depth_rows
from mdm2screen.readers.contract import Dropped, Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Build, FileContent, Region

FORMAT = Format(
    name="mosdepth-regions",
    title="mosdepth mean depth of regions",
    answers="nothing of a base: a mean may hide a hole; a mean of zero says that a region was not seen",
    silence="a region that is not listed was not measured",
    documented="brentp/mosdepth README, --by",
)

_TP53 = genes.TP53.loci[Build.GRCH38].contig


def sniff(head: Head) -> bool:
    """Four or five columns without header, the last with decimals."""
    return depth_rows.kind(head) == "means"


def read(file: SourceFile, options: Options) -> FileContent:
    """Regions of TP53 that were not seen at all. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    rows = depth_rows.NearGenes(file, first_column=1, last_column=2)
    named = []
    for row in rows:
        start, end = depth_rows.span(file, row)
        source = file.source(row.number, ":".join(row.fields[:2]))
        if len(row.fields) > 4:
            named += depth_rows.named(row.fields[3], row.contig, start + 1, end, source)
        if not genes.in_windows(row.contig, start + 1, end):
            continue
        if _mean(file, row) == 0 and row.contig == _TP53:
            gathering.unseen.append(Region(contig=row.contig, start=start + 1, end=end))
        gathering.dropped.append(Dropped(source, row.contig, start + 1, end, "mean depth of a region"))
    gathering.total = rows.total
    gathering.claim(rows.claims)
    gathering.claim(builds.claims_of_gene_rows(named))
    return gathering.finish(mean_depth=True)


def _mean(file: SourceFile, row: depth_rows.Row) -> float:
    """The mean depth of a row. Raises MalformedFileError."""
    token = row.fields[-1]
    try:
        return parsed(token)
    except ValueError:
        raise MalformedFileError(
            f"the mean depth is {token!r}, which is no number",
            where=f"{file.name} line {row.number}",
            remedy="pass the producer's original file",
        ) from None
