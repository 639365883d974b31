"""A table of samples as text: its encoding, what parts its cells, and its rows by column.

Spreadsheets write it in many ways: parted by tabs, semicolons or commas, with a first line ``sep=;``, with empty
columns to the right. Lines are 1-based; a row has the number of the line it begins on.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

LONGEST_WORD = 128
"""Characters of a name; longer ones are cut in messages."""
_LONGEST_CELL = 4096
"""More characters than any list of paths needs."""
_DELIMITERS = "\t;,"
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\1*', re.IGNORECASE)
_SAVE_AS_UTF8 = "save the sheet as UTF-8 (in Excel: CSV UTF-8)"
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LOOKED_AT = 400
"""Bytes that tell UTF-16 without a mark from a damaged file."""


def decoded(content: bytes, faults: list[str]) -> str | None:
    """The content as text; ``None``, with a fault, where it is no UTF-8."""
    beginning = content[:_LOOKED_AT]
    every_second = abs(beginning[::2].count(0) - beginning[1::2].count(0)) > len(beginning) // 4
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or every_second:
        faults.append(f"row 1: is UTF-16 text; {_SAVE_AS_UTF8}")
        return None
    if b"\0" in content:
        faults.append(f"row {_line(content, content.index(0))}: holds NUL bytes: it is no text, or was damaged")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line, byte = _line(content, exc.start), content[exc.start]
        faults.append(f"row {line}: is not UTF-8 text (byte 0x{byte:02X}); {_SAVE_AS_UTF8}")
        return None


def _line(content: bytes, place: int) -> int:
    return len(_LINE_END.findall(content, 0, place)) + 1


def rows(
    text: str, columns: Collection[str], aliases: Mapping[str, str], faults: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Cells by column with the line of the row; faults of the header end the reading. ``columns`` are all known."""
    skipped, delimiter = _dialect(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    width = 0
    begins = 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if line == skipped or not any(cell.strip() for cell in cells):
                continue
            if header is None:
                width = len(cells)
                header = _header(cells, columns, aliases, faults)
                if faults:
                    return
            elif wrong := _wrong_row(cells, width, header, delimiter):
                faults.append(f"row {line}{wrong}")
            else:
                yield line, {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    except csv.Error as exc:
        faults.append(f"row {begins}: {exc}")
    if header is None and not faults:
        faults.append("has no header")


def _dialect(text: str) -> tuple[int | None, str]:
    """The line that names the delimiter, if one does, and the delimiter: the one that stands most in the header."""
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if named := _SEPARATOR_LINE.fullmatch(line.strip("\r\n ")):
            return number, named[1]
        if line.strip(_DELIMITERS + ' "\r\n'):
            return None, max(_DELIMITERS[::-1], key=line.count)
    return None, ","


def _wrong_row(cells: list[str], width: int, header: list[str], delimiter: str) -> str | None:
    """What is wrong with the cells of a row, as it goes on after the row's number."""
    if len(cells) != width:
        hint = {
            ";": "; a cell that holds ; (several files) needs quotes",
            ",": "; numbers have a decimal point, and a cell that holds a comma needs quotes",
        }
        return f": has {len(cells)} cells, the header {width}{hint.get(delimiter, '') if len(cells) > width else ''}"
    if beyond := next((at for at in range(len(header), width) if cells[at].strip()), None):
        return f": has text in column {beyond + 1}, which has no name in the header"
    long = next((name for name, cell in zip(header, cells, strict=False) if len(cell) > _LONGEST_CELL), None)
    return None if long is None else f", {long}: more than {_LONGEST_CELL} characters"


def _header(cells: list[str], columns: Collection[str], aliases: Mapping[str, str], faults: list[str]) -> list[str]:
    """Names of columns, without the empty ones that spreadsheets leave to the right."""
    names = [cell.strip().lower().replace("-", "_") for cell in cells]
    while names and not names[-1]:
        names.pop()
    names = [aliases.get(name, name) for name in names]
    for name in dict.fromkeys(names):
        if not name:
            faults.append(f"header: column {names.index(name) + 1} has no name")
            continue
        if names.count(name) > 1:
            faults.append(f"header: column {shown(name)} stands twice")
        if name not in columns:
            near = get_close_matches(name[:LONGEST_WORD], columns, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(columns)}"
            faults.append(f"header: unknown column {shown(name)}; {hint}")
    if "patient" not in names:
        faults.append("header: the column patient is missing")
    return names


def shown(word: str) -> str:
    """A word of the sheet in a message, cut where it is long."""
    return repr(word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}...")
