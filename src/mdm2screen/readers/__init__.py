"""Readers, one module per file format, listed once in ``READERS``."""

from dataclasses import replace
from functools import cache
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
    "cnvkit_bins",
    "cnvkit_genemetrics",
    "gatk_segments",
    "gatk_modelsegments",
    "gatk_gene_segments",
    "dnacopy_seg",
    "purple_gene",
    "purple_somatic",
    "purple_purity",
    "purple_qc",
    "purple_drivers",
    "gatk_contamination",
    "facets_cncf",
    "facets_gene",
    "facets_fit",
    "dragen_segments",
    "ascat_segments",
    "ascat_purity",
    "ascat_sc",
    "ascat_caveman",
    "pcgr_cna",
    "battenberg_segments",
    "battenberg_purity",
    "sequenza_segments",
    "sequenza_purity",
    "purecn_purity",
    "purecn_genes",
    "purecn_segments",
    "freec_cnvs",
    "freec_ratio",
    "freec_info",
    "titan_segments",
    "titan_params",
    "ichorcna_segments",
    "ichorcna_params",
    "qdnaseq",
    "amplicon_genes",
    "gdc_segments",
    "gdc_genes",
    "depmap_segments",
    "depmap_genes",
    "gistic",
    "cbioportal_cna",
    "tso500_combined",
    "tso500_fold_change",
    "foundation_xml",
    "tempus_json",
    "caris",
    "oncomine_tsv",
    "guardant",
    "nirvana_json",
    "cbioportal_sv",
)

CLASS_READERS = ("classes_table", "classes_nci", "classes_clinvar")
"""Tables of classes of TP53 variants: read where the user says so, never sought among a patient's files."""


@cache
def _module(name: str) -> Reader:
    return cast(Reader, import_module(f"{__name__}.{name}"))


def formats() -> tuple[Format, ...]:
    """All formats that can be read, in the order they are tried."""
    return tuple(_module(name).FORMAT for name in (*READERS, *CLASS_READERS))


def _remedy(file: SourceFile, head: Head) -> str:
    """What to do with a file that no reader recognises."""
    from mdm2screen.readers.decision_file import is_decision_file

    if is_decision_file(file.path):
        return "it holds results of mdm2screen: pass it to confirm, request, compare or concordance"
    first = next((line for line in head.lines if line.strip()), "")
    if first.count(",") > 2 and "\t" not in first:
        return "it is separated by commas: write it with tabs"
    return "see 'mdm2screen formats' for what can be read, and pass such a file"


def recognise(file: SourceFile, modules: tuple[str, ...] = READERS) -> Reader:
    """The one reader whose format the content is. Raises UnknownFormatError or AmbiguousFormatError."""
    head = Head(file.name, file.head())
    if names_itself_vcf(head) and "vcf" in modules:
        return _module("vcf")
    found = [reader for reader in map(_module, modules) if reader.sniff(head)]
    if not found:
        raise UnknownFormatError(
            f"no reader recognises this file (it holds {file.kind()})", where=file.name, remedy=_remedy(file, head)
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
    """Read one file of a patient, whatever its format. Raises InputError."""
    file = SourceFile(path)
    _refuse_classes(file)
    reader = recognise(file)
    file.digest_beside()
    return reader.read(file, options)


def read_after_all(path: Path, before: FileContent, options: Options) -> FileContent:
    """What a file holds, searched whole where before the user's word was taken for its order. Raises InputError."""
    if not before.order_assumed:
        return before
    content = read(path, replace(options, assume_sorted=False))
    notes = (*content.file.notes, "--assume-sorted: bisection showed no TP53 variant that decides: all was searched")
    return content.model_copy(update={"file": content.file.model_copy(update={"notes": notes})})


def read_classes(path: Path, options: Options) -> FileContent:
    """Read a table of classes of TP53 variants. Raises InputError."""
    file = SourceFile(path)
    head = Head(file.name, file.head())
    found = [reader for reader in map(_module, CLASS_READERS) if reader.sniff(head)]
    if not found:
        raise UnknownFormatError(
            "is no table of classes of TP53 variants",
            where=file.name,
            remedy="--tp53-classes takes a table with a column of HGVS (hgvs_c, hgvs_p or variant) and one of classes "
            "(class), a CSV of the NCI TP53 Database with functional classes, or a ClinVar VCF",
        )
    return found[0].read(file, options)


def names_itself_vcf(head: Head) -> bool:
    """Whether the first bytes say VCF or BCF as the specification has it: then no other reader need be loaded."""
    return head.raw.startswith((b"##fileformat=VCF", b"BCF"))


def _refuse_classes(file: SourceFile) -> None:
    """Raise UnknownFormatError for a table of classes among a patient's files: its variants are not the patient's."""
    head = Head(file.name, file.head())
    if names_itself_vcf(head) and b"clinvar" not in head.raw.lower():
        return
    from mdm2screen.readers import classes_clinvar

    of_patient = any(reader.sniff(head) for reader in map(_module, READERS))
    as_classes = any(reader.sniff(head) for reader in map(_module, CLASS_READERS))
    if classes_clinvar.is_clinvar(head) or (as_classes and not of_patient):
        raise UnknownFormatError(
            "lists classes of variants, not a patient's variants", where=file.name, remedy="pass it as --tp53-classes"
        )
