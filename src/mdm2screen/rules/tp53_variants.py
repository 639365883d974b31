"""What one small TP53 variant does to wild-type."""

from collections.abc import Iterable

from mdm2screen import genes
from mdm2screen.evidence import ObservedVariant
from mdm2screen.numerals import percent
from mdm2screen.results import Disposition, Reason, Tp53Variant, reason
from mdm2screen.rules import tp53_cis, tp53_classes, tp53_structural, tp53_weight
from mdm2screen.rules.tp53_policy import Tp53Policy
from mdm2screen.rules.tp53_verdict import Verdict


def judge(variant: ObservedVariant, policy: Tp53Policy) -> Verdict:
    """What one variant does to wild-type."""
    if variant.consequence is None:
        if variant.record.structural:
            return tp53_structural.judge(variant, policy)
        why = "its bases are not all known, so its effect could not be worked out"
        return Verdict(Disposition.REVIEW, "unknown significance", why, "T020")
    if aside := tp53_cis.set_aside(variant):
        return aside
    if variant.benign is not None:
        return Verdict(Disposition.IGNORED, "benign", f"known polymorphism ({variant.benign})", None)
    classification, why = tp53_classes.classify(variant)
    if classification == "pathogenic" or (
        classification == "unknown significance" and policy.strictness == "any_nonsynonymous"
    ):
        return tp53_weight.weigh(variant, policy, classification, why)
    if classification in ("unknown significance", "possible splice effect"):
        return tp53_weight.open_question(variant, classification, why)
    return Verdict(Disposition.IGNORED, classification, why, None)


def reasons(judged: Iterable[tuple[ObservedVariant, Verdict]], disposition: Disposition) -> list[Reason]:
    """The reasons of all variants with this disposition."""
    return [
        reason(verdict.code, f"TP53 {name(variant)}: {verdict.why}", variant.record.source)
        for variant, verdict in judged
        if verdict.counts is disposition and verdict.code is not None
    ]


def name(variant: ObservedVariant) -> str:
    """The variant as a report names it."""
    consequence, record = variant.consequence, variant.record
    if consequence is None:
        return f"{record.alt} at 17:{record.pos}"
    names = [name for name in (consequence.hgvs_p, consequence.hgvs_c) if name]
    where = " ".join(names) or f"17:{record.pos} {record.ref}>{record.alt}"
    return f"{where}, VAF {percent(record.vaf)}" if record.vaf is not None else where


def shown(variant: ObservedVariant, verdict: Verdict) -> Tp53Variant:
    """The variant as the decision shows it."""
    record, consequence = variant.record, variant.consequence
    return Tp53Variant(
        locus=f"{genes.TP53.loci[variant.build].contig}:{record.pos}",
        ref=record.ref,
        alt=record.alt,
        hgvs_c=consequence.hgvs_c if consequence else None,
        hgvs_p=consequence.hgvs_p if consequence else None,
        consequence="&".join(consequence.terms) if consequence else "structural_variant",
        vaf=record.vaf,
        depth=record.depth,
        filter=";".join(record.filters) or ".",
        classification=verdict.classification,
        counts=verdict.counts,
        why=verdict.why + (f"; {' and '.join(variant.parts)} on one molecule" if variant.parts else ""),
        source=record.source,
        parts=variant.parts,
        part_of=variant.part_of,
    )
