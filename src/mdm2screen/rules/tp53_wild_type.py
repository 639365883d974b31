"""TP53 wild-type: no variant that takes its function away, and an assay that could have shown one."""

from mdm2screen.evidence import Evidence
from mdm2screen.results import Call, Disposition, Status, Tp53Finding, reason
from mdm2screen.rules import (
    tp53_annotation,
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


class Tp53WildType(Tp53Policy):
    """NOT_MET by one disqualifying variant; MET only where the assay is known to cover every coding base."""

    def evaluate(self, evidence: Evidence) -> Call:
        """The call over all variants, copy number and what the assay could see."""
        judged = [
            (variant, tp53_annotation.confront(variant, tp53_variants.judge(variant, self)))
            for variant in evidence.variants
        ]
        judged = tp53_deletion.settled(judged, evidence, self)
        judged += tp53_annotation.unlisted(evidence.unlisted, self)
        alleles = tp53_heterozygosity.finding(evidence, self)
        context, unexcluded = tp53_heterozygosity.reasons(alleles), tp53_intron_1.reasons(evidence)
        deleted, maybe_deleted = tp53_deletion.deletions(evidence, self)
        against = [*tp53_variants.reasons(judged, Disposition.DISQUALIFIES), *deleted]
        failed = tp53_specimen.failures(evidence, self)
        review = [
            *failed,
            *tp53_variants.reasons(judged, Disposition.REVIEW),
            *maybe_deleted,
            *tp53_reported.reasons(evidence),
            *tp53_files.reasons(evidence),
            *tp53_coverage.reasons(evidence.callability),
            *([] if against else tp53_specimen.silence(evidence, self)),
            *(unexcluded if self.intron_1 == "require" else ()),
        ]
        flagged = unexcluded if self.intron_1 == "flag" else []
        against += tp53_weight.germline_notes(judged)
        if failed:  # of a contaminated sample, or one without tumor, neither answer can be given
            status, reasons = Status.INDETERMINATE, [*review, *against, *context]
        elif against:
            status, reasons = Status.NOT_MET, [*against, *review, *context]
        elif review:
            status, reasons = Status.INDETERMINATE, [*review, *flagged, *context]
        else:
            declared = f"no variant counts against wild-type; coverage is declared ({evidence.callability.assay})"
            status, reasons = Status.MET, [reason("T001", declared), *flagged, *context]
        reasons += tp53_annotation.beside(judged)
        finding = Tp53Finding(
            variants=tuple(tp53_variants.shown(variant, verdict) for variant, verdict in judged),
            callability=evidence.callability,
            heterozygosity=alleles,
        )
        return Call(criterion=self.criterion, status=status, reasons=tuple(reasons), tp53=finding)
