"""The binomial limit of detection: laws, and numbers anyone can check."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdm2screen import detection

depths = st.integers(0, 400)
reads = st.integers(1, 12)
fractions = st.floats(0.001, 0.999)
confidences = st.floats(0.5, 0.9999)


def exactly(depth: int, vaf: float, least: int) -> float:
    """The tail of the binomial distribution in exact fractions."""
    f = Fraction(vaf)
    return float(sum(comb(depth, x) * f**x * (1 - f) ** (depth - x) for x in range(least, depth + 1)))


@given(st.integers(0, 60), fractions, st.integers(0, 12))
def test_the_probability_is_the_tail_of_the_binomial_distribution(depth: int, vaf: float, least: int) -> None:
    assert detection.probability(depth, vaf, least) == pytest.approx(exactly(depth, vaf, least), abs=1e-9)


def test_the_worked_example_of_the_guideline() -> None:
    """AMP and CAP (doi 10.1016/j.jmoldx.2017.01.011): 250 reads, five of them at 5%, miss 0.457%."""
    assert 1 - detection.probability(250, 0.05, 5) == pytest.approx(0.00457, abs=1e-5)


def test_a_deep_pile_does_not_underflow() -> None:
    """(1 - f)^n is below any float here, and its part of the sum is not."""
    assert detection.probability(20_000, 0.5, 10_000) == pytest.approx(0.5028, abs=1e-3)
    assert detection.probability(2_000_000, 0.001, 1000) == pytest.approx(1.0)


@given(depths, fractions, reads)
def test_another_read_never_hides_a_variant(depth: int, vaf: float, least: int) -> None:
    more = detection.probability(depth + 1, vaf, least)
    assert more >= detection.probability(depth, vaf, least) - 1e-12
    assert 0 <= more <= 1


@given(depths, fractions, fractions, reads)
def test_a_higher_fraction_is_seen_no_later(depth: int, one: float, other: float, least: int) -> None:
    low, high = sorted((one, other))
    assert detection.probability(depth, high, least) >= detection.probability(depth, low, least) - 1e-9


@given(st.floats(0.01, 0.99), reads, confidences)
def test_the_needed_depth_is_the_least_that_is_enough(vaf: float, least: int, confidence: float) -> None:
    needed = detection.needed_depth(vaf, least, confidence)
    assert needed is not None
    assert detection.probability(needed, vaf, least) >= confidence
    assert needed == least or detection.probability(needed - 1, vaf, least) < confidence


@pytest.mark.parametrize(
    ("vaf", "least", "confidence", "needed"),
    [(0.5, 5, 0.95, 16), (0.1, 5, 0.95, 89), (0.05, 5, 0.95, 181), (1.0, 5, 0.95, 5), (0.5, 1, 0.5, 1)],
)
def test_needed_depths(vaf: float, least: int, confidence: float, needed: int) -> None:
    assert detection.needed_depth(vaf, least, confidence) == needed
    assert exactly(needed, vaf, least) >= confidence
    assert needed == least or exactly(needed - 1, vaf, least) < confidence


def test_no_depth_finds_what_is_not_there_or_with_certainty() -> None:
    assert detection.needed_depth(0.0, 5, 0.95) is None
    assert detection.needed_depth(0.5, 5, 1.0) is None


@given(st.integers(5, 400), st.integers(1, 5), confidences)
def test_the_detectable_fraction_is_found_at_its_depth(depth: int, least: int, confidence: float) -> None:
    vaf = detection.detectable_vaf(depth, least, confidence)
    assert vaf is not None
    assert detection.probability(depth, vaf, least) >= confidence - 1e-9
    assert detection.probability(depth, vaf * 0.99, least) < confidence


def test_fewer_reads_than_a_call_needs_detect_nothing() -> None:
    assert detection.detectable_vaf(4, 5, 0.95) is None
    assert detection.detectable_vaf(0, 0, 0.95) is None


@pytest.mark.parametrize(
    ("purity", "copies", "vaf"),
    [
        (1.0, 2, 0.5),
        (0.5, 2, 0.25),
        (0.2, 2, 0.1),
        (0.2, 4.5, 0.08),
        (0.67, 3, 0.67 / (0.67 * 3 + 0.66)),
        (0.6, 1, 0.6 / 1.4),  # the other copy is lost
        (0.6, 0.2, 0.6 / 1.4),  # below one copy none is left to carry a variant
    ],
)
def test_the_expected_fraction_of_a_variant_on_one_copy(purity: float, copies: float, vaf: float) -> None:
    assert detection.expected_vaf(purity, copies) == pytest.approx(vaf)


@given(st.floats(0.05, 1), st.floats(1, 20), st.floats(0, 10))
def test_more_copies_and_more_normal_cells_dilute_a_variant(purity: float, copies: float, more: float) -> None:
    assert detection.expected_vaf(purity, copies + more) <= detection.expected_vaf(purity, copies)
    assert detection.expected_vaf(purity / 2, copies) <= detection.expected_vaf(purity, copies)
    assert 0 < detection.expected_vaf(purity, copies) <= 1
