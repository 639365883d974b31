"""CDKN2A lost: below the number whatever the purity; normal cells, labels, gaps and silence leave it open."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.genes import CDKN2A
from mdm2screen.records import (
    Build,
    PurityRecord,
    PurityState,
    QcRecord,
    Reference,
    Scale,
    SegmentRecord,
    Source,
    Specimen,
)
from mdm2screen.results import Call, Status
from mdm2screen.rules.cdkn2a_loss import Cdkn2aLoss

LOCUS = CDKN2A.loci[Build.GRCH37]
MET, NOT_MET, OPEN = Status.MET, Status.NOT_MET, Status.INDETERMINATE
RANK = {NOT_MET: 0, OPEN: 1, MET: 2}


def rule(copies: float | str = 0.5, **changes: Any) -> Cdkn2aLoss:
    fields = {
        "rule": "cdkn2a_loss",
        "copies_max": {"value": copies, "unit": "copies, exclusive", "source": "made"},
        "purity_range": {"low": 0.2, "high": 1.0, "unit": "fraction", "source": "made"},
        "ploidy_range": {"low": 1.5, "high": 4.5, "unit": "copies", "source": "made"},
        "min_covered_fraction": {"value": 0.5, "unit": "fraction", "source": "made"},
    }
    return Cdkn2aLoss.model_validate(fields | changes)


def over(value: float | None, **changes: Any) -> SegmentRecord:
    place = {"contig": "9", "start": LOCUS.start - 50_000, "end": LOCUS.end + 50_000}
    return eb.segment(value, **(place | changes))


def log2(value: float | None, **changes: Any) -> SegmentRecord:
    uncorrected = {"scale": Scale.LOG2_RATIO, "purity_state": PurityState.UNCORRECTED}
    return over(value, **(uncorrected | {"reference": Reference.SAMPLE} | changes))


def stated(purity: float | None = None, ploidy: float | None = None) -> dict[str, Any]:
    found = {"purity": purity, "ploidy": ploidy}
    return {
        name: PurityRecord(**{"purity": None, "ploidy": None, name: value}, source=Source(file="options"))
        for name, value in found.items()
        if value is not None
    }


def judged(*sources: GeneCopyNumber | SegmentRecord, limit: float | str = 0.5, **changes: Any) -> Call:
    files = [
        eb.source(one, file=f"{number}.tsv") if isinstance(one, SegmentRecord) else one
        for number, one in enumerate(sources)
    ]
    return rule(limit).evaluate(eb.evidence(cdkn2a=tuple(files), **changes))


def codes(call: Call) -> list[str]:
    return [reason.code for reason in call.reasons]


@pytest.mark.parametrize(
    ("copies", "limit", "status", "code"),
    [
        (0.0, 0.5, MET, "G001"),
        (0.49, 0.5, MET, "G001"),
        (0.5, 0.5, NOT_MET, "G002"),  # exclusive
        (2.0, 0.5, NOT_MET, "G002"),
        (1.0, 2, MET, "G001"),  # any loss
        (2.0, 2, NOT_MET, "G002"),
    ],
)
def test_corrected_copies(copies: float, limit: float, status: Status, code: str) -> None:
    call = judged(over(copies), limit=limit)
    assert (call.status, codes(call)) == (status, [code])
    assert call.gene is not None
    assert (call.gene.gene, call.gene.copies, call.gene.threshold) == ("CDKN2A", copies, limit)
    assert f"CDKN2A has {copies:g} copies" in call.reasons[0].message


def test_little_purity_dilutes_a_loss() -> None:
    """At 20% tumor cells no copy at all is a log2 ratio of -0.32 alone."""
    assert judged(log2(-0.33)).status is OPEN
    assert codes(judged(log2(-0.33))) == ["G003"]
    assert judged(log2(-0.33)).reasons[0].message.endswith("which it is at a purity below 0.27 (ploidy 2)")
    below, above = stated(0.272, 2.0), stated(0.274, 2.0)
    assert (judged(log2(-0.33), **below).status, judged(log2(-0.33), **above).status) == (MET, NOT_MET)
    pure, dilute = stated(1.0, 2.0), stated(0.2, 2.0)
    assert judged(log2(-0.33), **pure).status is NOT_MET
    assert judged(log2(-0.33), **dilute).status is MET
    assert judged(log2(-6.0)).status is MET  # at any purity
    assert codes(judged(log2(-6.0), **dilute)) == ["G014", "G001"]  # normal cells alone are a ratio of 0.8
    assert judged(log2(-6.0), **dilute).status is OPEN
    assert judged(log2(-6.0), **pure).status is MET
    assert judged(log2(1.0, reference=Reference.DIPLOID)).status is NOT_MET


def test_a_purity_below_the_range_is_no_firmer_than_its_low_end() -> None:
    assert judged(log2(-0.2), **stated(0.1, 2.0)).status is OPEN


@pytest.mark.parametrize("label", ["-2", "DEL", "Deep deletion"])
def test_a_label_never_meets_a_number(label: str) -> None:
    call = judged(over(None, scale=Scale.LABEL, label=label))
    assert (call.status, codes(call)) == (OPEN, ["G008"])
    assert label in call.reasons[0].message


def test_silence_and_no_file_are_open() -> None:
    silent = judged(GeneCopyNumber(file="a.cns", build=Build.GRCH37, segments=(), silence="not evidence of two copies"))
    assert (silent.status, codes(silent)) == (OPEN, ["G005"])
    assert "not evidence of two copies" in silent.reasons[0].message
    nothing = judged()
    assert (nothing.status, codes(nothing)) == (OPEN, ["G006"])
    assert all(reason.resolve for call in (silent, nothing) for reason in call.reasons)


def test_a_missing_number_a_gap_and_an_unwritten_rest_are_open() -> None:
    assert codes(judged(over(None))) == ["G007"]
    third = {"start": LOCUS.start, "end": LOCUS.start + 2000}
    assert codes(judged(over(0.0, **third))) == ["G010", "G017"]
    assert codes(judged(over(3.0, **third))) == ["G010"]
    most = {"start": LOCUS.start, "end": LOCUS.start + 5000}
    assert codes(judged(over(0.0, **most))) == ["G001"]
    omits = eb.source(over(0.0, **most)).model_copy(update={"omits_neutral": True})
    assert codes(judged(omits)) == ["G010", "G017"]
    kept = eb.source(over(3.0, **most)).model_copy(update={"omits_neutral": True})
    assert judged(kept).status is NOT_MET  # the rest is neutral, and a part is no loss of the whole


def test_a_loss_of_a_part_is_open() -> None:
    middle = LOCUS.start + 3000
    parts = eb.source(over(0.0, end=middle), over(2.0, start=middle + 1))
    call = judged(parts)
    assert (call.status, codes(call)) == (OPEN, ["G004"])
    assert call.gene is not None
    assert call.gene.interval is not None
    assert (call.gene.interval.low, call.gene.interval.high) == (0, 2)


def test_files_that_disagree_are_open_and_a_certain_one_settles_an_open_one() -> None:
    assert codes(judged(over(0.0), over(2.0))) == ["G009"]
    assert judged(log2(-0.33), over(0.0)).status is MET
    assert judged(log2(-0.33), over(2.0)).status is NOT_MET


def test_bins_wider_than_the_gene_tell_nothing() -> None:
    for value in (0.0, 2.0):
        call = judged(over(value, bin_width=15_000))
        assert (call.status, codes(call)) == (OPEN, ["G011"])
    assert judged(over(0.0, bin_width=5_000)).status is MET


def test_what_rounding_hides_is_open() -> None:
    """No copy at a purity of 0.25 is 1.5 copies as observed, which a producer may print as 2."""
    printed = {"scale": Scale.OBSERVED_COPIES, "purity_state": PurityState.UNCORRECTED, "rounded": True}
    two = over(2.0, **printed)
    assert judged(two, **stated(0.25, 2.0)).status is OPEN
    assert judged(two, **stated(1.0, 2.0)).status is NOT_MET
    assert judged(over(0.0, **printed), **stated(1.0, 2.0)).status is MET
    assert judged(over(2.0, **(printed | {"rounded": False})), **stated(0.25, 2.0)).status is NOT_MET


def test_a_ceiling_tells_that_a_gene_is_kept_and_never_that_it_is_lost() -> None:
    assert judged(over(5.0, at_least=True)).status is NOT_MET
    assert judged(over(0.0, at_least=True)).status is OPEN


def test_a_subclonal_segment_is_pointed_out() -> None:
    assert codes(judged(over(0.0, subclonal=True))) == ["G001", "G015"]


def test_a_failed_sample_is_open_and_nothing_is_said_of_its_copies() -> None:
    failed: dict[str, Any] = {"qc": (QcRecord(passed=False, status="FAIL", source=Source(file="a.qc")),)}
    call = judged(over(2.0), **failed)
    assert (call.status, codes(call)) == (OPEN, ["G013"])
    assert codes(judged(over(0.0), **failed)) == ["G013", "G017"]  # a loss that may be there has a vote


def test_plasma_of_unknown_tumor_fraction_hides_a_loss() -> None:
    uncorrected = log2(0.3, reference=Reference.DIPLOID)
    assert judged(uncorrected).status is NOT_MET
    call = judged(uncorrected, specimen=Specimen.PLASMA)
    assert (call.status, codes(call)) == (OPEN, ["S005", "G002"])
    of_plasma = eb.source(uncorrected).model_copy(update={"other_specimen": Specimen.PLASMA})
    assert judged(of_plasma).status is OPEN
    assert judged(uncorrected, specimen=Specimen.PLASMA, **stated(0.6, 2.0)).status is NOT_MET
    assert judged(over(2.0), specimen=Specimen.PLASMA).status is NOT_MET


def test_an_unknown_number_is_said_beside_what_the_files_say() -> None:
    call = judged(over(0.0), limit="unknown")
    assert (call.status, codes(call)) == (OPEN, ["G012"])
    assert "is not public; CDKN2A has 0 copies (tumor copies 0 in 0.tsv)" in call.reasons[0].message
    assert call.gene is not None
    assert (call.gene.threshold, call.gene.copies) == (None, 0)
    silent = judged(GeneCopyNumber(file="a", build=None, segments=(), silence="says nothing"), limit="unknown")
    assert codes(silent) == ["G012", "G005"]
    assert codes(judged(limit="unknown")) == ["G012", "G006"]
    assert codes(judged(over(0.0), over(2.0), limit="unknown")) == ["G012", "G009"]


@st.composite
def records(draw: st.DrawFn) -> SegmentRecord:
    """A record over all or part of the gene, in any scale."""
    scale = draw(st.sampled_from([one for one in Scale if one is not Scale.LABEL]))
    value = draw(st.floats(-6, 3) if scale is Scale.LOG2_RATIO else st.floats(0, 6))
    start = draw(st.integers(LOCUS.start - 1000, LOCUS.end - 100))
    return over(
        draw(st.sampled_from([value, value, value, None])),
        start=start,
        end=draw(st.integers(start + 50, LOCUS.end + 1000)),
        scale=scale,
        reference=draw(st.sampled_from(Reference)),
        purity_state=draw(st.sampled_from(PurityState)),
        at_least=draw(st.booleans()),
        rounded=draw(st.booleans()),
        bin_width=draw(st.none() | st.integers(100, 50_000)),
        source=Source(file="made.tsv", line=draw(st.integers(2, 99))),
    )


purities = st.none() | st.floats(0.01, 1)
ploidies = st.none() | st.floats(1.2, 6)
limits = st.sampled_from([0.5, 1.0, 1.5, 2.0])


@given(st.lists(records(), min_size=1, max_size=3), st.floats(0, 6), purities, ploidies, limits)
def test_more_copies_never_turn_not_met_into_met(
    found: list[SegmentRecord], more: float, purity: float | None, ploidy: float | None, limit: float
) -> None:
    higher = [one if one.value is None else one.model_copy(update={"value": one.value + more}) for one in found]
    given_ = stated(purity, ploidy)
    before, after = (judged(eb.source(*each), limit=limit, **given_) for each in (found, higher))
    too_few_reads = "G014" in codes(before)  # and with more it may well be a loss
    assert RANK[after.status] <= (RANK[MET] if too_few_reads else RANK[before.status])
    assert (before.status, after.status) != (NOT_MET, MET)


@given(st.lists(records(), min_size=1, max_size=3), purities, ploidies, limits)
def test_without_numbers_nothing_is_called(
    found: list[SegmentRecord], purity: float | None, ploidy: float | None, limit: float
) -> None:
    bare = [one.model_copy(update={"value": None}) for one in found]
    assert judged(eb.source(*bare), limit=limit, **stated(purity, ploidy)).status is OPEN


@given(st.lists(records(), min_size=1, max_size=3), purities, ploidies)
def test_where_a_stricter_number_is_met_a_looser_one_is(
    found: list[SegmentRecord], purity: float | None, ploidy: float | None
) -> None:
    given_ = stated(purity, ploidy)
    strict, loose = (judged(eb.source(*found), limit=limit, **given_).status for limit in (0.5, 1.5))
    assert RANK[loose] >= RANK[strict]


@given(st.lists(records(), min_size=1, max_size=3), purities, ploidies, limits)
def test_knowing_purity_and_ploidy_never_gives_the_opposite_answer(
    found: list[SegmentRecord], purity: float | None, ploidy: float | None, limit: float
) -> None:
    """What is certain over the whole range is certain within it."""
    inside = stated(
        None if purity is None else max(purity, 0.2), None if ploidy is None else min(max(ploidy, 1.5), 4.5)
    )
    unknown, known = (judged(eb.source(*found), limit=limit, **each) for each in ({}, inside))
    assert unknown.status in (OPEN, known.status) or "G014" in codes(known)
