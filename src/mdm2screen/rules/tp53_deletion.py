"""TP53 lost on both chromosomes, as copy number shows it."""

import re

from mdm2screen import copy_number
from mdm2screen.evidence import Evidence
from mdm2screen.numerals import number
from mdm2screen.records import Scale, SegmentRecord
from mdm2screen.results import Reason, reason
from mdm2screen.rules.tp53_policy import Tp53Policy

# Words of a loss where a producer gives no number: DEL, LOSS, <CN0>, the -2 of a discrete table.
_LOSS_LABEL = re.compile(r"DEL|LOSS|CN0|(?<![\d.])-2(?![\d.])", re.IGNORECASE)


def deletions(evidence: Evidence, policy: Tp53Policy) -> tuple[list[Reason], list[Reason]]:
    """Homozygous deletion: certain where the producer corrected its copies, else possible."""
    limit = policy.deletion_copies.known
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
