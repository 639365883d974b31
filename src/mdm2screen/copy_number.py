"""Copy-number arithmetic: from what a producer reports to an interval of copies in a tumor cell.

Symbols: r linear ratio, p purity, y ploidy of the tumor, n copies in a tumor cell. A diploid reference gives
``r = (p n + 2 (1 - p)) / 2`` (Illumina, TruSight Tumor 170 copy-number calling), the sample's own mean gives
``r = (p n + 2 (1 - p)) / (p y + 2 (1 - p))``. No value is rounded here, but for the noise of binary arithmetic.
"""

import math
from collections.abc import Iterable
from itertools import product

from mdm2screen.mdm2_finding import Interval
from mdm2screen.records import Model, PurityState, Reference, Region, Scale, SegmentRecord

DIPLOID = 2.0
"""Copies of an autosomal gene in a normal cell."""

# Relative noise of binary arithmetic, far below any digit a file prints: 2 at a purity of 0.2 is 12 copies, and
# must not miss a threshold of 12 by 1e-15.
_NOISE = 1e-9
# Significant digits that are not noise: such a 12 must not be shown as 11.99 either.
_DIGITS = 12

# What rounding to a whole number takes or gives at most.
_HALF = 0.5

_CORRECTED = (PurityState.CORRECTED, PurityState.CORRECTED_BY_LAB, PurityState.COUNTED)


class Bounds(Model):
    """Lowest and highest value taken for a quantity that is not known."""

    low: float
    high: float


class Assumptions(Model):
    """Purity and ploidy to reckon with: a known value has equal bounds."""

    purity: Bounds
    ploidy: Bounds


def exactly(purity: float, ploidy: float) -> Assumptions:
    """A purity and ploidy that are known."""
    return Assumptions(purity=Bounds(low=purity, high=purity), ploidy=Bounds(low=ploidy, high=ploidy))


def copies(ratio: float, purity: float, ploidy: float, reference: Reference) -> float:
    """Copies in a tumor cell, never below zero, from a linear ratio."""
    baseline = DIPLOID if reference is Reference.DIPLOID else purity * ploidy + DIPLOID * (1 - purity)
    return max(0.0, (ratio * baseline - DIPLOID * (1 - purity)) / purity)


def ratio(copies_: float, purity: float, ploidy: float, reference: Reference) -> float:
    """Linear ratio that ``copies_`` in a tumor cell give: the inverse of ``copies``."""
    baseline = DIPLOID if reference is Reference.DIPLOID else purity * ploidy + DIPLOID * (1 - purity)
    return (purity * copies_ + DIPLOID * (1 - purity)) / baseline


def is_below_normal_cells(
    observed: float, purity: float, ploidy: float, references_: Iterable[Reference], limit: float
) -> bool:
    """Whether a linear ratio is lower than normal cells alone give, by more than ``limit`` copies of the tumor do.

    Then it is noise, or reads are missing, or the purity is wrong.
    """
    pairs = ((ratio(0.0, purity, ploidy, one), ratio(limit, purity, ploidy, one)) for one in references_)
    return any(observed < none - (some - none) for none, some in pairs)


def needed_purity(value: float, threshold: float, ploidy: float, reference: Reference) -> float | None:
    """Purity at which a linear ratio ``value`` stands for exactly ``threshold`` copies; below it, for more.

    ``None`` where no purity does: the ratio is not raised. A result above 1 means: at any purity.
    """
    if value <= 1:
        return None
    excess = 0.0 if reference is Reference.DIPLOID else value * (ploidy - DIPLOID)
    slope = threshold - DIPLOID - excess
    return 2 * (value - 1) / slope if slope > 0 else float("inf")


def purity_of_loss(value: float, threshold: float, ploidy: float, reference: Reference) -> float | None:
    """Purity at which a linear ratio ``value`` stands for exactly ``threshold`` copies; below it, for fewer.

    ``None`` where the ratio is not lowered, or stands for fewer at any purity.
    """
    excess = 0.0 if reference is Reference.DIPLOID else value * (ploidy - DIPLOID)
    slope = DIPLOID - threshold + excess
    return 2 * (1 - value) / slope if value < 1 and slope > 0 else None


def needed_ploidy(value: float, threshold: float, purity: float) -> float:
    """Ploidy at which a linear ratio ``value`` to the sample's mean stands for exactly ``threshold`` copies.

    At that ploidy or above it is met; a result below zero means: at any. ``value`` is above zero.
    """
    normal = DIPLOID * (1 - purity)
    return ((threshold * purity + normal) / value - normal) / purity


def linear_ratio(value: float, scale: Scale) -> float:
    """A reported value as a linear ratio to its reference."""
    if scale is Scale.LOG2_RATIO:
        return float(2.0**value)
    return value if scale is Scale.LINEAR_RATIO else value / DIPLOID


def reported(copies_: float, scale: Scale, reference: Reference, purity: float, ploidy: float) -> float:
    """What a producer of that scale and reference writes of a tumor with ``copies_``: the way back of ``copies``.

    Tumor copies are written as they are, corrected; every other scale holds tumor and normal cells together. No copy at
    a purity of 1 is minus infinity as log2 ratio.
    """
    if scale is Scale.TUMOR_COPIES:
        return copies_
    observed = ratio(copies_, purity, ploidy, reference)
    if scale is Scale.LOG2_RATIO:
        return math.log2(observed) if observed > 0 else float("-inf")
    return observed if scale is Scale.LINEAR_RATIO else DIPLOID * observed


def is_corrected(record: SegmentRecord) -> bool:
    """Whether the value already is copies in a tumor cell."""
    return record.scale is Scale.TUMOR_COPIES and record.purity_state in _CORRECTED


def references(record: SegmentRecord) -> tuple[Reference, ...]:
    """What a ratio may be relative to."""
    known = record.reference is not Reference.UNKNOWN
    return (record.reference,) if known else (Reference.DIPLOID, Reference.SAMPLE)


def interval(value: float, record: SegmentRecord, given: Assumptions, *, half_counts: bool = False) -> Interval:
    """Copies in a tumor cell that ``value``, in the unit of ``record``, allows.

    Copies grow with ploidy, and move one way with purity (up where the ratio is below one, down above), so the
    corners hold the extremes. A ratio that its producer corrected is one of pure tumor and takes no purity again. Where
    nobody knows whether the producer corrected, the value as it stands counts too; where nobody knows the reference,
    both do. A whole number stands for itself, but taking out normal cells multiplies what rounding took or gave: what
    goes beyond half a copy counts, with ``half_counts`` that half too (of a threshold below one it is the whole).
    """
    if is_corrected(record):
        corners = [max(0.0, value)]
    else:
        observed = linear_ratio(value, record.scale)
        pure = record.purity_state in _CORRECTED
        purities = (1.0,) if pure else (given.purity.low, given.purity.high)
        ploidies = (given.ploidy.low, given.ploidy.high)
        corners = []
        for p, y, r in product(purities, ploidies, references(record)):
            at, doubt = copies(observed, p, y, r), _rounding(record, p, y, r, half_counts=half_counts)
            corners += [_without_noise(max(0.0, at - doubt)), _without_noise(at + doubt)]
        if record.purity_state is PurityState.UNKNOWN:
            corners.append(_without_noise(max(0.0, DIPLOID * observed)))
    return Interval(low=min(corners), high=None if record.at_least else max(corners))


def _without_noise(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _rounding(record: SegmentRecord, purity: float, ploidy: float, reference: Reference, *, half_counts: bool) -> float:
    """Copies in a tumor cell by which a rounded value may be off, beyond the half copy of any whole number."""
    if not record.rounded:
        return 0.0
    # one copy more is half a ratio more
    per_copy = copies(2.0, purity, ploidy, reference) - copies(1.5, purity, ploidy, reference)
    beyond = max(0.0, _HALF * (per_copy - 1))
    return beyond + _HALF if half_counts and beyond > _NOISE else beyond


def reaches(value: float, threshold: float) -> bool:
    """Whether ``value`` is at or above ``threshold``, but for the noise of binary arithmetic."""
    return value >= threshold * (1 - _NOISE)


def covered_fraction(locus: Region, spans: Iterable[tuple[int, int]]) -> float:
    """Part of ``locus`` inside at least one span (1-based closed)."""
    covered, reached = 0, locus.start - 1
    for start, end in sorted(spans):
        first, last = max(start, reached + 1), min(end, locus.end)
        if last >= first:
            covered += last - first + 1
            reached = last
    return covered / (locus.end - locus.start + 1)


def weighted_mean(locus: Region, values: Iterable[tuple[int, int, float]]) -> float | None:
    """Mean of (start, end, value) weighted by the bases each shares with ``locus``."""
    weighted = [(min(end, locus.end) - max(start, locus.start) + 1, value) for start, end, value in values]
    total = sum(weight for weight, _ in weighted)
    return sum(weight * value for weight, value in weighted) / total if total > 0 else None
