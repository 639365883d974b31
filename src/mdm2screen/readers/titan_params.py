"""Purity and ploidy of TitanCNA: ``*.params.txt``, a name and a value on each line.

Documented at https://github.com/gavinha/TitanCNA. The file states the share of normal cells; purity is what is left
of one.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.named_values import NamedValues
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent, PurityRecord

FORMAT = Format(
    name="titan-params",
    title="TitanCNA purity and ploidy (params.txt)",
    answers="purity and ploidy of the solution",
    silence="it speaks of the sample, not of a gene",
    documented="https://github.com/gavinha/TitanCNA",
)

_NORMAL = "Normal contamination estimate"
_PLOIDY = ("Average tumour ploidy estimate", "Average tumor ploidy estimate")


def sniff(head: Head) -> bool:
    """Whether a line states the share of normal cells under TitanCNA's name for it."""
    return any(line.startswith(f"{_NORMAL}:") for line in head.lines)


def read(file: SourceFile, options: Options) -> FileContent:
    """Purity and ploidy. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    values = NamedValues(file)
    gathering.total = len(values.lines)
    normal = values.number(_NORMAL)
    if normal is not None and not 0 <= normal < 1:
        raise MalformedFileError(
            f"{_NORMAL} is {normal:g}, which is no share of normal cells below one",
            where=f"{file.name} line {values.line(_NORMAL)}",
            remedy="pass TitanCNA's own file",
        )
    record = PurityRecord(
        purity=None if normal is None else 1 - normal,
        ploidy=next((values.ploidy(name) for name in _PLOIDY if name in values.lines), None),
        source=file.source(values.line(_NORMAL)),
    )
    return gathering.finish(needs_build=False, purities=[record])
