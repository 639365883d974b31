"""TP53 consequences: named variants, and laws that hold for every change."""

import random
import re
from collections import Counter
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mdm2screen.consequence import Consequence, predict
from mdm2screen.errors import MalformedFileError, ReferenceMismatchError
from mdm2screen.genes import reverse_complement
from mdm2screen.records import Build
from tp53_sequence import (
    EXONS,
    GENE,
    OFFSET,
    PROTEIN,
    Change,
    applied_c,
    applied_p,
    assert_same,
    changed_protein,
    changes,
    gene,
    position,
)


def both(pos37: int, ref: str, alt: str) -> Consequence:
    """The consequence, the same on both builds."""
    result = predict(Build.GRCH37, pos37, ref, alt)
    assert result == predict(Build.GRCH38, pos37 + OFFSET, ref, alt)
    return result


Named = tuple[int, str, str, str | None, str | None, str, str, tuple[int, ...]]
NAMED: list[Named] = [
    # GRCh37, REF, ALT, c., p., terms, region, residues
    (7578406, "C", "T", "c.524G>A", "p.Arg175His", "missense_variant", "exon 5", (175,)),
    (7578190, "T", "C", "c.659A>G", "p.Tyr220Cys", "missense_variant", "exon 6", (220,)),
    (7577538, "C", "T", "c.743G>A", "p.Arg248Gln", "missense_variant", "exon 7", (248,)),
    (7579472, "G", "C", "c.215C>G", "p.Pro72Arg", "missense_variant", "exon 4", (72,)),
    (7578210, "T", "C", "c.639A>G", "p.Arg213=", "synonymous_variant", "exon 6", ()),
    (7578263, "G", "A", "c.586C>T", "p.Arg196Ter", "stop_gained", "exon 6", (196,)),
    (7579470, "CG", "C", "c.216del", "p.Val73TrpfsTer50", "frameshift_variant", "exon 4", (73,)),
    (7577548, "C", "CA", "c.732_733insT", "p.Gly245TrpfsTer19", "frameshift_variant", "exon 7", (245,)),
    (7579312, "C", "A", "c.375G>T", "p.Thr125=", "splice_region_variant synonymous_variant", "exon 4", ()),
    (7579912, "T", "C", "c.1A>G", "p.Met1?", "start_lost", "exon 2", (1,)),
    (7579909, "CCA", "C", "c.2_3del", "p.Met1?", "start_lost", "exon 2", (1,)),
    # the A before the bases deleted takes the place of the first one, a doubled A lies before it: ATG is still there
    (7579912, "TGGCAGT", "T", "c.-5_1del", "p.=", "start_retained_variant 5_prime_UTR_variant", "5' UTR to exon 2", ()),
    (7579912, "T", "TT", "c.1dup", "p.=", "start_retained_variant 5_prime_UTR_variant", "exon 2", ()),
    (7579909, "C", "CCAT", "c.1_3dup", "p.Met1dup", "inframe_insertion", "exon 2", (1,)),
    (7579911, "AT", "TA", "c.1_2delinsTA", "p.Met1?", "start_lost", "exon 2", (1,)),
    (7579912, "TG", "CA", "c.-1_1inv", "p.Met1?", "start_lost", "5' UTR to exon 2", (1,)),
    (7572929, "A", "G", "c.1180T>C", "p.Ter394ArgextTer9", "stop_lost", "exon 11", (394,)),
    (7572928, "C", "T", "c.1181G>A", "p.Ter394=", "stop_retained_variant", "exon 11", ()),
    # the residue before the stop and the stop change, and the stop is still one
    (7572928, "CAG", "TAC", "c.1179_1181delinsGTA", "p.Asp393Glu", "missense_variant", "exon 11", (393,)),
    # a stop one residue before the old one, behind another residue that changes
    (7572930, "GTCTG", "TTATA", "c.1175_1179delinsTATAA", "p.Ser392_Asp393delinsLeuTer",
     "stop_gained", "exon 11", (392, 393)),
    (7572927, "TCA", "T", "c.1180_1181del", "p.Ter394ThrextTer?", "frameshift_variant stop_lost", "exon 11", (394,)),
    (7572926, "GT", "G", "c.1182del", "p.Ter394CysextTer?", "frameshift_variant stop_lost", "exon 11", (394,)),
    (7578401, "G", "GGCA", "c.526_528dup", "p.Cys176dup", "inframe_insertion", "exon 5", (176,)),
    (7577091, "GCCG", "G", "c.846_848del", "p.Arg283del", "inframe_deletion", "exon 8", (283,)),
    (7577512, "GTGTGAT", "G", "c.763_768del", "p.Ile255_Thr256del", "inframe_deletion", "exon 7", (255, 256)),
    (7576897, "GG", "AA", "c.948_949delinsTT", "p.Gln317Ter", "stop_gained", "exon 9", (317,)),
    (7578395, "GGTGG", "AATAA", "c.531_535delinsTTATT", "p.His178_His179delinsTyrTyr",
     "missense_variant", "exon 5", (178, 179)),
    (7578176, "C", "T", "c.672+1G>A", "p.?", "splice_donor_variant", "intron 6", ()),
    (7578556, "T", "C", "c.376-2A>G", "p.?", "splice_acceptor_variant", "intron 4", ()),
    (7578115, "T", "C", "c.672+62A>G", None, "intron_variant", "intron 6", ()),
    (7578366, "C", "T", "c.559+5G>A", None,
     "splice_donor_5th_base_variant splice_region_variant intron_variant", "intron 5", ()),
    (7579913, "G", "A", "c.-1C>T", None, "5_prime_UTR_variant", "5' UTR", ()),
    (7590700, "C", "G", "c.-34G>C", None, "5_prime_UTR_variant", "5' UTR", ()),
    (7590694, "C", "T", "c.-29+1G>A", "p.?", "splice_donor_variant", "intron 1", ()),
    (7585000, "A", "G", "c.-28-5060T>C", None, "intron_variant", "intron 1", ()),
    (7572660, "C", "T", "c.*267G>A", None, "3_prime_UTR_variant", "3' UTR", ()),
    (7590809, "A", "G", None, None, "upstream_gene_variant", "outside the coding exons", ()),
    (7571738, "A", "G", None, None, "downstream_gene_variant", "outside the coding exons", ()),
    # no reading frame is claimed where an exon's border is gone
    (7577494, "CTGACCTGGAGTCTTCCAGTG", "C", "c.767_782+4del", "p.?",
     "splice_donor_variant coding_sequence_variant", "exon 7 to intron 7", ()),
    # the G of exon 5 and the G of its donor are one run: the sequence left still has the donor
    (7578369, "AC", "A", "c.559+1del", "p.Gly187ValfsTer60",
     "frameshift_variant splice_region_variant", "exon 5", (187,)),
    # a second GT behind the first leaves exon and donor as they were
    (7576850, "T", "TAC", "c.993+1_993+2dup", None, "splice_region_variant intron_variant", "intron 9", ()),
    # a duplication over the acceptor leaves two of them, either of which may be used
    (7579720, "G", "GTCTGAAA", "c.75-6_75dup", None,
     "splice_region_variant intron_variant", "intron 2", ()),
    # in-frame, with a stop among the new residues
    (7578404, "A", "ATTACCC", "c.525_526insGGGTAA", "p.Arg175_Cys176insGlyTer",
     "stop_gained inframe_insertion", "exon 5", (175, 176)),
]  # fmt: skip


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named[3] or f"{named[0]}")
def test_a_named_variant(named: Named) -> None:
    pos, ref, alt, c, p, terms, region, residues = named
    found = both(pos, ref, alt)
    assert (found.hgvs_c, found.hgvs_p, " ".join(found.terms), found.region) == (c, p, terms, region)
    assert found.residues == residues


def test_a_changed_last_base_of_an_exon_is_marked() -> None:
    ends = [e.cds_start[Build.GRCH38] for e in EXONS[:-1]]
    marked = []
    for exon in EXONS:
        for pos in range(exon.cds_start[Build.GRCH38], exon.cds_end[Build.GRCH38] + 1):
            if predict(Build.GRCH38, pos, GENE[pos], "A" if GENE[pos] != "A" else "C").last_exonic_base:
                marked.append(pos)
    assert marked == ends


def test_every_single_base_change_of_the_coding_sequence() -> None:
    """All 3,546 of them: the term and the p. are what the translation says."""
    seen: Counter[str] = Counter()
    for exon in EXONS:
        for pos in range(exon.cds_start[Build.GRCH38], exon.cds_end[Build.GRCH38] + 1):
            for alt in set("ACGT") - {GENE[pos]}:
                found = predict(Build.GRCH38, pos, GENE[pos], alt)
                protein = changed_protein(pos, pos, alt)
                silent = {"synonymous_variant", "stop_retained_variant"} & set(found.terms)
                assert bool(silent) == (protein == PROTEIN)
                assert ("stop_gained" in found.terms) == (len(protein) < len(PROTEIN) and protein[0] == "M")
                if found.hgvs_p != "p.Met1?":
                    assert_same(applied_p(found.hgvs_p or ""), protein)
                seen[next(t for t in found.terms if t != "splice_region_variant")] += 1
    assert sum(seen.values()) == 3 * 1182
    assert seen["start_lost"] == 9
    assert seen["stop_retained_variant"] == 1


@pytest.mark.parametrize(("ref", "alt"), [("C", "<DEL>"), ("C", "*"), ("C", ""), ("", "C"), ("N", "C"), ("C", "C")])
def test_alleles_that_are_no_change_of_bases_are_refused(ref: str, alt: str) -> None:
    with pytest.raises(MalformedFileError, match="two different sequences"):
        predict(Build.GRCH37, 7578406, ref, alt)


def test_a_ref_of_the_other_build_is_refused() -> None:
    with pytest.raises(ReferenceMismatchError, match="GRCh38"):
        predict(Build.GRCH38, 7674221 + 1, "T", "A")


def test_lower_case_alleles_are_read() -> None:
    assert predict(Build.GRCH37, 7578406, "c", "t") == predict(Build.GRCH37, 7578406, "C", "T")


def test_where_the_sequence_is_unknown_only_the_certain_is_written() -> None:
    deep = 7577200 + OFFSET  # intron 7, 45 bases from exon 8: known; 7577300 is not
    assert predict(Build.GRCH38, deep, GENE[deep], GENE[deep] + "ACGTACGT").hgvs_c is not None
    unknown = both(7577300, "T", "TA")
    assert (unknown.hgvs_c, unknown.terms) == (None, ("intron_variant",))
    assert both(7577300, "TA", "T").hgvs_c == "c.783-146del"  # the anchor shows that the T is not repeated
    assert both(7577300, "TT", "T").hgvs_c is None


def test_a_deletion_past_the_known_part_of_the_3_utr_loses_the_stop() -> None:
    ref = "A" * 38 + gene(7572867 + OFFSET, 7572930 + OFFSET)
    found = both(7572829, ref, "A")
    assert "stop_lost" in found.terms
    assert found.hgvs_p == "p.?"


LAWFUL = settings(max_examples=200, deadline=None)


@LAWFUL
@given(changes(), *[st.integers(0, 25)] * 4)
def test_every_writing_of_a_change_gives_the_same_answer(change: Change, a: int, b: int, c: int, d: int) -> None:
    pos, ref, alt = change.written(a, b)
    found = predict(Build.GRCH38, pos, ref, alt)
    assert found == predict(Build.GRCH38, *change.written(c, d))
    assert found == predict(Build.GRCH37, pos - OFFSET, ref, alt)


@LAWFUL
@given(changes())
def test_hgvs_c_describes_the_changed_gene(change: Change) -> None:
    hgvs_c = change.found().hgvs_c
    assume(hgvs_c is not None)
    start, end, bases = applied_c(hgvs_c or "")
    high = change.low + len(change.before) - 1
    assume(change.low < start and end < high)
    assert gene(change.low, start - 1) + bases + gene(end + 1, high) == change.after
    grown = len(change.after) - len(change.before)
    lowest = min(len(change.before), len(change.after)) - change.same_right
    if lowest > change.same_left:
        assert re.search("delins|>|inv", hgvs_c or "")
    elif grown > 0:  # the most 3' place on the transcript is the lowest on the plus strand
        doubled = change.before[lowest : lowest + grown] == change.after[lowest : lowest + grown]
        assert ("dup" in (hgvs_c or "")) == doubled
        assert start - change.low == lowest - (not doubled)
    else:
        assert ("del" in (hgvs_c or ""), start - change.low) == (True, lowest)


@LAWFUL
@given(changes())
def test_hgvs_p_describes_the_translation_of_the_changed_exon(change: Change) -> None:
    found = change.found()
    start, ref, alt = change.written(0, 0)
    coding_low = change.exon.cds_start[Build.GRCH38] - (60 if change.exon.number == 11 else 0)
    assume(found.region.startswith("exon") and " to " not in found.region)
    assume(coding_low <= start and start + len(ref) - 1 <= change.exon.cds_end[Build.GRCH38])
    assume(found.hgvs_p not in (None, "p.?", "p.Met1?"))
    protein = changed_protein(start, start + len(ref) - 1, alt)
    if found.hgvs_p == "p.=" or (found.hgvs_p or "").endswith("="):
        assert protein == PROTEIN
    elif "Ter?" in (found.hgvs_p or ""):
        assert "*" not in protein
        assert protein.startswith(applied_p(found.hgvs_p or ""))
    else:
        assert_same(applied_p(found.hgvs_p or ""), protein)


@LAWFUL
@given(changes())
def test_a_splice_site_is_hit_only_where_the_changed_gene_does_not_hold_it(change: Change) -> None:
    terms = change.found().terms
    size = len(change.before)
    spared = change.same_left >= 60 or change.same_right >= size - 58  # on the plus strand the donor comes first
    if change.exon.number < 11:
        assert ("splice_donor_variant" in terms) == (not spared)
    spared = change.same_left >= size - 58 or change.same_right >= 60
    assert ("splice_acceptor_variant" in terms) == (not spared)


def test_every_second_or_third_base_changed_together_is_what_the_translation_says() -> None:
    """A sample of all changes of three neighboring bases within an exon, each with the term and the p. it must have."""
    rng = random.Random(393)
    places = [p for e in EXONS for p in range(e.cds_start[Build.GRCH38], e.cds_end[Build.GRCH38] - 1)]
    seen: Counter[str] = Counter()
    for pos, alt in rng.sample(list(product(places, map("".join, product("ACGT", repeat=3)))), 4000):
        if alt == gene(pos, pos + 2):
            continue
        found = predict(Build.GRCH38, pos, gene(pos, pos + 2), alt)
        protein = changed_protein(pos, pos + 2, alt)
        if found.hgvs_p == "p.Met1?":
            assert protein[0] != "M"
            continue
        assert_same(applied_p(found.hgvs_p or ""), protein)
        term = kind_of(protein)
        assert term in found.terms or (term, found.terms[0]) == ("synonymous_variant", "stop_retained_variant")
        seen[term] += 1
    assert min(seen[term] for term in ("missense_variant", "stop_gained", "stop_lost", "synonymous_variant")) > 0


def kind_of(protein: str) -> str:
    if protein == PROTEIN:
        return "synonymous_variant"
    if len(protein) == len(PROTEIN) and protein[-1] == "*":
        return "missense_variant"
    return "stop_gained" if len(protein) < len(PROTEIN) and protein[-1] == "*" else "stop_lost"


@pytest.mark.parametrize(("label", "base"), [("375", "G"), ("672", "G")])
@pytest.mark.parametrize("build", list(Build))
def test_the_last_base_of_exons_4_and_6_is_a_splice_change_whatever_it_becomes(
    label: str, base: str, build: Build
) -> None:
    pos = position(label) - (OFFSET if build is Build.GRCH37 else 0)
    for alt in set("ACGT") - {base}:
        found = predict(build, pos, reverse_complement(base), reverse_complement(alt))
        assert found.hgvs_c == f"c.{label}{base}>{alt}"
        assert found.last_exonic_base
        assert "splice_region_variant" in found.terms
        coding = "missense_variant" if (label, alt) in {("672", "C"), ("672", "T")} else "synonymous_variant"
        assert coding in found.terms


DONORS = [e.cds_start[Build.GRCH38] for e in EXONS[:-1]]
ACCEPTORS = [e.end[Build.GRCH38] for e in EXONS]


def terms_at(pos: int) -> list[set[str]]:
    return [set(predict(Build.GRCH38, pos, GENE[pos], alt).terms) for alt in "ACGT" if alt != GENE[pos]]


@pytest.mark.parametrize("donor", DONORS)
def test_the_places_after_a_donor(donor: int) -> None:
    for distance in range(1, 12):
        near = {"splice_region_variant"} if 3 <= distance <= 8 else set()
        near |= {"splice_donor_region_variant"} if distance in (3, 4, 6) else set()
        near |= {"splice_donor_5th_base_variant"} if distance == 5 else set()
        wanted = {"splice_donor_variant"} if distance <= 2 else near | {"intron_variant"}
        assert terms_at(donor - distance) == [wanted] * 3


@pytest.mark.parametrize("acceptor", ACCEPTORS)
def test_the_places_before_an_acceptor(acceptor: int) -> None:
    for distance in range(1, 20):
        near = {"splice_region_variant"} if 3 <= distance <= 8 else set()
        near |= {"splice_polypyrimidine_tract_variant"} if 3 <= distance <= 17 else set()
        wanted = {"splice_acceptor_variant"} if distance <= 2 else near | {"intron_variant"}
        assert terms_at(acceptor + distance) == [wanted] * 3


def test_what_weakens_the_tract_before_an_acceptor() -> None:
    """On the coding strand: a pyrimidine lost or a new AG, nothing else."""
    seen: Counter[bool] = Counter()
    for acceptor in ACCEPTORS:
        tract = reverse_complement(gene(acceptor + 1, acceptor + 17))
        for place, was in enumerate(tract[:-2]):
            for now in set("ACGT") - {was}:
                changed = tract[:place] + now + tract[place + 1 :]
                lost = was in "CT" and now in "AG"
                pos = acceptor + 17 - place
                found = predict(Build.GRCH38, pos, GENE[pos], reverse_complement(now)).weaker_acceptor
                assert found == (lost or changed.count("AG") > tract.count("AG"))
                seen[found] += 1
    assert min(seen.values()) > 100


def test_what_is_put_into_the_tract_weakens_it_where_it_pushes_pyrimidines_out_or_makes_an_ag() -> None:
    seen: Counter[tuple[bool, bool]] = Counter()
    for acceptor in ACCEPTORS:
        intron = reverse_complement(gene(acceptor + 1, acceptor + 40))
        for distance, put_in in product(range(4, 17), ("A", "G", "T", "TA", "GA", "CAT")):
            pos = acceptor + distance
            found = predict(Build.GRCH38, pos, GENE[pos], GENE[pos] + reverse_complement(put_in))
            before, after = intron[-17:], (intron[:-distance] + put_in + intron[-distance:])[-17:]
            lost = sum(base in "CT" for base in after[:-2]) < sum(base in "CT" for base in before[:-2])
            new = after.count("AG") > before.count("AG")
            assert found.weaker_acceptor == (lost or new), (found, put_in)
            seen[lost, new] += 1
    assert all(seen[lost, new] for lost in (True, False) for new in (True, False)), seen


@pytest.mark.parametrize(
    ("label", "before", "after", "weaker"),
    [
        ("97-11", "C", "G", True),  # shown to disturb splicing, by the NCI TP53 Database
        ("97-13", "C", "T", False),
        ("783-9", "C", "T", False),
    ],
)
def test_named_changes_of_a_polypyrimidine_tract(label: str, before: str, after: str, weaker: bool) -> None:
    pos = position(label)
    found = predict(Build.GRCH38, pos, reverse_complement(before), reverse_complement(after))
    assert (found.hgvs_c, found.weaker_acceptor) == (f"c.{label}{before}>{after}", weaker)
    assert found.terms == ("splice_polypyrimidine_tract_variant", "intron_variant")


def test_a_deletion_that_brings_other_bases_into_the_tract_weakens_it_only_where_they_are_purines() -> None:
    for acceptor in ACCEPTORS:
        for size in range(1, 9):
            low = acceptor + 10
            ref = gene(low - 1, low + size - 1)
            found = predict(Build.GRCH38, low - 1, ref, ref[0])
            before = reverse_complement(gene(acceptor + 1, acceptor + 17))
            kept = reverse_complement(gene(acceptor + 1, low - 1) + gene(low + size, acceptor + 17 + size))
            was, now = (sum(base in "CT" for base in tract[:-2]) for tract in (before, kept))
            assert found.weaker_acceptor == (now < was or kept.count("AG") > before.count("AG"))


def test_an_exon_put_in_once_more_with_its_splice_sites_is_no_harmless_intronic_insertion() -> None:
    for exon in EXONS[:-1]:
        low, high = exon.start[Build.GRCH38] - 12, exon.end[Build.GRCH38] + 12
        deep = 7580000 + OFFSET  # intron 1, of unknown sequence
        for pos in (low - 1, deep):
            base = GENE.get(pos, "A")
            found = predict(Build.GRCH38, pos, base, base + gene(low, high))
            assert "splice_region_variant" in found.terms
            assert found.hgvs_p is None


def test_a_stretch_turned_round_is_an_inversion() -> None:
    """HGVS: two bases or more replaced by their own reverse complement; where an end stays it is a shorter one."""
    found = 0
    for exon in EXONS:
        for pos in range(exon.cds_start[Build.GRCH38], exon.cds_end[Build.GRCH38] - 3):
            for size in (2, 3, 4):
                here = gene(pos, pos + size - 1)
                turned = reverse_complement(here)
                if here[0] != turned[0] and here[-1] != turned[-1]:
                    hgvs_c = predict(Build.GRCH38, pos, here, turned).hgvs_c or ""
                    first, last = (c_number(exon.number, place) for place in (pos + size - 1, pos))
                    assert hgvs_c == f"c.{first}_{last}inv"
                    found += 1
    assert found > 1000


def c_number(number: int, pos: int) -> int:
    exon = EXONS[number - 2]
    return exon.c_first + exon.cds_end[Build.GRCH38] - pos
