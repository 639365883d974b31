"""Reads for and against a structural variant in the tumor column, as each caller of rearrangements writes them.

``PR``/``SR`` with REF and ALT counts (Manta, DRAGEN: both are added); ``RR``/``RV`` of split reads, and ``DR``/``DV``
of pairs where there are none (DELLY; Sniffles has the latter pair alone); ``VF`` with ``REF`` and ``REFPAIR``
(GRIDSS: VF / (VF + REF + REFPAIR), its documentation); a lone ``AD`` beside ``DP`` (SvABA: reads with ALT).
"""

from collections.abc import Mapping
from typing import NamedTuple


class Support(NamedTuple):
    """Reads or fragments with the variant, and all that were counted."""

    alt: int
    total: int


def support(tumor: Mapping[str, str], allele: int) -> Support | None:
    """What the fields of the tumor column say of ALT ``allele`` (1 for the first); ``None`` where they say nothing."""
    return _pairs(tumor, allele) or _counts(tumor)


def _pairs(tumor: Mapping[str, str], allele: int) -> Support | None:
    lists = [_numbers(tumor.get(key, "")) for key in ("PR", "SR")]
    stated = [counts for counts in lists if len(counts) > allele]
    if not stated:
        return None
    alt, ref = sum(counts[allele] for counts in stated), sum(counts[0] for counts in stated)
    return Support(alt, alt + ref)


def _counts(tumor: Mapping[str, str]) -> Support | None:
    if "VF" in tumor and "REF" in tumor:
        return _added(tumor, "VF", "REF", "REFPAIR")
    for alt, ref in (("RV", "RR"), ("DV", "DR")):
        found = _added(tumor, alt, ref) if alt in tumor and ref in tumor else None
        if found is not None and found.total:
            return found
    alone, depth = _numbers(tumor.get("AD", "")), _numbers(tumor.get("DP", ""))
    if len(alone) == len(depth) == 1 and alone[0] <= depth[0]:
        return Support(alone[0], depth[0])
    return None


def _added(tumor: Mapping[str, str], alt: str, *others: str) -> Support | None:
    counts = [_numbers(tumor.get(key, "")) for key in (alt, *others)]
    if len(counts[0]) != 1:
        return None
    return Support(counts[0][0], sum(count[0] for count in counts if len(count) == 1))


def _numbers(token: str) -> list[int]:
    """A list of whole numbers; empty where any part of it is none."""
    parts = token.split(",")
    return [int(part) for part in parts] if all(part.isascii() and part.isdigit() for part in parts) else []
