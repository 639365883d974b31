"""What is known of each coding and splice-site base of TP53, as a decision states it."""

from enum import StrEnum

from mdm2screen.records import Build, Fraction, Model


class Exposure(StrEnum):
    """How it is known that the assay could see TP53: by measured depth, by declaration, or not at all."""

    PROVEN = "proven"
    DECLARED = "declared"
    UNKNOWN = "unknown"


class NotSeen(StrEnum):
    """Why a base could not have shown a variant."""

    NOT_TARGETED = "not_targeted"
    NOTHING_SEEN = "nothing_seen"
    TOO_FEW_READS = "too_few_reads"
    NOT_CALLABLE = "not_callable"


class UncoveredStretch(Model):
    """Coding or splice-site bases of TP53 that could not have shown a variant, chromosome 17, 1-based closed.

    ``exon`` counts as in NM_000546.6, whose coding sequence begins in exon 2. ``depth`` is the lowest number of reads
    shown over the stretch, ``None`` where a base of it has none shown.
    """

    exon: int
    start: int
    end: int
    why: NotSeen = NotSeen.NOT_TARGETED
    depth: int | None = None


class ExonCallability(Model):
    """One exon with its splice sites: bases needed, those that could have shown a variant, and the lowest depth.

    ``lowest_depth`` is ``None`` where a base of the exon has no depth shown.
    """

    exon: int
    bases: int
    covered: int
    lowest_depth: int | None = None


class DetectionLimit(Model):
    """What a base needs to show a variant: ``needed_depth`` reads find ``vaf`` with the protocol's confidence.

    ``vaf`` (fraction of reads) is the protocol's own, or that of a variant on one of ``copies`` copies in every tumor
    cell at ``purity``. ``assumed`` names what no file and no option states. ``detectable_vaf`` is the smallest VAF
    that the lowest depth over TP53 would find, ``None`` where it finds none or no depth is shown.
    """

    vaf: Fraction
    needed_depth: int
    min_alt_reads: int
    confidence: Fraction
    purity: Fraction | None = None
    copies: float | None = None
    assumed: tuple[str, ...] = ()
    detectable_vaf: Fraction | None = None


class Callability(Model):
    """Which coding and splice-site bases of TP53 the assay could have shown a variant in.

    ``bases`` counts coding bases and the two intronic bases on each side of a coding exon; ``covered`` those that are
    declared (``exposure`` declared) or measured (proven) to be seen; ``covered_fraction`` is their share. ``files`` are
    those that measured. ``uncovered`` stands on ``build``.
    """

    exposure: Exposure
    assay: str | None
    bases: int
    covered: int | None
    covered_fraction: Fraction | None = None
    build: Build | None = None
    uncovered: tuple[UncoveredStretch, ...] = ()
    exons: tuple[ExonCallability, ...] = ()
    worst_exon: int | None = None
    lowest_depth: int | None = None
    files: tuple[str, ...] = ()
    limit: DetectionLimit | None = None
