"""GATK CallableLoci (BED or state per base), and mosdepth quantized with words: callability as its producer judged it.

The words hold no depth: CALLABLE (PASS in GATK 4's documentation) means a depth of the run's own choice, 4 by default,
which the file does not say. NO_COVERAGE is a depth of zero. EXCESSIVE_COVERAGE is a depth above a limit, seen all the
same. Called BED, the rows of GATK 3 are 1-based and closed, those of GATK 4 0-based and half-open; how neighbouring
rows follow each other tells which. Where nothing tells, a base counts as seen only if both readings say so.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import depth_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.depth_rows import Row
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="gatk-callable-loci",
    title="GATK CallableLoci",
    answers="which bases of TP53 its producer takes for callable, without a depth",
    silence="a base in no row was not judged, and counts as not seen",
    documented="GATK 3 and 4 CallableLoci; brentp/mosdepth README, MOSDEPTH_Q0",
)

_SEEN = frozenset({"CALLABLE", "PASS", "HIGH_COVERAGE", "EXCESSIVE_COVERAGE"})
_DEPTH = {"NO_COVERAGE": 0}
# Too few reads here is no verdict on another assay of the same tumor; reads that map badly are.
_REFUSED = frozenset({"POOR_MAPPING_QUALITY", "REF_N"})


def sniff(head: Head) -> bool:
    """Four columns without header, the last a state of coverage."""
    return depth_rows.kind(head) == "states"


def read(file: SourceFile, options: Options) -> FileContent:
    """States over TP53. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    rows = depth_rows.NearGenes(file, first_column=1, last_column=2, whole_chromosomes=True)
    near = []
    closed = half_open = False
    before: Row | None = None
    for row in rows:
        start, end = depth_rows.span(file, row)
        if before is not None and before.contig == row.contig:
            half_open = half_open or start == int(before.fields[2])
            closed = closed or start == int(before.fields[2]) + 1
        closed = closed or start == end
        before = row
        if depth_rows.near(row.contig, start, end):
            near.append(row)
    if closed and half_open:
        raise MalformedFileError(
            "some rows follow each other as 0-based half-open ones do, some as 1-based closed ones",
            where=file.name,
            remedy="pass the file as GATK wrote it, sorted and not joined from several",
        )
    for row in near:
        state, start, end = _state(file, row), int(row.fields[1]), int(row.fields[2])
        seen = state in _SEEN
        first = start + 1 if half_open or (seen and not closed) else start
        verdict = True if seen else False if state in _REFUSED else None
        depth_rows.add(gathering, row, first, end, depth=_DEPTH.get(state), callable_=verdict)
    gathering.total = rows.total
    gathering.claim(rows.claims)
    return gathering.finish(measures_depth=True)


def _state(file: SourceFile, row: Row) -> str:
    """The word of a row. Raises MalformedFileError for one that is no state."""
    state = row.fields[3] if len(row.fields) > 3 else ""
    if state not in depth_rows.STATES:
        raise MalformedFileError(
            f"the fourth column is {state!r}, which is no state of coverage",
            where=f"{file.name} line {row.number}",
            remedy="pass the file as GATK CallableLoci wrote it",
        )
    return state
