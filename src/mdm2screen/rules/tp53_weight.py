"""How much one call of a TP53 variant weighs: genotype, FILTER, allele fraction, specimen."""

from collections.abc import Iterable

from mdm2screen.evidence import ObservedVariant
from mdm2screen.numerals import percent
from mdm2screen.records import FilterKind, Presence, VariantRecord
from mdm2screen.results import Disposition, Reason, reason
from mdm2screen.rules.tp53_policy import Tp53Policy
from mdm2screen.rules.tp53_verdict import Verdict

_KIND_WORDS = {
    FilterKind.ARTEFACT: "artefact",
    FilterKind.GERMLINE: "germline",
    FilterKind.LOW_CONFIDENCE: "low confidence",
    FilterKind.INFORMATIONAL: "rejects nothing",
}


def weigh(variant: ObservedVariant, policy: Tp53Policy, classification: str, why: str) -> Verdict:
    """A change that takes function away: does the file's own call of it stand?"""
    doubt = _doubt_of_call(variant.record, policy) or _doubt_of_origin(variant, policy)
    if doubt is not None:
        return Verdict(Disposition.REVIEW, classification, f"{why}; {doubt[1]}", doubt[0])
    return Verdict(Disposition.DISQUALIFIES, classification, why, "T002")


def _doubt_of_call(record: VariantRecord, policy: Tp53Policy) -> tuple[str, str] | None:
    """Code and words, where the caller itself does not stand by the variant."""
    if FilterKind.GERMLINE in record.filter_kinds:  # DeepSomatic writes 0/0 beside it: the filter says more
        return "T035", f"its FILTER is {_filters(record)}"
    if record.presence is Presence.NO_CALL:
        return "T008", "its genotype is missing, or its reads contradict it"
    if record.presence is Presence.NORMAL_ONLY:
        return "T042", "the matched normal is called with it and the tumor is not"
    if not record.filters and policy.unfiltered == "review":
        return "T006", "FILTER is '.': no filter was applied"
    if is_rejected(record):
        return "T005", f"its FILTER is {_filters(record)}"
    return None if record.scored else ("T033", "its caller lists it without a score")


def _doubt_of_origin(variant: ObservedVariant, policy: Tp53Policy) -> tuple[str, str] | None:
    """Code and words, where a called variant may not be one of the tumor as a whole."""
    vaf, floor, blood = variant.record.vaf, policy.vaf_floor.known, policy.chip_vaf.known
    if floor is not None and vaf is not None and vaf < floor:
        return "T007", f"its VAF {vaf:.3g} is below {floor:g}"
    if variant.maybe_of_blood and (blood is None or vaf is None or vaf < blood):
        limit = "no public VAF tells the two apart" if blood is None else f"the protocol's limit is {percent(blood)}"
        return "T038", f"in plasma without a matched normal it may be of blood cells ({limit})"
    return None


def open_question(variant: ObservedVariant, classification: str, why: str) -> Verdict:
    """A change nobody has classified: one that the caller itself rejects is listed, not reviewed.

    A filter that calls it germline, and nothing else, does not doubt that it is there.
    """
    record, consequence = variant.record, variant.consequence
    code = "T003" if classification == "unknown significance" else "T004"
    if (consequence is not None and consequence.last_exonic_base) or set(record.filter_kinds) == {FilterKind.GERMLINE}:
        return Verdict(Disposition.REVIEW, classification, why, code)
    if record.presence is not Presence.PRESENT:
        words = "a no-call" if record.presence is Presence.NO_CALL else "in the matched normal alone"
        return Verdict(Disposition.IGNORED, classification, f"{why}; {words}", None)
    if is_rejected(record):
        return Verdict(Disposition.IGNORED, classification, f"{why}; FILTER {_filters(record)}", None)
    return Verdict(Disposition.REVIEW, classification, why, code)


def germline_notes(judged: Iterable[tuple[ObservedVariant, Verdict]]) -> list[Reason]:
    """What goes beside a disqualifying variant that its caller takes for germline: it counts, and concerns a family."""
    return [
        reason("T036", f"TP53 variant {_place(v.record)}{v.record.ref}>{v.record.alt}: {why}", v.record.source)
        for v, verdict in judged
        if verdict.counts is Disposition.DISQUALIFIES and (why := v.record.germline) is not None
    ]


def _place(record: VariantRecord) -> str:
    """Where a variant lies, in words; a table may name the gene alone."""
    return f"at 17:{record.pos} " if record.pos else ""


def is_rejected(record: VariantRecord) -> bool:
    """Whether a filter failed; a token that its caller documents as a mere remark does not count."""
    return record.filters not in ((), ("PASS",)) and set(record.filter_kinds) != {FilterKind.INFORMATIONAL}


def _filters(record: VariantRecord) -> str:
    """Failed filters and what they mean."""
    meanings = dict.fromkeys(_KIND_WORDS[kind] for kind in record.filter_kinds)
    said = f" ({', '.join(meanings)})" if meanings else ""
    return f"{';'.join(record.filters)}{said}"
