"""Every variant of the NCI TP53 Database (R21): where it is described differently there, why is listed and shown.

``tp53_db_disagreements.tsv`` names for each the checks that show its reason; each check works on the sequence, not on
what the package says of it.
"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import shared_data
from mdm2screen.consequence import Consequence, predict
from mdm2screen.genes import reverse_complement
from mdm2screen.records import Build
from tp53_sequence import (
    EXONS,
    GENE,
    OFFSET,
    PROTEIN,
    PROTEIN_LETTERS,
    applied_c,
    applied_p,
    assert_same,
    changed_protein,
    holds_every_splice_site,
    position,
)

DISAGREEMENTS = Path(__file__).with_name("tp53_db_disagreements.tsv")
SHORT = re.compile("|".join(PROTEIN_LETTERS))
LONG = {short: long for long, short in PROTEIN_LETTERS.items()}
CLASS_OF = {
    "splice_acceptor_variant": "splice", "splice_donor_variant": "splice", "frameshift_variant": "FS",
    "stop_gained": "nonsense", "missense_variant": "missense", "synonymous_variant": "silent",
    "inframe_insertion": "other", "inframe_deletion": "other", "protein_altering_variant": "other",
    "intron_variant": "intronic",
}  # fmt: skip


class Row(NamedTuple):
    """A variant of the database on GRCh37, and what is worked out for it."""

    pos: int
    ref: str
    alt: str
    c: str
    p: str
    effect: str
    ours: Consequence

    @property
    def pos38(self) -> int:
        return self.pos + OFFSET

    @property
    def described(self) -> tuple[str, str, str]:
        """c., p. and class as the database would write them."""
        p = SHORT.sub(lambda name: PROTEIN_LETTERS[name[0]], self.ours.hgvs_p or "p.?")
        p = re.sub(r"^(p\.[A-Z]\d+)[A-Z]fs.*", r"\1fs", re.sub(r"^p\.([A-Z])(\d+)=$", r"p.\1\2\1", p))
        effect = next((name for term, name in CLASS_OF.items() if term in self.ours.terms), "NA")
        return self.ours.hgvs_c or "-", p, effect

    @property
    def differs(self) -> tuple[str, ...]:
        """What is described differently, where the database says something."""
        silent = {"p": self.p == "p.?", "effect": self.effect == "."}
        pairs = zip(("c", "p", "effect"), self.described, (self.c, self.p, self.effect), strict=True)
        return tuple(what for what, ours, theirs in pairs if ours != theirs and not silent.get(what))

    @property
    def protein(self) -> str:
        """The changed protein of a change within one exon."""
        anchor = int(len(self.ref) > 1 and self.ref[0] == self.alt[0])
        return changed_protein(self.pos38 + anchor, self.pos38 + len(self.ref) - 1, self.alt[anchor:])


def database(build: Build) -> list[tuple[int, str, str, dict[str, str]]]:
    path = shared_data.shared(f"tp53_variants/nci_tp53db_r21_variants.{build}.vcf")
    rows = [line.split("\t") for line in path.read_text().splitlines() if not line.startswith("#")]
    return [(int(r[1]), r[3], r[4], dict(entry.split("=", 1) for entry in r[7].split(";"))) for r in rows]


def rows() -> list[Row]:
    return [
        Row(pos, ref, alt, info["HGVSC"], info["HGVSP"], info["EFFECT"], predict(Build.GRCH37, pos, ref, alt))
        for pos, ref, alt, info in database(Build.GRCH37)
    ]


class Listed(NamedTuple):
    differs: tuple[str, ...]
    ours: str
    reason: str
    shown_by: tuple[str, ...]


def listed() -> dict[str, Listed]:
    """The listed disagreements by the database's c. name."""
    lines = [line for line in DISAGREEMENTS.read_text().splitlines() if line and not line.startswith("#")]
    cells = [line.split("\t") for line in lines[1:]]
    return {c[0]: Listed(tuple(c[1].split(",")), c[2], c[3], tuple(c[4].split(","))) for c in cells}


# The checks. A name begins with what it shows: the c. name, the protein or the class of the change.


def c_both_names_make_the_same_gene(row: Row) -> bool:
    return changed_gene(row.c) == changed_gene(row.ours.hgvs_c or "")


def c_ours_lies_further_3_prime(row: Row) -> bool:
    return c_both_names_make_the_same_gene(row) and first_base(row.ours.hgvs_c or "") < first_base(row.c)


def c_ours_is_the_duplication(row: Row) -> bool:
    same = changed_gene(row.c.replace("-", "_")) == changed_gene(row.ours.hgvs_c or "")
    return same and "ins" in row.c and "dup" in (row.ours.hgvs_c or "")


def c_theirs_spells_bases_that_stay(row: Row) -> bool:
    theirs, ours = re.sub(".*delins", "", row.c), re.sub(".*delins", "", row.ours.hgvs_c or "")
    return c_both_names_make_the_same_gene(row) and ours in theirs and ours != theirs


def c_theirs_counts_from_the_start_codon_over_the_intron(row: Row) -> bool:
    match = re.fullmatch(r"c\.1-(\d+)[ACGT]>[ACGT]", row.c)
    start, place = EXONS[0].cds_end[Build.GRCH37], (row.ours.hgvs_c or "").removeprefix("c.")[:-3]
    return match is not None and row.pos == start + int(match[1]) and position(place) == row.pos38


def c_ours_counts_from_the_nearer_exon(row: Row) -> bool:
    """c.74+78 of an intron of 117 bases: c.75-40."""
    last, first = position("74"), position("75")
    return row.pos38 == last - 78 == first + 40 and last - first - 1 == 117


def c_bases_beyond_are_not_known(row: Row) -> bool:
    return row.ours.hgvs_c is None and row.pos38 not in GENE and row.pos38 + len(row.ref) not in GENE


def p_ours_is_the_translation(row: Row) -> bool:
    described = applied_p(row.ours.hgvs_p or "")
    if "Ter?" in (row.ours.hgvs_p or ""):
        return row.protein.startswith(described) and "*" not in row.protein
    assert_same(described, row.protein)
    return True


def p_residues_before_ours_stay(row: Row) -> bool:
    """The database names the residue of the base: from there to ours the protein is unchanged."""
    named, first = int(re.findall(r"\d+", row.p)[0]), int(re.findall(r"\d+", row.ours.hgvs_p or "")[0])
    stay = row.protein[: first - 1] == PROTEIN[: first - 1] and row.protein[first - 1] != PROTEIN[first - 1]
    return named < first and stay and p_ours_is_the_translation(row)


def p_the_first_residue_that_changes_is_a_stop(row: Row) -> bool:
    number = int(re.findall(r"\d+", row.p)[0])
    return row.protein == PROTEIN[: number - 1] + "*"


def p_both_names_make_the_same_protein(row: Row) -> bool:
    return applied_p(lengthened(row.p)) == applied_p(row.ours.hgvs_p or "") == row.protein


def p_one_delins_of_both_residues(row: Row) -> bool:
    changed = list(PROTEIN)
    for old, number, new in re.findall(r"([A-Z])(\d+)([A-Z])", row.p):
        assert PROTEIN[int(number) - 1] == old
        changed[int(number) - 1] = new
    return "".join(changed) == row.protein == applied_p(row.ours.hgvs_p or "")


def p_theirs_is_another_protein(row: Row) -> bool:
    return applied_p(lengthened(row.p)) != row.protein and p_ours_is_the_translation(row)


def p_exons_go_whole(row: Row) -> bool:
    """The deletion holds exons 7 to 9 with their splice sites; the database gives the protein if 6 joins 10."""
    inside = [
        e.number for e in EXONS if row.pos38 < e.start[Build.GRCH38] and e.end[Build.GRCH38] < row.pos38 + len(row.ref)
    ]
    return inside == [7, 8, 9] and row.ours.hgvs_p == "p.?"


def effect_a_splice_site_is_gone(row: Row) -> bool:
    return not holds_every_splice_site(row.pos38, row.ref, row.alt) and row.described[2] == "splice"


def effect_every_splice_site_is_there(row: Row) -> bool:
    """The changed gene holds every exon border with its GT and AG: what changes is the coding sequence alone."""
    return holds_every_splice_site(row.pos38, row.ref, row.alt) and row.described[2] == "FS"


def effect_last_base_of_an_exon(row: Row) -> bool:
    last = {e.cds_start[Build.GRCH37] for e in EXONS[:-1]}
    return row.effect == "splice" and row.pos in last and len(row.ref) == 1 and row.ours.last_exonic_base


def effect_shown_by_experiment(row: Row) -> bool:
    """No canonical site is hit; the place is one that goes to review."""
    reviewed = "splice_region_variant" in row.ours.terms or row.ours.weaker_acceptor
    return row.effect == "splice" and holds_every_splice_site(row.pos38, row.ref, row.alt) and reviewed


def effect_the_frame_shifts(row: Row) -> bool:
    return row.effect == "missense" and (len(row.alt) - len(row.ref)) % 3 != 0


def effect_far_from_every_exon(row: Row) -> bool:
    borders = [one for e in EXONS for one in (e.start[Build.GRCH38], e.end[Build.GRCH38])]
    return min(abs(row.pos38 - border) for border in borders) > 100 and row.ours.terms == ("intron_variant",)


def effect_none_is_given_in_the_utr(row: Row) -> bool:
    return row.effect == "NA" and row.pos > EXONS[0].cds_end[Build.GRCH37]


CHECKS: dict[str, Callable[[Row], bool]] = {
    name: check for name, check in globals().items() if re.match("(c|p|effect)_", name)
}


def changed_gene(hgvs_c: str) -> str:
    start, end, bases = applied_c(hgvs_c)
    known = sorted(GENE)
    return "".join(GENE[p] for p in known if p < start) + bases + "".join(GENE[p] for p in known if p > end)


def first_base(hgvs_c: str) -> int:
    return applied_c(hgvs_c)[1]


def lengthened(p: str) -> str:
    return re.sub("[A-Z*]", lambda letter: LONG[letter[0]], p)


def test_the_nci_tp53_database_differs_only_where_a_reason_is_listed(
    tell: Callable[[str], None],
) -> None:
    differing: dict[str, tuple[tuple[str, ...], str]] = {}
    counts: Counter[str] = Counter()
    for row in rows():
        kind = "single base" if len(row.ref) == len(row.alt) == 1 else "indel or delins"
        counts.update([kind, *(f"{kind} differs in {what}" for what in row.differs)])
        if row.differs:
            ours = " ".join(filter(None, (row.ours.hgvs_c or "-", row.ours.hgvs_p)))
            differing[row.c] = (row.differs, ours)
        if re.fullmatch(r"c\.\d+[ACGT]>[ACGT]", row.c):
            assert not {"c", "p"} & set(row.differs)
            counts["coding single base"] += 1
    counts["differs in anything"] = len(differing)
    tell(f"NCI TP53 Database R21: {dict(sorted(counts.items()))}")
    assert differing == {name: (one.differs, one.ours) for name, one in listed().items()}
    assert sum(counts[kind] for kind in ("single base", "indel or delins")) == 1180
    assert counts["coding single base"] == 815


def test_each_listed_disagreement_is_explained_and_the_explanation_holds() -> None:
    found = {row.c: row for row in rows()}
    for name, one in listed().items():
        assert one.reason
        assert {check.split("_")[0] for check in one.shown_by} == set(one.differs), name
        for check in one.shown_by:
            assert CHECKS[check](found[name]), (name, check)


def test_a_check_of_an_explanation_is_none_that_always_holds() -> None:
    """Each fails for some other variant of the list, so that it says something of its own."""
    found = {row.c: row for row in rows()}
    for check in {name for one in listed().values() for name in one.shown_by}:
        assert not all(holds(CHECKS[check], found[name]) for name in listed()), check


def holds(check: Callable[[Row], bool], row: Row) -> bool:
    try:
        return check(row)
    except (AssertionError, IndexError, KeyError, StopIteration, ValueError):
        return False


def test_the_nci_tp53_database_is_read_alike_on_both_builds() -> None:
    old, new = database(Build.GRCH37), database(Build.GRCH38)
    for (pos37, ref37, alt37, info), (pos38, ref38, alt38, _) in zip(old, new, strict=True):
        if info["MUT_ID"] == "6534":  # this row of the derived GRCh38 file gives ALT on the coding strand
            assert info["HGVSC"].endswith(f"delins{alt38}")
            assert alt37 == reverse_complement(alt38)
        else:
            assert alt37 == alt38
        assert (pos37 + OFFSET, ref37) == (pos38, ref38)
        assert predict(Build.GRCH37, pos37, ref37, alt37) == predict(Build.GRCH38, pos38, ref38, alt37)
