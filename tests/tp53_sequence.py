"""TP53 read a second time: changes applied to gene and protein without any of the package's judgement."""

import re
from functools import cache

from hypothesis import assume
from hypothesis import strategies as st

from mdm2screen.consequence import Consequence, predict
from mdm2screen.genes import reverse_complement, tp53_bases, tp53_exons
from mdm2screen.records import Build

OFFSET = 96682  # GRCh38 = GRCh37 + OFFSET on chromosome 17
GENE = tp53_bases(Build.GRCH38)
EXONS = tp53_exons()
NAMES = "Ala Cys Asp Glu Phe Gly His Ile Lys Leu Met Asn Pro Gln Arg Ser Thr Val Trp Tyr Ter"
PROTEIN_LETTERS = dict(zip(NAMES.split(), "ACDEFGHIKLMNPQRSTVWY*", strict=True))
CODONS_OF = {
    "A": "GCA GCC GCG GCT", "C": "TGC TGT", "D": "GAC GAT", "E": "GAA GAG", "F": "TTC TTT", "G": "GGA GGC GGG GGT",
    "H": "CAC CAT", "I": "ATA ATC ATT", "K": "AAA AAG", "L": "TTA TTG CTA CTC CTG CTT", "M": "ATG", "N": "AAC AAT",
    "P": "CCA CCC CCG CCT", "Q": "CAA CAG", "R": "AGA AGG CGA CGC CGG CGT", "S": "AGC AGT TCA TCC TCG TCT",
    "T": "ACA ACC ACG ACT", "V": "GTA GTC GTG GTT", "W": "TGG", "Y": "TAC TAT", "*": "TAA TAG TGA",
}  # fmt: skip
AMINO_ACID = {codon: letter for letter, codons in CODONS_OF.items() for codon in codons.split()}


def position(label: str) -> int:
    """GRCh38 position of an HGVS c. position."""
    match = re.fullmatch(r"([-*]?)(\d+)([+-]\d+)?", label)
    assert match is not None
    number, offset = int(match[2]), int(match[3] or 0)
    if match[1] == "*":
        return EXONS[-1].cds_start[Build.GRCH38] - number - offset
    if match[1] == "-":
        start = EXONS[0].cds_end[Build.GRCH38] if number <= 28 else 7687377 - 29
        return start + number - offset
    exon = next(e for e in EXONS if e.c_first <= number <= e.c_last)
    return exon.cds_end[Build.GRCH38] - (number - exon.c_first) - offset


def applied_c(hgvs_c: str) -> tuple[int, int, str]:
    """First and last GRCh38 position replaced, and the plus-strand bases put there."""
    match = re.fullmatch(r"c\.([-*+\d]+)(?:_([-*+\d]+))?(del|dup|ins|delins|[ACGT]>)([ACGT]*)", hgvs_c)
    assert match is not None, hgvs_c
    left = position(match[1])
    right = position(match[2]) if match[2] else left
    if match[3] == "ins":
        return right, left, GENE[right] + reverse_complement(match[4]) + GENE[left]
    here = "".join(GENE[p] for p in range(right, left + 1))
    return right, left, here * 2 if match[3] == "dup" else reverse_complement(match[4])


@cache
def gene(low: int, high: int) -> str:
    """Plus strand from ``low`` to ``high`` on GRCh38."""
    return "".join(GENE[p] for p in range(low, high + 1))


@cache
def translated(coding: str) -> str:
    protein = "".join(AMINO_ACID[coding[i : i + 3]] for i in range(0, len(coding) - 2, 3))
    return protein.split("*")[0] + "*" * ("*" in protein)


def changed_protein(low: int, high: int, bases: str) -> str:
    """The protein when ``bases`` stand for GRCh38 ``low`` to ``high`` within one coding exon (or the 3' UTR)."""
    plus = ""
    for exon in reversed(EXONS):
        start = exon.cds_start[Build.GRCH38] - (60 if exon.number == 11 else 0)
        end = exon.cds_end[Build.GRCH38]
        if start <= low and high <= end:
            plus += gene(start, end)[: low - start] + bases + gene(start, end)[high + 1 - start :]
        else:
            plus += gene(start, end)
    return translated(reverse_complement(plus))


PROTEIN = changed_protein(0, 0, "")


def applied_p(hgvs_p: str) -> str:
    """The protein that ``hgvs_p`` describes; of a frameshift or extension the unknown residues are ``?``."""
    short = re.sub("|".join(PROTEIN_LETTERS), lambda name: PROTEIN_LETTERS[name[0]], hgvs_p.removeprefix("p."))
    if short.endswith("="):
        return PROTEIN
    match = re.fullmatch(r"(.)(\d+)(?:_(.)(\d+))?(delins|del|dup|ins|)([A-Z]*\*?)(?:(fs|ext)\*(\d+|\?))?", short)
    assert match is not None, hgvs_p
    first = int(match[2])
    last = int(match[4] or first)
    assert PROTEIN[first - 1] == match[1]
    assert match[3] is None or PROTEIN[last - 1] == match[3]
    before, here, after = PROTEIN[: first - 1], PROTEIN[first - 1 : last], PROTEIN[last:]
    if match[8] == "?":
        return before + match[6]
    if match[7]:
        length = int(match[8]) - (match[7] == "fs")
        return f"{before}{match[6]}{'?' * (length - 1)}*"
    if match[5] == "ins":
        changed = before + here[0] + match[6] + here[1] + after
    else:
        changed = before + (here * 2 if match[5] == "dup" else match[6]) + after
    return changed.split("*")[0] + "*"


def assert_same(described: str, protein: str) -> None:
    assert len(described) == len(protein)
    assert all(a in ("?", b) for a, b in zip(described, protein, strict=True)), (described, protein)


class Change:
    """A change within one exon and its flanks, on the plus strand of GRCh38."""

    def __init__(self, number: int, start: int, size: int, alt: str) -> None:
        self.exon = EXONS[number]
        self.low = self.exon.start[Build.GRCH38] - 60
        self.before = gene(self.low, self.exon.end[Build.GRCH38] + 60)
        self.after = self.before[:start] + alt + self.before[start + size :]
        shortest = min(len(self.before), len(self.after))
        pairs = list(zip(self.before, self.after, strict=False))
        self.same_left = next((i for i, (a, b) in enumerate(pairs) if a != b), shortest)
        ends = list(zip(reversed(self.before), reversed(self.after), strict=False))
        self.same_right = next((i for i, (a, b) in enumerate(ends) if a != b), shortest)

    def __repr__(self) -> str:
        return f"exon {self.exon.number}: {self.written(0, 0)}"

    def written(self, left: int, right: int) -> tuple[int, str, str]:
        """One VCF writing, by how many bases it keeps beyond the shortest one on either side."""
        shortest = min(len(self.before), len(self.after))
        lead = max(0, min(self.same_left, shortest - 1) - left)
        tail = max(0, min(self.same_right, shortest - 1 - lead) - right)
        ref, alt = self.before[lead : len(self.before) - tail], self.after[lead : len(self.after) - tail]
        return self.low + lead, ref, alt

    def found(self) -> Consequence:
        return predict(Build.GRCH38, *self.written(0, 0))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    number = draw(st.integers(0, 9))
    length = EXONS[number].end[Build.GRCH38] - EXONS[number].start[Build.GRCH38] + 121
    # most of them near a border of the exon, where the hard cases are
    border = draw(st.sampled_from([60, length - 60]))
    start = draw(st.one_of(st.integers(1, length - 30), st.integers(border - 12, border + 12)))
    start = min(max(start, 1), length - 30)
    size = draw(st.integers(0, 20))
    window = gene(EXONS[number].start[Build.GRCH38] - 60, EXONS[number].end[Build.GRCH38] + 60)
    copied = st.integers(1, 9).map(lambda n: window[start : start + n])
    alt = draw(st.one_of(st.just(""), st.text("ACGT", max_size=7), copied))
    change = Change(number, start, size, alt)
    assume(change.before != change.after)
    return change


def holds_every_splice_site(pos: int, ref: str, alt: str) -> bool:
    """Whether the changed gene (GRCh38) has each canonical site at its exon: some writing of the change spares it.

    A site is there where the gene up to its far end, or from its near end on, is as it was.
    """
    low, high = pos - 80, pos + len(ref) + 80
    left = "".join(GENE.get(p, "n") for p in range(low, pos))
    right = "".join(GENE.get(p, "n") for p in range(pos + len(ref), high + 1))
    before, after = left + ref + right, left + alt + right
    shortest = min(len(before), len(after))
    same = next((i for i in range(shortest) if before[i] != after[i]), shortest)
    same_behind = next((i for i in range(shortest) if before[-1 - i] != after[-1 - i]), shortest)
    sites = [(e.start[Build.GRCH38] - 2, e.start[Build.GRCH38] - 1) for e in EXONS[:-1]]
    sites += [(e.end[Build.GRCH38] + 1, e.end[Build.GRCH38] + 2) for e in EXONS]
    inside = [(first - low, last - low) for first, last in sites if low <= first and last <= high]
    return all(same > last or same_behind >= len(before) - first for first, last in inside)
