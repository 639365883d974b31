"""HGVS descriptions of TP53 as laboratories and databases write them, brought to the one form this package writes.

Coding descriptions are on NM_000546, protein ones on NP_000537 (393 residues; residue 72 is Pro). ``R175H``,
``p.R175H`` and ``p.(Arg175His)`` are one; so are ``c.216delC`` and ``c.216del``, and an insertion that is a
duplication. Source: HGVS nomenclature, protein and DNA recommendations.
"""

import re
from functools import cache
from typing import NamedTuple

from mdm2screen.consequence import Consequence, predict
from mdm2screen.genes import reverse_complement, tp53_bases, tp53_exons
from mdm2screen.protein import AMINO_ACIDS, translate
from mdm2screen.records import Build

# Expressions stand as text: ``re`` compiles one when it is first used and keeps it, and most runs use few.
_BUILD = Build.GRCH38  # c. positions are the same on both builds
_OWN = r"(NM_000546|NP_000537|ENST00000269305|ENSP00000269305|P04637)(\.\d+|-1)?|LRG_321([tp]1)?"
_GENE = "TP53"
_WRITTEN = r"(?:(?P<accession>[^\s():]+)?(?:\((?P<gene>[^()]*)\))?:)?(?P<change>\S.*)"
_BOTH = r"(?P<c>c\.\S+?)[\s,;]+\(?(?P<p>p\..+?)\)?"

_THREE = "|".join(AMINO_ACIDS.values())
_RESIDUE = rf"(?:{_THREE}|Stop|[A-IK-NP-TV-Z*])"
_PROTEIN = rf"(?P<first>{_RESIDUE})(?P<pos>\d+)(?:_(?P<last>{_RESIDUE})(?P<end>\d+))?(?P<what>.*)"
_FRAMESHIFT = rf"(?P<new>{_RESIDUE})?fs(?:(?:Ter|Stop|[*X])(?P<stop>\d+|\?)?)?"
_EXTENSION = rf"(?P<new>{_RESIDUE})ext(?:Ter|Stop|[*X])(?P<stop>\d+|\?)"
_SPELLED = rf"(?P<kind>delins|ins|)(?P<new>(?:{_RESIDUE})+)"

_POSITION = r"[-*]?\d+(?:[+-]\d+)?"
_CODING = (
    rf"(?P<first>{_POSITION})(?:_(?P<last>{_POSITION}))?"
    r"(?:(?P<old>[ACGT]+)>(?P<new>[ACGT]+)|del(?P<gone>[ACGT]*)\d*(?:ins(?P<came>[ACGT]+))?"
    r"|dup(?P<twice>[ACGT]*)\d*|ins(?P<added>[ACGT]+)|(?P<turned>inv)\d*)"
)


class UnusableChangeError(ValueError):
    """A description that cannot be understood, or is not one of NM_000546; the text says why."""


class Written(NamedTuple):
    """A description taken apart: the gene and accession it names, and its c. and p. part, as written."""

    accession: str | None
    gene: str | None
    coding: str | None
    protein: str | None


class Change(NamedTuple):
    """One change in the form this package writes; without ``hgvs_c`` any change of bases with this protein is meant."""

    hgvs_c: str | None
    hgvs_p: str | None


def take_apart(text: str) -> Written:
    """Accession, gene, c. and p. of ``NM_000546.6(TP53):c.524G>A (p.Arg175His)`` and its shorter forms."""
    match = re.fullmatch(_WRITTEN, text.strip())
    if match is None:
        return Written(None, None, None, None)
    accession, gene, change = match["accession"], match["gene"], match["change"].strip()
    if accession is not None and re.fullmatch(r"[A-Z][A-Z0-9-]{1,9}", accession) and not re.fullmatch(_OWN, accession):
        accession, gene = None, accession  # TP53:p.R175H
    both = re.fullmatch(_BOTH, change)
    if both:
        return Written(accession, gene, both["c"], both["p"])
    is_coding = change.startswith("c.")
    return Written(accession, gene, change if is_coding else None, None if is_coding else change)


def of_other_gene(written: Written) -> bool:
    """Whether the description names a gene that is not TP53."""
    return written.gene is not None and written.gene.upper() != _GENE


def change(coding: str | None, protein_: str | None, accession: str | None = None) -> Change:
    """The change that a c. and a p. description name; the c. one decides where both are given.

    Raises UnusableChangeError where neither says anything, the deciding one cannot be understood, the reference
    differs, the accession is of another transcript, or a substitution in an exon has another p. than the one beside it.
    """
    if accession is not None and not re.fullmatch(_OWN, accession):
        raise UnusableChangeError(f"is given on {accession}, not on NM_000546")
    if not coding:
        by_protein = protein(protein_) if protein_ else None
        if by_protein is None:
            raise UnusableChangeError("names no change of bases and none of the protein")
        return Change(None, by_protein)
    hgvs_c, consequence = _coding(coding)
    expected = consequence.hgvs_p if consequence else None
    if protein_ and expected and ">" in hgvs_c and "?" not in expected and protein(protein_) not in (None, expected):
        raise UnusableChangeError(f"says {protein_}, but {hgvs_c} is {expected}")
    return Change(hgvs_c, expected)


def short_frameshift(hgvs_p: str) -> str | None:
    """``p.Val73fs`` of ``p.Val73TrpfsTer50``; ``None`` where it is no frameshift."""
    match = re.fullmatch(rf"(p\.(?:{_THREE})\d+)(?:{_THREE})?fs.*", hgvs_p)
    return f"{match[1]}fs" if match else None


def protein(text: str) -> str | None:
    """A protein description in three letters; ``None`` where it says that the effect is not known (``p.?``).

    Raises UnusableChangeError where it cannot be understood, or names a residue that NP_000537 does not have.
    """
    bare = text.strip().removeprefix("p.").strip("()[] ")
    if bare in ("?", "=", "0", "0?", "", "-", ".", "NA"):
        return None
    match = re.fullmatch(_PROTEIN, bare)
    if match is None:
        raise UnusableChangeError(f"{text!r} is no description of a protein change")
    first = _place(match["first"], match["pos"])
    last = f"_{_place(match['last'], match['end'])}" if match["last"] else ""
    return f"p.{first}{last}{_what(match['what'].strip('()'), match['first'], text)}"


def _place(residue: str, number: str) -> str:
    three, sequence = _three(residue), _protein_sequence()
    known = sequence[int(number) - 1] if 1 <= int(number) <= len(sequence) else None
    if known is None or AMINO_ACIDS[known] != three:
        has = f"residue {number} is {AMINO_ACIDS[known]}" if known else f"there is no residue {number}"
        raise UnusableChangeError(f"names {three}{number}, but in NP_000537 {has}")
    return f"{three}{number}"


def _what(what: str, first: str, text: str) -> str:
    """What follows the residues of a protein description."""
    if what in ("del", "dup", "=", "?"):
        return what
    shift, extension, spelled = (re.fullmatch(kind, what) for kind in (_FRAMESHIFT, _EXTENSION, _SPELLED))
    if shift:
        whole = shift["new"] and shift["stop"]
        return f"{_three(shift['new'])}fsTer{shift['stop']}" if whole else "fs"
    if extension:
        return f"{_three(extension['new'])}extTer{extension['stop']}"
    if spelled is None:
        raise UnusableChangeError(f"{text!r} is no description of a protein change")
    new = "".join(map(_three, re.findall(_RESIDUE, spelled["new"])))
    return "=" if not spelled["kind"] and new == _three(first) else f"{spelled['kind']}{new}"


def _three(residue: str) -> str:
    if residue in ("X", "Stop"):
        return AMINO_ACIDS["*"]
    if len(residue) == 1 and residue not in AMINO_ACIDS:
        raise UnusableChangeError(f"{residue} is no amino acid")
    return AMINO_ACIDS.get(residue, residue)


@cache
def _protein_sequence() -> str:
    bases = tp53_bases(_BUILD)
    coding = [bases[p] for e in tp53_exons() for p in range(e.cds_end[_BUILD], e.cds_start[_BUILD] - 1, -1)]
    return translate("".join(map(reverse_complement, coding)))


@cache
def _exonic() -> dict[str, int]:
    """GRCh38 position of each c. position of exons 2 to 11, and of those behind the stop codon that are known."""
    found = {
        _number(exon.c_first, exon.cds_end[_BUILD] - pos): pos
        for exon in tp53_exons()
        for pos in range(exon.start[_BUILD], exon.end[_BUILD] + 1)
    }
    last = tp53_exons()[-1]
    return found | {f"*{step}": last.start[_BUILD] - step for step in range(1, last.flank + 1)}


def _position(text: str) -> int | None:
    """GRCh38 position of a c. position; ``None`` where it lies beyond what is known here.

    Raises UnusableChangeError for a distance into an intron from within an exon.
    """
    number, sign, offset = re.split(r"(?<=\d)([+-])", f"{text}+0")[:3]
    pos = _exonic().get(number)
    if not int(offset):
        return pos
    side = "end" if sign == "-" else "start"  # of the exon on the plus strand
    borders = {getattr(exon, side)[_BUILD] for exon in tp53_exons()}
    if pos is not None and pos not in borders:
        raise UnusableChangeError(f"c.{text} counts into an intron from {number}, which is no border of it")
    return None if pos is None else pos + (int(offset) if sign == "-" else -int(offset))


def _number(c_first: int, offset: int) -> str:
    """A c. position counted from the exon's first coding one; there is no position 0."""
    number = c_first + offset
    return str(number if number > 0 else number - 1)


def locus(coding: str) -> tuple[int, str, str] | None:
    """GRCh38 position on chromosome 17, REF and ALT of a c. description; ``None`` beyond the bases known here.

    Raises UnusableChangeError where it is none of NM_000546.
    """
    match = _matched(coding)
    places = [_position(match["first"]), _position(match["last"] or match["first"])]
    if places[0] is None or places[1] is None:
        return None
    pos, ref, alt = _edit(match, places[1], places[0], coding)
    if "N" in ref:  # an intron's inner bases are among them
        return None
    if ref == alt:
        raise UnusableChangeError(f"{coding!r} changes nothing")
    return pos, ref, alt


def _matched(text: str) -> re.Match[str]:
    match = re.fullmatch(_CODING, text.strip().removeprefix("c."))
    if match is None:
        raise UnusableChangeError(f"{text!r} is no description of a coding change")
    return match


def _coding(text: str) -> tuple[str, Consequence | None]:
    """Normal form and consequence; as written and without consequence beyond the known bases."""
    as_written = re.sub(r"(del|dup)[ACGT0-9]+", r"\1", f"c.{_matched(text)[0]}")
    found = locus(text)
    consequence = predict(_BUILD, *found) if found else None
    return (consequence.hgvs_c if consequence else None) or as_written, consequence


def _edit(match: re.Match[str], start: int, end: int, text: str) -> tuple[int, str, str]:
    """GRCh38 position, REF and ALT on the plus strand. Raises UnusableChangeError where stated bases differ."""
    bases = tp53_bases(_BUILD)
    if end < start:
        raise UnusableChangeError(f"{text!r} ends before it begins")
    if match["added"]:
        if end != start + 1:
            raise UnusableChangeError(f"{text!r} inserts between positions that are not neighbours")
        anchor = bases.get(start, "N")
        return start, anchor, anchor + reverse_complement(match["added"])
    if match["old"] and not match["last"]:  # c.524GC>AA names its first base alone
        start = end - len(match["old"]) + 1
    there = "".join(bases.get(pos, "N") for pos in range(start, end + 1))
    stated = match["old"] or match["gone"] or match["twice"] or ""
    if stated and "N" not in there and stated != reverse_complement(there):
        raise UnusableChangeError(f"{text!r} states {stated}, where NM_000546 has {reverse_complement(there)}")
    if match["turned"]:
        return start, there, reverse_complement(there)
    before = bases.get(start - 1, "N")
    if match["twice"] is not None:
        return start - 1, before, before + there
    came = match["new"] or match["came"]
    return (start, there, reverse_complement(came)) if came else (start - 1, before + there, before)
