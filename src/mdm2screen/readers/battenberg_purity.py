"""Purity and ploidy of Battenberg: ``*_purity_ploidy.txt`` and ``*_rho_and_psi.txt``.

Documented at https://github.com/Wedge-lab/battenberg. The first has one row. The second has one row for each way of
fitting, its names in a column without header; the row FRAC_GENOME is the program's answer, ``rho`` the purity and
``psi`` the ploidy.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import purity_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import ROW_NAME, rows
from mdm2screen.records import FileContent

FORMAT = Format(
    name="battenberg-purity",
    title="Battenberg purity and ploidy (purity_ploidy.txt, rho_and_psi.txt)",
    answers="purity and ploidy of the sample",
    silence="it speaks of the sample, not of a gene",
    documented="https://github.com/Wedge-lab/battenberg",
)

_ONE_ROW = frozenset({"purity", "ploidy", "psi"})
_WAYS = frozenset({"rho", "psi"})
_ANSWER = "FRAC_GENOME"


def sniff(head: Head) -> bool:
    """Whether the header is that of one of the two files."""
    names = set(head.columns)
    return names >= _ONE_ROW or (names >= _WAYS and any(line.strip('"').startswith(_ANSWER) for line in head.lines))


def read(file: SourceFile, options: Options) -> FileContent:
    """Purity and ploidy of the program's answer. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    found = list(rows(file))
    gathering.total = len(found)
    ways = bool(found) and "rho" in found[0].fields
    chosen = [row for row in found if row.text(ROW_NAME) == _ANSWER] if ways else found
    if len(chosen) != 1:
        wanted = f"row {_ANSWER}" if ways else "fit"
        raise MalformedFileError(
            f"holds {len(chosen)} of the one {wanted} it should", where=file.name, remedy="pass Battenberg's own file"
        )
    return purity_rows.stated(gathering, chosen[0], *(("rho", "psi") if ways else ("purity", "ploidy")))
