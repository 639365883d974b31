"""GATK CalculateContamination: the share of reads of another person, one row for each sample.

Documented at https://gatk.broadinstitute.org (CalculateContamination): ``sample``, then ``contamination`` and its
``error`` as fractions. It knows no place on the genome.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import rows
from mdm2screen.readers.table_sample import choose_table_sample
from mdm2screen.records import ContaminationRecord, FileContent

FORMAT = Format(
    name="gatk-contamination",
    title="GATK contamination table (CalculateContamination)",
    answers="the share of reads that come from another person",
    silence="it speaks of the sample, not of a gene",
    documented="https://gatk.broadinstitute.org CalculateContamination",
)

_COLUMNS = ("sample", "contamination", "error")


def sniff(head: Head) -> bool:
    """Whether the header names the three columns and no other."""
    return head.columns == _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """The tumor's row. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    found = list(rows(file))
    gathering.total = len(found)
    gathering.sample = choose_table_sample((row.text("sample") for row in found), file, options)
    mine = [row for row in found if row.text("sample") == gathering.sample]
    if len(mine) != 1:
        raise MalformedFileError(
            f"holds {len(mine)} rows of one sample where GATK writes one",
            where=file.name,
            remedy="pass the table that CalculateContamination wrote",
        )
    (row,) = mine
    fraction, error = row.number("contamination"), row.number("error")
    if fraction is None or not 0 <= fraction <= 1:
        raise row.fault("contamination", "is no fraction from 0 to 1")
    if error is not None and error < 0:
        raise row.fault("error", "is below zero")
    record = ContaminationRecord(fraction=fraction, error=error, source=file.source(row.line))
    return gathering.finish(needs_build=False, contaminations=[record])
