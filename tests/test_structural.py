"""What structural variants do to TP53, by where their ends lie."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdm2screen import anatomy, consequence, genes, structural
from mdm2screen.records import Breakpoint, Build, StructuralChange
from mdm2screen.structural import Outcome, effect, spelled
from structural_builder import (
    DOWNSTREAM,
    EXON_1,
    EXON_5,
    INTRON_1,
    INTRON_2,
    INTRON_9,
    INTRON_10,
    UPSTREAM,
    UTR_3,
    change,
    deletion,
    duplication,
    end,
    inversion,
    translocation,
)

BREAKS, DELETED, SPARED, UNCLEAR = Outcome.BREAKS, Outcome.DELETED, Outcome.SPARED, Outcome.UNCLEAR
SHIFT = genes.TP53.loci[Build.GRCH38].start - genes.TP53.loci[Build.GRCH37].start


def outcome(given_: StructuralChange) -> Outcome:
    return effect(Build.GRCH37, given_).outcome


def words(given_: StructuralChange) -> str:
    return effect(Build.GRCH37, given_).words


def on_grch38(given_: StructuralChange) -> StructuralChange:
    def moved(one: Breakpoint) -> Breakpoint:
        if one.contig != "17":
            return one
        return one.model_copy(
            update={k: v + SHIFT for k in ("pos", "low", "high") if (v := getattr(one, k)) is not None}
        )

    return given_.model_copy(update={"breakpoints": tuple(map(moved, given_.breakpoints))})


CASES = [
    # joined to another chromosome
    (translocation(INTRON_1), BREAKS, "cut in intron 1 and joined to 12:69000000"),
    (translocation(INTRON_1, "right"), BREAKS, "intron 1"),
    (translocation(EXON_5), BREAKS, "exon 5"),
    (translocation(EXON_1), BREAKS, "exon 1"),
    (translocation(UTR_3), UNCLEAR, "the 3' UTR"),
    (translocation(UPSTREAM), SPARED, "lies upstream of the gene"),
    (translocation(DOWNSTREAM), SPARED, "lies downstream of the gene"),
    (translocation(7_590_800, doubt=100), UNCLEAR, "joined"),  # the gene's edge is within the doubt
    # deletions
    (deletion(INTRON_9, INTRON_1), BREAKS, "from intron 9 to intron 1 takes exons 2 to 9"),
    (deletion(EXON_5, UPSTREAM), BREAKS, "takes exons 2 to 5"),
    (deletion(DOWNSTREAM, INTRON_10), BREAKS, "takes exon 11"),
    (deletion(INTRON_1, UPSTREAM), BREAKS, "takes exon 1 and what lies before it"),
    (deletion(DOWNSTREAM, UPSTREAM), DELETED, "whole gene"),
    (deletion(INTRON_1, INTRON_1 + 3000), SPARED, "within intron 1, away from its splice sites"),
    (deletion(7_576_000, 7_576_848), UNCLEAR, "outside the coding sequence"),  # up to the donor of exon 9
    (deletion(7_574_060, 7_575_000), UNCLEAR, "outside"),  # the branch point before exon 10
    (deletion(INTRON_9, 7_576_851), BREAKS, "takes exon 9"),  # its donor, two bases beside it
    (deletion(INTRON_9, 7_576_600, doubt=300), UNCLEAR, "may reach into a coding exon"),
    (deletion(INTRON_1, EXON_1), UNCLEAR, "outside"),
    (deletion(DOWNSTREAM, UTR_3), UNCLEAR, "outside"),
    (deletion(UPSTREAM, UPSTREAM + 1000), SPARED, "beside the transcript"),
    # inversions
    (inversion(DOWNSTREAM, INTRON_1), BREAKS, "an inversion from downstream of the gene to intron 1 cuts the gene"),
    (inversion(INTRON_1, UPSTREAM), BREAKS, "intron 1"),
    (inversion(INTRON_9, INTRON_1), BREAKS, "cuts the gene"),
    (inversion(INTRON_1, INTRON_1 + 2000), UNCLEAR, "spares"),
    (inversion(DOWNSTREAM, UPSTREAM), SPARED, "one piece"),
    (inversion(DOWNSTREAM, UTR_3), UNCLEAR, "the 3' UTR"),
    (inversion(UTR_3 - 900, 7_590_308, doubt=1000), UNCLEAR, "an inversion"),  # it may hold the whole gene
    (change("BND", end(EXON_5, "left"), end(EXON_5, "left")), BREAKS, "from exon 5 to exon 5"),  # turned back
    (change("BND", end(EXON_5, "left"), end(EXON_5 + 30, "left", doubt=40)), BREAKS, "exon 5"),
    (change("BND", end(INTRON_1, "right"), end(INTRON_1, "right")), UNCLEAR, "intron 1"),
    (change("BND", end(UPSTREAM, "left"), end(UPSTREAM, "left")), SPARED, "beside the transcript"),
    # duplications
    (duplication(DOWNSTREAM, UPSTREAM), SPARED, "whole gene is doubled"),
    (duplication(INTRON_1, UPSTREAM), UNCLEAR, "leaves one whole copy"),
    (duplication(DOWNSTREAM, EXON_5), UNCLEAR, "leaves one whole copy"),
    (duplication(INTRON_9, 7_576_980), BREAKS, "doubles exon 9 and shifts the frame"),  # 74 bases
    (duplication(7_579_650, 7_579_760), BREAKS, "doubles exon 3"),  # 22 bases
    (duplication(7_579_200, 7_579_650), UNCLEAR, "not clear"),  # exon 4, 279 bases: in frame
    (duplication(INTRON_9, EXON_5), UNCLEAR, "not clear"),
    (duplication(INTRON_9, INTRON_1), BREAKS, "doubles exons 2 to 9"),  # 1,021 bases
    (duplication(INTRON_9, EXON_1), UNCLEAR, "not clear"),  # exon 1 has no acceptor
    (duplication(INTRON_9, INTRON_1, doubt=1000), UNCLEAR, "not clear"),
    (duplication(INTRON_1, INTRON_1 + 2000), SPARED, "away from its splice sites"),
    # one end alone
    (change("SINGLE", end(EXON_5, "left")), BREAKS, "exon 5"),
    (change("SINGLE", end(INTRON_1, "left")), UNCLEAR, "other end is not known"),
    (change("SINGLE", end(UPSTREAM, "left")), SPARED, "upstream"),
    (change("INS", end(EXON_5, "left")), BREAKS, "unknown length inserted in the coding sequence of exon 5"),
    (change("INS", end(EXON_5, "left"), length=301), BREAKS, "301 bases"),
    (change("INS", end(EXON_5, "left"), length=300), UNCLEAR, "frame is kept"),
    (change("INS", end(INTRON_1, "left"), length=300), SPARED, "within intron 1"),
    (change("INS", end(INTRON_1, "left")), UNCLEAR, "unknown length"),
    (change("INS", end(7_578_368, "left"), length=300), UNCLEAR, "splicing"),
    (change("INS", end(UPSTREAM, "left"), length=300), SPARED, "upstream"),
    # what a table says without a place, or without the sides
    (change("FUSION", words="TP53-X fusion"), BREAKS, "part of a fusion (TP53-X fusion)"),
    (change("BND"), BREAKS, "translocation"),
    (change("DISRUPTION"), BREAKS, "every copy"),
    (change("NAMED", words="MUTATION"), UNCLEAR, "without saying where and how it is changed (MUTATION)"),
    (change("DEL"), UNCLEAR, "without saying where"),
    (change("FUSION", end(INTRON_1), end(UPSTREAM)), BREAKS, "a fusion"),
    (change("BND", end(INTRON_1), end(UPSTREAM)), UNCLEAR, "without saying which sides"),
    (change("FUSION", end(INTRON_1)), BREAKS, "joined to another gene"),
    (change("FUSION", end(UPSTREAM), end(UPSTREAM + 9)), UNCLEAR, "without saying which sides"),
    (change("OTHER", end(INTRON_1), end(EXON_5), words="<CPX>"), UNCLEAR, "<CPX> over TP53"),
    (change("CNV", end(INTRON_1), end(UPSTREAM), words="<DEL>"), UNCLEAR, "segment <DEL> over TP53"),
    (change("BND", end(5, "left", "3"), end(9, "right", "4")), SPARED, "no end of it"),
]


@pytest.mark.parametrize(("given_", "expected", "part"), CASES)
def test_what_an_event_does_depends_on_where_its_ends_lie(
    given_: StructuralChange, expected: Outcome, part: str
) -> None:
    assert (outcome(given_), part in words(given_)) == (expected, True), words(given_)


@pytest.mark.parametrize(("given_", "expected", "part"), CASES)
def test_both_builds_give_one_answer(given_: StructuralChange, expected: Outcome, part: str) -> None:
    found = effect(Build.GRCH38, on_grch38(given_))
    assert (found.outcome, part in found.words) == (expected, True)


def test_a_record_that_states_nothing_is_unclear() -> None:
    assert effect(Build.GRCH37, None).outcome is UNCLEAR


@pytest.mark.parametrize(
    ("sides", "way"),
    [
        (("left", "right"), "a deletion"),
        (("right", "left"), "a tandem duplication"),
        (("left", "left"), "an inversion"),
        (("right", "right"), "an inversion"),
    ],
)
def test_the_sides_of_a_breakend_pair_say_what_it_does(sides: tuple[Any, Any], way: str) -> None:
    ends = end(INTRON_9, sides[0]), end(INTRON_1, sides[1])
    assert words(change("BND", *ends)).startswith(way)
    assert words(change("BND", *reversed(ends))) == words(change("BND", *ends))


def test_the_anatomy_is_that_of_the_exon_table_and_of_mane_select() -> None:
    for build in Build:
        gene = anatomy.gene(build)
        introns = [gene.introns[n] for n in sorted(gene.introns)]
        pieces = [gene.exon_1, *(exon.whole for exon in gene.exons)]
        assert [intron.last + 1 for intron in introns] == [piece.first for piece in pieces[:-1]]
        assert [intron.first - 1 for intron in introns] == [piece.last for piece in pieces[1:]]
        assert (gene.exon_1.last, gene.coding_first) == (gene.span.last, gene.exons[-1].whole.first)
    assert (gene.span.first, gene.span.last, gene.exon_1.first) == (7668421, 7687490, 7687377)
    assert gene.introns[1].last - gene.introns[1].first + 1 == 10_754


# Spelled in bases


def reference(first: int, last: int) -> str:
    known = genes.tp53_bases(Build.GRCH37)
    return "".join(known[pos] for pos in range(first, last + 1))


def test_a_deletion_whose_bases_are_known_is_spelled() -> None:
    pos, ref, alt = spelled(Build.GRCH37, deletion(EXON_5, EXON_5 + 51)) or (0, "", "")
    assert (pos, ref, alt) == (EXON_5, reference(EXON_5, EXON_5 + 51), reference(EXON_5, EXON_5))
    assert consequence.predict(Build.GRCH37, pos, ref, alt).terms == ("inframe_deletion",)


def test_a_duplication_and_an_insertion_are_spelled_too() -> None:
    doubled = spelled(Build.GRCH37, duplication(EXON_5, EXON_5 + 4))
    assert doubled == (EXON_5, reference(EXON_5, EXON_5), reference(EXON_5, EXON_5 + 4))
    put_in = change("INS", end(EXON_5, "left"), inserted="ACG", length=3)
    assert spelled(Build.GRCH37, put_in) == (EXON_5, reference(EXON_5, EXON_5), reference(EXON_5, EXON_5) + "ACG")


def test_bases_put_in_at_a_joint_are_spelled_with_it() -> None:
    taken = deletion(EXON_5, EXON_5 + 10, inserted="TTTT", length=4)
    assert spelled(Build.GRCH37, taken) == (
        EXON_5,
        reference(EXON_5, EXON_5 + 10),
        reference(EXON_5, EXON_5) + "TTTT",
    )


@pytest.mark.parametrize(
    "given_",
    [
        deletion(EXON_5, EXON_5 + 51, precise=False),
        deletion(EXON_5, EXON_5 + 51, length=4),  # four bases put in, which ones is not said
        deletion(INTRON_9, INTRON_1),  # intron 9 is not known base by base
        inversion(EXON_5, EXON_5 + 51),
        translocation(EXON_5),
        change("INS", end(EXON_5, "left"), length=3),
        change("SINGLE", end(EXON_5, "left"), inserted="ACG", length=3),
        change("CNV", end(EXON_5, "left"), end(EXON_5 + 52, "right")),
        change("FUSION"),
    ],
)
def test_what_is_not_known_base_by_base_is_not_spelled(given_: StructuralChange) -> None:
    assert spelled(Build.GRCH37, given_) is None


# Laws

places = st.integers(DOWNSTREAM, UPSTREAM)
sides = st.sampled_from(["left", "right"])


@given(places, places, sides, sides, st.integers(0, 500), st.integers(0, 500))
def test_more_doubt_about_an_end_never_makes_an_answer_firmer(
    one: int, other: int, first: Any, last: Any, doubt: int, more: int
) -> None:
    """What breaks the gene in spite of doubt breaks it without; and what spares it."""
    sure = change("BND", end(one, first, doubt=doubt), end(other, last, doubt=doubt))
    unsure = change("BND", end(one, first, doubt=doubt + more), end(other, last, doubt=doubt + more))
    if outcome(unsure) in (BREAKS, SPARED):
        assert outcome(sure) is outcome(unsure)


@given(places, sides, st.integers(0, 200))
def test_one_end_is_cut_inside_the_gene_or_not(pos: int, side: Any, doubt: int) -> None:
    found = outcome(translocation(pos, side, doubt=doubt))
    gene = anatomy.gene(Build.GRCH37)
    if found is BREAKS:
        assert gene.coding_first <= pos <= gene.span.last
    if found is SPARED:
        assert not gene.span.first < pos < gene.span.last


@given(places, places)
def test_a_deletion_that_takes_more_never_harms_less(one: int, other: int) -> None:
    first, last = sorted((one, other))
    harm = {SPARED: 0, UNCLEAR: 1, BREAKS: 2, DELETED: 2}
    wider = deletion(first - 100, last + 100)
    assert harm[outcome(wider)] >= harm[outcome(deletion(first, last))]


@given(places, places, places, places)
def test_two_stretches_share_a_base_or_not(a: int, b: int, c: int, d: int) -> None:
    one, other = anatomy.Stretch(a, b), anatomy.Stretch(c, d)
    shared_bases = range(max(a, c), min(b, d) + 1)
    assert one.touches(other) == other.touches(one) == bool(shared_bases)


def test_two_mates_of_one_joint_are_one_record() -> None:
    import evidence_builder as eb

    near = translocation(INTRON_1, joint="a b")
    far = near.model_copy(update={"breakpoints": near.breakpoints[::-1]})
    records = [
        eb.variant(INTRON_1, "N", "N[12:69000000[", structural=True, change=far),
        eb.variant(INTRON_1, "N", "]17:7585000]N", structural=True, change=near),
        eb.variant(INTRON_1, "N", "N.", structural=True),
        eb.variant(INTRON_1, "N", "N.", structural=True),
    ]
    kept = structural.joined(records)
    assert [record.change for record in kept] == [near, None, None]
    doubted = records[0].model_copy(update={"filters": ("minRead",)})
    assert len(structural.joined([doubted, *records[1:]])) == 4


def test_the_whole_gene_is_all_of_it() -> None:
    gene = anatomy.gene(Build.GRCH37)
    assert gene.part(gene.span) is None
    assert gene.part(anatomy.Stretch(INTRON_2, INTRON_1)) == "exon 2"
    assert gene.part(anatomy.Stretch(INTRON_9, INTRON_1)) == "exons 2 to 9"
    assert gene.part(anatomy.Stretch(INTRON_1, INTRON_1 + 5)) == anatomy.NO_EXON
