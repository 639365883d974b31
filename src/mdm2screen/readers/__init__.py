"""Readers, one module per file format, listed once in ``READERS``."""

from importlib import import_module
from pathlib import Path
from typing import cast

from mdm2screen.errors import AmbiguousFormatError, UnknownFormatError
from mdm2screen.readers.contract import Format, Head, Options, Reader
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

READERS = (
    "vcf",
    "bed",
    "alignment",
    "mosdepth_per_base",
    "mosdepth_thresholds",
    "mosdepth_quantized",
    "mosdepth_regions",
    "gatk_callable_loci",
    "gatk_depth_of_coverage",
    "samtools_depth",
    "cnvkit_segments",
    "cnvkit_genemetrics",
    "gatk_segments",
    "gatk_modelsegments",
    "dnacopy_seg",
    "purple_gene",
    "purple_somatic",
    "purple_purity",
    "purple_qc",
    "facets_cncf",
    "facets_gene",
)


def _module(name: str) -> Reader:
    return cast(Reader, import_module(f"{__name__}.{name}"))


def formats() -> tuple[Format, ...]:
    """All formats that can be read, in the order they are tried."""
    return tuple(_module(name).FORMAT for name in READERS)


def recognise(file: SourceFile, modules: tuple[str, ...] = READERS) -> Reader:
    """The one reader whose format the content is. Raises UnknownFormatError or AmbiguousFormatError."""
    head = Head(file.name, file.head())
    found = [reader for reader in map(_module, modules) if reader.sniff(head)]
    if not found:
        first = next((line for line in head.lines if line.strip()), "")
        commas = first.count(",") > 2 and "\t" not in first
        raise UnknownFormatError(
            f"no reader recognises this file (it begins {first[:60]!r})",
            where=file.name,
            remedy="it is separated by commas: write it with tabs"
            if commas
            else "see 'mdm2screen formats' for what can be read, and pass such a file",
        )
    if len(found) > 1:
        titles = " and ".join(reader.FORMAT.title for reader in found)
        raise AmbiguousFormatError(
            f"{titles} both claim this file",
            where=file.name,
            remedy="pass the producer's original file; if this is one, report it as a fault of mdm2screen",
        )
    return found[0]


def read(path: Path, options: Options) -> FileContent:
    """Read one file, whatever its format. Raises InputError."""
    file = SourceFile(path)
    return recognise(file).read(file, options)
