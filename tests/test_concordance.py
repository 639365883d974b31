"""Concordance of a run: the counts, the statistics against the literature, and its laws."""

import math
import sys
from collections.abc import Sequence
from functools import cache
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cohort_builder as cb
from mdm2screen.concordance import Concordance, statistics
from mdm2screen.concordance.result import Agreement, CriterionConcordance, TwoByTwo
from mdm2screen.decision import Decision
from mdm2screen.errors import UsageError
from mdm2screen.kleene import Status
from mdm2screen.results import CentralStatus
from test_imports import loaded

MDM2 = "mdm2_amplification"
MET, NOT_MET, OPEN = Status.MET, Status.NOT_MET, Status.INDETERMINATE
LOCAL = {MET: 20.0, NOT_MET: 3.0, OPEN: None}
CENTRAL = {MET: 9.0, NOT_MET: 2.0, OPEN: None}

Pair = tuple[Status, Status | None]


@cache
def made(local: Status, central: Status | None) -> Decision:
    """A patient with these answers for MDM2; ``None``: no central sample."""
    found = () if central is None else (cb.copies(CENTRAL[central]),)
    return cb.patient("P", cb.copies(LOCAL[local]), *found)


def run(pairs: Sequence[Pair]) -> list[Decision]:
    return [made(*pair).model_copy(update={"patient": f"P{n:03}"}) for n, pair in enumerate(pairs)]


def criterion(found: Concordance, name: str = MDM2) -> CriterionConcordance:
    return next(one for one in found.criteria if one.criterion == name)


def mdm2(*pairs: Pair) -> CriterionConcordance:
    return criterion(cb.run_of(run(pairs)))


PAIRS = st.lists(st.tuples(st.sampled_from(Status), st.sampled_from([*Status, None])), min_size=1, max_size=12)
WITH_RESULT = st.lists(st.tuples(st.sampled_from(Status), st.sampled_from(Status)), min_size=1, max_size=12)


def test_the_run_shaped_like_the_trial() -> None:
    found = cb.run_of(cb.trial_shaped())
    rate = found.central_confirmation.of_central_results
    assert (rate.count, rate.of, rate.fraction) == (31, 40, 31 / 40)
    assert rate.interval is not None
    assert (round(rate.interval.low, 3), round(rate.interval.high, 3)) == (0.615, 0.892)
    assert found.central_confirmation.statuses == {
        CentralStatus.NOT_REQUIRED: 0,
        CentralStatus.REQUIRED: 0,
        CentralStatus.CONFIRMED: 31,
        CentralStatus.NOT_CONFIRMED: 7,
        CentralStatus.INDETERMINATE: 2,
    }
    assert [one.patient for one in criterion(found).discordant] == [f"P{n}" for n in range(32, 38)]
    assert [one.patient for one in criterion(found, "tp53_wild_type").discordant] == ["P38"]
    assert [one.patient for one in criterion(found).left_out] == ["P39", "P40"]


def test_a_discordant_patient_shows_both_values_and_why() -> None:
    (one,) = mdm2((MET, NOT_MET)).discordant
    assert one.local is not None
    assert (one.local.value, one.central.value) == ("20 copies", "2 copies")
    assert [reason.code for reason in one.why] == ["C022"]


def test_both_readings_of_the_two_by_two() -> None:
    found = mdm2(*[(MET, MET)] * 4, *[(MET, NOT_MET)] * 3, *[(NOT_MET, MET)] * 2, (NOT_MET, NOT_MET))
    assert found.two_by_two == TwoByTwo(both_met=4, local_met_alone=3, central_met_alone=2, neither_met=1)
    assert counts(found.agreement) == [(4, 6), (1, 4), (5, 10), (4, 7), (1, 3)]


def counts(found: Agreement) -> list[tuple[int, int]]:
    rates = (
        found.positive,
        found.negative,
        found.overall,
        found.central_met_of_local_met,
        found.central_not_met_of_local_not_met,
    )
    return [(rate.count, rate.of) for rate in rates]


def test_indeterminate_answers_are_listed_and_counted_either_way() -> None:
    found = mdm2((MET, MET), (MET, OPEN), (OPEN, NOT_MET), (OPEN, OPEN), (NOT_MET, NOT_MET))
    assert sum(cell.patients for cell in found.table) == 5
    assert [one.patient for one in found.left_out] == ["P001", "P002", "P003"]
    assert counts(found.agreement)[2] == (2, 2)
    assert counts(found.open_as_met)[2] == (4, 5)
    assert counts(found.open_as_not_met)[2] == (4, 5)
    assert counts(found.open_as_met)[:2] == [(3, 3), (1, 2)]
    assert counts(found.open_as_not_met)[:2] == [(1, 1), (3, 4)]


def test_where_only_the_locally_eligible_were_sent_on_the_page_says_what_follows_from_that() -> None:
    assert "positive agreement, negative agreement and kappa follow" in mdm2((MET, MET), (MET, NOT_MET)).notes[0]
    assert mdm2((MET, MET), (NOT_MET, NOT_MET)).notes == ()


def test_without_a_central_result_there_is_no_number() -> None:
    found = cb.run_of(run([(MET, None), (NOT_MET, None)]))
    assert found.criteria == ()
    assert found.central_confirmation.of_central_results.fraction is None
    assert found.central_confirmation.of_central_results.interval is None
    assert found.central_confirmation.awaited == ("P000",)


def test_a_central_result_that_was_not_needed_confirms_nothing_and_denies_nothing() -> None:
    confirmed = cb.run_of(run([(MET, MET), (NOT_MET, NOT_MET), (NOT_MET, MET)])).central_confirmation
    assert (confirmed.of_central_results.count, confirmed.of_central_results.of) == (1, 1)
    assert (confirmed.with_central_result, confirmed.not_needed) == (3, ("P001", "P002"))


def test_a_central_result_that_cannot_be_read_is_not_confirmed_but_counts() -> None:
    rate = cb.run_of(run([(MET, MET), (MET, OPEN)])).central_confirmation.of_central_results
    assert (rate.count, rate.of) == (1, 2)


def test_difference_in_copies_is_central_minus_local() -> None:
    decisions = [cb.patient(f"P{n}", cb.copies(20.0), cb.copies(20.0 + n)) for n in (-8.0, 1.0, 2.0)]
    found = criterion(cb.run_of(decisions)).copies
    assert found is not None
    assert (found.patients, found.median, found.lowest, found.highest) == (3, 1.0, -8.0, 2.0)
    assert found.mean == pytest.approx(-5 / 3)
    assert criterion(cb.run_of(decisions), "tp53_wild_type").copies is None


def test_a_side_without_settled_copies_gives_no_difference() -> None:
    assert mdm2((MET, OPEN), (OPEN, MET)).copies is None


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (31, 40, 0.6155, 0.8916),
        (6, 31, 0.0745, 0.3747),
        (46, 288, 0.1194, 0.2072),  # PMC4480712 as recomputed: 11.94-20.72
        (0, 10, 0.0, 1 - 0.025 ** (1 / 10)),  # Clopper and Pearson in closed form
        (10, 10, 0.025 ** (1 / 10), 1.0),
    ],
)
def test_exact_intervals_of_the_literature(count: int, of: int, low: float, high: float) -> None:
    interval = statistics.rate(count, of).interval
    assert interval is not None
    assert [interval.low, interval.high] == pytest.approx([low, high], abs=5e-5)


@given(of=st.integers(1, 60), share=st.floats(0, 1))
def test_an_exact_interval_leaves_half_of_the_rest_on_each_side(of: int, share: float) -> None:
    """Its definition: at each limit, what was seen or anything more extreme has a probability of 2.5%."""
    count = round(share * of)
    interval = statistics.rate(count, of).interval
    assert interval is not None
    assert interval.low <= count / of <= interval.high
    if count:
        assert at_least(count, of, interval.low) == pytest.approx(0.025, rel=1e-6)
    if count < of:
        assert 1 - at_least(count + 1, of, interval.high) == pytest.approx(0.025, rel=1e-6)


def at_least(count: int, of: int, share: float) -> float:
    return sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count, of + 1))


def two_by_two(*cells: int) -> TwoByTwo:
    return TwoByTwo(**dict(zip(TwoByTwo.model_fields, cells, strict=True)))


@pytest.mark.parametrize(
    ("cells", "kappa"),
    [
        ((15, 5, 10, 70), 0.57),  # Viera and Garrett, Fam Med 2005;37:360-363, as printed
        ((20, 5, 10, 15), 0.40),  # observed 0.7, by chance 0.5
        ((12, 4, 2, 2), 0.21),  # observed 0.7, by chance 0.62
    ],
)
def test_kappa_of_worked_examples(cells: tuple[int, ...], kappa: float) -> None:
    found = statistics.kappa(two_by_two(*cells))
    assert found.value == pytest.approx(kappa, abs=0.005)
    assert found.interval is not None
    assert (found.interval.high - found.interval.low) / 2 == pytest.approx(1.96 * error_of_kappa(cells), rel=1e-3)


def error_of_kappa(cells: Sequence[int]) -> float:
    """The standard error by the delta method, with slopes taken numerically."""
    total, step = sum(cells), 1e-6
    shares = [cell / total for cell in cells]
    slopes = []
    for n in range(4):
        up, down = ([p + sign * step * (k == n) for k, p in enumerate(shares)] for sign in (1, -1))
        slopes.append((kappa_of(up) - kappa_of(down)) / (2 * step))
    mean = sum(p * slope for p, slope in zip(shares, slopes, strict=True))
    return math.sqrt(sum(p * (slope - mean) ** 2 for p, slope in zip(shares, slopes, strict=True)) / total)


def kappa_of(shares: Sequence[float]) -> float:
    a, b, c, d = shares
    chance = (a + b) * (a + c) + (c + d) * (b + d)
    return (a + d - chance) / (1 - chance)


@pytest.mark.parametrize(
    ("cells", "value", "why"),
    [
        ((0, 0, 0, 0), None, "no patient has an answer on both sides"),
        ((9, 0, 0, 0), None, "every patient is met on both sides"),
        ((0, 0, 0, 9), None, "every patient is not met on both sides"),
        ((31, 9, 0, 0), 0.0, "one side gives all patients the same answer"),
        ((0, 0, 3, 4), 0.0, "one side gives all patients the same answer"),
        ((0, 5, 0, 0), 0.0, "one side gives all patients the same answer"),
        ((5, 0, 0, 4), 1.0, "the two sides never differ"),
    ],
)
def test_kappa_says_why_it_is_not_defined_or_has_no_interval(
    cells: tuple[int, ...], value: float | None, why: str
) -> None:
    found = statistics.kappa(two_by_two(*cells))
    assert (found.value, found.interval) == (value, None)
    assert why in (found.undefined or "")


# Bland and Altman, Lancet 1986;1:307-310: peak flow of 17 people, large and mini meter, l/min.
LARGE = (494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427)
MINI = (512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451)


def test_limits_of_agreement_of_the_first_example() -> None:
    found = statistics.copy_difference([a - b for a, b in zip(LARGE, MINI, strict=True)])
    assert found is not None
    assert found.sd is not None
    assert found.limits is not None
    assert (round(found.mean, 1), round(found.sd, 1)) == (-2.1, 38.8)
    assert [found.limits.low, found.limits.high] == pytest.approx([-2.1 - 1.96 * 38.8, -2.1 + 1.96 * 38.8], abs=0.1)
    half = (found.limits.interval_of_low.high - found.limits.interval_of_low.low) / 2
    assert half == pytest.approx((114.3 - 45.1) / 2, abs=0.2)  # as printed, from a rounded standard error


def test_one_difference_has_no_spread() -> None:
    found = statistics.copy_difference([2.5])
    assert found is not None
    assert (found.patients, found.median, found.sd, found.limits) == (1, 2.5, None, None)


def test_a_median_by_hand() -> None:
    # five patients, censored at 2 and 5: 4/5 after 1, x 2/3 = 0.53 after 3, x 1/2 = 0.27 after 4
    found = statistics.median_survival([1, 2, 3, 4, 5], [True, False, True, True, False])
    assert found.value == 4


# Freireich et al., Blood 1963;21:699-716: weeks in remission. The medians are the published ones.
WEEKS_6MP = (6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
WEEKS_PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)


def test_medians_of_the_6mp_trial() -> None:
    assert statistics.median_survival(WEEKS_6MP, [True] * 9 + [False] * 12) == (23, 13, None)
    assert statistics.median_survival(WEEKS_PLACEBO, [True] * 21) == (8, 4, 11)


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=3, max_size=40))
def test_limits_of_a_median_are_those_of_another_library(patients: list[tuple[int, bool]]) -> None:
    """statsmodels names no limit where the whole interval lies within one step, and one where the curve is zero."""
    from statsmodels.duration.survfunc import SurvfuncRight

    times, events = [float(time) for time, _ in patients], [event for _, event in patients]
    found = statistics.median_survival(times, events)
    with np.errstate(all="ignore"):
        curve = SurvfuncRight(np.array(times), np.array(events, dtype=int))
        low, high = curve.quantile_ci(0.5, method="cloglog")
    if math.isfinite(low):
        assert found.low == low
        ends_at_zero = curve.surv_prob[-1] == 0 and high == curve.surv_times[-1]
        assert found.high == (None if math.isinf(high) or ends_at_zero else high)


def test_a_median_whose_interval_lies_within_one_step() -> None:
    """All patients are seen at the same visits: 90% without an event at 1, 10% at 2."""
    times = [1.0] * 10 + [2.0] * 80 + [3.0] * 10
    assert statistics.median_survival(times, [True] * 90 + [False] * 10) == (2, 2, 2)


@pytest.mark.parametrize("half", range(1, 30))
def test_where_the_curve_is_one_half_the_median_is_the_middle(half: int) -> None:
    """Whatever noise the product of fractions has."""
    times = range(1, 2 * half + 1)
    assert statistics.median_survival(times, [True] * 2 * half).value == half + 0.5


@pytest.mark.parametrize(
    ("times", "events"), [([], []), ([3.0], [False]), ([1, 2, 3], [True, False, False]), ([2, 2], [False, False])]
)
def test_a_median_that_is_not_reached(times: list[float], events: list[bool]) -> None:
    found = statistics.median_survival(times, events)
    assert (found.value, found.high) == (None, None)


def test_a_curve_that_falls_at_once_has_a_median_without_interval() -> None:
    assert statistics.median_survival([2, 2, 2], [True] * 3) == (2, None, None)


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_patients_does_not_matter(pairs: list[Pair], random: Random) -> None:
    decisions = run(pairs)
    shuffled = list(decisions)
    random.shuffle(shuffled)
    assert cb.run_of(shuffled) == cb.run_of(decisions)


@given(st.lists(st.sampled_from([(MET, MET), (NOT_MET, NOT_MET)]), min_size=1, max_size=12))
def test_equal_sides_agree_wholly(pairs: list[Pair]) -> None:
    found = mdm2(*pairs)
    assert found.agreement.overall.fraction == 1
    assert {found.agreement.positive.fraction, found.agreement.negative.fraction} <= {1, None}
    assert found.kappa.value == (1 if len(set(pairs)) == 2 else None)
    assert found.discordant == ()


@given(WITH_RESULT)
def test_swapped_sides_swap_the_margins(pairs: list[Pair]) -> None:
    decisions = run(pairs)
    here, there = criterion(cb.run_of(decisions)), criterion(cb.run_of([swapped(one) for one in decisions]))
    assert here.agreement.positive == there.agreement.central_met_of_local_met
    assert here.agreement.negative == there.agreement.central_not_met_of_local_not_met
    assert here.agreement.overall == there.agreement.overall
    assert here.kappa.value == pytest.approx(there.kappa.value)
    if here.copies and there.copies:
        assert (here.copies.median, here.copies.lowest) == (-there.copies.median, -there.copies.highest)


def swapped(decision: Decision) -> Decision:
    central = decision.central_confirmation
    criteria = [one.model_copy(update={"local": one.central, "central": one.local}) for one in central.criteria]
    return decision.model_copy(
        update={"central_confirmation": central.model_copy(update={"criteria": tuple(criteria)})}
    )


@given(PAIRS, st.sampled_from(Status))
def test_a_patient_without_a_central_result_changes_no_agreement(pairs: list[Pair], local: Status) -> None:
    decisions = run(pairs)
    more = cb.run_of([*decisions, made(local, None).model_copy(update={"patient": "P999"})])
    fewer = cb.run_of(decisions)
    assert more.criteria == fewer.criteria
    assert more.central_confirmation.of_central_results == fewer.central_confirmation.of_central_results


@given(WITH_RESULT)
def test_every_patient_with_a_central_result_is_counted_once(pairs: list[Pair]) -> None:
    found = mdm2(*pairs)
    table = found.two_by_two
    assert found.patients == len(pairs) == sum(cell.patients for cell in found.table)
    assert sum(table.model_dump().values()) + len(found.left_out) == len(pairs)
    assert len(found.discordant) == table.local_met_alone + table.central_met_alone
    assert [(cell.local, cell.central) for cell in found.table] == list(product(Status, repeat=2))


def test_no_decision() -> None:
    with pytest.raises(UsageError, match="no decision was given"):
        cb.run_of([])


def test_a_patient_twice() -> None:
    with pytest.raises(UsageError, match="more than one decision of: P") as raised:
        cb.run_of([made(MET, MET), made(MET, None)])
    assert "one decision per patient" in str(raised.value)


def test_two_protocols() -> None:
    one, other = run([(MET, MET), (MET, MET)])
    reference = other.protocol.model_copy(update={"digest": "f" * 64})
    with pytest.raises(UsageError, match=r"different protocols: mantra-2 .*\(ffffffffffff\)"):
        cb.run_of([one, other.model_copy(update={"protocol": reference})])


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels.stats.proportion", None)
    with pytest.raises(UsageError, match="concordance needs statsmodels") as raised:
        cb.run_of(run([(MET, MET)]))
    assert "pip install 'mdm2screen[statistics]'" in str(raised.value)
    assert raised.value.exit_code == 2


def test_the_library_is_loaded_when_a_number_is_asked_for() -> None:
    assert loaded("import mdm2screen.cohort, mdm2screen.concordance", of=("scipy", "statsmodels", "pandas")) == set()


def test_the_methods_are_named() -> None:
    methods = cb.run_of(run([(MET, MET)])).methods
    assert methods.confidence_level == 0.95
    assert "Clopper and Pearson" in methods.proportions
    assert "log-log" in methods.survival
    assert methods.library.startswith("statsmodels ")
