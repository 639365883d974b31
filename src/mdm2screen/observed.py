"""TP53 variants of the tumor as they are known: consequence, effect, classes, annotation, molecule. No judgement."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mdm2screen import annotation, cis, genes, known_classes, structural
from mdm2screen.annotation_check import AnnotationCheck
from mdm2screen.consequence import Consequence, predict
from mdm2screen.records import Build, ClassRecord, FileContent, Model, Presence, Specimen, VariantRecord

_LITERAL = re.compile(r"[ACGT]+")


class ObservedVariant(Model):
    """A TP53 allele of the tumor with its consequence; ``None`` for a structural record not spelled in bases.

    Such a record has an ``effect`` instead; a change of many bases has both. ``classes`` holds what each source says of
    it: its own line, the shipped lists, tables of classes. ``maybe_of_blood`` marks a call in plasma that no matched
    normal was subtracted from. ``annotation`` is what files say of its effect; ``None`` where they say nothing.
    ``parts`` are the c. names of the changes it stands for, all on one molecule; ``part_of`` is the name of the change
    that stands for this one.
    """

    record: VariantRecord
    build: Build
    consequence: Consequence | None
    effect: structural.Effect | None = None
    classes: tuple[ClassRecord, ...] = ()
    maybe_of_blood: bool = False
    annotation: AnnotationCheck | None = None
    parts: tuple[str, ...] = ()
    part_of: str | None = None


class Together(Model):
    """Variants of one file that lie on one molecule (``certain``), or may, and what they would be ``combined``.

    ``combined`` is ``None`` where an intron parts them. ``restores_frame``: frameshifts that shift nothing together.
    """

    parts: tuple[ObservedVariant, ...]
    combined: ObservedVariant | None
    certain: bool
    restores_frame: bool


class Observed(NamedTuple):
    """Variants of the tumor, those of one codon on perhaps one molecule, and those an annotation file has alone."""

    variants: tuple[ObservedVariant, ...]
    together: tuple[Together, ...]
    unlisted: tuple[ObservedVariant, ...]


def observe(contents: Sequence[FileContent], tables: known_classes.Index, specimen: Specimen | None) -> Observed:
    """All TP53 variants, with what annotation files say beside them. Raises ReferenceMismatchError."""
    beside = [(record, content) for content in contents if content.annotates for record in _over_tp53(content)]
    said: dict[tuple[object, ...], list[VariantRecord]] = {}
    for record, content in beside:
        said.setdefault(_identity(record, content), []).append(record)
    variants: list[ObservedVariant] = []
    together: list[Together] = []
    known: set[tuple[object, ...]] = set()
    for content in contents:
        if content.annotates:
            continue
        records = _over_tp53(content)
        if said:
            keys = [_identity(record, content) for record in records]
            known.update(keys)
            records = [_annotated(record, said.get(key, ())) for record, key in zip(records, keys, strict=True)]
        blood = specimen is Specimen.PLASMA and not content.matched_normal
        found = [_observed(record, _build(content), tables, maybe_of_blood=blood) for record in records]
        found, one_codon = _on_one_molecule(sorted(found, key=_place), _build(content), tables)
        variants += found
        together += one_codon
    alone = [_observed(record, _build(c), tables) for record, c in beside if _identity(record, c) not in known]
    return Observed(tuple(sorted(variants, key=_place)), tuple(together), tuple(sorted(alone, key=_place)))


def elsewhere(content: FileContent, tables: known_classes.Index) -> tuple[ObservedVariant, ...]:
    """Variants that are none of TP53 on the file's build, as they would be where their REF fits it on another."""
    found = []
    for record in content.elsewhere:
        for build in Build:
            known = genes.tp53_bases(build)
            inside = all(record.pos + i in known for i in range(len(record.ref))) and not record.structural
            if (
                inside
                and build is not content.file.build
                and not genes.reference_mismatch(build, record.pos, record.ref)
            ):
                found.append(_observed(record, build, tables))
    return tuple(found)


def _place(variant: ObservedVariant) -> tuple[int, str, str, str]:
    record = variant.record
    return record.pos, record.ref, record.alt, str(record.source)


def _on_one_molecule(
    variants: list[ObservedVariant], build: Build, tables: known_classes.Index
) -> tuple[list[ObservedVariant], list[Together]]:
    """Variants of one file; those on one molecule in one codon also as the change they make together."""
    spelled = [v for v in variants if _may_share_a_molecule(v)]
    if len(spelled) < 2:
        return variants, []
    others = [v for v in variants if not _may_share_a_molecule(v)]
    blood = spelled[0].maybe_of_blood
    joined = cis.join(build, [variant.record for variant in spelled])
    together = []
    for one in (*joined.combined, *joined.open):
        parts = tuple(spelled[index] for index in one.parts)
        whole = None if one.record is None else _observed(one.record, build, tables, maybe_of_blood=blood)
        if whole is not None:
            whole = whole.model_copy(update={"parts": tuple(map(_name, parts))})
        together.append(Together(parts=parts, combined=whole, certain=one.certain, restores_frame=one.restores_frame))
    part_of = {index: _name(_observed(whole, build, tables)) for index, whole in joined.part_of.items()}
    found = [variant.model_copy(update={"part_of": part_of.get(index)}) for index, variant in enumerate(spelled)]
    new = [one.combined for one in together[: len(joined.combined)] if one.combined is not None]
    return [*found, *new, *others], together[len(joined.combined) :]


def _may_share_a_molecule(variant: ObservedVariant) -> bool:
    """Whether a variant is a small one that the tumor has, or may have."""
    in_tumor = variant.record.presence is not Presence.NORMAL_ONLY
    return in_tumor and variant.consequence is not None and not variant.record.structural


def _name(variant: ObservedVariant) -> str:
    record = variant.record
    c = variant.consequence.hgvs_c if variant.consequence else None
    return c or f"17:{record.pos} {record.ref}>{record.alt}"


def _build(content: FileContent) -> Build:
    """The build of a file; one without places names genes alone, and any build serves."""
    return content.file.build or Build.GRCH38


def _over_tp53(content: FileContent) -> list[VariantRecord]:
    """Records that touch or name TP53, each rearrangement once."""
    build = content.file.build
    return [
        r
        for r in structural.joined(content.variants)
        if r.gene == genes.TP53.symbol
        or (build is not None and genes.TP53.overlaps(build, r.contig, r.pos, r.end or r.pos))
    ]


def _identity(record: VariantRecord, content: FileContent) -> tuple[object, ...]:
    """What two writings of one change have in common: its c. name where it has one, else its place and bases."""
    build = _build(content)
    literal = _LITERAL.fullmatch(record.ref) and _LITERAL.fullmatch(record.alt)
    if literal and not record.structural and genes.reference_mismatch(build, record.pos, record.ref) is None:
        name = predict(build, record.pos, record.ref, record.alt).hgvs_c
        if name is not None:
            return (name,)
    return build, record.pos, record.ref, record.alt


def _annotated(record: VariantRecord, beside: Iterable[VariantRecord]) -> VariantRecord:
    """A VCF's record with what files of annotation say of the same change."""
    for other in beside:
        added = {"annotations": (*record.annotations, *other.annotations), "classes": (*record.classes, *other.classes)}
        record = record.model_copy(update=added)
    return record


def _observed(
    record: VariantRecord, build: Build, tables: known_classes.Index, *, maybe_of_blood: bool = False
) -> ObservedVariant:
    if not record.structural:
        genes.require_reference(build, record.pos, record.ref, record.source)
    record = record.model_copy(update={"line": ""})  # the raw line is for readers; it may hold other samples and names
    spelling: tuple[int, str, str] | None = record.pos, record.ref, record.alt
    if record.structural:
        spelling = structural.spelled(build, record.change)
    literal = spelling is not None and _LITERAL.fullmatch(spelling[1]) and _LITERAL.fullmatch(spelling[2])
    consequence = predict(build, *spelling) if spelling is not None and literal else None
    long = structural.of_bases(record)
    return ObservedVariant(
        record=record,
        build=build,
        consequence=consequence,
        effect=structural.effect(build, record.change) if spelling is None else long and structural.effect(build, long),
        classes=known_classes.of_variant(record, build, consequence, tables),
        annotation=annotation.compare(consequence, record.annotations, record.unread),
        maybe_of_blood=maybe_of_blood,
    )
