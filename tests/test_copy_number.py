"""Copy-number arithmetic against published examples, and its laws."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen.copy_number import (
    Assumptions,
    Bounds,
    copies,
    covered_fraction,
    interval,
    linear_ratio,
    needed_ploidy,
    needed_purity,
    ratio,
    reported,
    weighted_mean,
)
from mdm2screen.records import PurityState, Reference, Region, Scale

purities = st.floats(0.05, 1)
ploidies = st.floats(1.5, 6)
references = st.sampled_from(Reference)
scales = st.sampled_from([scale for scale in Scale if scale is not Scale.LABEL])
ANY = Assumptions(purity=Bounds(low=0.2, high=1), ploidy=Bounds(low=2, high=4.5))


def exactly(purity: float, ploidy: float) -> Assumptions:
    return Assumptions(purity=Bounds(low=purity, high=purity), ploidy=Bounds(low=ploidy, high=ploidy))


def test_illumina_worked_example() -> None:
    """TruSight Tumor 170: 30% purity and a fold change of 2.2 are 10 copies."""
    assert copies(2.2, 0.3, 2, Reference.DIPLOID) == pytest.approx(10)


def test_foundation_cross_check() -> None:
    """CDK4 at 44 copies and ratio 11.63, MYC at 41 and 10.34: purity 0.506 and 0.479."""
    assert ratio(44, 0.506, 2, Reference.DIPLOID) == pytest.approx(11.63, abs=0.01)
    assert ratio(41, 0.479, 2, Reference.DIPLOID) == pytest.approx(10.34, abs=0.01)


def test_at_ploidy_four_twelve_copies_are_three_times_the_mean() -> None:
    assert ratio(12, 1, 4, Reference.SAMPLE) == pytest.approx(3)
    assert copies(3, 1, 4, Reference.SAMPLE) == pytest.approx(12)


@pytest.mark.parametrize(
    ("fold", "purity", "expected"), [(1.5, 0.1, 12), (2, 0.2, 12), (2, 0.3, 8.667), (3, 0.5, 10), (6, 1, 12)]
)
def test_uncorrected_fold_change(fold: float, purity: float, expected: float) -> None:
    assert copies(fold, purity, 2, Reference.DIPLOID) == pytest.approx(expected, abs=1e-3)


@given(st.floats(0, 100), purities, ploidies, references)
def test_ratio_and_copies_are_inverse(n: float, purity: float, ploidy: float, reference: Reference) -> None:
    assert copies(ratio(n, purity, ploidy, reference), purity, ploidy, reference) == pytest.approx(n, abs=1e-6)


@given(st.floats(1.01, 30), st.floats(3, 50), ploidies, references)
def test_at_the_needed_purity_the_copies_are_the_threshold(
    r: float, threshold: float, ploidy: float, reference: Reference
) -> None:
    purity = needed_purity(r, threshold, ploidy, reference)
    assert purity is not None
    if 0 < purity <= 1:
        assert copies(r, purity, ploidy, reference) == pytest.approx(threshold, rel=1e-6)


def test_no_purity_makes_an_amplification_of_a_ratio_that_is_not_raised() -> None:
    assert needed_purity(1.0, 12, 2, Reference.SAMPLE) is None
    assert needed_purity(0.7, 12, 4, Reference.SAMPLE) is None


@given(st.floats(-4, 6), st.floats(0.2, 1), st.floats(2, 4.5), references, st.sampled_from(PurityState))
def test_the_interval_holds_every_possible_truth(
    log2: float, purity: float, ploidy: float, reference: Reference, state: PurityState
) -> None:
    record = eb.segment(log2, scale=Scale.LOG2_RATIO, reference=reference, purity_state=state)
    span = interval(log2, record, ANY)
    corrected = state not in (PurityState.UNCORRECTED, PurityState.UNKNOWN)
    truth = copies(linear_ratio(log2, Scale.LOG2_RATIO), 1.0 if corrected else purity, ploidy, reference)
    assert span.high is not None
    assert span.low - 1e-9 <= truth <= span.high + 1e-9


@given(st.floats(1, 40), st.floats(0.05, 1), st.floats(1.5, 6), st.sampled_from([Reference.DIPLOID, Reference.SAMPLE]))
def test_what_rounding_took_is_counted_as_the_correction_multiplies_it(
    n: float, purity: float, ploidy: float, reference: Reference
) -> None:
    """The truth is never more than half a copy outside, as with any whole number."""
    value = float(round(2 * ratio(n, purity, ploidy, reference)))
    record = eb.segment(
        value,
        scale=Scale.OBSERVED_COPIES,
        reference=reference,
        purity_state=PurityState.UNCORRECTED,
        rounded=True,
    )
    span = interval(value, record, exactly(purity, ploidy))
    assert span.high is not None
    assert span.low - 0.5 - 1e-6 <= n <= span.high + 0.5 + 1e-6


@pytest.mark.parametrize("purity", [0.22, 0.5])
def test_a_number_that_was_not_rounded_is_taken_as_it_is(purity: float) -> None:
    record = eb.segment(
        4.0, scale=Scale.OBSERVED_COPIES, reference=Reference.DIPLOID, purity_state=PurityState.UNCORRECTED
    )
    span = interval(4.0, record, exactly(purity, 2))
    assert span.low == span.high == pytest.approx((4 - 2 * (1 - purity)) / purity)


@given(st.floats(0, 60), purities, ploidies)
def test_corrected_copies_are_never_corrected_again(n: float, purity: float, ploidy: float) -> None:
    for state in (PurityState.CORRECTED, PurityState.CORRECTED_BY_LAB, PurityState.COUNTED):
        span = interval(n, eb.segment(n, purity_state=state), exactly(purity, ploidy))
        assert (span.low, span.high) == (n, n)


@given(st.floats(0.5, 40), st.floats(0.2, 1), st.floats(2, 4.5), scales, references)
def test_every_scale_and_reference_round_trips(
    n: float, purity: float, ploidy: float, scale: Scale, reference: Reference
) -> None:
    """What a producer writes of a tumor, read back at its purity and ploidy, is that tumor."""
    value = reported(n, scale, reference, purity, ploidy)
    state = PurityState.CORRECTED if scale is Scale.TUMOR_COPIES else PurityState.UNCORRECTED
    record = eb.segment(value, scale=scale, reference=reference, purity_state=state)
    span = interval(value, record, exactly(purity, ploidy))
    assert span.high is not None
    assert span.low - 1e-6 <= n <= span.high + 1e-6
    if reference is not Reference.UNKNOWN:
        assert span.low == pytest.approx(span.high, abs=1e-9) == pytest.approx(n, abs=1e-6)


@pytest.mark.parametrize(
    ("scale", "expected"), [(Scale.LINEAR_RATIO, 0.0), (Scale.LOG2_RATIO, -math.inf), (Scale.OBSERVED_COPIES, 0.0)]
)
def test_no_copy_in_a_pure_tumor_leaves_no_reads(scale: Scale, expected: float) -> None:
    assert reported(0, scale, Reference.DIPLOID, 1.0, 2.0) == expected


@given(st.floats(0.5, 30), purities, ploidies, st.sampled_from([PurityState.CORRECTED, PurityState.COUNTED]))
def test_a_corrected_ratio_is_of_pure_tumor(r: float, purity: float, ploidy: float, state: PurityState) -> None:
    """CNVkit's ``call --purity`` writes corrected log2 ratios: no purity touches them again."""
    for reference, baseline in ((Reference.DIPLOID, 2.0), (Reference.SAMPLE, ploidy)):
        record = eb.segment(r, scale=Scale.LINEAR_RATIO, reference=reference, purity_state=state)
        span = interval(r, record, exactly(purity, ploidy))
        assert span.high is not None
        assert span.low == pytest.approx(span.high) == pytest.approx(r * baseline)


@given(st.floats(0.1, 30), st.floats(3, 50), purities)
def test_at_the_needed_ploidy_the_copies_are_the_threshold(r: float, threshold: float, purity: float) -> None:
    ploidy = needed_ploidy(r, threshold, purity)
    if ploidy > 0:
        assert copies(r, purity, ploidy, Reference.SAMPLE) == pytest.approx(threshold, rel=1e-6)


@given(st.floats(0, 20), st.floats(0, 20), purities, ploidies, references)
def test_more_signal_is_more_copies(
    one: float, more: float, purity: float, ploidy: float, reference: Reference
) -> None:
    assert copies(one + more, purity, ploidy, reference) >= copies(one, purity, ploidy, reference)


def test_a_fit_slightly_below_none_is_none() -> None:
    span = interval(-0.04, eb.segment(-0.04), ANY)
    assert (span.low, span.high) == (0, 0)


def test_a_ceiling_is_open_upwards() -> None:
    span = interval(20, eb.segment(20, at_least=True), ANY)
    assert (span.low, span.high) == (20, None)


def test_where_correction_is_unknown_the_value_as_it_stands_counts_too() -> None:
    record = eb.log2(2.0, purity_state=PurityState.UNKNOWN)
    span = interval(2.0, record, exactly(0.5, 2))
    assert (span.low, span.high) == (8, 14)


def test_covered_fraction_counts_overlaps_once_and_gaps_not() -> None:
    locus = Region(contig="12", start=101, end=200)
    assert covered_fraction(locus, []) == 0
    assert covered_fraction(locus, [(1, 1000)]) == 1
    assert covered_fraction(locus, [(1, 150), (121, 160), (191, 300)]) == 0.7
    assert covered_fraction(locus, [(201, 300)]) == 0


def test_mean_is_weighted_by_shared_bases() -> None:
    locus = Region(contig="12", start=101, end=200)
    assert weighted_mean(locus, [(1, 125, 4.0), (126, 900, 8.0)]) == 7
    assert weighted_mean(locus, []) is None


def test_the_noise_of_arithmetic_is_not_shown_as_copies_under_the_threshold() -> None:
    """A ratio of 2 at a purity of 0.2 is 12 copies; in binary it is a little less, and would be shown as 11.99."""
    record = eb.segment(2.0, scale=Scale.LINEAR_RATIO, purity_state=PurityState.UNCORRECTED)
    assert copies(2.0, 0.2, 2.0, Reference.DIPLOID) < 12
    assert interval(2.0, record, Assumptions(purity=Bounds(low=0.2, high=0.2), ploidy=Bounds(low=2, high=2))).low == 12
