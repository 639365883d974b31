"""Tumor fraction and ploidy of ichorCNA: ``*.params.txt``, a name and a value on each line.

Documented at https://github.com/broadinstitute/ichorCNA. ``Tumor Fraction`` is the share of tumor DNA in the plasma.
Zero means that ichorCNA found none: then nothing in the sample speaks of the tumor.
"""

from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.named_values import NamedValues
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent, PurityRecord, QcRecord, Specimen

FORMAT = Format(
    name="ichorcna-params",
    title="ichorCNA tumor fraction and ploidy (params.txt)",
    answers="purity (tumor fraction) and ploidy of the sample, and whether any tumor DNA was found",
    silence="it speaks of the sample, not of a gene",
    documented="https://github.com/broadinstitute/ichorCNA",
)

_FRACTION, _PLOIDY = "Tumor Fraction", "Ploidy"


def sniff(head: Head) -> bool:
    """Whether a line states the tumor fraction."""
    return any(line.startswith(f"{_FRACTION}:") for line in head.lines)


def read(file: SourceFile, options: Options) -> FileContent:
    """Tumor fraction and ploidy. Raises InputError."""
    gathering = Gathering(file, options, FORMAT, specimen=Specimen.PLASMA)
    values = NamedValues(file)
    gathering.total = len(values.lines)
    source = file.source(values.line(_FRACTION))
    if values.number(_FRACTION) == 0:
        verdict = QcRecord(passed=False, status="ichorCNA found no tumor DNA (tumor fraction 0)", source=source)
        return gathering.finish(needs_build=False, qc=[verdict])
    record = PurityRecord(purity=values.purity(_FRACTION), ploidy=values.ploidy(_PLOIDY), source=source)
    return gathering.finish(needs_build=False, purities=[record])
