"""One position of the JSON of Nirvana: its variants, their transcripts, ClinVar, and what the samples show."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from mdm2screen.readers.annotation_classes import clinvar
from mdm2screen.readers.annotation_line import Said, annotation, shortest
from mdm2screen.records import Presence, Source, VariantRecord

_PROGRAM = "Nirvana"


def variants(
    position: dict[str, Any], contig: str, source: Source, columns: Sequence[int]
) -> tuple[list[VariantRecord], str]:
    """The position's small variants that any sample of ``columns`` has, and why others were left out."""
    found = []
    why_not = "a position without a variant"
    alts = [str(alt) for alt in position.get("altAlleles", [])]
    for variant in position.get("variants", []):
        number = _number(variant, str(position["refAllele"]), alts)
        if variant.get("isRecomposedVariant"):
            why_not = "recomposed by the annotator from variants of one haplotype"
        elif number is None or not alts[number - 1].isalpha():
            why_not = "structural, or no allele of its own: the VCF tells of it"
        elif (sample := _sample(position, number, columns)) is None:
            why_not = "reference genotype in the tumor sample"
        else:
            said = _said(variant, source)
            found.append(_record(position, alts[number - 1], contig, source, said, sample, number))
    return found, why_not


def _record(
    position: dict[str, Any],
    alt: str,
    contig: str,
    source: Source,
    said: Said,
    sample: dict[str, Any],
    number: int,
) -> VariantRecord:
    genotype = sample.get("genotype")
    fractions = sample.get("variantFrequencies", [])
    no_call = genotype is not None and not re.search(r"\d", genotype)
    return VariantRecord(
        contig=contig,
        pos=int(position["position"]),
        ref=str(position["refAllele"]).upper(),
        alt=alt.upper(),
        presence=Presence.NO_CALL if no_call else Presence.PRESENT,
        source=source,
        filters=tuple(str(word) for word in position.get("filters", [])),
        vaf=fractions[number - 1] if len(fractions) >= number else None,
        depth=sample.get("totalDepth"),
        genotype=genotype,
        annotations=tuple(dict.fromkeys(said.annotations)),
        classes=tuple(dict.fromkeys(said.classes)),
        unread=tuple(dict.fromkeys(said.unread)),
    )


def _number(variant: dict[str, Any], ref: str, alts: Sequence[str]) -> int | None:
    """Which ALT of the position (1 for the first) a variant is, whose alleles are trimmed."""
    told = str(variant.get("refAllele", "")), str(variant.get("altAllele", ""))
    fitting = [at for at, alt in enumerate(alts, start=1) if told in {(ref, alt), *shortest(ref, alt)}]
    if not fitting and len(alts) == 1:
        return 1
    return fitting[0] if len(fitting) == 1 else None


def _sample(position: dict[str, Any], number: int, columns: Sequence[int]) -> dict[str, Any] | None:
    """The first sample that has the allele or does not exclude it; ``None`` where all say reference."""
    samples = position.get("samples", [])
    if not columns or not samples:
        return {}
    for sample in (samples[column] for column in columns if column < len(samples)):
        called = re.findall(r"\d+|\.", str(sample.get("genotype", ".")))
        if not sample.get("isEmpty") and (str(number) in called or "." in called):
            return dict(sample)
    return None


def _said(variant: dict[str, Any], source: Source) -> Said:
    said = Said()
    for transcript in variant.get("transcripts", []):
        found = annotation(
            _PROGRAM,
            gene=transcript.get("hgnc"),
            transcript=transcript.get("transcript"),
            terms=transcript.get("consequence", []),
            hgvs_c=transcript.get("hgvsc"),
            hgvs_p=transcript.get("hgvsp"),
            chosen=bool(transcript.get("isManeSelect") or transcript.get("isCanonical")),
        )
        said.annotations += [found] if found else []
    for origin, text, review in _clinvar(variant):
        said += clinvar(text, [review], source, origin)
    return said


def _clinvar(variant: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Origin, significance and review status for this very allele: of the variant (VCV), else of each condition."""
    own = [entry for entry in variant.get("clinvar", []) if _same_allele(entry, variant)]
    whole = [entry for entry in own if str(entry.get("id", "")).startswith("VCV")] or own
    words = [str(word) for entry in whole for word in entry.get("significance", [])]
    if words:
        yield "ClinVar", "/".join(dict.fromkeys(words)), str(whole[0].get("reviewStatus", ""))
    kinds = {"germlineClassification": "ClinVar", "oncogenicityClassification": "ClinVar (oncogenicity)"}
    for entry in variant.get("clinvar-preview", []):
        for kind, origin in kinds.items():
            told = entry.get("classifications", {}).get(kind, {})
            if _same_allele(entry, variant) and told.get("classification"):
                yield origin, str(told["classification"]), str(told.get("reviewStatus", ""))


def _same_allele(entry: dict[str, Any], variant: dict[str, Any]) -> bool:
    alleles = entry.get("refAllele"), entry.get("altAllele")
    return bool(entry.get("isAlleleSpecific")) or alleles == (variant.get("refAllele"), variant.get("altAllele"))
