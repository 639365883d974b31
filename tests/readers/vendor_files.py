"""Reports of vendors for the reader tests: those made for them, read through whatever reader recognises them."""

import tempfile
from pathlib import Path

from mdm2screen.readers import recognise
from mdm2screen.readers.contract import Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent, SegmentRecord

VENDOR = Path(__file__).parents[2] / "test_data" / "vendor"

# What each made report is.
REPORTS = {
    "TUMOR_1_CombinedVariantOutput.tsv": "tso500-combined",
    "TUMOR_1.cnv.fc.txt": "tso500-fold-change",
    "TUMOR_1.CopyNumberVariants.vcf": "vcf",
    "TUMOR_1.cnv.vcf": "vcf",
    "TUMOR_1.foundation.xml": "foundation-xml",
    "TUMOR_1.tempus.json": "tempus-json",
    "TUMOR_1.tempus_v3.json": "tempus-json",
    "TUMOR_1.caris.json": "caris",
    "TUMOR_1.caris.xml": "caris",
    "TUMOR_1-full.tsv": "oncomine-tsv",
    "TUMOR_1_CNAs.tsv": "guardant",
    "TUMOR_1_CNAs.csv": "guardant",
    "TUMOR_1_SNV.tsv": "guardant",
}


def made(name: str) -> str:
    """Text of a made report."""
    return (VENDOR / name).read_text(encoding="utf-8")


def read_path(path: Path, options: Options | None = None) -> FileContent:
    file = SourceFile(path)
    return recognise(file).read(file, options or Options())


def read_made(name: str, options: Options | None = None) -> FileContent:
    return read_path(VENDOR / name, options)


def read_text(text: str | bytes, options: Options | None = None, *, name: str = "report") -> FileContent:
    """Text as a file on disk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_path(path, options)


def changed(name: str, *changes: tuple[str, str]) -> str:
    """Text of a made report with pieces of it replaced; each must be there."""
    text = made(name)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def of(content: FileContent, gene: str) -> list[SegmentRecord]:
    return [segment for segment in content.segments if segment.gene == gene]


def one(content: FileContent, gene: str = "MDM2") -> SegmentRecord:
    (segment,) = of(content, gene)
    return segment


def said(segment: SegmentRecord) -> tuple[object, ...]:
    """Value, scale, reference, purity state and ceiling."""
    return segment.value, segment.scale, segment.reference, segment.purity_state, segment.at_least
