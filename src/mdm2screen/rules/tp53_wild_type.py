"""TP53 wild-type: no variant that takes its function away, and an assay that could have shown one."""

from mdm2screen.evidence import Evidence, ObservedVariant
from mdm2screen.results import Call, Disposition, Status, Tp53Finding, reason
from mdm2screen.rules import tp53_cis, tp53_coverage, tp53_deletion, tp53_files, tp53_variants
from mdm2screen.rules.tp53_policy import Tp53Policy
from mdm2screen.rules.tp53_verdict import Verdict


class Tp53WildType(Tp53Policy):
    """NOT_MET by one disqualifying variant; MET only where the assay is known to cover every coding base."""

    def evaluate(self, evidence: Evidence) -> Call:
        """The call over all variants, copy number and what the assay could see."""
        alone = [(variant, self._judge(variant)) for variant in evidence.variants]
        judged = tp53_cis.reconsidered(alone, evidence.together, self._judge)
        deleted, maybe_deleted = tp53_deletion.deletions(evidence, self)
        against = [*tp53_variants.reasons(judged, Disposition.DISQUALIFIES), *deleted]
        failed = [
            reason("T017", f"the sample failed quality control: {record.status}", record.source)
            for record in evidence.qc
            if not record.passed
        ]
        review = [
            *failed,
            *tp53_variants.reasons(judged, Disposition.REVIEW),
            *tp53_cis.reasons(evidence.together, self._judge),
            *maybe_deleted,
            *tp53_files.reasons(evidence),
            *tp53_coverage.reasons(evidence.callability),
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
            variants=tuple(tp53_variants.shown(variant, verdict) for variant, verdict in judged),
            callability=evidence.callability,
        )
        return Call(criterion=self.criterion, status=status, reasons=tuple(reasons), tp53=finding)

    def _judge(self, variant: ObservedVariant) -> Verdict:
        return tp53_variants.judge(variant, self)
