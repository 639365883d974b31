"""What a made patient's sample may show, as changes of the evidence of an eligible patient."""

from typing import Any

import evidence_builder as eb
from mdm2screen import callability
from mdm2screen.evidence import VariantFile
from mdm2screen.records import Presence, QcRecord, Source, Specimen

PLASMA: dict[str, Any] = {"specimen": Specimen.PLASMA}
MUTATED: dict[str, Any] = {"variants": eb.observed(eb.variant())}
VUS: dict[str, Any] = {"variants": eb.observed(eb.variant(7578373, "T", "C"))}
UNCOVERED: dict[str, Any] = {"callability": callability.unknown()}
BISECTED: dict[str, Any] = {
    "variant_files": (VariantFile(file="made.vcf", small_variants=True, reaches_tp53=True, order_assumed=True),)
}
FAILED_QC: dict[str, Any] = {"qc": (QcRecord(passed=False, status="FAIL", source=Source(file="made.qc")),)}


def copies(value: float | None, **changes: Any) -> dict[str, Any]:
    return {"mdm2": (eb.source(eb.segment(value, **changes)),)}


def in_part(value: float) -> dict[str, Any]:
    """Copies of less than half of MDM2."""
    first, last = eb.MDM2_37
    return copies(value, end=first + (last - first) * 48 // 100)


UNSETTLED: dict[str, Any] = {"mdm2": (eb.source(eb.log2(1.6)),)}

DILUTED: dict[str, Any] = {"mdm2": (eb.source(eb.log2(0.0)),), **PLASMA}
"""Neutral in plasma of unknown tumor fraction."""
DELETED: dict[str, Any] = {
    "tp53_copies": (eb.source(eb.segment(0.0, contig="17", start=7500000, end=7700000)),),
}
NOT_CALLED: dict[str, Any] = {"variants": eb.observed(eb.variant(presence=Presence.NO_CALL))}

CHANGES: list[dict[str, Any]] = [
    *({}, MUTATED, VUS, UNCOVERED, UNSETTLED, {"mdm2": ()}, FAILED_QC, PLASMA, DILUTED, DELETED, NOT_CALLED),
    *map(copies, (3, 9, None)),
    *map(in_part, (3, 50)),
]
"""One of each kind."""
