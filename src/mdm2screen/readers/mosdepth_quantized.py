"""mosdepth ``PREFIX.quantized.bed.gz``: neighbouring bases whose depth lies in one bin.

Coordinates are 0-based and half-open. The fourth column is ``low:high`` (high excluded, ``inf`` or nothing without
limit), so every base of a row has at least ``low`` reads. Words in place of bins, set by the environment, are read
with the states of GATK.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import depth_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="mosdepth-quantized",
    title="mosdepth quantized depth",
    answers="the least depth of each base of TP53, by bins",
    silence="a base in no row has no depth shown, and counts as not seen",
    documented="brentp/mosdepth README, --quantize",
)


def sniff(head: Head) -> bool:
    """Four columns without header, the last a bin such as ``5:150``."""
    return depth_rows.kind(head) == "bins"


def read(file: SourceFile, options: Options) -> FileContent:
    """Least depth over TP53. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    rows = depth_rows.NearGenes(file, first_column=1, last_column=2)
    for row in rows:
        start, end = depth_rows.span(file, row)
        label = row.fields[3] if len(row.fields) > 3 else ""
        bounds = depth_rows.BIN.fullmatch(label)
        if bounds is None:
            raise MalformedFileError(
                f"the fourth column is {label!r}, which is no bin of depth",
                where=f"{file.name} line {row.number}",
                remedy="run mosdepth --quantize without labels of your own",
            )
        depth_rows.add(gathering, row, start + 1, end, depth=int(bounds[1]))
    gathering.total = rows.total
    gathering.claim(rows.claims)
    return gathering.finish(measures_depth=True)
