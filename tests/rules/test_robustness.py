"""ROBUST or FRAGILE, and the purity and ploidy at which a call flips."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.mdm2_finding import Firmness, Flip, Robustness
from mdm2screen.records import PurityRecord, PurityState, Reference, Source
from mdm2screen.results import Call, Status

OPTIONS = Source(file="options")


def call(*sources: GeneCopyNumber, purity: float | None = None, ploidy: float | None = None) -> Call:
    known = {
        name: PurityRecord(purity=purity, ploidy=ploidy, source=OPTIONS)
        for name, value in (("purity", purity), ("ploidy", ploidy))
        if value is not None
    }
    return eb.protocol().local[0].evaluate(eb.evidence(mdm2=sources, **known))


def firm(found: Call) -> Robustness:
    assert found.mdm2 is not None
    assert found.mdm2.robustness is not None
    return found.mdm2.robustness


def flip(found: Call, quantity: str, at: float | None) -> Flip:
    (one,) = [f for f in firm(found).flips if f.quantity == quantity and f.at == at]
    return one


def codes(found: Call) -> list[str]:
    return [reason.code for reason in found.reasons]


def test_corrected_copies_are_robust() -> None:
    for copies in (3.0, 14.0):
        assert firm(call(eb.source(eb.segment(copies)))) == Robustness(verdict=Firmness.ROBUST)


def test_a_call_over_the_whole_range_is_robust() -> None:
    high, low = call(eb.source(eb.log2(3.0))), call(eb.source(eb.log2(0.1)))
    assert (high.status, firm(high).verdict) == (Status.MET, Firmness.ROBUST)
    assert (low.status, firm(low).verdict) == (Status.NOT_MET, Firmness.ROBUST)
    assert "M019" not in codes(high) + codes(low)


def test_met_by_a_stated_purity_says_up_to_where_it_holds() -> None:
    """Twice the reads of a diploid genome are 12 copies at a purity of 0.2, and 8.7 at 0.3."""
    found = call(eb.source(eb.log2(1.0, reference=Reference.DIPLOID)), purity=0.2)
    assert found.status is Status.MET
    assert (firm(found).verdict, firm(found).depends_on) == (Firmness.FRAGILE, ("purity",))
    assert flip(found, "purity", None).value == pytest.approx(0.2)
    message = next(r.message for r in found.reasons if r.code == "M019")
    assert message == "the answer rests on the stated purity: it would not be met at a purity above 0.2"


def test_not_met_by_a_stated_purity_says_below_which_it_would_be_met() -> None:
    found = call(eb.source(eb.log2(1.0, reference=Reference.DIPLOID)), purity=0.6)
    assert found.status is Status.NOT_MET
    assert firm(found).verdict is Firmness.FRAGILE
    assert "would be met at a purity of 0.2 or less" in " ".join(r.message for r in found.reasons)


def test_a_purity_outside_the_assumed_range_is_still_named() -> None:
    """Ratio 1.5 is 12 copies at a purity of 0.1, which no range assumes."""
    found = call(eb.source(eb.segment(1.5, scale="linear_ratio", reference="diploid", purity_state="uncorrected")))
    assert (found.status, firm(found).verdict) == (Status.NOT_MET, Firmness.ROBUST)
    assert flip(found, "purity", None).value == pytest.approx(0.1)


def test_not_met_turns_where_the_highest_part_of_the_gene_would_be_met() -> None:
    parts = eb.log2(0.2, end=69220000), eb.log2(0.9, start=69220001)
    for records in (parts, (eb.log2(0.2, highest=0.9),)):
        found = call(eb.source(*records), purity=0.8, ploidy=2.0)
        assert found.status is Status.NOT_MET
        assert flip(found, "purity", 2.0).value == pytest.approx(2 * (2**0.9 - 1) / 10)


def test_where_ploidy_is_open_the_purity_is_named_at_both_its_ends() -> None:
    found = call(eb.source(eb.log2(0.9)))
    assert {f.at for f in firm(found).flips if f.quantity == "purity"} == {2.0, 4.5}
    assert flip(found, "purity", 2.0).value < flip(found, "purity", 4.5).value


def test_a_stated_ploidy_beyond_the_range_widens_it() -> None:
    """At a purity of 1 a ratio of 2.2 is 12 copies at a ploidy of 5.45, which lies between 4.5 and the stated 6."""
    found = call(
        eb.source(eb.segment(2.2, scale="linear_ratio", reference="sample", purity_state="uncorrected")),
        purity=1.0,
        ploidy=6.0,
    )
    assert found.status is Status.MET
    assert flip(found, "ploidy", 1.0).value == pytest.approx(12 / 2.2)


def test_a_call_that_rests_on_ploidy_names_the_ploidy() -> None:
    """Three times the mean is 12 copies at ploidy 4 in a pure tumor."""
    found = call(eb.source(eb.log2(1.585)), purity=1.0, ploidy=4.2)
    assert found.status is Status.MET
    assert firm(found).depends_on == ("ploidy",)
    assert flip(found, "ploidy", 1.0).value == pytest.approx(4, abs=1e-3)
    assert "would not be met at a ploidy below" in " ".join(r.message for r in found.reasons)


def test_an_open_call_is_fragile_and_says_what_it_depends_on() -> None:
    found = call(eb.source(eb.log2(1.0)))
    assert (firm(found).verdict, firm(found).depends_on) == (Firmness.FRAGILE, ("purity", "ploidy"))
    assert flip(found, "purity", 2.0).value == pytest.approx(0.2)
    diploid = call(eb.source(eb.log2(1.2, reference=Reference.DIPLOID)))
    assert firm(diploid).depends_on == ("purity",)
    ceiling = call(eb.source(eb.segment(7, at_least=True)))
    assert firm(ceiling).depends_on == ("ceiling",)


def test_an_unknown_correction_and_an_unknown_reference_are_named() -> None:
    unsure = eb.log2(2.0, purity_state=PurityState.UNKNOWN, reference=Reference.UNKNOWN)
    assert firm(call(eb.source(unsure), purity=0.5, ploidy=2.0)).depends_on == ("correction", "reference")


def test_a_label_or_a_gap_has_no_firmness() -> None:
    for found in (call(eb.source(eb.segment(None))), call(eb.source(eb.segment(20, end=69205000)))):
        assert found.mdm2 is not None
        assert found.mdm2.robustness is None


def test_limits_across_the_threshold_make_a_call_fragile_and_change_no_answer() -> None:
    found = call(eb.source(eb.segment(13, ci_low=11.2, ci_high=15.1)))
    assert found.status is Status.MET
    assert (firm(found).verdict, firm(found).depends_on) == (Firmness.FRAGILE, ("confidence_limits",))
    assert "M018" in codes(found)
    assert found.mdm2 is not None
    assert found.mdm2.confidence is not None
    assert (found.mdm2.confidence.low, found.mdm2.confidence.high) == (11.2, 15.1)
    (shown,) = found.mdm2.sources
    assert shown.confidence == found.mdm2.confidence
    assert found.mdm2.interval is not None
    assert (found.mdm2.interval.low, found.mdm2.interval.high) == (13, 13)


@pytest.mark.parametrize(("copies", "low", "high"), [(20, 15, 25), (5, 4, 11.9), (5, None, 6), (20, 18, None)])
def test_limits_on_one_side_leave_a_call_robust(copies: float, low: float | None, high: float | None) -> None:
    found = call(eb.source(eb.segment(copies, ci_low=low, ci_high=high)))
    assert firm(found).verdict is Firmness.ROBUST
    assert "M018" not in codes(found)


def test_limits_are_converted_as_the_value_is() -> None:
    """0.9 to 1.1 around a log2 of 1.0, at a purity of 0.5 and ploidy 2: 2 (2 r - 1) copies."""
    found = call(eb.source(eb.log2(1.0, ci_low=0.9, ci_high=1.1)), purity=0.5, ploidy=2.0)
    assert found.mdm2 is not None
    assert found.mdm2.confidence is not None
    assert found.mdm2.confidence.low == pytest.approx(4 * 2**0.9 - 2)
    assert found.mdm2.confidence.high == pytest.approx(4 * 2**1.1 - 2)


@given(
    st.floats(-1, 5),
    st.floats(0.2, 1),
    st.floats(2, 4.5),
    st.sampled_from([Reference.DIPLOID, Reference.SAMPLE]),
)
def test_robust_means_the_same_answer_everywhere_in_the_range(
    log2: float, purity: float, ploidy: float, reference: Reference
) -> None:
    found = call(eb.source(eb.log2(log2, reference=reference)), purity=purity, ploidy=ploidy)
    corners = [
        call(eb.source(eb.log2(log2, reference=reference)), purity=p, ploidy=y).status
        for p, y in product((0.2, 0.5, 1.0), (2.0, 3.0, 4.5))
    ]
    if firm(found).verdict is Firmness.ROBUST:
        assert set(corners) == {found.status}
    else:
        assert len({found.status, *corners}) > 1


@given(st.floats(0.3, 5), st.floats(0.2, 1), st.floats(2, 4.5), st.floats(0.01, 0.2))
def test_a_call_turns_where_it_says(log2: float, purity: float, ploidy: float, step: float) -> None:
    """Just below the purity of a flip the threshold is met, just above it is not."""
    found = call(eb.source(eb.log2(log2)), purity=purity, ploidy=ploidy)
    for one in firm(found).flips:
        if one.quantity == "purity" and one.value * (1 - step) >= 0.2 and one.value * (1 + step) <= 1:
            assert one.at == ploidy
            below = call(eb.source(eb.log2(log2)), purity=one.value * (1 - step), ploidy=ploidy)
            above = call(eb.source(eb.log2(log2)), purity=one.value * (1 + step), ploidy=ploidy)
            assert (below.status, above.status) == (Status.MET, Status.NOT_MET)


@given(st.floats(0, 40), st.floats(0, 10), st.floats(0, 10))
def test_limits_never_change_the_answer(copies: float, below: float, above: float) -> None:
    assume(copies >= below)
    bare = call(eb.source(eb.segment(copies)))
    limited = call(eb.source(eb.segment(copies, ci_low=copies - below, ci_high=copies + above)))
    assert limited.status is bare.status


def test_of_several_files_a_turning_point_is_that_of_one() -> None:
    """At that purity the other file may still say no."""
    stated = PurityRecord(purity=1.0, ploidy=2.0, source=Source(file="options"))
    sources = (eb.source(eb.log2(1.6), file="a.cns"), eb.source(eb.log2(0.1), file="b.cns"))
    found = eb.protocol().local[0].evaluate(eb.evidence(mdm2=sources, purity=stated, ploidy=stated))
    message = next(one.message for one in found.reasons if one.code == "M019")
    assert "alone it would be met" in message
    single = eb.protocol().local[0].evaluate(eb.evidence(mdm2=sources[:1], purity=stated, ploidy=stated))
    assert "alone" not in next(one.message for one in single.reasons if one.code == "M019")
