"""Records joined to the genes, to what the assay could see, and to what is known of the sample. No judgement."""

from collections.abc import Iterable, Iterator, Sequence

from mdm2screen import callability, genes, known_classes
from mdm2screen.callability import MeasuredFile
from mdm2screen.callability_result import Callability
from mdm2screen.errors import UsageError
from mdm2screen.observed import ObservedVariant, Together, elsewhere, observe
from mdm2screen.oncotree import TumorType
from mdm2screen.records import (
    BUILD_WAS_STATED,
    Build,
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
)

__all__ = [
    "Evidence",
    "GeneCopyNumber",
    "ObservedVariant",
    "Together",
    "VariantFile",
    "gather",
    "stated_by_user",
]


# Two files agree on a purity or ploidy within a unit of the second decimal, to which many programs print it; the last
# term is the noise of binary arithmetic.
_ROUNDING = 0.01 + 1e-9


class GeneCopyNumber(Model):
    """What one file says of one gene's copy number; no segment means that the file is silent about it.

    ``context`` holds what the file says of the gene's chromosome beside it (MDM2 alone). ``other_specimen`` is set
    where the file says that it is of another specimen than the one that is screened. ``omits_neutral``: where nothing
    is altered the file has no record. ``build_is_proven``: the file itself tells it, and not the user alone.
    """

    file: str
    build: Build | None
    segments: tuple[SegmentRecord, ...]
    silence: str | None
    context: tuple[SegmentRecord, ...] = ()
    other_specimen: Specimen | None = None
    omits_neutral: bool = False
    build_is_proven: bool = True


class VariantFile(Model):
    """A file that may list TP53 variants, and what may stand against trusting its silence.

    ``elsewhere`` holds variants that would be TP53's if the file were on another build. ``germline`` says why the file
    looks like calls of the normal genome. ``order_assumed``: only where TP53 lies in a sorted file was it read.
    """

    file: str
    small_variants: bool
    reaches_tp53: bool
    order_assumed: bool = False
    elsewhere: tuple[ObservedVariant, ...] = ()
    germline: str | None = None


class Evidence(Model):
    """Everything the rules may look at, for one tumor sample.

    ``cdkn2a`` holds records only of files that were read for a protocol that asks for them; else CDKN2A is among
    ``not_read``, the genes beside MDM2 and TP53 whose copies were not looked for.
    ``unlisted`` are variants that a file of annotation repeats and no VCF lists; ``together`` those of one codon whose
    molecules are to be told apart.
    ``callability`` is what was declared of the assay, ``measured`` what files show of each base; ``mean_depths`` names
    files that hold means alone, ``depths_of_normal`` those that show the depth of what looks like the normal genome.
    ``unused_purities`` are of another specimen than the one that is screened.
    """

    mdm2: tuple[GeneCopyNumber, ...] = ()
    tp53_copies: tuple[GeneCopyNumber, ...] = ()
    cdkn2a: tuple[GeneCopyNumber, ...] = ()
    variants: tuple[ObservedVariant, ...] = ()
    reported: tuple[ReportedVariant, ...] = ()
    unlisted: tuple[ObservedVariant, ...] = ()
    together: tuple[Together, ...] = ()
    variant_files: tuple[VariantFile, ...] = ()
    callability: Callability
    measured: tuple[MeasuredFile, ...] = ()
    mean_depths: tuple[str, ...] = ()
    depths_of_normal: tuple[str, ...] = ()
    purity: PurityRecord | None = None
    ploidy: PurityRecord | None = None
    fish: FishResult | None = None
    qc: tuple[QcRecord, ...] = ()
    contaminations: tuple[ContaminationRecord, ...] = ()
    specimen: Specimen | None = None
    tumor_type: TumorType | None = None
    rearrangement_files: tuple[str, ...] = ()
    unused_purities: tuple[PurityRecord, ...] = ()
    not_read: tuple[str, ...] = ()

    def as_of(self, source: GeneCopyNumber) -> "Evidence":
        """This evidence as it holds for ``source``: purity and ploidy of one specimen say nothing of another."""
        return self if source.other_specimen is None else self.model_copy(update={"purity": None, "ploidy": None})


def gather(
    contents: Iterable[FileContent],
    *,
    assay: str | None = None,
    given: PurityRecord | None = None,
    fish: FishResult | None = None,
    tumor_type: TumorType | None = None,
    specimen: Specimen | None = None,
    not_read: Iterable[str] = (),
) -> Evidence:
    """Join what files say. ``given`` is the user's purity and ploidy, which goes before that of any file.

    ``fish`` is a FISH result given by hand. ``specimen`` is what is screened (tissue if not said): purity and
    ploidy of a file that says it is of another one are not used.

    The order of files does not matter. Raises ReferenceMismatchError where a TP53 REF is not the reference, and
    UsageError where files state different purities or ploidies and the user states none.
    """
    ordered = sorted(contents, key=lambda content: (content.file.name, content.file.sha256))
    screened = specimen or Specimen.TISSUE
    purities = [r for content in ordered if _other(content, screened) is None for r in content.purities]
    unfounded = frozenset(c.no_purity_of for c in ordered if c.no_purity_of is not None)
    tables = known_classes.index(record for content in ordered for record in content.classes)
    observed = observe(ordered, tables, specimen)
    return Evidence(
        mdm2=tuple(_gene_copies(c, genes.MDM2, screened, unfounded) for c in ordered if c.copy_number),
        # of TP53 few copies stay a suspicion, whatever the purity
        tp53_copies=tuple(_gene_copies(c, genes.TP53, screened, frozenset()) for c in ordered if c.copy_number),
        cdkn2a=tuple(_gene_copies(c, genes.CDKN2A, screened, unfounded) for c in ordered if c.copy_number),
        variants=observed.variants,
        unlisted=observed.unlisted,
        together=observed.together,
        reported=tuple(record for content in ordered for record in content.reported),
        variant_files=tuple(_variant_file(c, tables) for c in ordered if c.file.format == "vcf"),
        callability=_callability(ordered, assay),
        measured=tuple(_measured(ordered)),
        mean_depths=tuple(c.file.name for c in ordered if c.mean_depth),
        depths_of_normal=tuple(f"{c.file.name} ({c.germline})" for c in ordered if c.measures_depth and c.germline),
        purity=_settled("purity", given, purities),
        ploidy=_settled("ploidy", given, purities),
        fish=fish,
        qc=tuple(record for content in ordered for record in content.qc),
        contaminations=tuple(record for content in ordered for record in content.contaminations),
        specimen=specimen,
        tumor_type=tumor_type,
        rearrangement_files=tuple(content.file.name for content in ordered if content.rearrangements),
        unused_purities=tuple(r for content in ordered if _other(content, screened) for r in content.purities),
        not_read=tuple(not_read),
    )


def _other(content: FileContent, screened: Specimen) -> Specimen | None:
    """The specimen a file says it is of, where that is not the one screened."""
    return None if content.specimen in (None, screened) else content.specimen


def _founded(segment: SegmentRecord, unfounded: frozenset[str]) -> SegmentRecord:
    """The segment; without a number where its producer found no purity and still wrote copies of the tumor."""
    if segment.producer not in unfounded:
        return segment
    label = f"{segment.producer} found no purity"
    return segment.model_copy(update={"value": None, "highest": None, "minor": None, "label": label})


def _gene_copies(
    content: FileContent, gene: genes.Locus, screened: Specimen, unfounded: frozenset[str]
) -> GeneCopyNumber:
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
        segments=_by_place(_founded(segment, unfounded) for segment in segments),
        silence=content.silence,
        context=_by_place(_founded(s, unfounded) for s in content.context) if gene is genes.MDM2 else (),
        other_specimen=_other(content, screened),
        omits_neutral=content.omits_neutral,
        build_is_proven=content.file.build_because != BUILD_WAS_STATED,
    )


def _by_place(segments: Iterable[SegmentRecord]) -> tuple[SegmentRecord, ...]:
    return tuple(sorted(segments, key=lambda s: (s.start, s.end, repr(s))))


def _variant_file(content: FileContent, tables: known_classes.Index) -> VariantFile:
    return VariantFile(
        file=content.file.name,
        small_variants=content.small_variants,
        reaches_tp53=content.reaches_tp53,
        order_assumed=content.order_assumed,
        elsewhere=elsewhere(content, tables),
        germline=content.germline,
    )


def _callability(contents: Sequence[FileContent], assay: str | None) -> Callability:
    found = callability.unknown() if assay is None else callability.of_whole_assay(assay)
    targets = [content for content in contents if content.regions or content.file.format == "bed"]
    if targets:
        each = [callability.of_regions(c.file.name, c.regions, c.file.build) for c in targets if c.file.build]
        # a panel without TP53 has no vote on it; of those with it only what all cover is certain: the narrowest speaks
        voting = [one for one in each if one.covered] or each
        found = min(voting, key=lambda one: (one.covered or 0, one.assay or ""))
    for content in contents:
        if content.file.build:
            found = callability.less(found, content.unseen, content.file.build)
    return found


def _measured(contents: Sequence[FileContent]) -> Iterator[MeasuredFile]:
    """Files that measured depth over TP53 in the tumor; one of the normal genome shows nothing of it."""
    for content in contents:
        build = content.file.build
        if not content.measures_depth or build is None or content.germline is not None:
            continue
        for run in content.seen:
            genes.require_reference(build, run.start, run.ref or "", run.source)
        yield MeasuredFile(file=content.file.name, build=build, runs=content.seen)


def _settled(field: str, given: PurityRecord | None, stated: Sequence[PurityRecord]) -> PurityRecord | None:
    """The record that states ``field``: the user's, else the files' where they agree.

    Of values that differ by rounding the one with most digits holds. Raises UsageError where they differ by more.
    """
    if given is not None and getattr(given, field) is not None:
        return given
    known = [record for record in stated if getattr(record, field) is not None]
    values = [getattr(record, field) for record in known]
    if values and max(values) - min(values) > _ROUNDING:
        listing = ", ".join(f"{value:g} in {record.source}" for value, record in zip(values, known, strict=True))
        raise UsageError(
            f"files state different values of {field}: {listing}",
            where=f"--{field}",
            remedy=f"say which holds, such as --{field} {values[0]:g}, or leave out the file that does not hold",
        )
    return max(known, key=lambda record: _digits(getattr(record, field)), default=None)


def _digits(value: float) -> int:
    """How many digits behind the point a number was stated with."""
    return len(f"{value:.10f}".rstrip("0").partition(".")[2])


def stated_by_user(purity: float | None, ploidy: float | None) -> PurityRecord | None:
    """Purity (fraction) and ploidy given as options."""
    if purity is None and ploidy is None:
        return None
    return PurityRecord(purity=purity, ploidy=ploidy, source=Source(file="options"))
