"""``samtools depth``: position and depth, one column for each alignment file.

Positions are 1-based. Without ``-a`` a position without reads is left out, so one that is not there was not seen.
Column names (paths of the alignment files) stand only in a header that ``-H`` writes. Both mates of a pair count where
they overlap unless ``-s`` was given; before version 1.13 no depth above 8,000 was counted. The file does not say.
"""

from mdm2screen.errors import MalformedFileError, SampleError
from mdm2screen.readers import depth_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="samtools-depth",
    title="samtools depth",
    answers="the depth of each base of TP53",
    silence="a position that is not listed has no depth shown, and counts as not seen",
    documented="samtools-depth(1), https://www.htslib.org/doc/samtools-depth.html",
)


def sniff(head: Head) -> bool:
    """Contig, position and whole numbers, base after base; or the header of ``-H``."""
    return depth_rows.kind(head) == "positions"


def read(file: SourceFile, options: Options) -> FileContent:
    """Depth over TP53. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    names = _names(file)
    columns = 2 + len(names)
    chosen = depth_rows.choose_sample(names, file, options)
    column = 2 if chosen is None else 2 + names.index(chosen)
    if chosen is not None:  # the name of a file, not of a sample
        gathering.notes.append(f"the depth of {chosen} was read")
    rows = depth_rows.NearGenes(file, first_column=1, last_column=1)
    for row in rows:
        if not names:
            _check_single(file, row, options)
        elif len(row.fields) != columns:
            raise MalformedFileError(
                f"has {len(row.fields)} fields where the header has {columns}",
                where=f"{file.name} line {row.number}",
                remedy="the line may be cut or edited by hand; make the file again",
            )
        pos = depth_rows.whole(file, row, 1, "the position")
        depth = depth_rows.whole(file, row, column, "the depth")
        depth_rows.add(gathering, row, pos, pos, depth=depth)
    gathering.total = rows.total
    gathering.claim(rows.claims)
    return gathering.finish(measures_depth=True)


def _names(file: SourceFile) -> list[str]:
    """Names of the depth columns; empty without header."""
    first = Head(file.name, file.head()).lines[0]
    return first.split("\t")[2:] if first.startswith("#CHROM\tPOS") else []


def _check_single(file: SourceFile, row: depth_rows.Row, options: Options) -> None:
    """Raise SampleError where a file without header holds several depths: which is the tumor's nobody can say."""
    if len(row.fields) > 3:
        wanted = f", so {options.tumor_sample} cannot be found" if options.tumor_sample else ""
        raise SampleError(
            f"holds {len(row.fields) - 2} depth columns without names{wanted}",
            where=f"{file.name} line {row.number}",
            remedy="run samtools depth with -H, or on the tumor's alignment alone",
        )
