"""What one structural record over TP53 does to wild-type."""

from mdm2screen.evidence import ObservedVariant
from mdm2screen.records import FilterKind, Presence, StructuralChange, VariantRecord
from mdm2screen.results import Disposition
from mdm2screen.rules import tp53_weight
from mdm2screen.rules.tp53_policy import Tp53Policy
from mdm2screen.rules.tp53_verdict import Verdict
from mdm2screen.structural import Outcome

_CLASSES = {
    Outcome.BREAKS: "breaks the gene",
    Outcome.DELETED: "whole gene deleted",
    Outcome.SPARED: "gene left whole",
    Outcome.UNCLEAR: "structural",
}
WHOLE_GENE = _CLASSES[Outcome.DELETED]
"""Class of a deletion of the whole gene on one copy at least."""


def judge(variant: ObservedVariant, policy: Tp53Policy) -> Verdict:
    """The verdict on a breakend, a symbolic allele or another record that spells no bases."""
    change, effect = variant.record.change, variant.effect
    if effect is None:
        why = "a structural record over TP53 may break the gene"
        return Verdict(Disposition.REVIEW, _CLASSES[Outcome.UNCLEAR], why, "T014")
    classification, why = _CLASSES[effect.outcome], effect.words
    if effect.outcome is Outcome.SPARED:
        return Verdict(Disposition.IGNORED, classification, why, None)
    if effect.outcome is Outcome.BREAKS:
        found = tp53_weight.weigh(variant, policy, classification, why)
        return found._replace(code="T029") if found.counts is Disposition.DISQUALIFIES else found
    if (rejected := _rejected(variant.record)) is not None:
        return Verdict(Disposition.IGNORED, classification, f"{why}; {rejected}", None)
    return Verdict(Disposition.REVIEW, classification, why, _code(effect.outcome, change))


def _rejected(record: VariantRecord) -> str | None:
    """Why an event that may be harmless does not even count as called, if it does not.

    A filter that calls it germline, and nothing else, does not doubt that it is there.
    """
    if set(record.filter_kinds) == {FilterKind.GERMLINE}:
        return None
    if record.presence is not Presence.PRESENT:
        return "a no-call" if record.presence is Presence.NO_CALL else "in the matched normal alone"
    return f"FILTER {';'.join(record.filters)}" if tp53_weight.is_rejected(record) else None


def _code(outcome: Outcome, change: StructuralChange | None) -> str:
    if outcome is Outcome.DELETED:
        return "T030"
    return "T034" if change is not None and change.kind == "NAMED" else "T014"
