"""NM_000546.6 laid out along the coding strand, and changes of it, on either genome build.

A base has a *place*: 1 is the first base of the transcript, counted along the coding strand with introns included, so
that both builds and the minus strand are dealt with once. Known are exons 2 to 11 with 60 bases on each side. Sources:
``genes.tp53_exons``; MANE Select NM_000546.6 for the ends of the transcript and of exon 1.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from mdm2screen.genes import reverse_complement, tp53_bases, tp53_exon_1, tp53_exons, tp53_transcript
from mdm2screen.protein import common_prefix
from mdm2screen.records import Build

CODING = 1182
"""Coding bases, the stop codon among them."""

# Places are counted on GRCh38. NM_000546.6 is 2,512 bases: 142 of 5' UTR, 1,182 coding, 1,188 of 3' UTR.
_TRANSCRIPT_START, _TRANSCRIPT_END = tp53_transcript(Build.GRCH38).end, tp53_transcript(Build.GRCH38).start
_EXON_1_END = tp53_exon_1(Build.GRCH38).start
_UTR5 = 142
TRACT = 17
"""The polypyrimidine tract is acceptor -3 to -17 (SO:0002169)."""


class PlacedExon(NamedTuple):
    """An exon from place ``first`` to ``last``; ``c`` is the offset of its first base from the A of the start codon."""

    number: int
    first: int
    last: int
    c: int


class Edit(NamedTuple):
    """``size`` bases from place ``start`` on replaced by ``alt``; an insertion (size 0) stands before ``start``."""

    start: int
    size: int
    alt: str

    @property
    def end(self) -> int:
        """The last place replaced; of an insertion the one before it."""
        return self.start + self.size - 1

    @property
    def span(self) -> range:
        """The places changed; of an insertion the two it parts."""
        return range(min(self.start, self.end), max(self.start, self.end) + 1)

    def touches(self, places: frozenset[int]) -> bool:
        """Whether a place of these is replaced, or an insertion stands between two of them."""
        return not places.isdisjoint(self.span) if self.size else places.issuperset(self.span)


def edit_of(build: Build, pos: int, ref: str, alt: str) -> tuple[Edit, dict[int, str]]:
    """A change as a VCF writes it without the bases that stay, and all bases known by place, those of ``ref`` too.

    Where several places are equivalent, that of the VCF, or further 3' within its REF.
    """
    start = tp53_exons()[0].start
    first = _TRANSCRIPT_START + 2 - len(ref) - (pos + start[Build.GRCH38] - start[build])
    ref, alt = reverse_complement(ref), reverse_complement(alt)
    known = bases() | dict(enumerate(ref, first))
    lead = common_prefix(ref, alt)
    ref, alt = ref[lead:], alt[lead:]
    tail = common_prefix(ref[::-1], alt[::-1])
    return Edit(first + lead, len(ref) - tail, alt[: len(alt) - tail]), known


def placements(edit: Edit, known: Mapping[int, str]) -> tuple[list[Edit], bool]:
    """Every equivalent place of ``edit``, 5' first, and whether the last is known to be the most 3'."""
    if edit.size and edit.alt:
        return [edit], True
    unit = edit.alt or "".join(known[place] for place in range(edit.start, edit.end + 1))
    left = right = 0
    while known.get(edit.start - 1 - left) == unit[-1 - left % len(unit)]:
        left += 1
    while known.get(edit.end + 1 + right) == unit[right % len(unit)]:
        right += 1
    turned = [(step, step % len(unit)) for step in range(-left, right + 1)]
    found = [Edit(edit.start + step, edit.size, edit.alt[by:] + edit.alt[:by]) for step, by in turned]
    return found, edit.end + 1 + right in known


@cache
def exons() -> tuple[PlacedExon, ...]:
    """All eleven exons in transcript order."""
    top = _TRANSCRIPT_START + 1
    found = [PlacedExon(1, 1, top - _EXON_1_END, -_UTR5)]
    for exon in tp53_exons():
        start, end, cds_end = exon.start[Build.GRCH38], exon.end[Build.GRCH38], exon.cds_end[Build.GRCH38]
        last = top - (_TRANSCRIPT_END if exon.number == 11 else start)
        found.append(PlacedExon(exon.number, top - end, last, exon.c_first - 1 - (end - cds_end)))
    return tuple(found)


@cache
def bases() -> dict[int, str]:
    """The coding strand's base at each known place."""
    known = tp53_bases(Build.GRCH38)
    return {_TRANSCRIPT_START + 1 - pos: reverse_complement(base) for pos, base in known.items()}


@cache
def leader() -> str:
    """The part of the 5' UTR that lies in exon 2."""
    exon = exons()[1]
    return "".join(bases()[place] for place in range(exon.first, exon.first - exon.c))


@cache
def coding_sequence() -> str:
    """The coding sequence with the known part of the 3' UTR behind it."""
    spliced = "".join(bases().get(place, "") for exon in exons()[1:] for place in range(exon.first, exon.last + 1))
    return spliced[len(leader()) :]


@cache
def places() -> dict[str, frozenset[int]]:
    """Places by what a change there is called (Sequence Ontology; ``last_base_of_exon`` is no term)."""
    donors, acceptors = [exon.last for exon in exons()[:-1]], [exon.first for exon in exons()[1:]]
    near = [range(p - 2, p + 9) for p in donors] + [range(p - 8, p + 3) for p in acceptors]
    return {
        "exon_variant": frozenset(place for exon in exons() for place in range(exon.first, exon.last + 1)),
        "splice_donor_variant": frozenset(p + i for p in donors for i in (1, 2)),
        "splice_acceptor_variant": frozenset(p - i for p in acceptors for i in (1, 2)),
        "splice_region_variant": frozenset().union(*near),
        "splice_donor_5th_base_variant": frozenset(p + 5 for p in donors),
        "splice_donor_region_variant": frozenset(p + i for p in donors for i in range(3, 7)),
        "splice_polypyrimidine_tract_variant": frozenset(p - i for p in acceptors for i in range(3, TRACT + 1)),
        "last_base_of_exon": frozenset(donors),
    }


def location(place: int) -> tuple[str | None, str]:
    """The HGVS c. position of a place, ``None`` outside the transcript, and the name of its region."""
    here = next((exon for exon in exons() if 1 <= place <= exon.last), None)
    if here is None:
        return None, "outside the coding exons"
    c = here.c + place - here.first
    if place >= here.first:
        return _c_number(c), "5' UTR" if c < 0 else "3' UTR" if c >= CODING else f"exon {here.number}"
    down, up = place - exons()[here.number - 2].last, here.first - place
    label = f"{_c_number(here.c - 1)}+{down}" if down <= up else f"{_c_number(here.c)}-{up}"
    return label, f"intron {here.number - 1}"


def _c_number(c: int) -> str:
    return str(c) if c < 0 else f"*{c - CODING + 1}" if c >= CODING else str(c + 1)


def coding_place(edit: Edit) -> tuple[PlacedExon, int] | None:
    """The exon and the offset from the A of the start codon of an edit within the coding part of one exon."""
    for exon in exons()[1:]:
        offset = exon.c + edit.start - exon.first
        inside = exon.first <= edit.start and edit.end <= exon.last
        if inside and offset >= 0 and offset + edit.size <= CODING:
            return exon, offset
    return None


def as_written(build: Build, edit: Edit) -> tuple[int, str, str]:
    """Position, REF and ALT, plus strand, of an edit of known bases; anchored as a VCF wants it."""
    anchored = 0 if edit.size and edit.alt else 1
    old = "".join(bases()[place] for place in range(edit.start, edit.end + 1 + anchored))
    new = edit.alt + (old[-1] if anchored else "")
    start = tp53_exons()[0].start
    pos = _TRANSCRIPT_START + 1 - (edit.end + anchored) + start[build] - start[Build.GRCH38]
    return pos, reverse_complement(old), reverse_complement(new)
