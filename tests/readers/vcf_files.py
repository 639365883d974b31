"""Made VCFs for the reader tests: lines in, content out."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import vcf_builder as vb
from mdm2screen.readers import vcf
from mdm2screen.readers.contract import Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_header import VcfHeader
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import FileContent

# Any file serves as the source of a line or header that no file holds.
SOMEWHERE = SourceFile(Path(__file__))
MDM2 = {"GRCh37": (69201958, 69239324), "GRCh38": (68808178, 68845544)}
TP53 = {"GRCh37": (7571720, 7590868), "GRCh38": (7668402, 7687550)}


def data_line(text: str, *, column: int | None = 9) -> VcfLine:
    """A line from its text; fields separated by blanks or tabs."""
    return VcfLine(SOMEWHERE, 7, tuple(text.split()), column)


def header_of(lines: Sequence[str]) -> VcfHeader:
    return VcfHeader(SOMEWHERE, tuple(enumerate(lines, start=1)))


def read_path(path: Path, options: Options | None = None) -> FileContent:
    return vcf.read(SourceFile(path), options or Options())


def read(*records: str, header: Sequence[str] | None = None, options: Options | None = None) -> FileContent:
    """Records under a header as a plain file on disk."""
    lines = [*(vb.header() if header is None else header), *records]
    with tempfile.TemporaryDirectory() as folder:
        return read_path(vb.write(Path(folder) / "made.vcf", lines), options)
