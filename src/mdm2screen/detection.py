"""Could a variant have been seen at this depth? The binomial limit of detection.

Reads are drawn independently, so the number that carry a variant of allele fraction f among n is Binomial(n, f), and a
caller that asks for k of them finds it with probability P(X >= k). AMP and CAP recommend this reckoning for oncology
panels (Jennings et al., J Mol Diagn 2017, doi 10.1016/j.jmoldx.2017.01.011: 250 reads, 5 of them at 5%, miss fewer than
0.5%). Errors of sequencing and of the caller are not part of it.
"""

from math import exp, fsum, lgamma, log, log1p

NORMAL_COPIES = 2
"""Copies of TP53 in a normal cell."""

# No assay reaches this depth; a limit that asks for more has none.
_DEEPEST = 10_000_000
_HALVINGS = 60


def expected_vaf(purity: float, copies: float, mutated: float = 1.0) -> float:
    """Allele fraction (0 to 1) of a variant on ``mutated`` of ``copies`` copies in every tumor cell.

    ``f = p m / (p C + 2 (1 - p))`` with purity p (Carter et al., Nat Biotechnol 2012, doi 10.1038/nbt.2203). Below one
    copy there is no copy left to carry it, so C is at least m.
    """
    present = max(copies, mutated)
    return purity * mutated / (purity * present + NORMAL_COPIES * (1 - purity))


def probability(depth: int, vaf: float, reads: int) -> float:
    """Probability that at least ``reads`` of ``depth`` reads carry a variant of allele fraction ``vaf``."""
    if reads <= 0:
        return 1.0
    if depth < reads or vaf <= 0:
        return 0.0
    if vaf >= 1:
        return 1.0
    fewer = fsum(exp(_log_chance(depth, vaf, carrying)) for carrying in range(reads))
    return min(1.0, max(0.0, 1.0 - fewer))


def _log_chance(depth: int, vaf: float, carrying: int) -> float:
    """Logarithm of the chance that exactly ``carrying`` reads do: factorials of deep piles exceed any float."""
    ways = lgamma(depth + 1) - lgamma(carrying + 1) - lgamma(depth - carrying + 1)
    return ways + carrying * log(vaf) + (depth - carrying) * log1p(-vaf)


def needed_depth(vaf: float, reads: int, confidence: float) -> int | None:
    """Least depth that finds ``vaf`` with at least this probability; ``None`` where none does."""
    if confidence >= 1 and vaf < 1:
        return None  # only a variant in every read is certain to be seen
    enough = max(reads, 1)
    while probability(enough, vaf, reads) < confidence:
        enough *= 2
        if enough > _DEEPEST:
            return None
    too_few = max(reads, 1) - 1
    while enough - too_few > 1:
        middle = (enough + too_few) // 2
        if probability(middle, vaf, reads) >= confidence:
            enough = middle
        else:
            too_few = middle
    return enough


def detectable_vaf(depth: int, reads: int, confidence: float) -> float | None:
    """Smallest allele fraction that ``depth`` reads find with this probability; ``None`` where there are too few."""
    if depth < max(reads, 1):
        return None
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if probability(depth, middle, reads) >= confidence:
            high = middle
        else:
            low = middle
    return high
