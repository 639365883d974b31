"""TP53 as stretches of genome: exons, introns and what the gene cannot lose, and where a cut lies.

A *cut* is the number of the base before it: cut 5 lies between the bases 5 and 6. Positions are 1-based, plus strand;
the gene lies on the minus strand, so its first exon is the highest. NM_000546.6 (``genes.tp53_exons``).
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from mdm2screen import genes
from mdm2screen.records import Build

# Bases of an intron beside an exon whose loss may disturb splicing. Behind the exon those that the Sequence Ontology
# calls splice region; before it a choice of mdm2screen that holds the branch point (nine of ten lie 19 to 37 bases
# before the exon: Mercer et al., Genome Res 2015).
_DONOR_SIDE, _ACCEPTOR_SIDE = 8, 50
# The two bases of an intron at either end that splicing cannot do without.
_SPLICE_SITE = 2
NO_EXON = "no exon"
"""The part of the gene that a stretch between exons, or beside the gene, takes."""


class Cut(NamedTuple):
    """The first and last cut that an end may be."""

    low: int
    high: int

    def within(self, first: int, last: int) -> bool:
        """Whether every cut it may be lies between two bases of ``first`` to ``last``."""
        return first <= self.low and self.high < last

    def outside(self, first: int, last: int) -> bool:
        """Whether no cut it may be lies between two bases of ``first`` to ``last``, and all lie on one side."""
        return self.high < first or self.low >= last


class Stretch(NamedTuple):
    """First and last base, plus strand."""

    first: int
    last: int

    def touches(self, other: "Stretch") -> bool:
        """Whether both share a base; a stretch that ends before it starts shares none."""
        return max(self.first, other.first) <= min(self.last, other.last)

    def holds(self, other: "Stretch") -> bool:
        """Whether the other one is a part of it."""
        return self.first <= other.first and other.last <= self.last


class Piece(NamedTuple):
    """An exon: its bases, its coding bases, and what it cannot lose (with the splice sites beside it)."""

    number: int
    whole: Stretch
    coding: Stretch
    essential: Stretch


class Gene(NamedTuple):
    """NM_000546.6 on one build; exons 2 to 11 in transcript order, introns by number."""

    span: Stretch
    exon_1: Stretch
    coding_first: int
    exons: tuple[Piece, ...]
    introns: dict[int, Stretch]

    def place(self, cut: Cut) -> str:
        """Where a cut lies, in words."""
        if cut.outside(*self.span):
            return "upstream of the gene" if cut.low >= self.span.last else "downstream of the gene"
        if cut.within(self.span.first, self.coding_first):
            return "the 3' UTR"
        exon = next((e for e in self.exons if cut.within(*e.whole)), None)
        if exon is not None:
            return f"exon {exon.number}"
        intron = next((n for n, i in self.introns.items() if cut.within(i.first - 1, i.last + 1)), None)
        if intron is not None:
            return f"intron {intron}"
        return "exon 1" if cut.within(*self.exon_1) else "at an exon's edge"

    def is_deep_intronic(self, stretch: Stretch) -> bool:
        """Whether a stretch lies in one intron, away from both exons (the gene is on the minus strand)."""
        return any(
            Stretch(intron.first + _ACCEPTOR_SIDE, intron.last - _DONOR_SIDE).holds(stretch)
            for intron in self.introns.values()
        )

    def part(self, stretch: Stretch) -> str | None:
        """What a stretch takes of the exons, in words; ``None`` for all of them."""
        whole = {1: self.exon_1, **{exon.number: exon.whole for exon in self.exons}}
        hit = [number for number, exon in whole.items() if exon.touches(stretch)]
        if len(hit) == len(whole):
            return None
        return exon_words(hit) if hit else NO_EXON

    def exons_hit(self, stretch: Stretch) -> list[int]:
        """Numbers of the coding exons of which a stretch takes a coding base or a splice site."""
        return [exon.number for exon in self.exons if exon.essential.touches(stretch)]


def exon_words(numbers: Sequence[int]) -> str:
    """Exons that follow each other, in words."""
    return f"exon {numbers[0]}" if len(numbers) == 1 else f"exons {numbers[0]} to {numbers[-1]}"


@cache
def gene(build: Build) -> Gene:
    """TP53 on a build."""
    span, exon_1 = genes.tp53_transcript(build), genes.tp53_exon_1(build)
    pieces = []
    for exon in genes.tp53_exons():
        coding = Stretch(exon.cds_start[build], exon.cds_end[build])
        last_exon = exon.number == genes.tp53_exons()[-1].number
        low, high = exon.start[build], exon.end[build]
        essential = Stretch(low - (0 if last_exon else _SPLICE_SITE), high + _SPLICE_SITE)
        pieces.append(Piece(exon.number, Stretch(low, high), coding, essential))
    above = [Stretch(exon_1.start, exon_1.end), *(piece.whole for piece in pieces[:-1])]
    introns = {
        piece.number - 1: Stretch(piece.whole.last + 1, before.first - 1)
        for before, piece in zip(above, pieces, strict=True)
    }
    return Gene(
        span=Stretch(span.start, span.end),
        exon_1=Stretch(exon_1.start, exon_1.end),
        coding_first=pieces[-1].coding.first,
        exons=tuple(pieces),
        introns=introns,
    )
