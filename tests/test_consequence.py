"""TP53 consequences: named variants, the NCI TP53 Database, and laws that hold for every change."""

import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mdm2screen.consequence import Consequence, predict
from mdm2screen.errors import MalformedFileError, ReferenceMismatchError
from mdm2screen.genes import reverse_complement, tp53_bases, tp53_exons
from mdm2screen.records import Build

OFFSET = 96682  # GRCh38 = GRCh37 + OFFSET on chromosome 17
DATA = Path(__file__).parents[2] / "shared" / "data"
DISAGREEMENTS = Path(__file__).with_name("tp53_db_disagreements.tsv")
GENE = tp53_bases(Build.GRCH38)
EXONS = tp53_exons()
NAMES = "Ala Cys Asp Glu Phe Gly His Ile Lys Leu Met Asn Pro Gln Arg Ser Thr Val Trp Tyr Ter"
PROTEIN_LETTERS = dict(
    zip(
        [
            "Ala",
            "Cys",
            "Asp",
            "Glu",
            "Phe",
            "Gly",
            "His",
            "Ile",
            "Lys",
            "Leu",
            "Met",
            "Asn",
            "Pro",
            "Gln",
            "Arg",
            "Ser",
            "Thr",
            "Val",
            "Trp",
            "Tyr",
            "Ter",
        ],
        "ACDEFGHIKLMNPQRSTVWY*",
        strict=True,
    )
)
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
    (7572929, "A", "G", "c.1180T>C", "p.Ter394ArgextTer9", "stop_lost", "exon 11", (394,)),
    (7572928, "C", "T", "c.1181G>A", "p.Ter394=", "stop_retained_variant", "exon 11", ()),
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


def assert_same(described: str, protein: str) -> None:
    assert len(described) == len(protein)
    assert all(a in ("?", b) for a, b in zip(described, protein, strict=True)), (described, protein)


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
        assert re.search("delins|>", hgvs_c or "")
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


SHORT = re.compile("|".join(PROTEIN_LETTERS))
CLASS_OF = {
    "splice_acceptor_variant": "splice", "splice_donor_variant": "splice", "frameshift_variant": "FS",
    "stop_gained": "nonsense", "missense_variant": "missense", "synonymous_variant": "silent",
    "inframe_insertion": "other", "inframe_deletion": "other", "protein_altering_variant": "other",
    "intron_variant": "intronic",
}  # fmt: skip


def as_the_database_writes(found: Consequence) -> tuple[str | None, str, str]:
    p = SHORT.sub(lambda name: PROTEIN_LETTERS[name[0]], found.hgvs_p or "p.?")
    p = re.sub(r"^(p\.[A-Z]\d+)[A-Z]fs.*", r"\1fs", re.sub(r"^p\.([A-Z])(\d+)=$", r"p.\1\2\1", p))
    return found.hgvs_c, p, next((name for term, name in CLASS_OF.items() if term in found.terms), "NA")


def database(build: Build) -> list[tuple[int, str, str, dict[str, str]]]:
    path = DATA / "tp53_variants" / f"nci_tp53db_r21_variants.{build}.vcf"
    if not path.is_file():
        pytest.skip("the NCI TP53 Database may not be redistributed and is not at hand")
    rows = [line.split("\t") for line in path.read_text().splitlines() if not line.startswith("#")]
    return [(int(r[1]), r[3], r[4], dict(entry.split("=", 1) for entry in r[7].split(";"))) for r in rows]


def disagreements() -> dict[str, tuple[str, str]]:
    """What each listed variant of the database differs in, and why, by the database's c. name."""
    lines = [line for line in DISAGREEMENTS.read_text().splitlines() if line and not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    return {row[0]: (row[1], row[3]) for row in rows}


def test_the_nci_tp53_database_differs_only_where_a_reason_is_listed() -> None:
    differing: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for pos, ref, alt, info in database(Build.GRCH37):
        c, p, effect = as_the_database_writes(predict(Build.GRCH37, pos, ref, alt))
        silent = {"p": info["HGVSP"] == "p.?", "effect": info["EFFECT"] == "."}
        differs = [
            what
            for what, ours, theirs in (
                ("c", c, info["HGVSC"]),
                ("p", p, info["HGVSP"]),
                ("effect", effect, info["EFFECT"]),
            )
            if ours != theirs and not silent.get(what)
        ]
        if differs:
            differing[info["HGVSC"]] = ",".join(differs)
        kind = "single base" if len(ref) == len(alt) == 1 else "other"
        counts.update([kind, *(f"{kind} differs in {what}" for what in differs)])
        if re.fullmatch(r"c\.\d+[ACGT]>[ACGT]", info["HGVSC"]):
            assert not {"c", "p"} & set(differs)
            counts["coding single base"] += 1
    sys.stdout.write(f"NCI TP53 Database R21: {dict(sorted(counts.items()))}\n")
    assert differing == {name: differs for name, (differs, _) in disagreements().items()}
    assert sum(counts[kind] for kind in ("single base", "other")) == 1180


def test_the_nci_tp53_database_is_read_alike_on_both_builds() -> None:
    old, new = database(Build.GRCH37), database(Build.GRCH38)
    for (pos37, ref37, alt37, info), (pos38, ref38, alt38, _) in zip(old, new, strict=True):
        if info["HGVSC"] == "c.610_612delinsGCGTGTGG" and alt38 == "GCGTGTGG":
            continue  # this row of the derived GRCh38 file gives ALT on the coding strand
        assert (pos37 + OFFSET, ref37, alt37) == (pos38, ref38, alt38)
        assert predict(Build.GRCH37, pos37, ref37, alt37) == predict(Build.GRCH38, pos38, ref38, alt38)


def test_every_listed_disagreement_has_a_reason() -> None:
    assert all(reason for _, reason in disagreements().values())
