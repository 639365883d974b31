"""What a line of a copy-number file says."""

from enum import StrEnum

from mdm2screen.records.base import Model, Position, Source


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
    ``rounded`` marks a whole number of copies that its producer rounded before anybody took out normal cells.
    ``minor`` is the copies of the rarer allele in a tumor cell, where the producer corrected it for purity.
    ``ci_low`` and ``ci_high`` are the producer's confidence limits of ``value``, in ``scale``.
    ``ecdna`` is the class of the amplicon the segment lies on, as its producer names it (AmpliconClassifier).
    ``bin_width`` is the length in bases of the bins of the genome that reads were counted in, where ``value`` is a mean
    over such bins: what is narrower is diluted by what lies beside it.
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
    rounded: bool = False
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
    bin_width: float | None = None
