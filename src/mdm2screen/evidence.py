"""Records joined to the genes, to what the assay could see, and to what is known of the sample. No judgement."""

import re
from collections.abc import Iterable, Sequence

from mdm2screen import callability, genes, known_classes
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
    """A TP53 allele of the tumor with its consequence; ``None`` for a structural record.

    ``classes`` holds what each source says of it: its own line, the shipped lists, tables of classes.
    ``maybe_of_blood`` marks a call in plasma that no matched normal was subtracted from.
    """

    record: VariantRecord
    build: Build
    consequence: Consequence | None
    classes: tuple[ClassRecord, ...] = ()
    maybe_of_blood: bool = False


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
    """Everything the rules may look at, for one tumor sample."""

    mdm2: tuple[GeneCopyNumber, ...] = ()
    tp53_copies: tuple[GeneCopyNumber, ...] = ()
    variants: tuple[ObservedVariant, ...] = ()
    reported: tuple[ReportedVariant, ...] = ()
    variant_files: tuple[VariantFile, ...] = ()
    callability: Callability
    purity: PurityRecord | None = None
    ploidy: PurityRecord | None = None
    fish: FishResult | None = None
    qc: tuple[QcRecord, ...] = ()
    contaminations: tuple[ContaminationRecord, ...] = ()
    specimen: Specimen | None = None
    tumor_type: TumorType | None = None


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
    return Evidence(
        mdm2=tuple(_gene_copies(c, genes.MDM2) for c in ordered if c.copy_number),
        tp53_copies=tuple(_gene_copies(c, genes.TP53) for c in ordered if c.copy_number),
        variants=tuple(_variants(ordered, tables, specimen)),
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
        segments=_in_order(segments),
        silence=content.silence,
        context=_in_order(content.context) if gene is genes.MDM2 else (),
    )


def _in_order(segments: Iterable[SegmentRecord]) -> tuple[SegmentRecord, ...]:
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
) -> list[ObservedVariant]:
    found = []
    for content in contents:
        build = content.file.build
        blood = {"maybe_of_blood": specimen is Specimen.PLASMA and not content.matched_normal}
        for record in content.variants:
            if build is not None and genes.TP53.overlaps(build, record.contig, record.pos, record.end or record.pos):
                found.append(_observed(record, build, tables).model_copy(update=blood))
    return sorted(found, key=lambda v: (v.record.pos, v.record.ref, v.record.alt, str(v.record.source)))


def _observed(record: VariantRecord, build: Build, tables: known_classes.Index) -> ObservedVariant:
    mismatch = genes.reference_mismatch(build, record.pos, record.ref) if not record.structural else None
    if mismatch is not None:
        pos, base, expected = mismatch
        raise ReferenceMismatchError(
            f"REF has {base} at chromosome 17 position {pos}, where {build} has {expected}",
            where=str(record.source),
            remedy="the file is on another genome build or damaged: pass the right --build or make the file again",
        )
    literal = _LITERAL.fullmatch(record.ref) and _LITERAL.fullmatch(record.alt)
    consequence = None if record.structural or not literal else predict(build, record.pos, record.ref, record.alt)
    classes = known_classes.of_variant(record, build, consequence, tables)
    return ObservedVariant(record=record, build=build, consequence=consequence, classes=classes)


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


def fish_by_hand(ratio: float | None, copies: float | None) -> FishResult | None:
    """A FISH result given as options: MDM2/CEP12, and mean MDM2 signals per tumor nucleus."""
    if ratio is None and copies is None:
        return None
    return FishResult(ratio=ratio, copies=copies, source=Source(file="options"))


def stated_by_user(purity: float | None, ploidy: float | None) -> PurityRecord | None:
    """Purity (fraction) and ploidy given as options."""
    if purity is None and ploidy is None:
        return None
    return PurityRecord(purity=purity, ploidy=ploidy, source=Source(file="options"))
