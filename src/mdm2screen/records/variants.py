"""What a line of a variant file, a table of classes or a report says of one allele."""

from enum import StrEnum

from mdm2screen.records.base import Build, Fraction, Model, Position, Source
from mdm2screen.records.structural import StructuralChange


class Presence(StrEnum):
    """What the genotype says of one ALT allele in the tumor sample.

    ``NORMAL_ONLY``: the matched normal is called with it and the tumor with the reference.
    """

    PRESENT = "present"
    NO_CALL = "no_call"
    NORMAL_ONLY = "normal_only"


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


class VariantRecord(Model):
    """One ALT allele of one VCF line in the tumor sample; ``ref`` and ``alt`` in upper case.

    ``filters`` holds what failed for this allele in this sample, ``("PASS",)`` where nothing did; it is empty where
    FILTER is ``.`` (no filter was applied).
    ``vaf`` is a fraction. ``structural`` marks symbolic alleles and breakends. ``line`` is the raw VCF line.
    ``filter_kinds`` says, for each failed one of ``filters``, what it means to its caller. ``germline`` says why the
    caller takes the variant for one of the normal genome. ``unread`` says what of the line's annotation could not be
    parsed. ``gene`` is set where a table names the gene; it may then give no place. Not ``scored``: a caller of
    rearrangements lists a candidate that it gives no score.
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
    scored: bool = True


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
