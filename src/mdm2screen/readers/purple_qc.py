"""PURPLE's verdict on the sample: ``T.purple.qc``, a name and a value on each line.

Documented at https://github.com/hartwigmedical/hmftools/blob/master/purple/README.md. ``QCStatus`` is ``PASS``
or a list of ``WARN_...`` and ``FAIL_...`` words; anything else than PASS and warnings is a failure.
"""

from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.purity_rows import purity
from mdm2screen.readers.purple_purity import NO_TUMOR
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row
from mdm2screen.records import FileContent, PurityRecord, QcRecord

FORMAT = Format(
    name="purple-qc",
    title="PURPLE quality verdict (.purple.qc)",
    answers="whether PURPLE accepts the sample",
    silence="it speaks of the sample, not of a gene",
    documented="https://github.com/hartwigmedical/hmftools/blob/master/purple/README.md",
)

_STATUS = "QCStatus"


def sniff(head: Head) -> bool:
    """Whether a line gives the verdict."""
    return any(line.startswith(f"{_STATUS}\t") for line in head.lines)


def read(file: SourceFile, options: Options) -> FileContent:
    """The verdict, and the purity beside it. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    values = {}
    for number, line in file.text_lines():
        name, _, value = line.partition("\t")
        if not name:
            continue
        values[name] = Row(file.name, number, {name: value.strip()})
    gathering.total = len(values)
    verdict = values[_STATUS]
    status = verdict.text(_STATUS)
    words = [word.strip() for word in status.split(",")]
    passed = all(word == "PASS" or word.startswith("WARN_") for word in words)
    qc = [QcRecord(passed=passed, status=status, source=file.source(verdict.line))]
    found = values.get("Purity")
    no_tumor = "Method" in values and values["Method"].text("Method") == NO_TUMOR
    if found is None or no_tumor or f"FAIL_{NO_TUMOR}" in words:
        return gathering.finish(needs_build=False, qc=qc)
    record = PurityRecord(purity=purity(found, "Purity"), ploidy=None, source=file.source(found.line))
    return gathering.finish(needs_build=False, qc=qc, purities=[record])
