"""Several producers for one tumor: the answer they give together and whether they say the same."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.mdm2_finding import Agreement, AgreementVerdict
from mdm2screen.records import Scale, SegmentRecord
from mdm2screen.results import Call, Status


def call(*sources: GeneCopyNumber) -> Call:
    return eb.protocol().local[0].evaluate(eb.evidence(mdm2=sources))


def agreement(found: Call) -> Agreement:
    assert found.mdm2 is not None
    assert found.mdm2.agreement is not None
    return found.mdm2.agreement


def copies(value: float, file: str) -> GeneCopyNumber:
    return eb.source(eb.segment(value), file=file)


def test_one_source() -> None:
    assert agreement(call(copies(14, "a.tsv"))).verdict is AgreementVerdict.ONE_SOURCE


def test_a_silent_file_is_no_second_source() -> None:
    assert agreement(call(copies(14, "a.tsv"), eb.source(file="b.cns"))).verdict is AgreementVerdict.ONE_SOURCE


def test_files_that_say_the_same_agree_and_both_values_are_kept() -> None:
    found = agreement(call(copies(14, "a.tsv"), copies(19, "b.tsv")))
    assert found.verdict is AgreementVerdict.AGREE
    assert [(one.file, one.interval.low if one.interval else None) for one in found.values] == [
        ("a.tsv", 14),
        ("b.tsv", 19),
    ]


def test_files_on_both_sides_of_the_threshold_disagree() -> None:
    found = call(copies(14, "a.tsv"), copies(9, "b.tsv"))
    assert agreement(found).verdict is AgreementVerdict.DISAGREE
    assert [one.status for one in agreement(found).values] == [Status.MET, Status.NOT_MET]


def test_an_open_file_that_holds_the_value_of_the_other_agrees_with_it() -> None:
    """A log2 ratio of 1.6 is 6.06 to 29.9 copies."""
    found = call(eb.source(eb.log2(1.6), file="a.cns"), copies(8, "b.tsv"))
    assert (found.status, agreement(found).verdict) == (Status.NOT_MET, AgreementVerdict.AGREE)


def test_an_open_file_that_shuts_the_other_out_leaves_the_answer_open() -> None:
    """Three copies are impossible at any purity where the reads are three times the mean."""
    found = call(eb.source(eb.log2(1.6), file="a.cns"), copies(3, "b.tsv"))
    assert (found.status, agreement(found).verdict) == (Status.INDETERMINATE, AgreementVerdict.DISAGREE)
    assert next(r.code for r in found.reasons) == "M009"
    assert "6.06 to 29.89 copies in a.cns; 3 copies in b.tsv" in found.reasons[0].message
    assert found.mdm2 is not None
    assert found.mdm2.robustness is None


def test_a_difference_of_rounding_shuts_nothing_out() -> None:
    """6.6 copies, and seven or more where a program writes whole copies up to seven."""
    at_least = eb.source(eb.segment(7, at_least=True), file="b.seg")
    found = call(copies(6.6, "a.tsv"), at_least)
    assert (found.status, agreement(found).verdict) == (Status.NOT_MET, AgreementVerdict.AGREE)
    assert agreement(call(copies(6.4, "a.tsv"), at_least)).verdict is AgreementVerdict.DISAGREE


def test_a_label_cannot_be_compared_with_a_number() -> None:
    label = eb.source(eb.segment(None, scale=Scale.LABEL, label="AMP"), file="b.tsv")
    found = agreement(call(copies(14, "a.tsv"), label))
    assert found.verdict is AgreementVerdict.NOT_COMPARABLE
    assert [one.interval is None for one in found.values] == [False, True]


def test_a_gap_cannot_be_compared_either_and_contradicts_nothing() -> None:
    """Two copies over a twelfth of the gene say little against twenty over all of it."""
    part = eb.source(eb.segment(2, end=69205000), file="b.tsv")
    found = call(copies(20, "a.tsv"), part)
    assert (found.status, agreement(found).verdict) == (Status.MET, AgreementVerdict.NOT_COMPARABLE)


def test_without_any_number_there_is_no_verdict() -> None:
    found = call(eb.source(eb.segment(None), file="a.tsv"), eb.source(file="b.tsv"))
    assert found.mdm2 is not None
    assert found.mdm2.agreement is None


@given(st.lists(st.one_of(st.floats(0, 30).map(eb.segment), st.floats(-1, 4).map(eb.log2)), min_size=2, max_size=4))
def test_the_verdict_does_not_depend_on_the_order_of_files(records: list[SegmentRecord]) -> None:
    files = [eb.source(record, file=f"{n}.tsv") for n, record in enumerate(records)]
    answers = {
        (found.status, agreement(found).verdict) for found in (call(*order) for order in list(permutations(files))[:6])
    }
    assert len(answers) == 1
    ((status, verdict),) = answers
    if verdict is AgreementVerdict.DISAGREE:
        assert status is Status.INDETERMINATE
