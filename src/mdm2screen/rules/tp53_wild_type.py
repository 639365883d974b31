"""TP53 wild-type: no variant that takes its function away, and an assay that could have shown one."""

import re
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
from mdm2screen.rules.tp53_reported import reported_reasons

_LOSS = {
    "stop_gained": "nonsense",
    "frameshift_variant": "frameshift",
    "start_lost": "start lost",
    "stop_lost": "stop lost",
    "splice_donor_variant": "canonical splice site",
    "splice_acceptor_variant": "canonical splice site",
}
_FIRST_INTRON = "intron 1"
# Words of a loss where a producer gives no number: DEL, LOSS, <CN0>, the -2 of a discrete table.
_LOSS_LABEL = re.compile(r"DEL|LOSS|CN0|(?<![\d.])-2(?![\d.])", re.IGNORECASE)
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
        deleted, maybe_deleted = self._deletions(evidence)
        against = [*_variant_reasons(judged, Disposition.DISQUALIFIES), *deleted]
        failed = [
            reason("T017", f"the sample failed quality control: {record.status}", record.source)
            for record in evidence.qc
            if not record.passed
        ]
        review = [
            *failed,
            *_variant_reasons(judged, Disposition.REVIEW),
            *maybe_deleted,
            *reported_reasons(evidence),
            *_file_reasons(evidence),
            *_coverage_reasons(evidence.callability),
        ]
        if failed:  # of a contaminated sample, or one without tumor, neither answer can be given
            status, reasons = Status.INDETERMINATE, [*review, *against]
        elif against:
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
            if variant.record.structural:
                why = "a structural record over TP53 may break the gene"
                return _Judged(Disposition.REVIEW, "structural", why, "T014")
            why = "its bases are not all known, so its effect could not be worked out"
            return _Judged(Disposition.REVIEW, "unknown significance", why, "T020")
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
            doubt = "T008", "its genotype is missing, or its reads contradict it"
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
        record, consequence = variant.record, variant.consequence
        code = "T003" if classification == "unknown significance" else "T004"
        if consequence is not None and consequence.last_exonic_base:
            return _Judged(Disposition.REVIEW, classification, why, code)
        if record.presence is Presence.NO_CALL:
            return _Judged(Disposition.IGNORED, classification, f"{why}; a no-call", None)
        if record.filters not in ((), ("PASS",)):
            return _Judged(Disposition.IGNORED, classification, f"{why}; FILTER {';'.join(record.filters)}", None)
        return _Judged(Disposition.REVIEW, classification, why, code)

    def _deletions(self, evidence: Evidence) -> tuple[list[Reason], list[Reason]]:
        """Homozygous deletion: certain where the producer corrected its copies, else possible."""
        limit = self.deletion_copies.known
        certain, possible = [], []
        for source in evidence.tp53_copies:
            for record in source.segments:
                copies = _copies(record, evidence)
                # without a public limit every loss of more than one copy is looked at
                if copies is not None and copies < (1.0 if limit is None else limit):
                    words = f"TP53 has {number(copies)} copies in {source.file}"
                    if copy_number.is_corrected(record) and limit is not None:
                        certain.append(reason("T015", f"{words}: both copies are deleted", record.source))
                    else:
                        possible.append(reason("T016", f"{words}: both copies may be deleted", record.source))
                elif copies is None and _LOSS_LABEL.search(record.label or ""):
                    words = f"{source.file} says {record.label} of TP53, without a usable number"
                    possible.append(reason("T016", words, record.source))
        return certain, possible


def _copies(record: SegmentRecord, evidence: Evidence) -> float | None:
    """Copies of a segment: as corrected, at the known purity, or at a purity of 1."""
    if record.value is None or record.scale is Scale.LABEL:
        return None
    if copy_number.is_corrected(record):
        return max(0.0, record.value)
    purity = evidence.purity.purity if evidence.purity else None
    ploidy = evidence.ploidy.ploidy if evidence.ploidy else None
    exactly = copy_number.exactly(purity or 1.0, ploidy or copy_number.DIPLOID)
    return copy_number.interval(record.value, record, exactly).low


def _classify(variant: ObservedVariant) -> tuple[str, str]:
    """Class of a change and the sentence behind it."""
    consequence = variant.consequence
    assert consequence is not None
    loss = next((words for term, words in _LOSS.items() if term in consequence.terms), None)
    if loss is not None and consequence.region == _FIRST_INTRON and "splice_donor_variant" in consequence.terms:
        return "possible splice effect", "changes the splice donor of the non-coding exon 1"
    if loss is not None:
        return "pathogenic", f"{loss}: takes the protein's function away"
    if variant.hotspot is not None:
        return "pathogenic", f"missense at the hotspot residue {variant.hotspot}"
    if _NONSYNONYMOUS & set(consequence.terms):
        return "unknown significance", "changes the protein; not at a known hotspot residue"
    if consequence.last_exonic_base:
        return "possible splice effect", "changes the last base of an exon"
    if "splice_region_variant" in consequence.terms:
        return "possible splice effect", "lies in a splice region"
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


def _file_reasons(evidence: Evidence) -> list[Reason]:
    """Why silence about TP53 cannot be trusted."""
    files = evidence.variant_files
    if not files:
        return [reason("T011", "no VCF was given")]
    found = []
    listing = [one for one in files if one.small_variants]
    if not listing:
        names = ", ".join(one.file for one in files)
        found.append(reason("T012", f"{names} holds no small variant at all"))
    for one in listing:
        if not one.reaches_tp53:
            found.append(reason("T013", f"the records of {one.file} end before TP53 does: cut, or only a part"))
        found += [
            reason("T018", f"TP53 {_name(variant)} on {variant.build}, if the file were on it", variant.record.source)
            for variant in one.elsewhere
            if variant.consequence is not None and _classify(variant)[0] == "pathogenic"
        ]
    return found


def _coverage_reasons(callability: Callability) -> list[Reason]:
    unknown = callability.exposure is Exposure.UNKNOWN
    found = [reason("T009", "nothing says that the assay covered TP53")] if unknown else []
    if not callability.uncovered:
        return found
    bases = sum(one.end - one.start + 1 for one in callability.uncovered)
    exons = ", ".join(str(number) for number in sorted({one.exon for one in callability.uncovered}))
    words = f"{bases} of {callability.bases} bases of TP53 are not covered (exon {exons})"
    return [*found, reason("T010", words)]


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
