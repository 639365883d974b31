"""TP53 wild-type: no variant that takes its function away, and an assay that could have shown one."""

from collections.abc import Iterable
from typing import ClassVar, Literal, NamedTuple

from mdm2screen import copy_number, genes
from mdm2screen.evidence import Evidence, ObservedVariant
from mdm2screen.numerals import number, percent
from mdm2screen.records import Presence, Scale, SegmentRecord
from mdm2screen.results import (
    Call,
    Callability,
    Disposition,
    Exposure,
    Reason,
    Status,
    Tp53Finding,
    Tp53Variant,
    reason,
)
from mdm2screen.rules.base import FractionNumber, Number, Rule

_LOSS = {
    "stop_gained": "nonsense",
    "frameshift_variant": "frameshift",
    "start_lost": "start lost",
    "stop_lost": "stop lost",
    "splice_donor_variant": "canonical splice site",
    "splice_acceptor_variant": "canonical splice site",
}
_NON_CODING_INTRON = "intron 1"
_NONSYNONYMOUS = frozenset({"missense_variant", "inframe_deletion", "inframe_insertion", "protein_altering_variant"})


class _Judged(NamedTuple):
    counts: Disposition
    classification: str
    why: str
    code: str | None


class Tp53WildType(Rule):
    """NOT_MET by one disqualifying variant; MET only where the assay is declared to cover every coding base.

    ``strictness``: ``pathogenic_or_likely`` sends a change of unknown significance to review,
    ``any_nonsynonymous`` counts it. ``unfiltered`` says what a variant with FILTER ``.`` is worth. A called variant
    below ``vaf_floor`` (fraction) goes to review. Below ``deletion_copies`` both copies are deleted.
    """

    criterion: ClassVar[str] = "tp53_wild_type"
    rule: Literal["tp53_wild_type"]
    strictness: Literal["pathogenic_or_likely", "any_nonsynonymous"]
    unfiltered: Literal["review", "count"]
    vaf_floor: FractionNumber
    deletion_copies: Number

    def evaluate(self, evidence: Evidence) -> Call:
        """The call over all variants, copy number and what the assay could see."""
        judged = [(variant, self._judge(variant)) for variant in evidence.variants]
        against = [
            *_variant_reasons(judged, Disposition.DISQUALIFIES),
            *self._deletions(evidence, certain=True),
        ]
        review = [
            *_variant_reasons(judged, Disposition.REVIEW),
            *self._deletions(evidence, certain=False),
            *_sample_reasons(evidence),
            *_coverage_reasons(evidence.callability),
        ]
        if against:
            status, reasons = Status.NOT_MET, [*against, *review]
        elif review:
            status, reasons = Status.INDETERMINATE, review
        else:
            declared = f"no variant counts against wild-type; coverage is declared ({evidence.callability.assay})"
            status, reasons = Status.MET, [reason("T001", declared)]
        finding = Tp53Finding(
            variants=tuple(_shown(variant, verdict) for variant, verdict in judged),
            callability=evidence.callability,
        )
        return Call(criterion=self.criterion, status=status, reasons=tuple(reasons), tp53=finding)

    def _judge(self, variant: ObservedVariant) -> _Judged:
        """What one variant does to wild-type."""
        if variant.consequence is None:
            why = "a structural record over TP53 may break the gene"
            if not variant.record.structural:
                why = "its bases are not all known, so its effect could not be worked out"
            return _Judged(Disposition.REVIEW, "structural", why, "T014")
        if variant.benign is not None:
            return _Judged(Disposition.IGNORED, "benign", f"known polymorphism ({variant.benign})", None)
        classification, why = _classify(variant)
        if classification == "pathogenic" or (
            classification == "unknown significance" and self.strictness == "any_nonsynonymous"
        ):
            return self._weigh(variant, classification, why)
        if classification in ("unknown significance", "possible splice effect"):
            return self._open(variant, classification, why)
        return _Judged(Disposition.IGNORED, classification, why, None)

    def _weigh(self, variant: ObservedVariant, classification: str, why: str) -> _Judged:
        """A change that takes function away: does the file's own call of it stand?"""
        record, floor = variant.record, self.vaf_floor.known
        doubt: tuple[str, str] | None = None
        if record.presence is Presence.NO_CALL:
            doubt = "T008", "the genotype is a no-call: neither present nor absent"
        elif not record.filters and self.unfiltered == "review":
            doubt = "T006", "FILTER is '.': no filter was applied"
        elif record.filters not in ((), ("PASS",)):
            doubt = "T005", f"its FILTER is {';'.join(record.filters)}"
        elif floor is not None and record.vaf is not None and record.vaf < floor:
            doubt = "T007", f"its VAF {record.vaf:.3g} is below {floor:g}"
        if doubt is not None:
            return _Judged(Disposition.REVIEW, classification, f"{why}; {doubt[1]}", doubt[0])
        return _Judged(Disposition.DISQUALIFIES, classification, why, "T002")

    def _open(self, variant: ObservedVariant, classification: str, why: str) -> _Judged:
        """A change nobody has classified: one that the caller itself rejects is listed, not reviewed."""
        record = variant.record
        if record.presence is Presence.NO_CALL:
            return _Judged(Disposition.IGNORED, classification, f"{why}; a no-call", None)
        if record.filters not in ((), ("PASS",)):
            return _Judged(Disposition.IGNORED, classification, f"{why}; FILTER {';'.join(record.filters)}", None)
        code = "T003" if classification == "unknown significance" else "T004"
        return _Judged(Disposition.REVIEW, classification, why, code)

    def _deletions(self, evidence: Evidence, *, certain: bool) -> list[Reason]:
        """Homozygous deletion: certain where copies are corrected, possible where they are not."""
        limit = self.deletion_copies.known
        if limit is None:
            return []
        found = []
        for source in evidence.tp53_copies:
            for record in source.segments:
                copies = _copies_as_reported(record)
                if copies is None or copies >= limit or copy_number.is_corrected(record) is not certain:
                    continue
                words = f"TP53 has {number(copies)} copies in {source.file}"
                if certain:
                    found.append(reason("T015", f"{words}: both copies are deleted", record.source))
                else:
                    open_words = f"{words} as reported, not corrected for purity: both copies may be deleted"
                    found.append(reason("T016", open_words, record.source))
        return found


def _copies_as_reported(record: SegmentRecord) -> float | None:
    if record.value is None or record.scale is Scale.LABEL:
        return None
    if copy_number.is_corrected(record):
        return max(0.0, record.value)
    return copy_number.DIPLOID * copy_number.linear_ratio(record.value, record.scale)


def _classify(variant: ObservedVariant) -> tuple[str, str]:
    """Class of a change and the sentence behind it."""
    consequence = variant.consequence
    assert consequence is not None
    loss = next((words for term, words in _LOSS.items() if term in consequence.terms), None)
    if loss is not None and consequence.region == _NON_CODING_INTRON:
        return "possible splice effect", "changes a splice site of the non-coding exon 1"
    if loss is not None:
        return "pathogenic", f"{loss}: the protein is lost or truncated"
    if variant.hotspot is not None:
        return "pathogenic", f"missense at the hotspot residue {variant.hotspot}"
    if _NONSYNONYMOUS & set(consequence.terms):
        return "unknown significance", "changes the protein; not at a known hotspot residue"
    if consequence.last_exonic_base:
        return "possible splice effect", "changes the last base of an exon"
    if "splice_region_variant" in consequence.terms:
        return "possible splice effect", "lies in a splice region"
    if "coding_sequence_variant" in consequence.terms:
        return "unknown significance", "changes the coding sequence in a way that could not be worked out"
    return "no effect expected", f"{consequence.terms[0].replace('_', ' ')} away from splice sites"


def _variant_reasons(judged: Iterable[tuple[ObservedVariant, _Judged]], disposition: Disposition) -> list[Reason]:
    return [
        reason(verdict.code, f"TP53 {_name(variant)}: {verdict.why}", variant.record.source)
        for variant, verdict in judged
        if verdict.counts is disposition and verdict.code is not None
    ]


def _name(variant: ObservedVariant) -> str:
    """The variant as a report names it."""
    consequence, record = variant.consequence, variant.record
    if consequence is None:
        return f"{record.alt} at 17:{record.pos}"
    names = [name for name in (consequence.hgvs_p, consequence.hgvs_c) if name]
    where = " ".join(names) or f"17:{record.pos} {record.ref}>{record.alt}"
    return f"{where}, VAF {percent(record.vaf)}" if record.vaf is not None else where


def _sample_reasons(evidence: Evidence) -> list[Reason]:
    """Why silence about TP53 cannot be trusted."""
    found = [
        reason("T017", f"the sample failed quality control: {record.status}", record.source)
        for record in evidence.qc
        if not record.passed
    ]
    files = evidence.variant_files
    if not files:
        return [*found, reason("T011", "no VCF was given")]
    listing = [one for one in files if one.small_variants]
    if not listing:
        names = ", ".join(one.file for one in files)
        found.append(reason("T012", f"{names} holds no small variant at all"))
    for one in listing:
        if not one.reaches_tp53:
            found.append(reason("T013", f"{one.file} holds no record on chromosome 17 or after it"))
        if one.build_doubt:
            found.append(reason("T018", f"{one.file}: {one.build_doubt}"))
    return found


def _coverage_reasons(callability: Callability) -> list[Reason]:
    if callability.exposure is Exposure.UNKNOWN:
        return [reason("T009", "nothing says that the assay covered TP53")]
    if not callability.uncovered:
        return []
    bases = sum(one.end - one.start + 1 for one in callability.uncovered)
    exons = ", ".join(str(number) for number in sorted({one.exon for one in callability.uncovered}))
    words = f"{callability.assay} leaves {bases} of {callability.bases} bases of TP53 uncovered (exon {exons})"
    return [reason("T010", words)]


def _shown(variant: ObservedVariant, verdict: _Judged) -> Tp53Variant:
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
        why=verdict.why,
        source=record.source,
    )
