"""The distribution of copies over a run: where a patient stands, and what the thresholds are."""

import pytest
from decision_builder import decision, mdm2
from hypothesis import given
from hypothesis import strategies as st

from mdm2screen.protocol_file import load_protocol
from mdm2screen.reports.html.copies_plot import CopiesPlot, CopiesTally
from mdm2screen.results import Interval

PROTOCOL = load_protocol("mantra-2")
copies = st.floats(0, 400)


def plot(*intervals: tuple[float, float | None] | None) -> CopiesPlot | None:
    tally = CopiesTally(PROTOCOL)
    for one in intervals:
        found = None if one is None else Interval(low=one[0], high=one[1])
        tally.add(decision(mdm2=mdm2(interval=found)))
    return tally.plot()


def test_thresholds_of_both_sides_stand_at_their_copies() -> None:
    made = plot((12.0, 12.0))
    assert made is not None
    assert [(line.words, line.central) for line in made.lines] == [
        ("central: 8 copies", True),
        ("local: 12 copies or 6-fold", False),
    ]
    (bar,) = made.bars
    assert bar.x > made.lines[1].x  # a threshold is inclusive: who has it stands on the far side of its line


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        ((11.999, 11.999), "11 to under 12: 1"),
        ((12.0, 12.0), "12 to under 13: 1"),
        ((2.0, 40.0), "2 to under 3: 1, 1 of them a range that begins here"),
        ((2.0, None), "2 to under 3: 1, 1 of them a range that begins here"),
        ((295.0, 295.0), "30 copies or more: 1"),
    ],
)
def test_a_patient_stands_at_the_fewest_copies(interval: tuple[float, float | None], words: str) -> None:
    made = plot(interval)
    assert made is not None
    assert made.summary == words


def test_who_has_no_number_is_counted_and_stands_nowhere() -> None:
    assert plot(None) is None
    made = plot(None, (2.0, 2.0), None)
    assert made is not None
    assert (made.settled, made.ranges, made.unknown) == (1, 0, 2)


def test_one_patient_beside_a_thousand_is_seen_and_said_to_be_enlarged() -> None:
    made = plot(*[(2.0, 2.0)] * 1000, (14.0, 14.0))
    assert made is not None
    assert made.enlarged
    assert made.bars[1].settled_height >= 3
    assert not getattr(plot((2.0, 2.0), (14.0, 14.0)), "enlarged", True)


@given(st.lists(st.one_of(st.none(), st.tuples(copies, copies))))
def test_every_patient_is_counted_once_and_every_bar_is_on_the_picture(pairs: list[tuple[float, float] | None]) -> None:
    made = plot(*[None if pair is None else (min(pair), max(pair)) for pair in pairs])
    numbered = sum(pair is not None for pair in pairs)
    if made is None:
        assert numbered == 0
        return
    assert sum(bar.total for bar in made.bars) == made.settled + made.ranges == numbered
    assert made.unknown == len(pairs) - numbered
    for bar in made.bars:
        assert bar.x >= 24
        assert bar.x + bar.width <= 936
        assert bar.range_y >= 60
        assert bar.settled_y <= 240
