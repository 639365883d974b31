"""Copy number in VCF records: which field holds it, in which scale, by which producer.

Dialects, told apart by header and fields: DRAGEN (FORMAT ``SM`` linear ratio, to the sample or, where ``SEGID`` names
a gene as TSO 500 does, to normals; allele-specific ``CN`` as tumor copies), TSO 500 local app (FORMAT ``FC``, linear
ratio to two copies), CNVkit export (INFO ``FOLD_CHANGE_LOG``, log2), Oncomine (``CN`` with ``CDF_MAPD``/``RAW_CN``, see
``oncomine``), any other (FORMAT or INFO ``CN``: copies of unknown correction).
"""

import math
import re
from dataclasses import dataclass

from mdm2screen import copy_number, genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import oncomine
from mdm2screen.readers.table import MISSING
from mdm2screen.readers.vcf_header import VcfHeader
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import Build, PurityState, Reference, Scale, SegmentRecord

# DRAGEN models whose CN is not tumor copies (DRAGEN user guide, CNV output, ##ModelSource).
_DRAGEN_WEAK_MODELS = frozenset({"DEPTH+BAF_WEAK", "SAMPLE_MEDIAN", "DEGENERATE_DIPLOID"})
# Alleles that are never copy number, whatever stands beside them (a tandem repeat counts units, not genes).
_NO_COPIES = ("<INS", "<INV", "<BND", "<TRA", "<CTX", "<CNV:TR")
# Alleles that speak of copy number even without a number, and those of them that are a loss.
_COPIES = ("<DEL", "<DUP", "<CN", "<LOH", "<LOSS", "<GAIN", "<AMP")
_LOSSES = ("<DEL", "<LOSS", "<CN0>", "<CN1>")
_GAINS = ("<DUP", "<GAIN", "<AMP")
_NUMBERS = ("CN", "SM", "FOLD_CHANGE_LOG", "RAW_CN", "CDF_MAPD")
_FOLD_CHANGE = "FC"  # of FORMAT alone: INFO/FC is many things
_GENES = frozenset(gene.symbol for gene in genes.GENES)
# Fields that only callers of junctions write (Manta, DELLY, LUMPY, Sniffles): a joint says nothing of depth.
_JUNCTION_FIELDS = frozenset({"PR", "SR", "PE", "SU", "DV", "RV", "CT", "SUPPORT", "HOMLEN", "HOMSEQ", "SVINSSEQ"})


_REFERENCE_GENOTYPE = re.compile(r"0([/|]0)*")
# GATK gCNV reports no more than this (default of --max-copy-number).
_GCNV_FIELDS, _GCNV_HIGHEST = {"NP", "QA"}, 5


@dataclass(frozen=True)
class _Reading:
    value: float | None
    scale: Scale
    reference: Reference
    purity_state: PurityState
    producer: str


def has_copy_number(line: VcfLine) -> bool:
    """Whether the line speaks of copy number: symbolic alleles alone, or a reference segment with a number.

    A line with a spelled allele is a small variant, whatever stands beside it (``T,<NON_REF>``, a CN of its place).
    """
    alts = line.stated_alts
    if (line.alts and not alts) or any(not alt.startswith("<") or alt.startswith(_NO_COPIES) for alt in alts):
        return False
    by_type = bool(alts) and all(alt.startswith(_COPIES) for alt in alts)
    return _has_number(line) or (by_type and not _is_junction(line))


def is_of_depth(line: VcfLine) -> bool:
    """Whether the line is a segment of a caller of copy number, whose ends are no joints.

    Callers of junctions may write copies beside the joint (DELLY before 1.0 ``CN``, read from the depth around it).
    """
    return has_copy_number(line) and not _is_junction(line)


def _has_number(line: VcfLine) -> bool:
    known = any(fields.get(key, ".") not in MISSING for fields in (line.tumor, line.info) for key in _NUMBERS)
    return known or line.tumor.get(_FOLD_CHANGE, ".") not in MISSING


def _is_junction(line: VcfLine) -> bool:
    """Whether the line claims a joint and not a depth (SVCLAIM, VCF 4.4; else the fields of its caller)."""
    claim = line.info.get("SVCLAIM")
    if claim:
        return "D" not in claim
    tandem = any(alt.startswith("<DUP:TANDEM") for alt in line.alts)
    return tandem or not _JUNCTION_FIELDS.isdisjoint({*line.tumor, *line.info})


def alleles_that_may_break_tp53(line: VcfLine, said: SegmentRecord) -> list[int]:
    """Alleles (1 for the first) of a copy-number line that are structural variants of TP53 if they lie over it.

    A deletion or duplication that begins or ends inside the gene breaks it. A loss without a usable number may have
    taken both copies.
    """
    inside = any(genes.TP53.overlaps(b, line.contig, p, p) for b in Build for p in (line.pos, line.end))
    inside = inside and line.info.get("SEGID") not in _GENES  # where a gene's targets end, nothing breaks
    unusable = said.value is None
    maybe_loss = ("<CNV",) if unusable or _is_loss(said) else ()
    breaking = (*_LOSSES, *_GAINS, *maybe_loss) if inside else _LOSSES
    if not (inside or unusable):
        return []
    return [allele for allele, alt in enumerate(line.alts, start=1) if alt.startswith(breaking)]


def _is_loss(said: SegmentRecord) -> bool:
    """Whether a segment, not the row of a named gene, has fewer copies than two."""
    neutral = {Scale.LOG2_RATIO: 0.0, Scale.LINEAR_RATIO: 1.0}.get(said.scale, 2.0)
    return said.gene is None and said.value is not None and said.value < neutral


def segment(line: VcfLine, header: VcfHeader, sample: str | None) -> SegmentRecord:
    """The copy-number statement of a line; ``value`` is ``None`` where it has no number or its filter failed.

    Raises MalformedFileError where the number does not parse.
    """
    reading = _reading(line, header)
    gene = next((name for name in (line.fields[2], line.info.get("SEGID")) if name in _GENES), None)
    doubt = _doubt(line, header, reading)
    label = doubt or ",".join(line.alts) or None
    # a symbolic allele states the base before the event (VCF specification, section 1.4.1)
    start = line.pos + 1 if line.alts and line.fields[2] != gene else line.pos
    ci_low, ci_high = oncomine.confidence(line.info.get("CI", "."), line.source) if _is_oncomine(line) else (None, None)
    return SegmentRecord(
        contig=line.contig,
        start=min(start, line.end),
        end=line.end,
        value=None if doubt else reading.value,
        scale=reading.scale,
        reference=reading.reference,
        purity_state=reading.purity_state,
        producer=reading.producer,
        source=line.source,
        gene=gene,
        label=label,
        at_least=line.tumor.keys() >= _GCNV_FIELDS and reading.value == _GCNV_HIGHEST,
        probes=_whole(line.tumor.get("BC") or line.info.get("PROBES") or line.info.get("NUMTILES")),
        sample=sample,
        minor=None if doubt else _minor(line, reading),
        ci_low=ci_low,
        ci_high=ci_high,
    )


def _minor(line: VcfLine, reading: _Reading) -> float | None:
    """Copies of the rarer allele (DRAGEN ``MCN``), where those of both are corrected."""
    if reading.scale is not Scale.TUMOR_COPIES or "MCN" not in line.tumor:
        return None
    return _number(line, "MCN", line.tumor["MCN"])


def _is_oncomine(line: VcfLine) -> bool:
    return "CDF_MAPD" in line.info or "RAW_CN" in line.info


def _doubt(line: VcfLine, header: VcfHeader, reading: _Reading) -> str | None:
    """Why the number of a line cannot be used, if it cannot."""
    if _is_oncomine(line) and oncomine.is_plasma(header.meta):
        return "an assay of plasma: the number is a ratio, not copies"
    if header.callers.rejects(line.filters) and not (_is_oncomine(line) and oncomine.is_called(line.filters)):
        return ";".join(line.filters)
    if line.contradicts_itself:
        return "END and SVLEN contradict each other"
    genotype = line.tumor.get("GT", "")
    if line.stated_alts and _REFERENCE_GENOTYPE.fullmatch(genotype) and _is_far_from_neutral(reading):
        return f"genotype {genotype} beside a copy number of {reading.value:g} ({reading.scale})"
    return None


def _is_far_from_neutral(reading: _Reading) -> bool:
    """Whether a value is a whole copy of two or more away from neutral."""
    if reading.value is None or reading.scale is Scale.LABEL:
        return False
    ratio = copy_number.linear_ratio(reading.value, reading.scale)
    return not 0.5 < ratio < 1.5


def _reading(line: VcfLine, header: VcfHeader) -> _Reading:
    if _is_oncomine(line):
        value = _number(line, "CN", line.tumor.get("CN"))
        scale, state = oncomine.scale(header.meta)
        return _Reading(value, scale, Reference.DIPLOID, state, "Oncomine VCF")
    if "SM" in line.tumor:
        return _dragen(line, header)
    if _FOLD_CHANGE in line.tumor:
        value = _number(line, _FOLD_CHANGE, line.tumor[_FOLD_CHANGE])
        return _Reading(value, Scale.LINEAR_RATIO, Reference.DIPLOID, PurityState.UNCORRECTED, "TSO 500 VCF")
    if "FOLD_CHANGE_LOG" in line.info:
        value = _number(line, "FOLD_CHANGE_LOG", line.info["FOLD_CHANGE_LOG"])
        return _Reading(value, Scale.LOG2_RATIO, Reference.SAMPLE, PurityState.UNKNOWN, "CNVkit VCF")
    # INFO belongs to the line: with several samples it is not known whose copies it counts
    belongs = len(header.samples) <= 1 and not header.allele_specific_copies
    token = line.tumor.get("CN") or (line.info.get("CN") if belongs else None)
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
    # a panel is compared with normals, gene by gene: Illumina explains the ratio as one to two copies
    by_gene = line.info.get("SEGID") in _GENES
    reference = Reference.UNKNOWN if by_gene else Reference.SAMPLE
    return _Reading(value, Scale.LINEAR_RATIO, reference, PurityState.UNCORRECTED, "DRAGEN CNV VCF")


def _number(line: VcfLine, key: str, token: str | None) -> float | None:
    if token is None or token in MISSING:
        return None
    try:
        value = float("_" if "_" in token else token)  # Python would read 1_0 as 10
    except ValueError:
        raise MalformedFileError(
            f"{key} is {token!r}, which is not a number",
            where=str(line.source),
            remedy="check the record; a decimal comma must be written as a point",
        ) from None
    return value if math.isfinite(value) else None


def _whole(token: str | None) -> int | None:
    return int(token) if token and token.isascii() and token.isdigit() else None
