"""Copy-number records of a VCF: which lines are such, what stretch and gene they speak of, whether they can be used.

What their number means is the matter of ``vcf_cn_dialects``.
"""

import re

from mdm2screen import copy_number, genes, mdm2_neighbourhood
from mdm2screen.readers import vcf_cn_dialects
from mdm2screen.readers.table import MISSING
from mdm2screen.readers.vcf_cn_dialects import FOLD_CHANGE, NUMBERS, Reading
from mdm2screen.readers.vcf_header import VcfHeader
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import Build, Scale, SegmentRecord

# Alleles that are never copy number, whatever stands beside them (a tandem repeat counts units, not genes).
_NO_COPIES = ("<INS", "<INV", "<BND", "<TRA", "<CTX", "<CNV:TR")
# Alleles that speak of copy number even without a number, and those of them that are a loss.
_COPIES = ("<DEL", "<DUP", "<CN", "<LOH", "<LOSS", "<GAIN", "<AMP")
_LOSSES = ("<DEL", "<LOSS", "<CN0>", "<CN1>")
_GAINS = ("<DUP", "<GAIN", "<AMP")
_GENES = frozenset(genes.OF_COPIES)
# Fields that only callers of junctions write (Manta, DELLY, LUMPY, Sniffles): a joint says nothing of depth.
_JUNCTION_FIELDS = frozenset({"PR", "SR", "PE", "SU", "DV", "RV", "CT", "SUPPORT", "HOMLEN", "HOMSEQ", "SVINSSEQ"})

# Flags by which DRAGEN and Canvas call a segment that of a part of the tumor cells.
_SUBCLONAL = frozenset({"HET", "SUBCLONAL"})
_REFERENCE_GENOTYPE = re.compile(r"0([/|]0)*")


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
    known = any(fields.get(key, ".") not in MISSING for fields in (line.tumor, line.info) for key in NUMBERS)
    return known or line.tumor.get(FOLD_CHANGE, ".") not in MISSING


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
    reading = vcf_cn_dialects.read(line, header)
    names = (line.fields[2], line.info.get("SEGID"))
    gene = next((n for known in (_GENES, mdm2_neighbourhood.neighbours()) for n in names if n in known), None)
    doubt = _doubt(line, header, reading)
    label = doubt or ",".join(line.alts) or None
    # a symbolic allele states the base before the event (VCF specification, section 1.4.1)
    start = line.pos + 1 if line.alts and line.fields[2] != gene else line.pos
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
        at_least=reading.at_least,
        rounded=reading.rounded,
        subclonal=not line.info.keys().isdisjoint(_SUBCLONAL),
        probes=_whole(line.tumor.get("BC") or line.info.get("PROBES") or line.info.get("NUMTILES")),
        sample=sample,
        minor=None if doubt else reading.minor,
        ci_low=reading.ci_low,
        ci_high=reading.ci_high,
    )


def _doubt(line: VcfLine, header: VcfHeader, reading: Reading) -> str | None:
    """Why the number of a line cannot be used, if it cannot."""
    if reading.doubt is not None:
        return reading.doubt
    failed = _failed(line, header, reading)
    if failed:
        return ";".join(failed)
    if line.contradicts_itself:
        return "END and SVLEN contradict each other"
    genotype = line.tumor.get("GT", "")
    if line.stated_alts and _REFERENCE_GENOTYPE.fullmatch(genotype) and _is_far_from_neutral(reading):
        return f"genotype {genotype} beside a copy number of {reading.value:g} ({reading.scale})"
    return None


def _failed(line: VcfLine, header: VcfHeader, reading: Reading) -> tuple[str, ...]:
    """Tokens of FILTER, and of the tumor's own FORMAT/FT, that reject the record."""
    own = line.tumor.get("FT", ".")
    tokens = (*line.filters, *(() if own in MISSING else own.split(";")))
    rejecting = tuple(token for token in tokens if token not in reading.calls)
    return tuple(dict.fromkeys(tokens)) if header.callers.rejects(rejecting) else ()


def _is_far_from_neutral(reading: Reading) -> bool:
    """Whether a value is a whole copy of two or more away from neutral."""
    if reading.value is None or reading.scale is Scale.LABEL:
        return False
    ratio = copy_number.linear_ratio(reading.value, reading.scale)
    return not 0.5 < ratio < 1.5


def _whole(token: str | None) -> int | None:
    return int(token) if token and token.isascii() and token.isdigit() else None
