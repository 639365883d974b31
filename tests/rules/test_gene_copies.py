"""Segments of any layout over a gene: lowest, mean, highest, covered part; overlaps, spikes and subclones are told."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen import copy_number
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.mdm2_finding import Mdm2Source
from mdm2screen.records import PurityRecord, PurityState, Reference, Scale, SegmentRecord, Source
from mdm2screen.results import Call, Status
from mdm2screen.rules.labels import says_gain, says_loss

START, END = eb.MDM2_37


def call(*sources: GeneCopyNumber) -> Call:
    return eb.protocol().local[0].evaluate(eb.evidence(mdm2=sources))


def shown(found: Call) -> Mdm2Source:
    assert found.mdm2 is not None
    (one,) = found.mdm2.sources
    return one


def codes(found: Call) -> list[str]:
    return [reason.code for reason in found.reasons]


def line(number: int) -> Source:
    return Source(file="made.tsv", line=number)


def test_lowest_mean_highest_and_covered_part_are_reported() -> None:
    quarter = (END - START + 1) // 4
    parts = [
        eb.segment(14, start=START - 500, end=START + quarter - 1, source=line(2)),
        eb.segment(20, start=START + quarter, end=START + 3 * quarter - 1, source=line(3)),
    ]
    found = shown(call(eb.source(*parts)))
    assert (found.lowest, found.highest, found.segments) == (14, 20, 2)
    assert found.mean == pytest.approx(18)
    assert found.covered_fraction == pytest.approx(3 / 4, abs=1e-4)


def test_of_overlapping_segments_that_differ_the_lowest_decides_and_it_is_said() -> None:
    found = call(eb.source(eb.segment(14, source=line(2)), eb.segment(9, start=START + 10, source=line(3))))
    assert found.status is not Status.MET
    assert "M021" in codes(found)
    places = next(r.evidence for r in found.reasons if r.code == "M021")
    assert {place.line for place in places} == {2, 3}
    both_high = call(eb.source(eb.segment(14, source=line(2)), eb.segment(13, source=line(3))))
    assert (both_high.status, shown(both_high).lowest) == (Status.MET, 13)


def test_a_segment_written_twice_is_no_contradiction() -> None:
    found = call(eb.source(eb.segment(14, source=line(2)), eb.segment(14, source=line(3))))
    assert (found.status, codes(found)) == (Status.MET, ["M001"])
    assert shown(found).covered_fraction == 1


def test_neighbouring_segments_that_differ_do_not_overlap() -> None:
    parts = eb.segment(14, end=69220000, source=line(2)), eb.segment(20, start=69220001, source=line(3))
    assert "M021" not in codes(call(eb.source(*parts)))


@pytest.mark.parametrize(("markers", "few"), [(0, True), (1, True), (2, True), (3, False), (None, False)])
def test_a_spike_of_two_markers_is_told(markers: int | None, few: bool) -> None:
    found = call(eb.source(eb.segment(20, probes=markers)))
    assert found.status is Status.MET
    assert ("M022" in codes(found)) is few
    assert shown(found).fewest_markers == markers


def test_a_spike_within_the_gene_is_amplified_in_part_and_told() -> None:
    spike = eb.segment(30, start=69210000, end=69212000, probes=2, source=line(3))
    flat = (
        eb.segment(2, end=69209999, probes=40, source=line(2)),
        eb.segment(2, start=69212001, probes=40, source=line(4)),
    )
    found = call(eb.source(*flat, spike))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["M004", "M022"])


def test_a_subclonal_segment_is_told() -> None:
    assert "M020" in codes(call(eb.source(eb.segment(20, subclonal=True))))
    assert "M020" not in codes(call(eb.source(eb.segment(20))))


values = st.floats(0, 40)


@st.composite
def layouts(draw: st.DrawFn) -> list[SegmentRecord]:
    """The gene in one to four neighbouring pieces."""
    cuts = sorted(draw(st.sets(st.integers(START + 1, END), max_size=3)))
    edges = [START, *cuts, END + 1]
    return [
        eb.segment(draw(values), start=a, end=b - 1, source=line(n))
        for n, (a, b) in enumerate(itertools.pairwise(edges), start=2)
    ]


@given(layouts())
def test_mean_lies_between_lowest_and_highest_and_the_whole_gene_is_covered(records: list[SegmentRecord]) -> None:
    found = shown(call(eb.source(*records)))
    assert found.lowest is not None
    assert found.mean is not None
    assert found.highest is not None
    assert found.lowest - 1e-9 <= found.mean <= found.highest + 1e-9
    assert found.covered_fraction == 1


@given(layouts(), st.integers(START, END - 1))
def test_cutting_a_segment_in_two_changes_no_answer(records: list[SegmentRecord], at: int) -> None:
    pieces = []
    for record in records:
        if record.start <= at < record.end:
            pieces.append(record.model_copy(update={"end": at}))
            pieces.append(record.model_copy(update={"start": at + 1}))
        else:
            pieces.append(record)
    whole, cut = call(eb.source(*records)), call(eb.source(*pieces))
    assert whole.status is cut.status
    assert shown(whole).mean == pytest.approx(shown(cut).mean)


@given(layouts(), st.integers(0, 3), st.floats(0, 20))
def test_more_copies_of_one_part_never_turn_met_into_not_met(
    records: list[SegmentRecord], which: int, more: float
) -> None:
    index = which % len(records)
    higher = list(records)
    higher[index] = records[index].model_copy(update={"value": (records[index].value or 0) + more})
    rank = [Status.NOT_MET, Status.INDETERMINATE, Status.MET]
    before, after = call(eb.source(*records)), call(eb.source(*higher))
    assert not (before.status is Status.MET and after.status is Status.NOT_MET)
    if len(records) == 1:
        assert rank.index(after.status) >= rank.index(before.status)


def _written(copies: float, scale: Scale, reference: Reference, purity: float, ploidy: float) -> SegmentRecord:
    state = PurityState.CORRECTED if scale is Scale.TUMOR_COPIES else PurityState.UNCORRECTED
    value = copy_number.reported(copies, scale, reference, purity, ploidy)
    return eb.segment(value, scale=scale, reference=reference, purity_state=state)


@given(st.floats(0.5, 40), st.floats(0.2, 1), st.floats(2, 4.5))
def test_one_tumor_written_in_each_scale_has_one_answer(copies: float, purity: float, ploidy: float) -> None:
    place = Source(file="options")
    known = PurityRecord(purity=purity, ploidy=ploidy, source=place)
    scales = (Scale.TUMOR_COPIES, Scale.OBSERVED_COPIES, Scale.LINEAR_RATIO, Scale.LOG2_RATIO)
    # nearer to the threshold than the arithmetic reaches nothing is claimed
    if abs(copies - 12) < 1e-6:
        return
    answers = {
        eb.protocol()
        .local[0]
        .evaluate(
            eb.evidence(
                mdm2=(eb.source(_written(copies, scale, reference, purity, ploidy)),), purity=known, ploidy=known
            )
        )
        .status
        for scale in scales
        for reference in (Reference.DIPLOID, Reference.SAMPLE)
    }
    assert answers == {Status.MET if copies >= 12 else Status.NOT_MET}


@pytest.mark.parametrize(
    "label", ["AMP", "amplification", "<DUP>", "Gain", "+", "cn 20", "total copy number 3", "High", "equivocal", "2"]
)
def test_words_that_may_stand_for_an_amplification(label: str) -> None:
    assert says_gain(label)
    assert not says_loss(label)


@pytest.mark.parametrize(
    "label", ["NEUTRAL", "0", "-", "cn 2", "FACETS found no purity", "C 1", "nMajor 1, nMinor 1", ""]
)
def test_words_that_stand_for_neither(label: str) -> None:
    assert not says_gain(label)
    assert not says_loss(label)


@pytest.mark.parametrize("label", ["DEL", "Loss", "<CN0>", "-2", "homozygous deletion"])
def test_words_that_may_stand_for_a_loss(label: str) -> None:
    assert says_loss(label)
    assert not says_gain(label)
