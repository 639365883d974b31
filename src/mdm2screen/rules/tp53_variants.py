"""What one small TP53 variant does to wild-type."""

from collections.abc import Iterable, Iterator

from mdm2screen import genes, known_classes
from mdm2screen.evidence import ObservedVariant
from mdm2screen.numerals import percent
from mdm2screen.records import Source
from mdm2screen.results import ClassSource, Disposition, Reason, Tp53Variant, reason
from mdm2screen.rules import tp53_cis, tp53_classes, tp53_structural, tp53_weight
from mdm2screen.rules.tp53_policy import Tp53Policy
from mdm2screen.rules.tp53_verdict import Verdict

_LONGEST_NAME = 60


def judge(variant: ObservedVariant, policy: Tp53Policy) -> Verdict:
    """What one variant does to wild-type."""
    if variant.consequence is None:
        if variant.record.structural:
            return tp53_structural.judge(variant, policy)
        why = "its bases are not all known, so its effect could not be worked out"
        return Verdict(Disposition.REVIEW, "unknown significance", why, "T020")
    if aside := tp53_cis.set_aside(variant):
        return aside
    found = tp53_classes.classify(variant)
    if found.name in tp53_classes.DISQUALIFYING:
        return tp53_weight.weigh(variant, policy, found.name, found.why)
    by_protocol = _counted_by_protocol(variant, found, policy)
    if by_protocol is not None:
        verdict = tp53_weight.weigh(variant, policy, found.name, f"{found.why}; {by_protocol}")
        return verdict._replace(code="T028") if verdict.counts is Disposition.DISQUALIFIES else verdict
    if found.code == "T026":
        return Verdict(Disposition.REVIEW, found.name, found.why, found.code)
    if found.name in (tp53_classes.UNKNOWN, tp53_classes.SPLICE, tp53_classes.CONFLICTING):
        verdict = tp53_weight.open_question(variant, found.name, found.why)
        return verdict._replace(code=found.code) if verdict.code and found.code else verdict
    return _ignored(variant, found, policy)


def _ignored(variant: ObservedVariant, found: tp53_classes.Class, policy: Tp53Policy) -> Verdict:
    """A variant that leaves the code alone; one of many bases may still take a part of the gene."""
    if found.name == tp53_classes.NO_EFFECT and variant.effect is not None:
        return tp53_structural.judge(variant, policy)
    return Verdict(Disposition.IGNORED, found.name, found.why, None)


def _counted_by_protocol(variant: ObservedVariant, found: tp53_classes.Class, policy: Tp53Policy) -> str | None:
    """Why the protocol counts a variant that no source calls pathogenic; ``None`` where it does not."""
    if policy.strictness == "any_nonsynonymous" and tp53_classes.changes_protein(variant):
        return "the protocol counts every change of the protein"
    uncertain = found.name == tp53_classes.UNKNOWN and found.code is None
    if policy.strictness == "pathogenic_plus_vus" and uncertain:
        return "the protocol counts unknown significance"
    return None


def reasons(judged: Iterable[tuple[ObservedVariant, Verdict]], disposition: Disposition) -> list[Reason]:
    """The reasons of all variants with this disposition."""
    return [
        reason(verdict.code, f"TP53 {name(variant)}: {verdict.why}", variant.record.source, *_in_files(variant))
        for variant, verdict in judged
        if verdict.counts is disposition and verdict.code is not None
    ]


def _in_files(variant: ObservedVariant) -> Iterator[Source]:
    """Where tables of classes speak of a variant; its own line and the shipped lists need no pointing at."""
    shipped = (known_classes.HOTSPOTS, known_classes.POLYMORPHISMS)
    for one in variant.classes:
        if one.origin not in shipped and one.source != variant.record.source:
            yield one.source


def name(variant: ObservedVariant) -> str:
    """The variant as a report names it."""
    consequence, record = variant.consequence, variant.record
    if consequence is None:
        return f"{record.alt} at 17:{record.pos}" if record.pos else record.alt
    names = [short(n) for n in (consequence.hgvs_p, consequence.hgvs_c) if n is not None and n != "p.?"]
    where = " ".join(names) or f"17:{record.pos} {record.ref}>{record.alt}"
    return f"{where}, VAF {percent(record.vaf)}" if record.vaf is not None else where


def short(name: str) -> str:
    """A name of HGVS as a sentence can hold it; an insertion names every base."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}..."


def shown(variant: ObservedVariant, verdict: Verdict) -> Tp53Variant:
    """The variant as the decision shows it."""
    record, consequence = variant.record, variant.consequence
    return Tp53Variant(
        locus=f"{genes.TP53.loci[variant.build].contig}:{record.pos}" if record.pos else genes.TP53.symbol,
        ref=record.ref,
        alt=record.alt,
        hgvs_c=consequence.hgvs_c if consequence else None,
        hgvs_p=consequence.hgvs_p if consequence else None,
        consequence="&".join(consequence.terms) if consequence else "structural_variant",
        vaf=record.vaf,
        depth=record.depth,
        filter=";".join(record.filters) or ".",
        filter_kinds=record.filter_kinds,
        germline=record.germline,
        domain=known_classes.domain(consequence.residues) if consequence else None,
        classification=verdict.classification,
        class_sources=_class_sources(variant),
        counts=verdict.counts,
        why=verdict.why + (f"; {' and '.join(variant.parts)} on one molecule" if variant.parts else ""),
        source=record.source,
        annotation=variant.annotation,
        parts=variant.parts,
        part_of=variant.part_of,
    )


def _class_sources(variant: ObservedVariant) -> tuple[ClassSource, ...]:
    sources = variant.classes if variant.consequence is None else tp53_classes.classify(variant).sources
    return tuple(
        ClassSource(origin=one.origin, significance=one.significance, words=one.words, source=one.source)
        for one in sources
    )
