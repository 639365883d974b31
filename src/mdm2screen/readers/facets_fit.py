"""Purity and ploidy of FACETS: the run table of facets-suite (``<id>.txt``, ``.qc.txt``) and the older ``.out``.

Documented at https://github.com/mskcc/facets-suite. NA means that FACETS could not tell the purity, neither none nor
all: what it writes as copies of the tumor is then not corrected for it. Of the two runs the one named ``purity`` states
purity and ploidy; ``hisens`` is for focal events. ``facets_qc`` FALSE means that the sample failed the suite's own
quality control.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import purity_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.named_values import NamedValues
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row, rows
from mdm2screen.records import FileContent, PurityRecord, QcRecord

FORMAT = Format(
    name="facets-fit",
    title="FACETS purity and ploidy (run table, .qc.txt, .out)",
    answers="purity and ploidy of the sample, and the suite's verdict where the file holds one",
    silence="it speaks of the sample, not of a gene",
    documented="https://github.com/mskcc/facets-suite",
)

_COLUMNS = frozenset({"sample", "purity", "ploidy"})
_MARKS = frozenset({"diplogr", "facets_qc"})
_OUT = "# Purity ="
PRODUCER = "FACETS"


def sniff(head: Head) -> bool:
    """Whether the header is that of a run table, or a line states the purity as the older file does."""
    names = set(head.columns)
    table = names >= _COLUMNS and not names.isdisjoint(_MARKS)
    return table or any(line.startswith(_OUT) for line in head.lines)


def read(file: SourceFile, options: Options) -> FileContent:
    """Purity and ploidy. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    head = Head(file.name, file.head())
    if any(line.startswith(_OUT) for line in head.lines):
        values = NamedValues(file)
        gathering.total = len(values.lines)
        record = PurityRecord(
            purity=values.purity("Purity"), ploidy=values.ploidy("Ploidy"), source=file.source(values.line("Purity"))
        )
        return _with_doubt(gathering.finish(needs_build=False, purities=[record]))
    found = list(rows(file))
    gathering.total = len(found)
    row = _run(found, file)
    gathering.sample = row.text("sample") or None
    return _with_doubt(purity_rows.stated(gathering, row, "purity", "ploidy", qc=_verdict(row, file)))


def _with_doubt(content: FileContent) -> FileContent:
    """Say that FACETS found no purity, if it did not."""
    found = any(record.purity is not None for record in content.purities)
    return content if found else content.model_copy(update={"no_purity_of": PRODUCER})


def _run(found: list[Row], file: SourceFile) -> Row:
    """The run that states purity and ploidy. Raises MalformedFileError where the table leaves it open."""
    chosen = [row for row in found if row.text("run_type").lower() == "purity"] or found
    if len(chosen) != 1:
        raise MalformedFileError(
            f"holds {len(chosen)} runs that may state purity and ploidy",
            where=file.name,
            remedy="pass the table of this tumor alone, or state --purity and --ploidy",
        )
    return chosen[0]


def _verdict(row: Row, file: SourceFile) -> list[QcRecord]:
    failed = row.text("facets_qc").upper() == "FALSE"
    return [QcRecord(passed=False, status="facets_qc is FALSE", source=file.source(row.line))] if failed else []
