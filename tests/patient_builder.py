"""What a made patient's sample may show, as changes of the evidence of an eligible patient."""

from typing import Any

import evidence_builder as eb
from mdm2screen import callability
from mdm2screen.evidence import VariantFile
from mdm2screen.records import QcRecord, Source, Specimen

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


UNSETTLED: dict[str, Any] = {"mdm2": (eb.source(eb.log2(1.6)),)}

CHANGES: list[dict[str, Any]] = [
    *({}, MUTATED, VUS, UNCOVERED, UNSETTLED, {"mdm2": ()}, FAILED_QC, PLASMA),
    *map(copies, (3, 9, None)),
]
"""One of each kind."""
