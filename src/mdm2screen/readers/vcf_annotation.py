"""Annotation that stands in a VCF, whichever program wrote it: one module per dialect, listed once in ``DIALECTS``."""

import re
from collections.abc import Mapping, Sequence

from mdm2screen.readers import (
    vcf_annotation_annovar,
    vcf_annotation_bcsq,
    vcf_annotation_funcotator,
    vcf_annotation_oncomine,
    vcf_annotation_pave,
    vcf_annotation_snpeff,
    vcf_annotation_vep,
)
from mdm2screen.readers.annotation_classes import of_allele
from mdm2screen.readers.annotation_line import AnnotatedAllele, Said
from mdm2screen.readers.vcf_header import VcfHeader
from mdm2screen.records import VariantRecord

DIALECTS = (
    vcf_annotation_vep,
    vcf_annotation_snpeff,
    vcf_annotation_bcsq,
    vcf_annotation_funcotator,
    vcf_annotation_annovar,
    vcf_annotation_pave,
    vcf_annotation_oncomine,
)
_ALT, _INFO = 4, 7


def annotated(variants: Sequence[VariantRecord], header: VcfHeader, notes: list[str]) -> list[VariantRecord]:
    """The variants with what their own lines say of effect and class; what cannot be parsed goes to ``notes`` too."""
    declared = {
        fields.get("ID", ""): fields.get("Description", "") for _, k, fields in header.structured if k == "INFO"
    }
    release = re.match(r"v?(\d+)", header.meta.get("vep", ""))
    vep = int(release[1]) if release else None
    info_at: dict[int, tuple[str, ...]] = {}
    for variant in variants:
        info_at[variant.pos] = (*info_at.get(variant.pos, ()), variant.line.split("\t")[_INFO])
    found = []
    for variant in variants:
        allele = _allele(variant, declared, info_at, vep)
        said = Said() if allele is None else read(allele)
        unread = tuple(dict.fromkeys(said.unread))
        where = variant.source.locus if variant.source.line is None else f"line {variant.source.line}"
        notes += [f"{where}: annotation not understood: {what}" for what in unread]
        found.append(
            variant.model_copy(
                update={
                    "annotations": tuple(dict.fromkeys(said.annotations)),
                    "classes": (*variant.classes, *dict.fromkeys(said.classes)),
                    "unread": unread,
                }
            )
        )
    return found


def read(allele: AnnotatedAllele) -> Said:
    """What all dialects say of one allele."""
    said = Said()
    for dialect in DIALECTS:
        said += dialect.read(allele)
    said += of_allele(vcf_annotation_annovar.outside(allele), allele.number, len(allele.alts), allele.source)
    return said


def _allele(
    variant: VariantRecord,
    declared: Mapping[str, str],
    info_at: Mapping[int, tuple[str, ...]],
    vep_release: int | None,
) -> AnnotatedAllele | None:
    """The allele on its line; ``None`` for a structural record, whose effect no small-variant annotation tells."""
    fields = variant.line.split("\t")
    alts = tuple(alt.upper() if alt.isalpha() else alt for alt in fields[_ALT].split(","))
    if variant.structural or variant.alt not in alts:
        return None
    return AnnotatedAllele(
        pos=variant.pos,
        ref=variant.ref,
        alts=alts,
        number=alts.index(variant.alt) + 1,
        info_text=fields[_INFO],
        source=variant.source,
        declared=declared,
        info_at=info_at,
        vep_release=vep_release,
    )
