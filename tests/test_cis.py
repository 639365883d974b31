"""TP53 changes of one molecule: which are joined, into what, and which stay open."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen import cis
from mdm2screen.cis import Joined
from mdm2screen.consequence import Consequence, predict
from mdm2screen.genes import reverse_complement
from mdm2screen.records import Build, FilterKind, Phase, Presence, Source, VariantRecord
from tp53_sequence import EXONS, GENE, OFFSET, gene, position


def snv(label: str, alt: str, **changes: Any) -> VariantRecord:
    """A single base change by its c. position and its new base on the coding strand, GRCh37."""
    pos = position(label)
    changes = {"source": Source(file="made.vcf", line=int(label.split("+", maxsplit=1)[0]))} | changes
    return eb.variant(pos - OFFSET, GENE[pos], reverse_complement(alt), **changes)


def deletion(label: str, size: int, **changes: Any) -> VariantRecord:
    """A deletion that ends at a c. position."""
    low = position(label)
    return eb.variant(low - 1 - OFFSET, gene(low - 1, low + size - 1), GENE[low - 1], **changes)


def insertion(label: str, bases: str, **changes: Any) -> VariantRecord:
    """Bases put in behind a c. position, given on the coding strand."""
    low = position(label) - 1
    return eb.variant(low - OFFSET, GENE[low], GENE[low] + reverse_complement(bases), **changes)


def phased(group: str = "PS 1", *haplotypes: int, whole: tuple[int, str, str] | None = None) -> dict[str, Any]:
    return {"phase": Phase(group=group, haplotypes=haplotypes or (1,), whole=whole)}


def join(*records: VariantRecord) -> Joined:
    return cis.join(Build.GRCH37, records)


def consequence(record: VariantRecord | None) -> Consequence:
    assert record is not None
    return predict(Build.GRCH37, record.pos, record.ref, record.alt)


def names(joined: Joined) -> list[str | None]:
    return [consequence(one.record).hgvs_c for one in joined.combined]


def test_two_bases_of_a_codon_on_one_molecule_are_one_change() -> None:
    found = join(snv("637", "A", **phased()), snv("639", "G", **phased()))
    assert names(found) == ["c.637_639delinsAGG"]
    assert found.combined[0].parts == (0, 1)
    assert set(found.part_of) == {0, 1}
    assert found.open == ()
    assert consequence(found.combined[0].record).hgvs_p == "p.Arg213="


def test_a_change_of_several_bases_that_three_rows_make() -> None:
    found = join(*(snv(label, base, **phased()) for label, base in (("523", "A"), ("524", "C"), ("525", "T"))))
    assert names(found) == ["c.523_525delinsACT"]
    assert set(found.part_of) == {0, 1, 2}


def test_the_two_bases_on_different_molecules_stay_two_changes() -> None:
    assert join(snv("637", "A", **phased("PS 1", 0)), snv("639", "G", **phased("PS 1", 1))) == Joined({}, (), ())


@pytest.mark.parametrize(
    ("one", "other"), [({}, {}), (phased(), {}), (phased("PS 1"), phased("PS 2"))], ids=["neither", "one", "two sets"]
)
def test_what_no_phase_says_stays_open(one: dict[str, Any], other: dict[str, Any]) -> None:
    found = join(snv("637", "A", **one), snv("639", "G", **other))
    assert (found.combined, found.part_of) == ((), {})
    assert [(open_.parts, open_.certain) for open_ in found.open] == [((0, 1), False)]
    assert consequence(found.open[0].record).hgvs_p == "p.Arg213="


def test_changes_of_neighboring_codons_are_no_pair() -> None:
    assert join(snv("636", "A"), snv("637", "A")) == Joined({}, (), ())


@pytest.mark.parametrize("genotype", ["1/1", "1|1", "2/2"])
def test_an_allele_without_another_beside_it_lies_with_every_change(genotype: str) -> None:
    found = join(snv("637", "A", genotype=genotype, vaf=0.9), snv("639", "G", genotype="0/1"))
    assert names(found) == ["c.637_639delinsAGG"]


def test_a_genotype_without_another_allele_that_most_reads_contradict_says_nothing() -> None:
    found = join(snv("637", "A", genotype="1/1", vaf=0.3), snv("639", "G", genotype="0/1"))
    assert [one.certain for one in found.open] == [False]


@pytest.mark.parametrize("genotype", ["0/1", "./.", "1", "0/0", "1/2", None])
def test_any_other_genotype_says_nothing_of_the_neighbor(genotype: str | None) -> None:
    found = join(snv("637", "A", genotype=genotype), snv("639", "G", genotype="0/1"))
    assert [one.certain for one in found.open] == [False]


def test_a_genotype_without_another_allele_that_the_reads_contradict_says_nothing() -> None:
    found = join(snv("637", "A", genotype="1/1", presence=Presence.NO_CALL), snv("639", "G"))
    assert [one.certain for one in found.open] == [False]


WHOLE = (position("639") - OFFSET, gene(position("639"), position("637")), reverse_complement("AGG"))


def test_the_parts_that_dragen_lists_beside_the_whole_are_set_aside() -> None:
    parts = [snv("637", "A", **phased(whole=WHOLE)), snv("639", "G", **phased(whole=WHOLE))]
    whole = eb.variant(*WHOLE, **phased("MNV", 0, whole=WHOLE))
    found = join(*parts, whole)
    assert found == Joined({0: whole, 1: whole}, (), ())


def test_parts_of_other_codons_are_set_aside_too() -> None:
    low, high = position("640"), position("635")
    spelled = (low - OFFSET, gene(low, high), reverse_complement("AC" + "G" + "CC" + "A"))
    parts = [snv(label, "A", **phased(whole=spelled)) for label in ("635", "640")]
    assert set(join(*parts, eb.variant(*spelled, **phased("MNV", 0, whole=spelled))).part_of) == {0, 1}


def test_parts_whose_whole_is_not_in_the_file_are_joined() -> None:
    found = join(snv("637", "A", **phased("MNV", 0, whole=WHOLE)), snv("639", "G", **phased("PS 9", whole=WHOLE)))
    assert names(found) == ["c.637_639delinsAGG"]


def test_a_part_that_passed_is_not_set_aside_for_a_whole_that_did_not() -> None:
    whole = eb.variant(*WHOLE, filters=("weak_evidence",), **phased("MNV", 0, whole=WHOLE))
    unfiltered = snv("639", "G", filters=(), **phased("PS 1", whole=WHOLE))
    assert join(snv("637", "A", **phased(whole=WHOLE)), unfiltered, whole).part_of == {}


@pytest.mark.parametrize(
    "worse",
    [{"filters": ("weak_evidence",)}, {"filters": ()}, {"presence": Presence.NO_CALL}],
    ids=["rejected", "unfiltered", "no-call"],
)
def test_a_change_is_not_set_aside_for_one_that_is_called_less_well(worse: dict[str, Any]) -> None:
    found = join(snv("637", "T", **phased()), snv("639", "G", **worse, **phased()))
    assert names(found) == ["c.637_639delinsTGG"]
    assert set(found.part_of) == ({1} if worse == {"filters": ()} else set())


def test_of_two_changes_that_the_caller_rejects_one_may_be_true_so_both_are_judged_alone_too() -> None:
    rejected = {"filters": ("weak_evidence",)} | phased()
    found = join(snv("637", "T", **rejected), snv("639", "G", **rejected))
    assert (names(found), found.part_of) == (["c.637_639delinsTGG"], {})


def test_a_neighbor_that_is_filtered_as_germline_alone_is_there() -> None:
    germline = {"filters": ("germline",), "filter_kinds": (FilterKind.GERMLINE,)}
    found = join(snv("637", "T", **phased()), snv("639", "G", **germline, **phased()))
    assert set(found.part_of) == {0, 1}
    assert found.part_of[0].filters == ("PASS",)
    both = join(snv("637", "T", **germline, **phased()), snv("639", "G", **germline, **phased()))
    assert (both.part_of[0].filters, both.part_of[0].filter_kinds) == (("germline",), (FilterKind.GERMLINE,))


def test_a_third_change_that_the_caller_rejects_does_not_part_the_other_two() -> None:
    pair = [snv(label, base, **phased()) for label, base in (("523", "A"), ("524", "C"))]
    found = join(*pair, snv("525", "T", filters=("weak_evidence",), **phased()))
    assert names(found) == ["c.523_524delinsAC", "c.523_525delinsACT"]
    assert found.part_of == dict.fromkeys(range(2), found.combined[0].record)


def test_rows_that_make_a_change_which_has_a_row_of_its_own_are_not_counted_beside_it() -> None:
    whole = eb.variant(*WHOLE)
    found = join(snv("637", "A", **phased()), snv("639", "G", **phased()), whole)
    assert (found.combined, found.part_of) == ((), {0: whole, 1: whole})
    unphased = join(snv("637", "A"), snv("639", "G"), whole)
    assert unphased == Joined({}, (), ())


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_rows_of_the_whole_change_the_one_that_is_called_stands_for_its_parts(order: tuple[int, int]) -> None:
    wholes = [eb.variant(*WHOLE), eb.variant(*WHOLE, filters=("weak_evidence",))]
    found = join(snv("637", "A", **phased()), snv("639", "G", **phased()), *(wholes[n] for n in order))
    assert found.part_of == {0: wholes[0], 1: wholes[0]}


def test_a_change_in_clearly_more_reads_is_also_judged_alone() -> None:
    more, less = snv("637", "A", vaf=0.5, depth=400, **phased()), snv("639", "G", vaf=0.1, depth=400, **phased())
    found = join(more, less)
    assert names(found) == ["c.637_639delinsAGG"]
    assert set(found.part_of) == {1}
    assert found.combined[0].record is not None
    assert found.combined[0].record.vaf == 0.1


@pytest.mark.parametrize("depths", [(20, 20), (None, 400)])
def test_fractions_that_sampling_explains_are_no_difference(depths: tuple[int | None, int | None]) -> None:
    one = snv("637", "A", vaf=0.5, depth=depths[0], **phased())
    other = snv("639", "G", vaf=0.35, depth=depths[1], **phased())
    assert set(join(one, other).part_of) == {0, 1}


def test_what_is_joined_is_called_as_well_as_its_weakest_part() -> None:
    one = snv("637", "A", filters=("PASS",), vaf=0.3, depth=100, alt_depth=30, **phased())
    other = snv("639", "G", filters=("strand_bias",), vaf=0.29, depth=90, alt_depth=26, **phased())
    record = join(one, other).combined[0].record
    assert record is not None
    assert (record.filters, record.vaf, record.depth, record.alt_depth) == (("strand_bias",), 0.29, 90, 26)
    unfiltered = join(one, snv("639", "G", filters=(), **phased())).combined[0].record
    assert unfiltered is not None
    assert unfiltered.filters == ()
    no_call = join(one, snv("639", "G", presence=Presence.NO_CALL, **phased())).combined[0].record
    assert no_call is not None
    assert no_call.presence is Presence.NO_CALL


def test_a_codon_that_an_intron_parts_is_told_and_not_worked_out() -> None:
    """Codon 261 is c.781_783; exon 8 begins at c.783."""
    known = join(snv("782", "A", **phased()), snv("783", "A", **phased()))
    assert [(one.record, one.certain) for one in known.open] == [(None, True)]
    assert (known.combined, known.part_of) == ((), {})
    assert [one.certain for one in join(snv("782", "A"), snv("783", "A")).open] == [False]
    assert join(snv("782", "A", **phased("PS 1", 0)), snv("783", "A", **phased("PS 1", 1))) == Joined({}, (), ())


def test_an_indel_and_a_base_of_its_codon_are_one_change() -> None:
    """c.521 to c.523 go, c.524 stays and c.525 becomes A."""
    found = join(deletion("523", 3, **phased()), snv("525", "A", **phased()))
    low, high = position("525"), position("521")
    (one,) = found.combined
    assert consequence(one.record) == predict(Build.GRCH38, low, gene(low, high), reverse_complement("GA"))
    assert set(found.part_of) == {0, 1}


def test_two_frameshifts_on_one_molecule_that_restore_the_frame() -> None:
    found = join(deletion("523", 1, **phased()), insertion("540", "A", **phased()))
    (one,) = found.open
    assert (one.restores_frame, one.certain) == (True, True)
    assert found.part_of == {}
    assert not {"frameshift_variant"} & set(consequence(one.record).terms)


@pytest.mark.parametrize(
    "other",
    [
        insertion("540", "A"),  # phase not known
        insertion("540", "A", **phased("PS 1", 0)),  # on the other molecule
        insertion("540", "AC", **phased()),  # another frame
        insertion("540", "ACG", **phased()),  # no frameshift
    ],
)
def test_what_restores_no_frame(other: VariantRecord) -> None:
    assert join(deletion("523", 1, **phased()), other).open == ()


def test_frameshifts_in_two_exons_restore_the_frame_too() -> None:
    (one,) = join(deletion("523", 1, **phased()), insertion("600", "A", **phased())).open
    assert (one.restores_frame, one.record) == (True, None)


def test_changes_that_go_together_are_not_thought_of_one_by_one_beside_a_third() -> None:
    pair = [snv(label, base, **phased()) for label, base in (("523", "A"), ("524", "C"))]
    found = join(*pair, snv("525", "T"))
    assert names(found) == ["c.523_524delinsAC"]
    assert [one.parts for one in found.open] == [(0, 1, 2)]


def test_a_row_that_stands_twice_makes_no_second_change() -> None:
    found = join(snv("637", "A", **phased()), snv("637", "A", **phased()), snv("639", "G", **phased()))
    assert names(found) == ["c.637_639delinsAGG"]
    assert set(found.part_of) == {0, 1, 2}


def test_two_changes_at_one_place_are_no_pair() -> None:
    assert join(snv("524", "A", **phased()), snv("524", "T", **phased())) == Joined({}, (), ())


def test_changes_outside_the_coding_sequence_are_no_pair() -> None:
    assert join(snv("672+1", "A", **phased()), snv("672+2", "A", **phased())) == Joined({}, (), ())


@st.composite
def codons(draw: st.DrawFn) -> tuple[int, str, str]:
    """GRCh37 position, REF and ALT of two or three bases replaced within one codon that lies in one exon."""
    exon = draw(st.sampled_from(EXONS))
    first = exon.c_first + (-(exon.c_first - 1)) % 3
    c = draw(st.sampled_from(range(first, exon.c_last - 1, 3)))
    high = exon.cds_end[Build.GRCH38] - (c - exon.c_first)
    ref = gene(high - 2, high)
    alt = "".join(draw(st.sampled_from("ACGT")) for _ in range(3))
    assume(sum(a != b for a, b in zip(ref, alt, strict=True)) > 1)
    return high - 2 - OFFSET, ref, alt


def rows(change: tuple[int, str, str], **changes: Any) -> list[VariantRecord]:
    """The change base by base."""
    pos, ref, alt = change
    return [eb.variant(pos + i, ref[i], alt[i], **changes) for i in range(3) if ref[i] != alt[i]]


@given(codons(), st.randoms(use_true_random=False))
def test_a_change_in_rows_of_one_molecule_is_the_change_in_one_row(change: tuple[int, str, str], random: Any) -> None:
    parts = rows(change, **phased())
    random.shuffle(parts)
    found = join(*parts)
    (one,) = found.combined
    assert consequence(one.record) == predict(Build.GRCH37, *change)
    assert set(found.part_of) == set(range(len(parts)))
    assert found.open == ()


@given(codons())
def test_both_builds_join_alike(change: tuple[int, str, str]) -> None:
    parts = rows(change, **phased())
    moved = [part.model_copy(update={"pos": part.pos + OFFSET}) for part in parts]
    old, new = join(*parts).combined[0].record, cis.join(Build.GRCH38, moved).combined[0].record
    assert old is not None
    assert new is not None
    assert (old.pos + OFFSET, old.ref, old.alt) == (new.pos, new.ref, new.alt)


@given(st.lists(codons(), max_size=3), st.lists(st.sampled_from(["none", "0", "1"]), min_size=9, max_size=9))
def test_no_variant_is_lost_and_none_stands_for_itself(changes: list[tuple[int, str, str]], phases: list[str]) -> None:
    records = [record for change in changes for record in rows(change)]
    given_ = zip(records, phases, strict=False)
    records = [r if p == "none" else r.model_copy(update=phased("PS 1", int(p))) for r, p in given_]
    found = join(*records)
    for index, whole in found.part_of.items():
        assert records[index] != whole
        assert whole in [one.record for one in found.combined] + records
    for one in (*found.combined, *found.open):
        assert len(one.parts) == len(set(one.parts)) > 1
        assert all(0 <= index < len(records) for index in one.parts)
