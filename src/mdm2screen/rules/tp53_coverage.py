"""Whether the assay could have shown a variant in all of TP53: measured per base, declared, or not known."""

from mdm2screen import callability, copy_number, detection
from mdm2screen.callability_result import Callability, DetectionLimit, Exposure, NotSeen, UncoveredStretch
from mdm2screen.evidence import Evidence
from mdm2screen.numerals import number, percent
from mdm2screen.results import Reason, reason
from mdm2screen.rules import tp53_detection
from mdm2screen.rules.tp53_detection import CallabilityPolicy

_LISTED = 4
_WHY = {
    NotSeen.NOT_TARGETED: "outside the targets",
    NotSeen.NOTHING_SEEN: "nothing seen",
    NotSeen.NOT_CALLABLE: "not callable by its producer",
}


def assess(evidence: Evidence, policy: CallabilityPolicy) -> Callability:
    """What is known of TP53's bases. Depth that was measured goes before what was declared."""
    found = evidence.callability
    limit = tp53_detection.limit(evidence, policy)
    if limit is None or not evidence.measured:
        return found
    measured = callability.measure(found, evidence.measured, tp53_detection.demand(limit, policy))
    if measured.lowest_depth is not None:
        vaf = detection.detectable_vaf(measured.lowest_depth, limit.min_alt_reads, limit.confidence)
        limit = limit.model_copy(update={"detectable_vaf": vaf})
    return measured.model_copy(update={"limit": limit})


def reasons(found: Callability, evidence: Evidence, policy: CallabilityPolicy) -> list[Reason]:
    """Why it is not shown that TP53 was seen; none where it is."""
    if evidence.measured and found.limit is None:
        files = ", ".join(one.file for one in evidence.measured)
        return [reason("T048", f"{files} measured the depth, but the protocol does not say what depth is enough")]
    open_ = []
    if found.exposure is Exposure.UNKNOWN:
        normal = "".join(f"; {name} shows the depth of the normal genome, if any" for name in evidence.depths_of_normal)
        open_ += [reason("T009", f"nothing says that the assay covered TP53{normal}"), *means(evidence)]
    if found.files:
        return [*open_, *_not_callable(found, policy)]
    if not found.uncovered:
        return open_
    bases = sum(one.end - one.start + 1 for one in found.uncovered)
    words = f"{bases} of {found.bases} bases of TP53 are not covered: {_listing(found.uncovered)}"
    return [*open_, reason("T010", words)]


def means(evidence: Evidence) -> list[Reason]:
    """Tables of mean depths, which prove nothing of a base."""
    return [reason("T047", f"{name} holds mean depths, which may hide a hole") for name in evidence.mean_depths]


def shown(found: Callability, evidence: Evidence) -> list[Reason]:
    """Why it is shown that TP53 was seen."""
    if found.exposure is Exposure.PROVEN and found.limit is not None:
        rest = f"; not seen: {_listing(found.uncovered)}" if found.uncovered else ""
        depth = "" if found.lowest_depth is None else f", the lowest depth is {found.lowest_depth}"
        words = (
            f"no variant counts against wild-type; {found.covered} of {found.bases} bases could have shown one"
            f"{depth}; {_needed(found.limit)}{rest}"
        )
        return [reason("T045", words)]
    declared = f"no variant counts against wild-type; coverage is declared ({found.assay})"
    return [reason("T001", declared), *means(evidence)]


def _not_callable(found: Callability, policy: CallabilityPolicy) -> list[Reason]:
    asked = policy.min_callable_fraction.known
    enough = copy_number.reaches(found.covered_fraction or 0, 1.0 if asked is None else asked)
    if enough or found.limit is None:
        return []
    missing = found.bases - (found.covered or 0)
    words = (
        f"{missing} of {found.bases} bases of TP53 could not have shown a variant: {_listing(found.uncovered)}; "
        f"{_needed(found.limit)}"
    )
    return [reason("T046", words)]


def _listing(stretches: tuple[UncoveredStretch, ...]) -> str:
    shown_ = "; ".join(map(_stretch, stretches[:_LISTED]))
    more = len(stretches) - _LISTED
    return f"{shown_}; and {more} more stretches" if more > 0 else shown_


def _stretch(one: UncoveredStretch) -> str:
    span = str(one.start) if one.start == one.end else f"{one.start}-{one.end}"
    depth = "no depth shown" if one.depth is None else f"depth {one.depth}"
    return f"exon {one.exon} 17:{span} ({_WHY.get(one.why, depth)})"


def _needed(limit: DetectionLimit) -> str:
    """What a base needs, and for which variant."""
    words = f"{limit.needed_depth} reads are needed for a variant at {percent(limit.vaf)}"
    if limit.purity is None or limit.copies is None:
        return words
    assumed = f"; assumed: {', '.join(limit.assumed)}" if limit.assumed else ""
    return f"{words} (one of {number(limit.copies)} copies at a purity of {number(limit.purity)}{assumed})"
