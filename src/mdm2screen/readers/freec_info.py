"""Purity and ploidy of Control-FREEC: ``*_info.txt``, a name and a value on each line.

Documented at https://github.com/BoevaLab/FREEC. ``Sample_Purity`` is the share of tumor cells where FREEC was asked
to look for contamination; ``Output_Ploidy`` is the ploidy that its copy numbers are relative to. It is chosen from
those the run was given: 2, the default, may be no more than that nobody gave another, and is not taken for measured.
"""

from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.named_values import NamedValues
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent, PurityRecord

FORMAT = Format(
    name="freec-info",
    title="Control-FREEC purity and ploidy (_info.txt)",
    answers="purity of the sample where FREEC estimated one, and a ploidy other than the default of 2",
    silence="it speaks of the sample, not of a gene",
    documented="https://github.com/BoevaLab/FREEC",
)

_PLOIDY, _PURITY = "Output_Ploidy", "Sample_Purity"
_DEFAULT_PLOIDY = 2


def sniff(head: Head) -> bool:
    """Whether a line states the ploidy under FREEC's name for it."""
    return any(line.startswith(f"{_PLOIDY}\t") for line in head.lines)


def read(file: SourceFile, options: Options) -> FileContent:
    """Purity and ploidy. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    values = NamedValues(file)
    gathering.total = len(values.lines)
    ploidy = values.ploidy(_PLOIDY)
    if ploidy == _DEFAULT_PLOIDY:
        gathering.notes.append(f"{_PLOIDY} is 2, FREEC's default: not taken for a measured ploidy")
        ploidy = None
    record = PurityRecord(
        purity=values.purity(_PURITY),
        ploidy=ploidy,
        source=file.source(values.line(_PURITY) or values.line(_PLOIDY)),
    )
    return gathering.finish(needs_build=False, purities=[record])
