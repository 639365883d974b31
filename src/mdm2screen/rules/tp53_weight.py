"""How much one call of a TP53 variant weighs: genotype, FILTER, allele fraction."""

from mdm2screen.evidence import ObservedVariant
from mdm2screen.records import Presence
from mdm2screen.results import Disposition
from mdm2screen.rules.tp53_policy import Tp53Policy
from mdm2screen.rules.tp53_verdict import Verdict


def weigh(variant: ObservedVariant, policy: Tp53Policy, classification: str, why: str) -> Verdict:
    """A change that takes function away: does the file's own call of it stand?"""
    record, floor = variant.record, policy.vaf_floor.known
    doubt: tuple[str, str] | None = None
    if record.presence is Presence.NO_CALL:
        doubt = "T008", "its genotype is missing, or its reads contradict it"
    elif not record.filters and policy.unfiltered == "review":
        doubt = "T006", "FILTER is '.': no filter was applied"
    elif record.filters not in ((), ("PASS",)):
        doubt = "T005", f"its FILTER is {';'.join(record.filters)}"
    elif floor is not None and record.vaf is not None and record.vaf < floor:
        doubt = "T007", f"its VAF {record.vaf:.3g} is below {floor:g}"
    if doubt is not None:
        return Verdict(Disposition.REVIEW, classification, f"{why}; {doubt[1]}", doubt[0])
    return Verdict(Disposition.DISQUALIFIES, classification, why, "T002")


def open_question(variant: ObservedVariant, classification: str, why: str) -> Verdict:
    """A change nobody has classified: one that the caller itself rejects is listed, not reviewed."""
    record, consequence = variant.record, variant.consequence
    code = "T003" if classification == "unknown significance" else "T004"
    if consequence is not None and consequence.last_exonic_base:
        return Verdict(Disposition.REVIEW, classification, why, code)
    if record.presence is Presence.NO_CALL:
        return Verdict(Disposition.IGNORED, classification, f"{why}; a no-call", None)
    if record.filters not in ((), ("PASS",)):
        return Verdict(Disposition.IGNORED, classification, f"{why}; FILTER {';'.join(record.filters)}", None)
    return Verdict(Disposition.REVIEW, classification, why, code)
