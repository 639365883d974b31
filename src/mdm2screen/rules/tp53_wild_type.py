"""TP53 wild-type: no variant that takes its function away, and an assay that could have shown one."""

from collections.abc import Sequence

from mdm2screen.callability_result import Callability
from mdm2screen.evidence import Evidence, ObservedVariant
from mdm2screen.results import Call, Disposition, Reason, Status, Tp53Finding
from mdm2screen.rules import (
    tp53_annotation,
    tp53_cis,
    tp53_coverage,
    tp53_deletion,
    tp53_files,
    tp53_heterozygosity,
    tp53_intron_1,
    tp53_reported,
    tp53_specimen,
    tp53_variants,
    tp53_weight,
)
from mdm2screen.rules.tp53_policy import Tp53Policy
from mdm2screen.rules.tp53_verdict import Verdict

_Judged = tuple[ObservedVariant, Verdict]


class Tp53WildType(Tp53Policy):
    """NOT_MET by one disqualifying variant; MET only where the assay is known to cover every coding base."""

    def evaluate(self, evidence: Evidence) -> Call:
        """The call over all variants, copy number and what the assay could see."""
        judged = self._judged(evidence)
        seen = tp53_coverage.assess(evidence, self.callability)
        alleles = tp53_heterozygosity.finding(evidence, self)
        failed = tp53_specimen.failures(evidence, self)
        deleted, maybe_deleted = tp53_deletion.deletions(evidence, self)
        against = [*tp53_variants.reasons(judged, Disposition.DISQUALIFIES), *deleted]
        review = self._review(evidence, judged, seen)
        review += maybe_deleted if against else [*maybe_deleted, *tp53_specimen.silence(evidence, self)]
        intron_1 = tp53_intron_1.reasons(evidence)
        review += intron_1 if self.intron_1 == "require" else []
        flags = intron_1 if self.intron_1 == "flag" else []
        beside = [*tp53_heterozygosity.reasons(alleles), *tp53_annotation.beside(judged)]
        if failed:  # of a contaminated sample, or one without tumor, neither answer can be given
            status, reasons = Status.INDETERMINATE, [*failed, *review, *against]
        elif against:
            status, reasons = Status.NOT_MET, [*against, *tp53_weight.germline_notes(judged), *review]
        elif review:
            status, reasons = Status.INDETERMINATE, [*review, *flags]
        else:
            status, reasons = Status.MET, [*tp53_coverage.shown(seen, evidence), *flags]
        finding = Tp53Finding(
            variants=tuple(tp53_variants.shown(variant, verdict) for variant, verdict in judged),
            callability=seen,
            heterozygosity=alleles,
        )
        return Call(criterion=self.criterion, status=status, reasons=(*reasons, *beside), tp53=finding)

    def _judged(self, evidence: Evidence) -> list[_Judged]:
        """Every variant with its verdict: alone, on its molecule, beside copy number and the files' annotation."""
        alone = [(variant, tp53_annotation.confront(variant, self._judge(variant))) for variant in evidence.variants]
        judged = tp53_cis.reconsidered(alone, evidence.together, self._judge)
        judged = tp53_deletion.settled(judged, evidence, self)
        return [*judged, *tp53_annotation.unlisted(evidence.unlisted, self)]

    def _review(self, evidence: Evidence, judged: Sequence[_Judged], seen: Callability) -> list[Reason]:
        """What leaves wild-type open, copy number apart."""
        return [
            *tp53_variants.reasons(judged, Disposition.REVIEW),
            *tp53_cis.reasons(evidence.together, self._judge),
            *tp53_reported.reasons(evidence),
            *tp53_files.reasons(evidence),
            *tp53_coverage.reasons(seen, evidence, self.callability),
        ]

    def _judge(self, variant: ObservedVariant) -> Verdict:
        return tp53_variants.judge(variant, self)
