"""Files of a name and a value on each line, parted by a colon or a tab."""

import re

from mdm2screen.readers import purity_rows
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row

_LINE = re.compile(r"\s*([^:\t=]+?)\s*[:\t=]\s*(.*?)\s*")


class NamedValues:
    """The lines of such a file, the first of each name."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self.lines: dict[str, tuple[int, str]] = {}
        for number, line in file.text_lines():
            match = _LINE.fullmatch(line.lstrip("# "))
            if match:
                self.lines.setdefault(match[1], (number, match[2]))

    def line(self, name: str) -> int | None:
        """The 1-based line of a name."""
        return self.lines[name][0] if name in self.lines else None

    def row(self, name: str) -> Row:
        """A name and its value as a row of one field; the field is empty where the name is absent."""
        number, value = self.lines.get(name, (0, ""))
        return Row(self._file.name, number, {name: value})

    def number(self, name: str) -> float | None:
        """A value as a number; ``None`` for a missing one. Raises MalformedFileError."""
        return self.row(name).number(name)

    def purity(self, name: str) -> float | None:
        """A value as a fraction of tumor cells. Raises MalformedFileError."""
        return purity_rows.purity(self.row(name), name)

    def ploidy(self, name: str) -> float | None:
        """A value as mean copies of a tumor cell. Raises MalformedFileError."""
        return purity_rows.ploidy(self.row(name), name)
