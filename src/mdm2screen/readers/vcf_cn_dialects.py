"""What a copy-number record of a VCF says, by producer: one function for each dialect, listed once in ``DIALECTS``.

Each says which field holds the number, in which scale, against which reference, and whether normal cells were taken
out. Sources: DRAGEN user guide (CNV output); Illumina/canvas; etal/cnvkit (export); dariober/cnv_facets;
dellytools/delly (cnv); ccagc/QDNAseq (exportVCF); broadinstitute/gatk (GermlineCNVCaller) and gatk-sv; Illumina Array
Analysis CLI; Ion Reporter.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.numerals import parsed
from mdm2screen.readers import oncomine
from mdm2screen.readers.table import MISSING
from mdm2screen.readers.vcf_header import VcfHeader
from mdm2screen.readers.vcf_purity import canvas_states_purity, dragen_model_holds
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import PurityState, Reference, Scale

NUMBERS = ("CN", "SM", "FOLD_CHANGE_LOG", "RAW_CN", "CDF_MAPD", "TCN_EM", "RD_CN", "LOG2CNT")
"""Fields of FORMAT or INFO of which one with a value makes a line speak of copy number."""

FOLD_CHANGE = "FC"
"""The number of the TSO 500 local app, in FORMAT alone: INFO/FC is many things."""

_GENES = frozenset(genes.OF_COPIES)
# GATK gCNV writes no more than this (default of --max-copy-number); Canvas for families 5 and for one genome 10;
# Illumina's arrays write 4 for 4 and more.
_GCNV_HIGHEST = 5
_CANVAS_HIGHEST = (5, 10)
_ARRAY_HIGHEST = 4


@dataclass(frozen=True)
class Reading:
    """The number of a record with what it means. ``calls`` are FILTER tokens that reject nothing.

    ``doubt`` says why the producer itself gives no usable number here.
    """

    value: float | None
    scale: Scale
    reference: Reference
    purity_state: PurityState
    producer: str
    at_least: bool = False
    rounded: bool = False
    minor: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    calls: frozenset[str] = frozenset()
    doubt: str | None = None


def read(line: VcfLine, header: VcfHeader) -> Reading:
    """What the record says, in the first dialect that knows it. Raises MalformedFileError for no number."""
    return next(reading for dialect in DIALECTS if (reading := dialect(line, header)) is not None)


def _oncomine(line: VcfLine, header: VcfHeader) -> Reading | None:
    """Copies, corrected where the lab typed in a cellularity; in an assay of plasma a ratio and no copies."""
    if "CDF_MAPD" not in line.info and "RAW_CN" not in line.info:
        return None
    scale, state = oncomine.scale(header.meta)
    low, high = oncomine.confidence(line.info.get("CI", "."), line.source)
    plasma = "an assay of plasma: the number is a ratio, not copies"
    return Reading(
        _number(line, "CN", line.tumor.get("CN")),
        scale,
        Reference.DIPLOID,
        state,
        "Oncomine VCF",
        ci_low=low,
        ci_high=high,
        calls=oncomine.CALLS,
        doubt=plasma if oncomine.is_plasma(header.meta) else None,
    )


def _cnv_facets(line: VcfLine, header: VcfHeader) -> Reading | None:
    """FACETS' total copies in INFO, corrected; FILTER ``neutral`` marks a neutral segment and rejects nothing.

    Where the header says that FACETS found no purity, they are no copies of the tumor.
    """
    if "TCN_EM" not in line.info:
        return None
    value, minor = (_number(line, key, line.info.get(key)) for key in ("TCN_EM", "LCN_EM"))
    found = _corrected(value, "cnv_facets VCF", minor=minor, calls=frozenset({"neutral"}))
    return replace(found, doubt="FACETS found no purity") if header.meta.get("purity", "").strip() == "NA" else found


def _qdnaseq(line: VcfLine, _header: VcfHeader) -> Reading | None:
    """Bins joined by their call with the log2 of the first one alone: no number of the gene."""
    if "LOG2CNT" not in line.info:
        return None
    doubt = f"{','.join(line.alts)}, log2 {line.info['LOG2CNT']} of its first bin alone"
    return Reading(None, Scale.LOG2_RATIO, Reference.SAMPLE, PurityState.UNCORRECTED, "QDNAseq VCF", doubt=doubt)


def _canvas(line: VcfLine, header: VcfHeader) -> Reading | None:
    """Copies of the tumor cell where Canvas estimated a purity; else those of a germline model with a ceiling."""
    if not header.meta.get("source", "").startswith("Canvas"):
        return None
    value = _number(line, "CN", line.tumor.get("CN"))
    if canvas_states_purity(header):
        major = _number(line, "MCC", line.tumor.get("MCC"))
        minor = None if value is None or major is None else max(0.0, value - major)
        return _corrected(value, "Canvas VCF", minor=minor)
    return _plain(value, "Canvas VCF", at_least=value in _CANVAS_HIGHEST)


def _dragen(line: VcfLine, header: VcfHeader) -> Reading | None:
    """Allele-specific models give tumor copies (``CNF`` before rounding); all others only the depth ratio ``SM``."""
    if "SM" not in line.tumor:
        return None
    if dragen_model_holds(header):
        unrounded = _number(line, "CNF", line.tumor.get("CNF"))
        value = _number(line, "CN", line.tumor.get("CN")) if unrounded is None else unrounded
        minor = _number(line, "MCN", line.tumor.get("MCN"))
        return _corrected(value, "DRAGEN CNV VCF", minor=minor)
    value = _number(line, "SM", line.tumor["SM"])
    # a panel is compared with normals, gene by gene: Illumina explains the ratio as one to two copies
    reference = Reference.UNKNOWN if line.info.get("SEGID") in _GENES else Reference.SAMPLE
    return Reading(value, Scale.LINEAR_RATIO, reference, PurityState.UNCORRECTED, "DRAGEN CNV VCF")


def _tso500(line: VcfLine, _header: VcfHeader) -> Reading | None:
    """The fold change of the TSO 500 local app: linear, to two copies."""
    if FOLD_CHANGE not in line.tumor:
        return None
    value = _number(line, FOLD_CHANGE, line.tumor[FOLD_CHANGE])
    return Reading(value, Scale.LINEAR_RATIO, Reference.DIPLOID, PurityState.UNCORRECTED, "TSO 500 VCF")


def _cnvkit(line: VcfLine, _header: VcfHeader) -> Reading | None:
    """The log2 ratio of ``cnvkit export vcf``; ``call --purity`` may have rewritten it."""
    if "FOLD_CHANGE_LOG" not in line.info:
        return None
    value = _number(line, "FOLD_CHANGE_LOG", line.info["FOLD_CHANGE_LOG"])
    return Reading(value, Scale.LOG2_RATIO, Reference.SAMPLE, PurityState.UNKNOWN, "CNVkit VCF")


def _delly(line: VcfLine, _header: VcfHeader) -> Reading | None:
    """``delly cnv``: ``RDCN`` is the copy number before rounding, relative to the ploidy it was run with."""
    if not {"CN", "RDCN", "RDSD"} <= line.tumor.keys():
        return None
    value = _number(line, "RDCN", line.tumor["RDCN"])
    return Reading(value, Scale.OBSERVED_COPIES, Reference.UNKNOWN, PurityState.UNCORRECTED, "DELLY CNV VCF")


def _gatk_gcnv(line: VcfLine, _header: VcfHeader) -> Reading | None:
    """GATK's germline caller, which writes no more than five copies."""
    if not {"CN", "NP", "QA"} <= line.tumor.keys():
        return None
    value = _number(line, "CN", line.tumor["CN"])
    return _plain(value, "GATK gCNV VCF", at_least=value == _GCNV_HIGHEST)


def _gatk_sv(line: VcfLine, _header: VcfHeader) -> Reading | None:
    """GATK-SV's copies by read depth, beside events that it found by reads as well."""
    token = line.tumor.get("RD_CN", ".")
    return None if token in MISSING else _plain(_number(line, "RD_CN", token), "GATK-SV VCF")


def _array(line: VcfLine, header: VcfHeader) -> Reading | None:
    """Illumina's array software: four stands for four or more."""
    if not header.meta.get("source", "").lower().startswith("array-analysis-cli"):
        return None
    value = _number(line, "CN", line.tumor.get("CN"))
    return _plain(value, "array VCF", at_least=value == _ARRAY_HIGHEST)


def _any_other(line: VcfLine, header: VcfHeader) -> Reading:
    """A plain ``CN`` of FORMAT, or of INFO where it can only be this sample's."""
    # INFO belongs to the line: with several samples it is not known whose copies it counts
    belongs = len(header.samples) <= 1 and not header.allele_specific_copies
    token = line.tumor.get("CN") or (line.info.get("CN") if belongs else None)
    value = _number(line, "CN", token)
    return _plain(value, "VCF CN", rounded=value is not None and value.is_integer() and header.is_integer("CN"))


DIALECTS: tuple[Callable[[VcfLine, VcfHeader], Reading | None], ...] = (
    _oncomine,
    _cnv_facets,
    _qdnaseq,
    _canvas,
    _dragen,
    _tso500,
    _cnvkit,
    _delly,
    _gatk_gcnv,
    _gatk_sv,
    _array,
    _any_other,
)
"""Tried in this order; the last one knows every line."""


def silence(header: VcfHeader) -> str | None:
    """What a file without a record over a gene means, where its producer is known."""
    source = header.meta.get("source", "")
    if oncomine.CELLULARITY in header.meta or header.declares("INFO", "CDF_MAPD"):
        return "Ion Reporter writes every gene of the panel: the gene is not in it, or the file was cut down"
    if header.declares("INFO", "LOG2CNT"):
        return "QDNAseq writes no neutral bin into a VCF: neutral, or not covered"
    if header.declares("INFO", "FOLD_CHANGE_LOG"):
        return "CNVkit writes no neutral segment into a VCF: neutral, or not covered; pass the .cns"
    if header.declares("FORMAT", "SM"):
        commands = " ".join(line for _, line in header.lines if line.startswith("##DRAGENCommandLine"))
        if "cnv-enable-ref-calls true" in commands or "cnv-enable-ref-calls=true" in commands:
            return "DRAGEN wrote reference segments too: no interval of the gene could be called"
        return "DRAGEN writes reference segments only when asked (--cnv-enable-ref-calls true): neutral, or not covered"
    if source.startswith("Canvas") or header.declares("INFO", "TCN_EM"):
        return "it writes every segment it could call: the gene lies in a gap, or the file was filtered"
    return None


def _corrected(
    value: float | None, producer: str, *, minor: float | None, calls: frozenset[str] = frozenset()
) -> Reading:
    """Copies of a tumor cell that the producer corrected for purity and ploidy."""
    return Reading(
        value, Scale.TUMOR_COPIES, Reference.DIPLOID, PurityState.CORRECTED, producer, minor=minor, calls=calls
    )


def _plain(value: float | None, producer: str, *, at_least: bool = False, rounded: bool = True) -> Reading:
    """Copies as they stand; nobody says whether normal cells were taken out, or of what two copies are the depth.

    Without a number, a label.
    """
    scale = Scale.LABEL if value is None else Scale.OBSERVED_COPIES
    return Reading(value, scale, Reference.UNKNOWN, PurityState.UNKNOWN, producer, at_least=at_least, rounded=rounded)


def _number(line: VcfLine, key: str, token: str | None) -> float | None:
    if token is None or token in MISSING:
        return None
    try:
        value = parsed(token)
    except ValueError:
        raise MalformedFileError(
            f"{key} is {token!r}, which is not a number",
            where=str(line.source),
            remedy="check the record; a decimal comma must be written as a point",
        ) from None
    return value if math.isfinite(value) else None
