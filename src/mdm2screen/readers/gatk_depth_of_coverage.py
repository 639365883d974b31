"""GATK DepthOfCoverage, the table by locus: ``Locus``, total and mean depth, ``Depth_for_SAMPLE``.

Loci are written ``chr17:7577100`` and 1-based. GATK 4 writes commas, GATK 3 tabs. The total is over all samples and is
never used. Its other tables (by interval, by gene) hold means.
"""

import re
from collections.abc import Iterator

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import depth_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.depth_rows import Row
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="gatk-depth-of-coverage",
    title="GATK DepthOfCoverage by locus",
    answers="the depth of each base of TP53",
    silence="a locus that is not listed has no depth shown, and counts as not seen",
    documented="GATK DepthOfCoverage",
)

_LOCUS = re.compile(r"(\S+):(\d+)")
_SAMPLE = "Depth_for_"


def sniff(head: Head) -> bool:
    """The first line names ``Locus`` and ``Total_Depth``."""
    return bool(head.lines) and _split(head.lines[0])[:2] == ["Locus", "Total_Depth"]


def read(file: SourceFile, options: Options) -> FileContent:
    """Depth over TP53 in the tumor. Raises InputError."""
    header = _split(Head(file.name, file.head()).lines[0])
    names = [name.removeprefix(_SAMPLE) for name in header if name.startswith(_SAMPLE)]
    if not names:
        raise MalformedFileError(
            "has no column Depth_for_SAMPLE", where=f"{file.name} line 1", remedy="run DepthOfCoverage by sample"
        )
    gathering = Gathering(file, options, FORMAT)
    gathering.sample = depth_rows.choose_sample(names, file, options)
    column = header.index(f"{_SAMPLE}{gathering.sample}")
    for row in _rows(file, len(header)):
        gathering.total = (gathering.total or 0) + 1
        pos = int(row.fields[1])
        depth = depth_rows.whole(file, row, column + 1, "the depth")
        depth_rows.add(gathering, row, pos, pos, depth=depth)
    return gathering.finish(measures_depth=True)


def _split(line: str) -> list[str]:
    return line.strip("\r\n").split("\t" if "\t" in line else ",")


def _rows(file: SourceFile, columns: int) -> Iterator[Row]:
    """Rows with the locus as two fields, contig and position. Raises MalformedFileError."""
    for number, line in file.text_lines():
        if number == 1 or not line.strip():
            continue
        fields = _split(line)
        locus = _LOCUS.fullmatch(fields[0])
        if locus is None or len(fields) != columns:
            raise MalformedFileError(
                f"is no row of the table: {line[:40]!r}",
                where=f"{file.name} line {number}",
                remedy="the line may be cut or edited by hand; make the file again",
            )
        yield Row(number, genes.contig_name(locus[1]), [locus[1], locus[2], *fields[1:]])
