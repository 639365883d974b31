"""What the sample itself leaves open: quality control, contamination, tumor DNA in plasma."""

from mdm2screen.evidence import Evidence
from mdm2screen.numerals import percent
from mdm2screen.records import Specimen
from mdm2screen.results import Reason, reason
from mdm2screen.rules.tp53_policy import Tp53Policy


def failures(evidence: Evidence, policy: Tp53Policy) -> list[Reason]:
    """Why neither answer can be given for this sample; none where it is sound."""
    limit = policy.contamination_max.known
    failed = [
        reason("T017", f"the sample failed quality control: {record.status}", record.source)
        for record in evidence.qc
        if not record.passed
    ]
    contaminated = [
        reason(
            "T017",
            f"{percent(record.fraction)} of the reads come from another person; the protocol's limit is "
            f"{percent(limit)}",
            record.source,
        )
        for record in evidence.contaminations
        if limit is not None and record.fraction > limit
    ]
    return [*failed, *contaminated]


def silence(evidence: Evidence, policy: Tp53Policy) -> list[Reason]:
    """Why finding nothing in this specimen is no wild-type: plasma may hold too little DNA of the tumor."""
    if evidence.specimen is not Specimen.PLASMA:
        return []
    least = policy.plasma_fraction_min.known
    fraction = evidence.purity.purity if evidence.purity else None
    if least is not None and fraction is not None and fraction >= least:
        return []
    share = "an unknown share" if fraction is None else percent(fraction)
    limit = "no public limit says how much is enough" if least is None else f"the protocol asks for {percent(least)}"
    return [reason("T039", f"{share} of the DNA in the plasma is the tumor's; {limit}")]
