"""TP53 consequences against bcftools csq: every coding single base, the NCI TP53 Database, made indels, pairs in cis.

Where the two differ, the kind of difference stands in ``csq_disagreements.tsv`` with its explanation and the check that
must hold for each change of that kind. A check works on the sequence and translates anew.
"""

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import csq_oracle
import evidence_builder as eb
from csq_oracle import Change, Opinion
from mdm2screen import cis
from mdm2screen.consequence import Consequence, predict
from mdm2screen.records import Build, Phase
from test_tp53_database import database
from tp53_sequence import (
    EXONS,
    GENE,
    OFFSET,
    PROTEIN,
    PROTEIN_LETTERS,
    applied_p,
    assert_same,
    changed_protein,
    gene,
    holds_every_splice_site,
)

DISAGREEMENTS = Path(__file__).with_name("csq_disagreements.tsv")
WORDS = {
    "missense": "missense_variant", "synonymous": "synonymous_variant", "frameshift": "frameshift_variant",
    "inframe_deletion": "inframe_deletion", "inframe_insertion": "inframe_insertion",
    "splice_donor": "splice_donor_variant", "splice_acceptor": "splice_acceptor_variant",
    "splice_region": "splice_region_variant", "stop_retained": "stop_retained_variant", "intron": "intron_variant",
    "5_prime_utr": "5_prime_UTR_variant", "3_prime_utr": "3_prime_UTR_variant",
    "coding_sequence": "coding_sequence_variant", "start_retained": "start_retained_variant",
    "inframe_altering": "protein_altering_variant",
}  # fmt: skip
# Words for the size of a delins, which bcftools adds to its effect.
SIZE = {"feature_elongation", "feature_truncation"}
# Terms of Ensembl that bcftools does not know: each lies in a splice region or an intron, which it names.
FINER = {"splice_donor_5th_base_variant", "splice_donor_region_variant", "splice_polypyrimidine_tract_variant"}
CANONICAL = ("splice_acceptor_variant", "splice_donor_variant")
SEVERITY = [
    *CANONICAL, "stop_gained", "frameshift_variant", "stop_lost", "start_lost", "inframe_insertion", "inframe_deletion",
    "missense_variant", "protein_altering_variant", "splice_donor_5th_base_variant", "splice_region_variant",
    "splice_donor_region_variant", "splice_polypyrimidine_tract_variant", "start_retained_variant",
    "stop_retained_variant", "synonymous_variant", "coding_sequence_variant", "5_prime_UTR_variant",
    "3_prime_UTR_variant", "intron_variant", "-",
]  # fmt: skip


class Case(NamedTuple):
    """A change on GRCh38, what is worked out for it, and bcftools' opinion."""

    change: Change
    ours: Consequence
    theirs: Opinion

    @property
    def kind(self) -> tuple[str, str]:
        """The most severe term of both, and the splice region where it is one; alike where they agree."""
        ours = set(self.ours.terms) - FINER
        return _kind(ours), _kind({WORDS.get(word, word) for word in self.theirs.words - SIZE})

    @property
    def edit(self) -> tuple[int, int, str]:
        """First and last GRCh38 position replaced, without the bases that stay on the left, and the bases put there."""
        pos, ref, alt = self.change
        lead = 0
        while ref[lead : lead + 1] == alt[lead : lead + 1] and lead < min(len(ref), len(alt)):
            lead += 1
        tail = 0
        while tail < min(len(ref), len(alt)) - lead and ref[-1 - tail] == alt[-1 - tail]:
            tail += 1
        return pos + lead, pos + len(ref) - tail - 1, alt[lead : len(alt) - tail]

    @property
    def protein(self) -> str:
        """The protein as translated anew."""
        return changed_protein(*self.edit)


def _kind(terms: set[str]) -> str:
    main = min(terms, key=SEVERITY.index, default="-")
    near = "splice_region_variant" in terms and main not in CANONICAL
    return f"{main} near a splice site" if near and main != "splice_region_variant" else main


def protein_of(opinion: Opinion) -> str | None:
    """The protein that bcftools describes (``175R>175H``), up to where it says; ``None`` where it gives none."""
    match = re.fullmatch(r"(\d+)([A-Z*]+)>\d+([A-Z*]+)", opinion.protein)
    if match is None:
        return PROTEIN if re.fullmatch(r"\d+[A-Z*]+", opinion.protein) else None
    first, gone = int(match[1]), match[2]
    assert PROTEIN[first - 1 : first - 1 + len(gone)] == gone
    whole = PROTEIN[: first - 1] + match[3] + PROTEIN[first - 1 + len(gone) :]
    return whole[: whole.find("*") + 1] or whole


def ours_describes(case: Case) -> bool:
    """Whether our p. is the protein as translated anew."""
    p = case.ours.hgvs_p or ""
    if p == "p.Met1?":
        return not case.protein.startswith("M")
    if "Ter?" in p:
        return case.protein.startswith(applied_p(p)) and "*" not in case.protein
    try:
        assert_same(applied_p(p), case.protein)
    except AssertionError:
        return False
    return True


def made_indels() -> list[Change]:
    """Insertions, deletions, duplications and delins around every exon, always the same ones, on GRCh38."""
    rng, found = random.Random(53), []
    for exon in EXONS:
        low, high = exon.cds_start[Build.GRCH38], exon.cds_end[Build.GRCH38]
        for _ in range(60):
            pos = rng.choice([rng.randint(low, high), rng.randint(low - 6, low + 8), rng.randint(high - 8, high + 6)])
            size, bases = rng.randint(1, 9), "".join(rng.choices("ACGT", k=rng.randint(1, 9)))
            kind = rng.choice(["deletion", "insertion", "duplication", "delins"])
            ref = gene(pos, pos + size) if kind in ("deletion", "delins") else gene(pos, pos)
            alt = {"deletion": ref[0], "insertion": ref + bases, "delins": ref[0] + bases}.get(kind)
            alt = gene(pos, pos) + gene(pos + 1, pos + size) if alt is None else alt
            if ref != alt:
                found.append((pos, ref, alt))
    return list(dict.fromkeys(found))


def coding_single_bases() -> list[Change]:
    places = [p for exon in EXONS for p in range(exon.cds_start[Build.GRCH38], exon.cds_end[Build.GRCH38] + 1)]
    return [(pos, GENE[pos], alt) for pos in places for alt in "ACGT" if alt != GENE[pos]]


def of_the_database() -> list[Change]:
    return [(pos + OFFSET, ref, alt) for pos, ref, alt, _ in database(Build.GRCH37)]


def cases(folder: Path, build: Build, changes: list[Change]) -> list[Case]:
    moved = [(pos - (OFFSET if build is Build.GRCH37 else 0), ref, alt) for pos, ref, alt in changes]
    said = csq_oracle.opinions(folder, build, moved)
    found = [predict(build, *change) for change in moved]
    return [Case(change, ours, theirs) for change, ours, theirs in zip(changes, found, said, strict=True)]


# The checks. Each holds for one change, and says who is right about what.


def proteins_agree(case: Case) -> bool:
    """Two names of one effect: both proteins are the one translated anew, as far as bcftools spells its own."""
    theirs = protein_of(case.theirs)
    if theirs is None or not ours_describes(case):
        return False
    return theirs == case.protein if theirs.endswith("*") else case.protein.startswith(theirs)


def first_residue_that_changes_is_a_stop(case: Case) -> bool:
    same = next(i for i, (a, b) in enumerate(zip(PROTEIN, case.protein, strict=False)) if a != b)
    return case.protein[same] == "*" and case.ours.hgvs_p == applied_stop(same) and proteins_agree(case)


def applied_stop(same: int) -> str:
    names = {letter: name for name, letter in PROTEIN_LETTERS.items()}
    return f"p.{names[PROTEIN[same]]}{same + 1}Ter"


def size_is_all_that_bcftools_names(case: Case) -> bool:
    return not case.theirs.words - SIZE - {"splice_region"} and proteins_agree(case)


def lies_at_the_border_of_a_splice_region(case: Case) -> bool:
    """An insertion has two neighbors, and may be written at several places: one is in the splice region, one not."""
    low, high, _ = case.edit
    borders = [one for e in EXONS for one in (e.start[Build.GRCH38], e.end[Build.GRCH38])]
    return min(min(abs(low - b), abs(high - b)) for b in borders) <= 9 and proteins_agree(case)


def every_splice_site_is_there(case: Case) -> bool:
    return holds_every_splice_site(*case.change) and set(CANONICAL).isdisjoint(case.ours.terms)


def a_doubled_site_goes_to_review(case: Case) -> bool:
    """The gene is there as it was, with a copy of its splice site beside it: either may be used."""
    low, high, put_in = case.edit
    return every_splice_site_is_there(case) and high < low and bool(put_in) and case.ours.terms[0] in REVIEWED


def a_splice_site_is_gone(case: Case) -> bool:
    return not holds_every_splice_site(*case.change) and case.ours.terms[0] in CANONICAL


def both_sites_of_an_intron_or_exon_are_gone(case: Case) -> bool:
    return a_splice_site_is_gone(case) and set(CANONICAL) <= set(case.ours.terms)


def coding_sequence_is_as_it_was(case: Case) -> bool:
    """The bases from the start codon to the end of exon 2 are still there, before its donor."""
    low, high, bases = case.edit
    exon = EXONS[0]
    border, end = exon.cds_start[Build.GRCH38], exon.cds_end[Build.GRCH38]
    changed = gene(border - 2, low - 1) + bases + gene(high + 1, end + 25)
    return changed.startswith(gene(border - 2, end)) and case.ours.hgvs_p in (None, "p.=")


def the_stop_is_gone(case: Case) -> bool:
    return case.protein[393:] != "*" and case.protein.find("*") != 393 and "stop_lost" in case.ours.terms


def bcftools_agrees_once_the_change_is_anchored(case: Case) -> bool:
    """Of several bases replaced by one, without the base before them, bcftools misplaces the one."""
    _, ref, alt = csq_oracle.left_aligned(case.change, Build.GRCH38)
    anchored = case._replace(theirs=case.theirs._replace(protein=case.theirs.anchored))
    return len(alt) == 1 < len(ref) and ref[0] != alt and proteins_agree(anchored) and not proteins_agree(case)


REVIEWED = ("splice_region_variant", "splice_donor_5th_base_variant")
CHECKS: dict[str, Callable[[Case], bool]] = {
    check.__name__: check
    for check in (
        proteins_agree,
        first_residue_that_changes_is_a_stop,
        size_is_all_that_bcftools_names,
        lies_at_the_border_of_a_splice_region,
        every_splice_site_is_there,
        a_doubled_site_goes_to_review,
        a_splice_site_is_gone,
        both_sites_of_an_intron_or_exon_are_gone,
        coding_sequence_is_as_it_was,
        the_stop_is_gone,
        bcftools_agrees_once_the_change_is_anchored,
    )
}


class Kind(NamedTuple):
    changes: int
    explanation: str
    check: str


def listed() -> dict[tuple[str, str], Kind]:
    """The listed kinds of disagreement, by what is said here and what bcftools says."""
    lines = [line for line in DISAGREEMENTS.read_text().splitlines() if line and not line.startswith("#")]
    cells = [line.split("\t") for line in lines[1:]]
    return {(c[0], c[1]): Kind(int(c[2]), c[3], c[4]) for c in cells}


def disagreements(found: list[Case]) -> dict[tuple[str, str], list[Case]]:
    """Cases by kind of disagreement: in terms, or in the protein alone."""
    kinds: dict[tuple[str, str], list[Case]] = {}
    for case in found:
        ours, theirs = case.kind
        if ours != theirs:
            kinds.setdefault((ours, theirs), []).append(case)
        elif protein_of(case.theirs) is not None and case.ours.hgvs_p not in (None, "p.?") and not proteins_agree(case):
            kinds.setdefault((ours, "the same of another protein"), []).append(case)
    return kinds


@pytest.mark.parametrize("build", list(Build))
def test_bcftools_csq_differs_only_in_kinds_that_are_listed_and_shown(
    build: Build, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    sets = {"coding single bases": coding_single_bases(), "NCI TP53 Database": of_the_database(), "made": made_indels()}
    found = cases(tmp_path, build, [change for changes in sets.values() for change in changes])
    kinds = disagreements(found)
    counts = Counter(name for name, changes in sets.items() for _ in changes)
    differing = {case.change for same in kinds.values() for case in same}
    counts.update(f"{name}, differs" for name, changes in sets.items() for change in changes if change in differing)
    tell(f"bcftools csq on {build}: {dict(counts)} in {len(kinds)} kinds")
    for kind, same in kinds.items():
        assert kind in listed(), (kind, same[0])
        for case in same:
            assert CHECKS[listed()[kind].check](case), (kind, case)
    assert {kind: len(same) for kind, same in kinds.items()} == {kind: one.changes for kind, one in listed().items()}
    assert counts["coding single bases"] == 3 * 1182
    assert counts["coding single bases, differs"] == 0
    assert counts["NCI TP53 Database"] == 1180
    assert counts["made"] > 500


def test_bcftools_is_asked_in_a_process_of_its_own(tmp_path: Path) -> None:
    """Two files one after the other, the second not sorted behind the first, are both answered."""
    one, other = (7675088, "C", "T"), (7674220, "C", "T")
    for change in (one, other, one):
        assert csq_oracle.opinions(tmp_path, Build.GRCH38, [change])[0].words == {"missense"}


def pairs_of_one_codon() -> list[tuple[Change, Change]]:
    """Two single bases changed in one codon, two such pairs of each codon within an exon, always the same ones."""
    rng, found = random.Random(393), []
    for exon in EXONS:
        first = exon.c_first + (-(exon.c_first - 1)) % 3
        for c in range(first, exon.c_last - 1, 3):
            for _ in range(2):
                places = sorted(exon.cds_end[Build.GRCH38] - (c + i - exon.c_first) for i in rng.sample(range(3), 2))
                one, other = ((p, GENE[p], rng.choice(sorted(set("ACGT") - {GENE[p]}))) for p in places)
                found.append((one, other))
    return found


@pytest.mark.parametrize("build", list(Build))
def test_two_bases_of_a_codon_on_one_molecule_read_as_bcftools_says(
    build: Build, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    """bcftools joins phased changes itself; it gets two rows, each pair in a sample of its own."""
    shift = OFFSET if build is Build.GRCH37 else 0
    pairs = [[(pos - shift, ref, alt) for pos, ref, alt in pair] for pair in pairs_of_one_codon()]
    said = csq_oracle.opinions_on_pairs(tmp_path, build, pairs)
    agree: Counter[str] = Counter()
    for pair, theirs in zip(pairs, said, strict=True):
        ours = joined(build, pair)
        case = Case((pair[0][0] + shift, pair[0][1], pair[0][2]), ours, theirs)
        assert case.kind[0] == case.kind[1], (pair, ours, theirs)
        protein = protein_of(theirs)
        if protein is not None and protein.endswith("*") and ours.hgvs_p != "p.Met1?":
            assert_same(applied_p(ours.hgvs_p or ""), protein)
        agree[case.kind[0]] += 1
    tell(f"bcftools csq on {build}, pairs in cis: {sum(agree.values())} of {len(pairs)} agree")
    assert sum(agree.values()) > 700
    assert len(agree) > 5


def joined(build: Build, pair: list[Change]) -> Consequence:
    """What the two make as the package joins two phased rows."""
    records = [eb.variant(*change, phase=Phase(group="PS 1", haplotypes=(1,))) for change in pair]
    (one,) = cis.join(build, records).combined
    assert one.record is not None
    return predict(build, one.record.pos, one.record.ref, one.record.alt)
