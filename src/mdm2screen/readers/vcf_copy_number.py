"""Copy number in VCF records: which field holds it, in which scale, by which producer.

Dialects, told apart by header and fields: DRAGEN (FORMAT ``SM`` linear ratio; allele-specific ``CN`` as tumor
copies), CNVkit export (INFO ``FOLD_CHANGE_LOG``, log2), Oncomine (``CN`` with ``CDF_MAPD``/``RAW_CN``, corrected
by the cellularity a lab typed in), any other (FORMAT or INFO ``CN``: copies of unknown correction).
"""

import math
from dataclasses import dataclass

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.table import MISSING
from mdm2screen.readers.vcf_header import VcfHeader
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import PurityState, Reference, Scale, SegmentRecord

# DRAGEN models whose CN is not tumor copies (DRAGEN user guide, CNV output, ##ModelSource).
_DRAGEN_WEAK_MODELS = frozenset({"DEPTH+BAF_WEAK", "SAMPLE_MEDIAN", "DEGENERATE_DIPLOID"})
_JUNCTION_TYPES = ("<INS", "<INV", "<BND", "<TRA")


@dataclass(frozen=True)
class _Reading:
    value: float | None
    scale: Scale
    reference: Reference
    purity_state: PurityState
    producer: str


def has_copy_number(line: VcfLine) -> bool:
    """Whether the line speaks of copy number: a symbolic allele, or a reference segment with a number."""
    if any(alt.startswith(_JUNCTION_TYPES) for alt in line.alts):
        return False
    symbolic = any(alt.startswith("<") for alt in line.alts) and not line.is_reference
    return symbolic or (not line.alts and bool({"CN", "SM"} & line.tumor.keys()))


def segment(line: VcfLine, header: VcfHeader, sample: str | None) -> SegmentRecord:
    """The copy-number statement of a line; ``value`` is ``None`` where it has no number or its filter failed.

    Raises MalformedFileError where the number does not parse.
    """
    reading = _reading(line, header)
    gene = line.fields[2] if line.fields[2] in (g.symbol for g in genes.GENES) else None
    failed = not line.passed
    label = ";".join(line.filters) if failed else ",".join(line.alts) or None
    # a symbolic allele states the base before the event (VCF specification, section 1.4.1)
    start = line.pos + 1 if line.alts and gene is None else line.pos
    return SegmentRecord(
        contig=genes.contig_name(line.fields[0]),
        start=min(start, line.end),
        end=line.end,
        value=None if failed else reading.value,
        scale=reading.scale,
        reference=reading.reference,
        purity_state=reading.purity_state,
        producer=reading.producer,
        source=line.source,
        gene=gene,
        label=label,
        probes=_whole(line.tumor.get("BC") or line.info.get("PROBES") or line.info.get("NUMTILES")),
        sample=sample,
    )


def _reading(line: VcfLine, header: VcfHeader) -> _Reading:
    if "CDF_MAPD" in line.info or "RAW_CN" in line.info:
        value = _number(line, "CN", line.tumor.get("CN"))
        return _Reading(value, Scale.TUMOR_COPIES, Reference.DIPLOID, PurityState.CORRECTED_BY_LAB, "Oncomine VCF")
    if "SM" in line.tumor:
        return _dragen(line, header)
    if "FOLD_CHANGE_LOG" in line.info:
        value = _number(line, "FOLD_CHANGE_LOG", line.info["FOLD_CHANGE_LOG"])
        return _Reading(value, Scale.LOG2_RATIO, Reference.SAMPLE, PurityState.UNKNOWN, "CNVkit VCF")
    token = line.tumor.get("CN") or line.info.get("CN")
    value = _number(line, "CN", token)
    scale = Scale.LABEL if value is None else Scale.OBSERVED_COPIES
    return _Reading(value, scale, Reference.DIPLOID, PurityState.UNKNOWN, "VCF CN")


def _dragen(line: VcfLine, header: VcfHeader) -> _Reading:
    """Allele-specific models give tumor copies; all others only the depth ratio ``SM``."""
    model = header.meta.get("modelsource")
    purity = header.meta.get("estimatedtumorpurity", "NA")
    if model is not None and model not in _DRAGEN_WEAK_MODELS and purity not in MISSING:
        value = _number(line, "CN", line.tumor.get("CN"))
        return _Reading(value, Scale.TUMOR_COPIES, Reference.DIPLOID, PurityState.CORRECTED, "DRAGEN CNV VCF")
    value = _number(line, "SM", line.tumor["SM"])
    return _Reading(value, Scale.LINEAR_RATIO, Reference.SAMPLE, PurityState.UNCORRECTED, "DRAGEN CNV VCF")


def _number(line: VcfLine, key: str, token: str | None) -> float | None:
    if token is None or token in MISSING:
        return None
    try:
        value = float(token)
    except ValueError:
        raise MalformedFileError(
            f"{key} is {token!r}, which is not a number",
            where=str(line.source),
            remedy="check the record; a decimal comma must be written as a point",
        ) from None
    return value if math.isfinite(value) else None


def _whole(token: str | None) -> int | None:
    return int(token) if token and token.isdigit() else None
