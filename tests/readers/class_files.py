"""Tables of classes for the tests: those made for them, and what a test writes."""

from pathlib import Path

from mdm2screen.readers import read_classes
from mdm2screen.readers.contract import Options
from mdm2screen.records import ClassRecord, FileContent

MADE = Path(__file__).parents[2] / "test_data" / "tp53"


def read(path: Path, options: Options | None = None) -> FileContent:
    return read_classes(path, options or Options())


def read_text(folder: Path, text: str, name: str = "lab.tsv", options: Options | None = None) -> FileContent:
    path = folder / name
    path.write_text(text)
    return read(path, options)


def said(content: FileContent) -> dict[str, str]:
    """Class by change."""
    return {key(record): record.significance for record in content.classes}


def key(record: ClassRecord) -> str:
    return record.hgvs_c or record.hgvs_p or "no key"
