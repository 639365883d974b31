"""Whether the tumor still holds both parents' alleles of TP53: context, which decides nothing."""

from mdm2screen import copy_number
from mdm2screen.evidence import Evidence
from mdm2screen.numerals import number
from mdm2screen.results import Heterozygosity, Reason, reason
from mdm2screen.rules.tp53_policy import Tp53Policy


def finding(evidence: Evidence, policy: Tp53Policy) -> Heterozygosity | None:
    """What corrected copies of the rarer allele say; ``None`` where no file gives them.

    An allele counts as lost below the protocol's limit for a deletion.
    """
    limit = policy.deletion_copies.known
    known = [
        (record.minor, record)
        for source in evidence.tp53_copies
        for record in source.segments
        if record.minor is not None and copy_number.is_corrected(record)
    ]
    if limit is None or not known:
        return None
    minor, record = min(known, key=lambda one: one[0])
    lost = [one[0] < limit for one in known]
    return Heterozygosity(
        state="lost" if all(lost) else "lost_in_part" if any(lost) else "kept",
        copies=None if record.value is None else max(0.0, record.value),
        minor=max(0.0, minor),
        source=record.source,
    )


def reasons(found: Heterozygosity | None) -> list[Reason]:
    """That heterozygosity is lost, if it is."""
    if found is None or found.state == "kept":
        return []
    copies = "" if found.copies is None else f" of {number(found.copies)} copies"
    where = "" if found.state == "lost" else " in a part of the gene, or in one of the files"
    words = f"heterozygosity of TP53 is lost{where}: {number(found.minor)}{copies} are of the rarer allele"
    return [reason("T031", words, found.source)]
