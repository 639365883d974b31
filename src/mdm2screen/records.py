"""What one line of a file says, in the file's own unit, with its source.

Coordinates are 1-based and closed everywhere in this package; readers convert. Contigs are named without
``chr`` (``"12"``, ``"17"``, ``"X"``).
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Fraction = Annotated[float, Field(ge=0, le=1)]
Position = Annotated[int, Field(ge=0)]


class Model(BaseModel):
    """Base of every value in this package: frozen, no unknown field, no NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Build(StrEnum):
    """Genome builds whose coordinates this package knows."""

    GRCH37 = "GRCh37"
    GRCH38 = "GRCh38"


class Source(Model):
    """Where a statement stands: file name, 1-based line (if known) and locus as the file writes it."""

    file: str
    line: int | None = None
    locus: str | None = None

    def __str__(self) -> str:
        line = f" line {self.line}" if self.line is not None else ""
        locus = f" ({self.locus})" if self.locus else ""
        return f"{self.file}{line}{locus}"


class Scale(StrEnum):
    """Unit of a copy-number value."""

    TUMOR_COPIES = "tumor_copies"
    OBSERVED_COPIES = "observed_copies"
    LINEAR_RATIO = "linear_ratio"
    LOG2_RATIO = "log2_ratio"
    LABEL = "label"


class Reference(StrEnum):
    """What a ratio is relative to: two copies, the mean (or median) copies of the sample itself, or either."""

    DIPLOID = "diploid"
    SAMPLE = "sample"
    UNKNOWN = "unknown"


class PurityState(StrEnum):
    """Whether normal cells have been accounted for, and by whom; a count in tumor nuclei holds none."""

    CORRECTED = "corrected_by_caller"
    CORRECTED_BY_LAB = "corrected_by_entered_value"
    COUNTED = "counted_in_tumor_nuclei"
    UNCORRECTED = "uncorrected"
    UNKNOWN = "unknown"


class SegmentRecord(Model):
    """Copy number of a segment, or of one gene (``gene`` set), on ``contig`` from ``start`` to ``end``.

    ``value`` is in ``scale``; ``None`` means that the file holds no number there (NaN, NA, empty).
    ``highest`` is the maximum over the row where a producer gives minimum and maximum.
    ``at_least`` marks a producer's ceiling: the truth is ``value`` or more.
    ``minor`` is the copies of the rarer allele in a tumor cell, where the producer corrected it for purity.
    ``ci_low`` and ``ci_high`` are the producer's confidence limits of ``value``, in ``scale``.
    ``ecdna`` is the class of the amplicon the segment lies on, as its producer names it (AmpliconClassifier).
    ``subclonal`` marks a segment that its producer takes for one of a part of the tumor cells.
    """

    contig: str
    start: Position
    end: Position
    value: float | None
    scale: Scale
    reference: Reference
    purity_state: PurityState
    producer: str
    source: Source
    highest: float | None = None
    at_least: bool = False
    ci_low: float | None = None
    ci_high: float | None = None
    ecdna: str | None = None
    subclonal: bool = False
    gene: str | None = None
    gene_labels: tuple[str, ...] = ()
    label: str | None = None
    probes: int | None = None
    sample: str | None = None
    minor: float | None = None


class Presence(StrEnum):
    """What the genotype says of one ALT allele in the tumor sample."""

    PRESENT = "present"
    NO_CALL = "no_call"


class Phase(Model):
    """Alleles that share ``group`` and a haplotype of it lie on one molecule.

    ``whole`` is the change of several bases, (position, REF, ALT), that the caller names the allele a part of, or that
    it is itself.
    """

    group: str
    haplotypes: tuple[int, ...]
    whole: tuple[int, str, str] | None = None


class Annotation(Model):
    """What an annotation program wrote of one allele on one transcript.

    ``terms`` are Sequence Ontology terms, also where the program has words of its own; ``transcript`` carries no
    version; ``hgvs_c`` and ``hgvs_p`` begin with ``c.`` and ``p.``, protein in three letters. ``chosen`` marks the
    transcript the program itself prefers (MANE, canonical, PICK). ``with_others`` marks an effect that the program
    worked out of several variants on one haplotype together.
    """

    program: str
    gene: str
    transcript: str | None
    terms: tuple[str, ...]
    hgvs_c: str | None = None
    hgvs_p: str | None = None
    chosen: bool = False
    with_others: bool = False


class Significance(StrEnum):
    """Classes of a variant, as ClinVar and ACMG name them."""

    PATHOGENIC = "pathogenic"
    LIKELY_PATHOGENIC = "likely_pathogenic"
    UNCERTAIN = "uncertain"
    LIKELY_BENIGN = "likely_benign"
    BENIGN = "benign"
    CONFLICTING = "conflicting"


class ClassRecord(Model):
    """The class that one source gives a TP53 variant, with the source's own ``words``.

    Within a VCF line it belongs to the allele and carries no key. In a table of classes ``hgvs_c`` or ``hgvs_p``
    (three letters) says which variant is meant, or ``locus``: (build, position, REF, ALT) on chromosome 17.
    """

    origin: str
    significance: Significance
    words: str
    source: Source
    hgvs_c: str | None = None
    hgvs_p: str | None = None
    locus: tuple[Build, int, str, str] | None = None


class FilterKind(StrEnum):
    """What a FILTER token says of a record, by caller."""

    ARTEFACT = "artefact"
    GERMLINE = "germline"
    LOW_CONFIDENCE = "low_confidence"
    INFORMATIONAL = "informational"


class Breakpoint(Model):
    """One end of a rearrangement: the 1-based base at it that is retained, and the side on which what it keeps lies.

    ``left`` retains the bases up to ``pos``, ``right`` those from ``pos`` on. ``low`` and ``high`` are the furthest
    positions the caller allows, where it is not sure.
    """

    contig: str
    pos: Position
    retained: Literal["left", "right"] | None = None
    low: Position | None = None
    high: Position | None = None


StructuralKind = Literal["DEL", "DUP", "INV", "INS", "BND", "SINGLE", "CNV", "FUSION", "DISRUPTION", "NAMED", "OTHER"]


class StructuralChange(Model):
    """A structural variant as its record states it; the record's own end comes first, one end where no mate is known.

    ``kind``: ``SINGLE`` is a breakend without mate, ``CNV`` a segment of a caller of depth, ``DISRUPTION`` a gene that
    a table names as disrupted on every copy, ``NAMED`` one it names without saying how. ``breakpoints`` is empty where
    the file gives no place. ``joint`` is the same in both records of one joint, ``event`` names the caller's event.
    ``inserted`` holds the bases put in at the joint, ``length`` their number, where known. Of an event that is not
    ``precise`` the ends are estimates. Not ``scored``: the caller lists a candidate it gives no score.
    """

    kind: Literal["DEL", "DUP", "INV", "INS", "BND", "SINGLE", "CNV", "FUSION", "DISRUPTION", "NAMED", "OTHER"]
    breakpoints: tuple[Breakpoint, ...] = ()
    event: str | None = None
    words: str | None = None
    joint: str | None = None
    inserted: str | None = None
    length: int | None = None
    precise: bool = True
    scored: bool = True


class SeenRun(Model):
    """A stretch, 1-based closed, over which one file says what was seen.

    ``depth`` is a number of reads that every base of the stretch reaches (``None``: not stated); ``quality`` the
    phred-scaled confidence that the bases are reference; ``callable`` is the producer's own verdict (``None``: it
    gives none). ``ref`` holds the reference from ``start`` on, as far as the file states it.
    """

    contig: str
    start: Position
    end: Position
    source: Source
    ref: str | None = None
    depth: int | None = None
    quality: int | None = None
    callable: bool | None = None


class VariantRecord(Model):
    """One ALT allele of one VCF line in the tumor sample; ``ref`` and ``alt`` in upper case.

    ``filters`` holds what failed for this allele in this sample, ``("PASS",)`` where nothing did; it is empty where
    FILTER is ``.`` (no filter was applied).
    ``vaf`` is a fraction. ``structural`` marks symbolic alleles and breakends. ``line`` is the raw VCF line.
    ``filter_kinds`` says, for each failed one of ``filters``, what it means to its caller. ``germline`` says why the
    caller takes the variant for one of the normal genome. ``unread`` says what of the line's annotation could not be
    parsed. ``gene`` is set where a table names the gene; it may then give no place.
    """

    contig: str
    pos: Position
    ref: str
    alt: str
    presence: Presence
    source: Source
    filters: tuple[str, ...] = ()
    vaf: Fraction | None = None
    depth: int | None = None
    alt_depth: int | None = None
    genotype: str | None = None
    structural: bool = False
    end: Position | None = None
    line: str = ""
    phase: Phase | None = None
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()
    classes: tuple[ClassRecord, ...] = ()
    filter_kinds: tuple[FilterKind, ...] = ()
    germline: str | None = None
    change: StructuralChange | None = None
    gene: str | None = None


class ReportedVariant(Model):
    """A variant as a report names it, without the place and alleles from which its effect could be worked out.

    ``words`` is how the report writes it, ``status`` the report's own class of it; ``vaf`` is a fraction.
    ``undetermined``: no variant, but the report's statement that the gene, or a part of it, could not be read.
    """

    gene: str
    words: str
    source: Source
    hgvs_c: str | None = None
    hgvs_p: str | None = None
    vaf: Fraction | None = None
    depth: int | None = None
    status: str | None = None
    undetermined: bool = False


class PurityRecord(Model):
    """Purity (fraction of tumor cells) and ploidy (mean copies of a tumor cell) as one file or person states."""

    purity: Annotated[float, Field(gt=0, le=1)] | None
    ploidy: Annotated[float, Field(gt=0)] | None
    source: Source


class FishResult(Model):
    """FISH of MDM2 as given by hand.

    ``ratio`` is MDM2 signals over those of the centromere of chromosome 12 (CEP12), ``copies`` the mean of MDM2 signals
    per tumor nucleus.
    """

    ratio: Annotated[float, Field(gt=0)] | None
    copies: Annotated[float, Field(ge=0)] | None
    source: Source


class QcRecord(Model):
    """A producer's own verdict on the whole sample."""

    passed: bool
    status: str
    source: Source


class ContaminationRecord(Model):
    """The share of reads that come from another person, as one program estimates it; ``error`` is its own."""

    fraction: Fraction
    error: Annotated[float, Field(ge=0)] | None
    source: Source


class Specimen(StrEnum):
    """What the tumor's DNA was taken from."""

    TISSUE = "tissue"
    PLASMA = "plasma"


class Region(Model):
    """A stretch the assay covers, 1-based closed."""

    contig: str
    start: Position
    end: Position


class BuildClaim(Model):
    """A statement of a file for (``supports``) or against a genome build."""

    build: Build
    supports: bool
    because: str
    source: Source


class RecordCounts(Model):
    """Every record over the genes, as used or as dropped for a named reason.

    ``total`` counts all records of the file; ``None`` where an index spared the reading of the rest.
    """

    total: int | None
    in_windows: int = 0
    used: int = 0
    dropped: dict[str, int] = {}


class InputFile(Model):
    """A file as it was read. ``build`` is the build it was read on, ``None`` where it holds no coordinate.

    ``of_patient`` is false for a table of knowledge, whose build and names say nothing of the patient.
    """

    name: str
    sha256: str
    bytes: int
    format: str
    build: Build | None = None
    build_because: str | None = None
    sample: str | None = None
    way: str = "whole file read"
    of_patient: bool = True
    records: RecordCounts
    notes: tuple[str, ...] = ()


class FileContent(Model):
    """All that one file says about the two genes and the sample.

    ``context`` holds copy number of MDM2's chromosome beside MDM2, which no count of records includes.
    ``small_variants`` tells whether any record of the file, anywhere, is a small variant (a file of
    structural or copy-number records alone says nothing of TP53 point mutations).
    ``reaches_tp53`` is false where the list ends before TP53 does and is long, on one chromosome, or without line end.
    ``regions`` are an assay's targets, ``unseen`` stretches of which a file says that nothing was seen there.
    ``elsewhere`` holds variants that would lie over TP53 on another build. ``seen`` says what was seen over TP53; a
    file that ``measures_depth`` and leaves a stretch out shows nothing of it. ``mean_depth`` marks a table of means
    over regions, which may hide a hole. ``classes`` is a table of classes of TP53 variants. ``germline`` says why the
    whole file looks like calls of the normal genome; ``matched_normal`` that the patient's normal was called beside the
    tumor. ``reported`` are TP53 variants that a report names without place and alleles. A file that ``annotates``
    repeats the variants of a VCF with their annotation and is no list of its own.
    ``rearrangements`` tells whether the file lists rearrangements, so that one could have stood in it.
    ``specimen`` is what the file itself says its DNA was taken from. A file that ``omits_neutral`` writes no record
    where it sees nothing altered. ``no_purity_of`` names the producer whose fit the file says found no purity.
    """

    file: InputFile
    segments: tuple[SegmentRecord, ...] = ()
    context: tuple[SegmentRecord, ...] = ()
    variants: tuple[VariantRecord, ...] = ()
    purities: tuple[PurityRecord, ...] = ()
    qc: tuple[QcRecord, ...] = ()
    regions: tuple[Region, ...] = ()
    unseen: tuple[Region, ...] = ()
    needs_build: bool = True
    copy_number: bool = False
    small_variants: bool = False
    reaches_tp53: bool = True
    elsewhere: tuple[VariantRecord, ...] = ()
    seen: tuple[SeenRun, ...] = ()
    measures_depth: bool = False
    mean_depth: bool = False
    classes: tuple[ClassRecord, ...] = ()
    germline: str | None = None
    rearrangements: bool = False
    matched_normal: bool = False
    contaminations: tuple[ContaminationRecord, ...] = ()
    reported: tuple[ReportedVariant, ...] = ()
    annotates: bool = False
    silence: str | None = None
    specimen: Specimen | None = None
    omits_neutral: bool = False
    no_purity_of: str | None = None
