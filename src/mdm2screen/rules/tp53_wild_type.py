"""TP53 wild-type: no variant that takes its function away, and an assay that could have shown one."""

from mdm2screen.evidence import Evidence
from mdm2screen.results import Call, Disposition, Status, Tp53Finding, reason
from mdm2screen.rules import tp53_coverage, tp53_deletion, tp53_files, tp53_variants
from mdm2screen.rules.tp53_policy import Tp53Policy


class Tp53WildType(Tp53Policy):
    """NOT_MET by one disqualifying variant; MET only where the assay is known to cover every coding base."""

    def evaluate(self, evidence: Evidence) -> Call:
        """The call over all variants, copy number and what the assay could see."""
        judged = [(variant, tp53_variants.judge(variant, self)) for variant in evidence.variants]
        deleted, maybe_deleted = tp53_deletion.deletions(evidence, self)
        seen = tp53_coverage.assess(evidence, self.callability)
        against = [*tp53_variants.reasons(judged, Disposition.DISQUALIFIES), *deleted]
        failed = [
            reason("T017", f"the sample failed quality control: {record.status}", record.source)
            for record in evidence.qc
            if not record.passed
        ]
        review = [
            *failed,
            *tp53_variants.reasons(judged, Disposition.REVIEW),
            *maybe_deleted,
            *tp53_files.reasons(evidence),
            *tp53_coverage.reasons(seen, evidence, self.callability),
        ]
        if failed:  # of a contaminated sample, or one without tumor, neither answer can be given
            status, reasons = Status.INDETERMINATE, [*review, *against]
        elif against:
            status, reasons = Status.NOT_MET, [*against, *review]
        elif review:
            status, reasons = Status.INDETERMINATE, review
        else:
            status, reasons = Status.MET, tp53_coverage.shown(seen, evidence)
        finding = Tp53Finding(
            variants=tuple(tp53_variants.shown(variant, verdict) for variant, verdict in judged),
            callability=seen,
        )
        return Call(criterion=self.criterion, status=status, reasons=tuple(reasons), tp53=finding)
