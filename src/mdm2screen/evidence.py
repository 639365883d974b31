"""Records joined to the genes, to what the assay could see, and to what is known of the sample. No judgement."""

import re
from collections.abc import Iterable, Sequence

from mdm2screen import annotation, callability, genes, known_classes, structural
from mdm2screen.annotation_check import AnnotationCheck
from mdm2screen.consequence import Consequence, predict
from mdm2screen.errors import ReferenceMismatchError, UsageError
from mdm2screen.oncotree import TumorType
from mdm2screen.records import (
    Build,
    ClassRecord,
    ContaminationRecord,
    FileContent,
    FishResult,
    Model,
    PurityRecord,
    QcRecord,
    ReportedVariant,
    SegmentRecord,
    Source,
    Specimen,
    VariantRecord,
)
from mdm2screen.results import Callability

_LITERAL = re.compile(r"[ACGT]+")


class GeneCopyNumber(Model):
    """What one file says of one gene's copy number; no segment means that the file is silent about it.

    ``context`` holds what the file says of the gene's chromosome beside it (MDM2 alone).
    """

    file: str
    build: Build | None
    segments: tuple[SegmentRecord, ...]
    silence: str | None
    context: tuple[SegmentRecord, ...] = ()


class ObservedVariant(Model):
    """A TP53 allele of the tumor with its consequence; ``None`` for a structural record not spelled in bases.

    Such a record has an ``effect`` instead. ``classes`` holds what each source says of it: its own line, the shipped
    lists, tables of classes. ``maybe_of_blood`` marks a call in plasma that no matched normal was subtracted from.
    ``annotation`` is what files say of its effect; ``None`` where they say nothing.
    """

    record: VariantRecord
    build: Build
    consequence: Consequence | None
    effect: structural.Effect | None = None
    classes: tuple[ClassRecord, ...] = ()
    maybe_of_blood: bool = False
    annotation: AnnotationCheck | None = None


class VariantFile(Model):
    """A file that may list TP53 variants, and what may stand against trusting its silence.

    ``elsewhere`` holds variants that would be TP53's if the file were on another build. ``germline`` says why the file
    looks like calls of the normal genome.
    """

    file: str
    small_variants: bool
    reaches_tp53: bool
    elsewhere: tuple[ObservedVariant, ...] = ()
    germline: str | None = None


class Evidence(Model):
    """Everything the rules may look at, for one tumor sample.

    ``unlisted`` are variants that a file of annotation repeats and no VCF lists.
    """

    mdm2: tuple[GeneCopyNumber, ...] = ()
    tp53_copies: tuple[GeneCopyNumber, ...] = ()
    variants: tuple[ObservedVariant, ...] = ()
    reported: tuple[ReportedVariant, ...] = ()
    unlisted: tuple[ObservedVariant, ...] = ()
    variant_files: tuple[VariantFile, ...] = ()
    callability: Callability
    purity: PurityRecord | None = None
    ploidy: PurityRecord | None = None
    fish: FishResult | None = None
    qc: tuple[QcRecord, ...] = ()
    contaminations: tuple[ContaminationRecord, ...] = ()
    specimen: Specimen | None = None
    tumor_type: TumorType | None = None
    rearrangement_files: tuple[str, ...] = ()


def gather(
    contents: Iterable[FileContent],
    *,
    assay: str | None = None,
    given: PurityRecord | None = None,
    fish: FishResult | None = None,
    tumor_type: TumorType | None = None,
    specimen: Specimen | None = None,
) -> Evidence:
    """Join what files say. ``given`` is the user's purity and ploidy, which goes before that of any file.

    ``fish`` is a FISH result given by hand.

    The order of files does not matter. Raises ReferenceMismatchError where a TP53 REF is not the reference, and
    UsageError where files state different purities or ploidies and the user states none.
    """
    ordered = sorted(contents, key=lambda content: (content.file.name, content.file.sha256))
    purities = [record for content in ordered for record in content.purities]
    tables = known_classes.index(record for content in ordered for record in content.classes)
    variants, unlisted = _variants(ordered, tables, specimen)
    return Evidence(
        mdm2=tuple(_gene_copies(c, genes.MDM2) for c in ordered if c.copy_number),
        tp53_copies=tuple(_gene_copies(c, genes.TP53) for c in ordered if c.copy_number),
        variants=variants,
        unlisted=unlisted,
        reported=tuple(record for content in ordered for record in content.reported),
        variant_files=tuple(_variant_file(c, tables) for c in ordered if c.file.format == "vcf"),
        callability=_callability(ordered, assay),
        purity=_settled("purity", given, purities),
        ploidy=_settled("ploidy", given, purities),
        fish=fish,
        qc=tuple(record for content in ordered for record in content.qc),
        contaminations=tuple(record for content in ordered for record in content.contaminations),
        specimen=specimen,
        tumor_type=tumor_type,
        rearrangement_files=tuple(content.file.name for content in ordered if content.rearrangements),
    )


def _gene_copies(content: FileContent, gene: genes.Gene) -> GeneCopyNumber:
    build = content.file.build
    segments = [
        s
        for s in content.segments
        if s.gene == gene.symbol
        or (s.gene is None and build is not None and gene.overlaps(build, s.contig, s.start, s.end))
    ]
    return GeneCopyNumber(
        file=content.file.name,
        build=build,
        segments=_by_place(segments),
        silence=content.silence,
        context=_by_place(content.context) if gene is genes.MDM2 else (),
    )


def _by_place(segments: Iterable[SegmentRecord]) -> tuple[SegmentRecord, ...]:
    return tuple(sorted(segments, key=lambda s: (s.start, s.end, repr(s))))


def _variant_file(content: FileContent, tables: known_classes.Index) -> VariantFile:
    return VariantFile(
        file=content.file.name,
        small_variants=content.small_variants,
        reaches_tp53=content.reaches_tp53,
        elsewhere=_elsewhere(content, tables),
        germline=content.germline,
    )


def _elsewhere(content: FileContent, tables: known_classes.Index) -> tuple[ObservedVariant, ...]:
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


def _variants(
    contents: Sequence[FileContent], tables: known_classes.Index, specimen: Specimen | None
) -> tuple[tuple[ObservedVariant, ...], tuple[ObservedVariant, ...]]:
    """The tumor's variants with all that files say of them, and those that only a file of annotation has."""
    listed = [(record, c) for c in contents if not c.annotates for record in _over_tp53(c)]
    beside = [(record, c) for c in contents if c.annotates for record in _over_tp53(c)]
    known = {_identity(record, content) for record, content in listed} if beside else set()
    said: dict[tuple[object, ...], list[VariantRecord]] = {}
    for record, content in beside:
        said.setdefault(_identity(record, content), []).append(record)
    found = []
    for record, content in listed:
        joined = _joined(record, said.get(_identity(record, content), ())) if beside else record
        blood = {"maybe_of_blood": specimen is Specimen.PLASMA and not content.matched_normal}
        found.append(_observed(joined, _build(content), tables).model_copy(update=blood))
    alone = [_observed(r, _build(c), tables) for r, c in beside if _identity(r, c) not in known]
    return _in_order(found), _in_order(alone)


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


def _joined(record: VariantRecord, beside: Iterable[VariantRecord]) -> VariantRecord:
    """A VCF's record with what files of annotation say of the same change."""
    for other in beside:
        added = {"annotations": (*record.annotations, *other.annotations), "classes": (*record.classes, *other.classes)}
        record = record.model_copy(update=added)
    return record


def _in_order(variants: Iterable[ObservedVariant]) -> tuple[ObservedVariant, ...]:
    return tuple(sorted(variants, key=lambda v: (v.record.pos, v.record.ref, v.record.alt, str(v.record.source))))


def _observed(record: VariantRecord, build: Build, tables: known_classes.Index) -> ObservedVariant:
    mismatch = genes.reference_mismatch(build, record.pos, record.ref) if not record.structural else None
    if mismatch is not None:
        pos, base, expected = mismatch
        raise ReferenceMismatchError(
            f"REF has {base} at chromosome 17 position {pos}, where {build} has {expected}",
            where=str(record.source),
            remedy="the file is on another genome build or damaged: pass the right --build or make the file again",
        )
    spelling: tuple[int, str, str] | None = record.pos, record.ref, record.alt
    if record.structural:
        spelling = structural.spelled(build, record.change)
    literal = spelling is not None and _LITERAL.fullmatch(spelling[1]) and _LITERAL.fullmatch(spelling[2])
    consequence = predict(build, *spelling) if spelling is not None and literal else None
    return ObservedVariant(
        record=record,
        build=build,
        consequence=consequence,
        effect=structural.effect(build, record.change) if spelling is None else None,
        classes=known_classes.of_variant(record, build, consequence, tables),
        annotation=annotation.compare(consequence, record.annotations, record.unread),
    )


def _callability(contents: Sequence[FileContent], assay: str | None) -> Callability:
    found = callability.unknown() if assay is None else callability.of_whole_assay(assay)
    targets = [content for content in contents if content.regions or content.file.format == "bed"]
    if targets:  # of several only what all of them cover is certain, so the narrowest speaks
        each = [callability.of_regions(c.file.name, c.regions, c.file.build) for c in targets if c.file.build]
        found = min(each, key=lambda one: (one.covered or 0, one.assay or ""))
    for content in contents:
        if content.file.build:
            found = callability.less(found, content.unseen, content.file.build)
    return found


def _settled(field: str, given: PurityRecord | None, stated: Sequence[PurityRecord]) -> PurityRecord | None:
    """The record that states ``field``: the user's, else the files' where they agree."""
    if given is not None and getattr(given, field) is not None:
        return given
    known = [record for record in stated if getattr(record, field) is not None]
    values = {getattr(record, field) for record in known}
    if len(values) > 1:
        listing = ", ".join(f"{getattr(r, field):g} in {r.source.file}" for r in known)
        raise UsageError(
            f"files state different values of {field}: {listing}",
            where=f"--{field}",
            remedy=f"say which holds: --{field} VALUE",
        )
    return known[0] if known else None


def stated_by_user(purity: float | None, ploidy: float | None) -> PurityRecord | None:
    """Purity (fraction) and ploidy given as options."""
    if purity is None and ploidy is None:
        return None
    return PurityRecord(purity=purity, ploidy=ploidy, source=Source(file="options"))
