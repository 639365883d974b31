"""What a structural record of a VCF says was joined to what.

Breakends (VCF specification, section 5.4): ``t[p[`` and its three like, with inserted bases in ``t``; single breakends
``G.`` and ``.A``. Symbolic alleles: ``<DEL>``, ``<DUP>`` and ``<INV>`` reach from the base after POS to END or by
|SVLEN| (of their own from VCF 4.4 on); of ``<BND>``, ``<TRA>`` and ``<CTX>`` the mate stands in CHR2 with POS2, END2
or END, and the sides in CT (DELLY) or STRANDS (LUMPY, GATK-SV). Manta and DRAGEN give SVINSSEQ, or
LEFT_SVINSSEQ of an insertion of unknown length; GRIDSS gives the doubt about the mate in CIRPOS.
"""

import re
from typing import Literal

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.vcf_fields import VcfFields, is_whole
from mdm2screen.records import Breakpoint, StructuralChange, StructuralKind

_BREAKEND = re.compile(r"([A-Za-z.]*)([\[\]])(.+):(\d+)\2([A-Za-z.]*)")
_SINGLE = re.compile(r"\.([A-Za-z]+)|([A-Za-z]+)\.")
_INTERVAL = re.compile(r"\(?([+-]?\d+),([+-]?\d+)\)?")
_MATED = ("BND", "TRA", "CTX")
_LEFT: Literal["left"] = "left"
_RIGHT: Literal["right"] = "right"
Side = Literal["left", "right"] | None
SIDES: dict[str, tuple[Side, Side]] = {
    "3to5": (_LEFT, _RIGHT),
    "5to3": (_RIGHT, _LEFT),
    "3to3": (_LEFT, _LEFT),
    "5to5": (_RIGHT, _RIGHT),
    "+-": (_LEFT, _RIGHT),
    "-+": (_RIGHT, _LEFT),
    "++": (_LEFT, _LEFT),
    "--": (_RIGHT, _RIGHT),
}
"""Sides of both ends that stay, by the ends of the two pieces that are joined (DELLY's CT), and by STRANDS."""
_CALLERS_THAT_SCORE = ("Manta", "DRAGEN:")
_SCORES = ("SOMATICSCORE", "JUNCTION_SOMATICSCORE")

_Ends = tuple[Breakpoint, ...]


def change(line: VcfFields, allele: int, *, of_depth: bool = False) -> StructuralChange | None:
    """What ALT ``allele`` (1 for the first) states; ``None`` for one spelled in bases.

    ``of_depth``: the line is the segment of a caller of copy number, whose ends are no joints unless it claims one
    (SVCLAIM, VCF 4.4). Raises MalformedFileError for an ALT that is nothing known.
    """
    alt = line.alts[allele - 1]
    if alt.isalpha():
        return None
    kind, ends, put_in = _bracketed(line, alt) or _single(line, alt) or _symbolic(line, alt, allele)
    put_in = put_in or line.info.get("SVINSSEQ", line.info.get("DUPSVINSSEQ", ""))
    return StructuralChange(
        kind="CNV" if of_depth and "J" not in line.info.get("SVCLAIM", "") else kind,
        breakpoints=ends,
        event=line.info.get("EVENT"),
        words=alt if alt.startswith("<") else "BND",
        joint=_joint(line, alt, ends),
        inserted=put_in.upper() if put_in.isalpha() else None,
        length=_put_in(line, allele, kind, put_in),
        precise="IMPRECISE" not in line.info,
    )


def _bracketed(line: VcfFields, alt: str) -> tuple[StructuralKind, _Ends, str] | None:
    """A breakend with its mate: the bases beside REF's own are inserted at the joint."""
    match = _BREAKEND.fullmatch(alt)
    if match is None:
        return None
    lead, bracket, contig, pos, trail = match.groups()
    own = _end(line, line.pos, _LEFT if lead else _RIGHT, "CIPOS")
    mate = _end(line, int(pos), _RIGHT if bracket == "[" else _LEFT, "CIEND", "CIRPOS", contig=contig.strip("<>"))
    return "BND", (own, mate), lead[1:] or trail[:-1]


def _single(line: VcfFields, alt: str) -> tuple[StructuralKind, _Ends, str] | None:
    match = _SINGLE.fullmatch(alt)
    if match is None:
        return None
    return "SINGLE", (_end(line, line.pos, _RIGHT if match[1] else _LEFT, "CIPOS"),), ""


def _symbolic(line: VcfFields, alt: str, allele: int) -> tuple[StructuralKind, _Ends, str]:
    if not alt.startswith("<"):
        raise MalformedFileError(
            f"ALT {alt!r} is neither bases, a symbolic allele nor a breakend",
            where=str(line.source),
            remedy="write the file again with the caller or bcftools",
        )
    family, _, rest = alt.strip("<>").upper().partition(":")
    elsewhere = [mate for mate in line.mates if mate[0] != line.contig]
    if family in _MATED or elsewhere:
        return _mated(line)
    if family == "INS":
        return "INS", (_end(line, line.pos, _LEFT, "CIPOS"),), ""
    ends = line.ends_of(allele) or (line.end,)
    first, last = min(ends), max(ends)
    if family == "DEL":
        after = _end(line, last + 1, _RIGHT, "CIEND", spread=last - first)
        return "DEL", (_end(line, line.pos, _LEFT, "CIPOS"), after), ""
    if family == "DUP" and rest in ("", "TANDEM"):
        before = _end(line, line.pos + 1, _RIGHT, "CIPOS")
        return "DUP", (before, _end(line, last, _LEFT, "CIEND", spread=last - first)), ""
    if family == "INV":
        turned = _end(line, last, _LEFT, "CIEND", spread=last - first)
        return "INV", (_end(line, line.pos, _LEFT, "CIPOS"), turned), ""
    return "OTHER", (_end(line, line.pos, None, "CIPOS"), _end(line, last, None, "CIEND")), ""


def _mated(line: VcfFields) -> tuple[StructuralKind, _Ends, str]:
    """A symbolic breakend: the mate and the sides stand in INFO."""
    sides = SIDES.get(line.info.get("CT", "")) or SIDES.get(line.info.get("STRANDS", "")[:2]) or (None, None)
    own = _end(line, line.pos, sides[0], "CIPOS")
    if not line.mates:
        return "SINGLE", (own,), ""
    contig, pos, _ = line.mates[0]
    return "BND", (own, _end(line, pos, sides[1], "CIEND", "CIPOS2", contig=contig)), ""


def _end(
    line: VcfFields, pos: int, retained: Side, *keys: str, contig: str | None = None, spread: int = 0
) -> Breakpoint:
    """An end with the doubt about it; where a record is in doubt of its own end alone, the mate is as doubtful."""
    doubt = next((found for key in keys if (found := _interval(line.info.get(key, "")))), None)
    if doubt is None:
        own = _interval(line.info.get("CIPOS", "")) or (0, 0)
        doubt = (-max(map(abs, own)), max(map(abs, own)))
    low, high = pos + min(doubt[0], 0) - spread, pos + max(doubt[1], 0)
    name = line.contig if contig is None else genes.contig_name(contig)
    if low == high:
        return Breakpoint(contig=name, pos=pos, retained=retained)
    return Breakpoint(contig=name, pos=pos, retained=retained, low=max(low, 0), high=high)


def _interval(token: str) -> tuple[int, int] | None:
    match = _INTERVAL.fullmatch(token)
    return (int(match[1]), int(match[2])) if match else None


def _put_in(line: VcfFields, allele: int, kind: StructuralKind, put_in: str) -> int | None:
    """How many bases are inserted at the joint; ``None`` where the record does not say."""
    if put_in:
        return len(put_in)
    if kind == "INS":
        return line.length_of(allele)
    stated = line.info.get("SVINSLEN", line.info.get("DUPSVINSLEN", ""))
    return int(stated) if is_whole(stated) else None


def _joint(line: VcfFields, alt: str, ends: _Ends) -> str:
    """The same text for both records of one joint: their names, else both places."""
    name, mate = line.fields[2], line.info.get("MATEID", line.info.get("PARID", ""))
    if name not in ("", ".") and mate not in ("", "."):
        return " ".join(sorted((name, mate)))
    places = sorted(f"{end.contig}:{end.pos}{end.retained or ''}" for end in ends)
    return " ".join([*places, alt] if len(ends) == 1 else places)


def is_scored(line: VcfFields) -> bool:
    """False for a candidate of Manta or DRAGEN without QUAL or somatic score (its tumor-only and candidate files)."""
    if not line.fields[2].startswith(_CALLERS_THAT_SCORE):
        return True
    return line.fields[5] not in ("", ".") or any(key in line.info for key in _SCORES)
