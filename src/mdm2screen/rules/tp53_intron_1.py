"""Osteosarcoma: rearrangements that break TP53 in intron 1, where tests of exons do not look."""

from mdm2screen.evidence import Evidence
from mdm2screen.results import Reason, reason

# OncoTree: osteosarcoma and all below it (parosteal, low-grade central ...).
_OSTEOSARCOMA = "OS"
_WHOLE_GENOME = "wgs"


def reasons(evidence: Evidence) -> list[Reason]:
    """That one is not excluded: no list of rearrangements was given, or that of an assay that may not reach it."""
    tumor = evidence.tumor_type
    if tumor is None or not tumor.within(_OSTEOSARCOMA):
        return []
    if evidence.rearrangement_files and evidence.callability.assay == _WHOLE_GENOME:
        return []
    why = "the assay may not reach intron 1" if evidence.rearrangement_files else "no list of rearrangements was given"
    return [reason("T032", f"{tumor.name}: {why}")]
