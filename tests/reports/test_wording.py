import pytest
from decision_builder import branch, decision, protocol
from hypothesis import given
from hypothesis import strategies as st

from mdm2screen.numerals import number, percent
from mdm2screen.records import PurityState, Reference, Scale
from mdm2screen.reports import wording
from mdm2screen.results import Interval, reason_codes

floats = st.floats(-1e300, 1e300)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12, "12"),
        (14.2, "14.2"),
        (14.236, "14.24"),
        (11.999, "11.99"),
        (11.999999999999998, "11.99"),
        (12.001, "12"),
        (0, "0"),
        (-0.0, "0"),
        (0.004, "0.004"),
        (-0.001, "-0.001"),
        (-0.345, "-0.34"),
        (2.5e30, "2.5e+30"),
    ],
)
def test_numbers(value: float, shown: str) -> None:
    assert number(value) == shown


@given(st.integers(1, 1000), st.floats(1e-13, 0.5))
def test_a_number_under_a_whole_one_is_never_shown_as_it(whole: int, under: float) -> None:
    value = whole - under
    if value < whole:
        assert float(number(value)) < whole


@given(floats)
def test_any_number_can_be_shown(value: float) -> None:
    assert float(number(value)) == pytest.approx(value, rel=0.2, abs=0.01)
    assert wording.distance(value)
    assert percent(value)


@pytest.mark.parametrize(
    ("fraction", "shown"),
    [(1, "100%"), (0.99999, "99.99%"), (0.0499, "4.99%"), (0.04999, "4.99%"), (0.07, "7%"), (0, "0%")],
)
def test_percents(fraction: float, shown: str) -> None:
    assert percent(fraction) == shown


@pytest.mark.parametrize(
    ("value", "words"),
    [(2.1999999999999993, "2.2 above"), (-3.8, "3.8 below"), (0, "exactly at it"), (-1e-15, "1e-15 below")],
)
def test_distances(value: float, words: str) -> None:
    assert wording.distance(value) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (14.2, 14.2, "14.2, 2.2 above"),
        (8.2, 33.0, "lowest 8.2, 3.8 below; highest 33, 21 above"),
        (8.2, None, "lowest 8.2, 3.8 below; no upper limit"),
        (12.0, 12.0, "12, exactly at it"),
    ],
)
def test_margins(low: float, high: float | None, words: str) -> None:
    made = branch(threshold=12.0, interval=Interval(low=low, high=high), margin=low - 12)
    assert wording.margin(made) == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("terminated", "This trial is closed (terminated)."),
        ("Terminated 2023", "This trial is closed (Terminated 2023)."),
        ("closed (terminated)", "This trial is closed (terminated)."),
        ("recruiting", "Trial status: recruiting."),
    ],
)
def test_trial_status(status: str, words: str) -> None:
    assert wording.trial_status(protocol(status=status)) == words


@pytest.mark.parametrize(
    ("headline", "rest"),
    [
        ("eligible; central confirmation required", "; central confirmation required"),
        ("molecularly eligible; diagnosis to be verified", ": molecularly eligible; diagnosis to be verified"),
    ],
)
def test_headline_does_not_repeat_the_eligibility(headline: str, rest: str) -> None:
    assert wording.headline(decision(headline=headline)) == rest


def test_scales_and_purity_states_all_have_words() -> None:
    words = {wording.scale(scale, Reference.SAMPLE) for scale in Scale}
    words |= {wording.purity_state(state) for state in PurityState}
    assert not any("_" in text for text in words)
    assert wording.scale(Scale.LOG2_RATIO, Reference.DIPLOID) == "log2 ratio to two copies"
    assert wording.scale(Scale.TUMOR_COPIES, Reference.DIPLOID) == "tumor copies"


def test_unknown_codes_become_words() -> None:
    assert wording.flag("some_new_flag") == "some new flag"
    assert wording.criterion("some_new_criterion") == "some new criterion"


def test_every_flag_of_a_reason_code_has_words_for_people() -> None:
    flags = {entry.flag for entry in reason_codes().values() if entry.flag}
    assert flags <= set(wording.FLAGS)
