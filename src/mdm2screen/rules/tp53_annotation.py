"""What the annotation in the files adds to a verdict: it never clears a variant, and it may ask for a look."""

from collections.abc import Iterable

from mdm2screen.annotation_check import AnnotationStatement
from mdm2screen.evidence import ObservedVariant
from mdm2screen.results import Disposition, Reason, reason
from mdm2screen.rules import tp53_variants
from mdm2screen.rules.tp53_policy import Tp53Policy
from mdm2screen.rules.tp53_verdict import Verdict

_DIFFERS, _UNLISTED = "T023", "T025"


def confront(variant: ObservedVariant, verdict: Verdict) -> Verdict:
    """The verdict, sent to review where a file's annotation sees an effect in a variant that would be ignored."""
    checked = variant.annotation
    judged_elsewhere = variant.part_of is not None or verdict.counts is not Disposition.IGNORED
    if checked is None or not checked.claims_effect or judged_elsewhere:
        return verdict
    why = f"{verdict.why}; but {said(variant)}"
    return Verdict(Disposition.REVIEW, verdict.classification, why, _DIFFERS)


def beside(judged: Iterable[tuple[ObservedVariant, Verdict]]) -> list[Reason]:
    """A reason for each variant that a file annotates otherwise, where its verdict does not say so already."""
    return [
        reason(_DIFFERS, f"TP53 {tp53_variants.name(variant)}: {said(variant)}", variant.record.source)
        for variant, verdict in judged
        if variant.annotation is not None and variant.annotation.verdict == "differs" and verdict.code != _DIFFERS
    ]


def unlisted(variants: Iterable[ObservedVariant], policy: Tp53Policy) -> list[tuple[ObservedVariant, Verdict]]:
    """Variants of an annotation file that no VCF lists: what would weigh goes to review, whatever else it may be."""
    found = []
    for variant in variants:
        verdict = tp53_variants.judge(variant, policy)
        why = f"{verdict.why}; stands in {variant.record.source.file} and in no VCF"
        ignored = verdict.counts is Disposition.IGNORED
        counts, code = (Disposition.IGNORED, None) if ignored else (Disposition.REVIEW, _UNLISTED)
        found.append((variant, Verdict(counts, verdict.classification, why, code)))
    return found


def said(variant: ObservedVariant) -> str:
    """What the files say of a variant that mdm2screen does not."""
    checked = variant.annotation
    statements = () if checked is None else checked.statements
    told = [_statement(one) for one in statements if one.differs or one.with_others]
    return f"the file's annotation differs: {'; '.join(told)}"


def _statement(statement: AnnotationStatement) -> str:
    names = [statement.hgvs_c, statement.hgvs_p]
    listing = " ".join(["&".join(statement.terms), *(tp53_variants.short(name) for name in names if name)])
    together = ", taking several variants together" if statement.with_others else ""
    return f"{statement.program} has {listing} on {statement.transcript}{together}"
