"""The file's annotation against the own consequence: what agrees, what differs, what is not compared."""

from typing import Any

import pytest

from mdm2screen.annotation import Weight, compare, weight
from mdm2screen.annotation_check import AnnotationCheck
from mdm2screen.consequence import Consequence, predict
from mdm2screen.records import Annotation, Build

Change = tuple[int, str, str]
R175H: Change = (7675088, "C", "T")
R213: Change = (7674892, "T", "C")  # synonymous
DEL_C216: Change = (7676152, "CG", "C")
DONOR_6: Change = (7674858, "C", "T")  # c.672+1G>A
T125: Change = (7675994, "C", "A")  # last base of exon 4
INTRON_6: Change = (7674797, "T", "C")
DUP_176: Change = (7675083, "G", "GGCA")
START: Change = (7676594, "T", "C")


def own(change: Change) -> Consequence:
    return predict(Build.GRCH38, *change)


def stated(*terms: str, **changes: Any) -> Annotation:
    fields: dict[str, Any] = {"program": "VEP", "gene": "TP53", "transcript": "ENST00000269305", "terms": terms}
    return Annotation(**(fields | changes))


def checked(change: Change, *annotations: Annotation, unread: tuple[str, ...] = ()) -> AnnotationCheck:
    found = compare(own(change), annotations, unread)
    assert found is not None
    return found


def test_without_annotation_there_is_nothing_to_check() -> None:
    assert compare(own(R175H), ()) is None


@pytest.mark.parametrize(
    ("change", "terms", "c", "p"),
    [
        (R175H, "missense_variant", "c.524G>A", "p.Arg175His"),
        (R175H, "missense_variant", None, None),
        (R213, "synonymous_variant", "c.639A>G", "p.="),
        (R213, "synonymous_variant splice_polypyrimidine_tract_variant", None, None),
        (DEL_C216, "frameshift_variant", "c.211del", "p.Val73fs"),  # not at its 3' end, and told in short
        (DONOR_6, "splice_donor_variant intron_variant", "c.672+1G>A", None),
        (DONOR_6, "splice_site_variant", None, None),
        (T125, "splice_region_variant synonymous_variant", "c.375G>T", "p.Thr125="),
        (T125, "synonymous_variant", "c.375G>T", "p.Thr125="),  # a program without a word for the region
        (INTRON_6, "intron_variant NMD_transcript_variant", "c.672+62A>G", None),
        (DUP_176, "conservative_inframe_insertion", "c.525_526insTGC", "p.Cys176delinsCysCys"),
        (START, "start_lost", "c.1A>G", "p.Met1Val"),
        (START, "initiator_codon_variant", None, None),
        (T125, "splice_region_variant", None, None),  # bcftools tells a region and an effect apart
    ],
)
def test_annotations_that_agree(change: Change, terms: str, c: str | None, p: str | None) -> None:
    found = checked(change, stated(*terms.split(), hgvs_c=c, hgvs_p=p))
    assert (found.verdict, found.claims_effect, found.note) == ("agrees", False, None)


@pytest.mark.parametrize(
    ("change", "terms", "c", "p", "differs", "claims"),
    [
        (R175H, "stop_gained", None, None, ("consequence",), True),
        (R175H, "synonymous_variant", None, None, ("consequence",), False),
        (R175H, "missense_variant", "c.523C>T", "p.Arg175Cys", ("c.", "p."), False),
        (R175H, "missense_variant", "c.524G>A", "p.Arg136His", ("p.",), False),  # counted on another isoform
        (R213, "missense_variant", "c.639A>G", None, ("consequence",), True),
        (R213, "frameshift_variant", None, None, ("consequence",), True),
        (INTRON_6, "splice_acceptor_variant", None, None, ("consequence",), True),
        (INTRON_6, "splice_region_variant intron_variant", None, None, ("consequence",), False),
        (INTRON_6, "splice_donor_5th_base_variant", None, None, ("consequence",), False),
        (T125, "splice_donor_variant synonymous_variant", None, None, ("consequence",), True),
        (DEL_C216, "frameshift_variant", "c.217del", None, ("c.",), False),
        (DONOR_6, "intron_variant", None, None, ("consequence",), False),
    ],
)
def test_annotations_that_differ(
    change: Change, terms: str, c: str | None, p: str | None, differs: tuple[str, ...], claims: bool
) -> None:
    found = checked(change, stated(*terms.split(), hgvs_c=c, hgvs_p=p))
    assert (found.verdict, found.statements[0].differs, found.claims_effect) == ("differs", differs, claims)


def test_a_frame_that_goes_with_a_splice_site_is_called_by_either() -> None:
    removed = (7674176, "CTGACCTGGAGTCTTCCAGTG", "C")  # c.767_782+4del
    for terms in ("splice_donor_variant coding_sequence_variant", "splice_donor_variant frameshift_variant"):
        assert checked(removed, stated(*terms.split())).verdict == "agrees"
    assert checked(removed, stated("frameshift_variant")).verdict == "differs"


def test_only_the_same_transcript_is_compared_whatever_its_version() -> None:
    other = stated("stop_gained", transcript="ENST00000420246")
    found = checked(R213, other, stated("intron_variant", transcript=None))
    assert (found.verdict, found.statements, found.claims_effect) == ("other_transcript", (), False)
    assert found.note == "annotated on ENST00000420246, not on NM_000546 or ENST00000269305"
    both = checked(R213, other, stated("synonymous_variant", transcript="NM_000546"))
    assert (both.verdict, [one.transcript for one in both.statements]) == ("agrees", ["NM_000546"])


def test_the_transcript_a_program_chose_is_named_first() -> None:
    more = stated("stop_gained", transcript="ENST00000359597")
    chosen = stated("stop_gained", transcript="ENST00000420246", chosen=True)
    assert (checked(R213, more, chosen).note or "").startswith("annotated on ENST00000420246 and 1 more")


def test_an_annotation_without_a_transcript_says_so() -> None:
    assert checked(R213, stated("exonic", transcript=None)).note == "the annotation names no transcript"


def test_one_of_several_statements_that_differs_is_enough() -> None:
    found = checked(R213, stated("synonymous_variant"), stated("stop_gained", transcript="NM_000546"))
    assert (found.verdict, found.claims_effect) == ("differs", True)
    assert [one.differs for one in found.statements] == [(), ("consequence",)]


def test_a_statement_that_stands_twice_is_listed_once() -> None:
    assert len(checked(R175H, stated("missense_variant"), stated("missense_variant")).statements) == 1


def test_an_effect_of_several_variants_together_is_not_compared_but_heard() -> None:
    found = checked(R213, stated("stop_gained", hgvs_p="p.Arg213Ter", with_others=True))
    assert (found.verdict, found.statements[0].differs, found.claims_effect) == ("not_compared", (), True)
    assert "several variants" in (found.note or "")
    assert not checked(R213, stated("synonymous_variant", with_others=True)).claims_effect


def test_words_that_name_no_effect_are_not_compared() -> None:
    found = checked(R175H, stated("sequence_feature"))
    assert (found.verdict, found.claims_effect) == ("not_compared", False)


def test_what_could_not_be_parsed_is_said_alone_or_beside() -> None:
    alone = checked(R175H, unread=("CSQ is broken",))
    assert (alone.verdict, alone.note) == ("unread", "CSQ is broken")
    beside = checked(R175H, stated("missense_variant"), unread=("EFF is broken",))
    assert (beside.verdict, beside.note) == ("agrees", "EFF is broken")


def test_without_an_own_consequence_statements_are_listed() -> None:
    found = compare(None, [stated("stop_gained")])
    assert found is not None
    assert (found.verdict, len(found.statements), found.claims_effect) == ("not_compared", 1, False)


def test_where_the_sequence_is_not_known_a_c_name_is_compared_as_text_or_not_at_all() -> None:
    assert own((7684369, "A", "G")).hgvs_c == "c.-29+3008T>C"
    assert checked((7684369, "A", "G"), stated("intron_variant", hgvs_c="c.-29+3009T>C")).verdict == "differs"
    indel = (7673982, "TA", "T")
    assert own(indel).hgvs_c == "c.783-146del"
    assert checked(indel, stated("intron_variant", hgvs_c="c.783-147del")).statements[0].differs == ()


def test_the_heaviest_term_counts() -> None:
    assert weight(["intron_variant", "splice_donor_variant"]) is Weight.SPLICE
    assert weight(["splice_donor_variant", "stop_gained"]) is Weight.LOSS
    assert weight(["synonymous_variant", "intron_variant"]) is Weight.SILENT
    assert weight(["coding_sequence_variant"]) is None
