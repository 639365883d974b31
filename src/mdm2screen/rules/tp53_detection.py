"""How many reads a base of TP53 needs before its silence counts: the protocol's numbers and the tumor's own state."""

from typing import Literal, NamedTuple

from mdm2screen import copy_number, detection, genes
from mdm2screen.callability import Demand
from mdm2screen.callability_result import DetectionLimit
from mdm2screen.evidence import Evidence, GeneCopyNumber
from mdm2screen.numerals import number
from mdm2screen.records import Model, Scale
from mdm2screen.rules.base import FractionNumber, Number


class CallabilityPolicy(Model):
    """When a base of TP53 counts as seen.

    A base needs the depth at which a variant with ``min_vaf`` (fraction of reads) shows ``min_alt_reads`` reads with a
    probability of ``detection_confidence``. Where ``min_vaf`` is unknown it is that of a variant on one copy in every
    tumor cell; ``assumed_purity`` and ``assumed_copies`` stand in where no file and no option states them. Of all bases
    ``min_callable_fraction`` must count (unknown: all). ``min_reference_quality`` is phred-scaled.
    ``min_base_quality`` and ``min_mapping_quality`` hold where reads are counted here. ``producer_verdict`` says what a
    producer's word (CALLABLE) is worth without a depth: a declaration, or proof.
    """

    min_vaf: FractionNumber
    min_alt_reads: Number
    detection_confidence: FractionNumber
    assumed_purity: FractionNumber
    assumed_copies: Number
    min_callable_fraction: FractionNumber
    min_reference_quality: Number
    min_base_quality: Number
    min_mapping_quality: Number
    producer_verdict: Literal["declares", "proves"]


class _Tumor(NamedTuple):
    purity: float
    copies: float
    assumed: tuple[str, ...]


def limit(evidence: Evidence, policy: CallabilityPolicy) -> DetectionLimit | None:
    """What a base needs in this tumor; ``None`` where the protocol's numbers are not public or no depth is enough."""
    reads, confidence = policy.min_alt_reads.known, policy.detection_confidence.known
    tumor = None if policy.min_vaf.known is not None else _tumor(evidence, policy)
    vaf = detection.expected_vaf(tumor.purity, tumor.copies) if tumor else policy.min_vaf.known
    if reads is None or confidence is None or vaf is None:
        return None
    needed = detection.needed_depth(vaf, round(reads), confidence)
    if needed is None:
        return None
    return DetectionLimit(
        vaf=vaf,
        needed_depth=needed,
        min_alt_reads=round(reads),
        confidence=confidence,
        purity=tumor.purity if tumor else None,
        copies=tumor.copies if tumor else None,
        assumed=tumor.assumed if tumor else (),
    )


def demand(found: DetectionLimit, policy: CallabilityPolicy) -> Demand:
    """The same as a base must meet it. Without a public quality every stated doubt of the reference counts."""
    quality = policy.min_reference_quality.known
    return Demand(
        depth=found.needed_depth,
        quality=_GREATEST_QUALITY if quality is None else round(quality),
        verdict_proves=policy.producer_verdict == "proves",
    )


# Callers cap a genotype's quality here.
_GREATEST_QUALITY = 99


def _tumor(evidence: Evidence, policy: CallabilityPolicy) -> _Tumor | None:
    """Purity and copies of TP53; ``None`` where neither a file nor the protocol has them."""
    stated = evidence.purity.purity if evidence.purity else None
    purity = policy.assumed_purity.known if stated is None else stated
    counted = _most_copies(evidence)
    copies = policy.assumed_copies.known if counted is None else counted
    if purity is None or copies is None:
        return None
    assumed = [f"purity {number(purity)}"] if stated is None else []
    assumed += [f"{number(copies)} copies of TP53"] if counted is None else []
    return _Tumor(purity, max(copies, 1.0), tuple(assumed))


def _most_copies(evidence: Evidence) -> float | None:
    """The most copies of TP53 that any file allows: more copies dilute a variant on one. ``None``: not known."""
    known = [copies for source in evidence.tp53_copies if (copies := _copies_in(source, evidence)) is not None]
    return max(known, default=None)


def _copies_in(source: GeneCopyNumber, evidence: Evidence) -> float | None:
    """The most copies in one file; ``None`` where a part of the gene has no number, or one nobody can correct."""
    purity = evidence.purity.purity if evidence.purity else None
    ploidy = evidence.ploidy.ploidy if evidence.ploidy else None
    highest = 0.0
    for record in source.segments:
        corrected = copy_number.is_corrected(record)
        if record.value is None or record.scale is Scale.LABEL or record.at_least:
            return None
        if not corrected and (purity is None or ploidy is None):
            return None
        given = copy_number.exactly(purity or 1.0, ploidy or copy_number.DIPLOID)
        most = copy_number.interval(record.value if record.highest is None else record.highest, record, given).high
        highest = max(highest, most or 0.0)
    if source.build is None or not source.segments:
        return highest if source.segments else None
    spans = [(record.start, record.end) for record in source.segments]
    return highest if copy_number.covered_fraction(genes.TP53.loci[source.build], spans) == 1 else None
