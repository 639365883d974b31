"""How the copies of MDM2 are distributed over the patients of a run: a picture's numbers, counted one by one."""

import math
from collections import Counter
from typing import NamedTuple

from mdm2screen.decision import Decision
from mdm2screen.numerals import number
from mdm2screen.protocol import TrialProtocol
from mdm2screen.reports.html.mdm2_numbers import in_copies
from mdm2screen.reports.html.scales import Axis, Tick, ticks

_LEFT, _RIGHT, _TOP, _BOTTOM = 24, 936, 74, 240
_LINE_WORDS, _LINE_STEP = 18, 18
_LEAST_TOP = 20.0
_ABOVE_THRESHOLD = 2.5
_MOST_BINS = 40
_LEAST_HEIGHT = 3.0
"""Pixels of the lowest bar: one patient beside a thousand is still seen, and each bar has its number."""
_GAP = 2.0
_ROOM = 40.0
"""Pixels before the last bin that its words take up."""
_NOISE = 1e-9


class Bar(NamedTuple):
    """Patients whose lowest possible copies lie from ``low`` to ``high``; ``high`` is ``None`` beyond the axis."""

    x: float
    width: float
    settled_y: float
    settled_height: float
    range_y: float
    range_height: float
    total: int
    words: str


class Line(NamedTuple):
    """A threshold on the axis; ``words_y`` keeps the words of neighbours apart."""

    x: float
    words_y: float
    words: str
    central: bool


class CopiesPlot(NamedTuple):
    """The picture, and how many patients are on it, as one number or as a range, and not on it."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    beyond: str
    settled: int
    ranges: int
    unknown: int
    enlarged: bool

    @property
    def summary(self) -> str:
        """All bars in words."""
        return "; ".join(bar.words for bar in self.bars)


class CopiesTally:
    """Counts that grow patient by patient, and no more than the picture has bars."""

    def __init__(self, protocol: TrialProtocol) -> None:
        self._thresholds = list(_thresholds(protocol))
        highest = max([copies for copies, _, _ in self._thresholds], default=0.0)
        top = max(_LEAST_TOP, highest * _ABOVE_THRESHOLD)
        self._step = math.ceil(top / _MOST_BINS)
        self._bins = math.ceil(top / self._step)
        self._settled: Counter[int] = Counter()
        self._ranges: Counter[int] = Counter()
        self._unknown = 0

    def add(self, decision: Decision) -> None:
        """Count one patient at the fewest copies that a tumor cell may have."""
        found = None if decision.mdm2 is None else decision.mdm2.interval
        if found is None:
            self._unknown += 1
            return
        place = min(int(found.low / self._step + _NOISE), self._bins)
        (self._settled if found.low == found.high else self._ranges)[place] += 1

    def plot(self) -> CopiesPlot | None:
        """The picture of what was counted; ``None`` where no patient has a number."""
        totals = self._settled + self._ranges
        if not totals:
            return None
        # One bin more than the axis has numbers: what lies beyond it.
        x = Axis(0.0, float(self._step * (self._bins + 1)), _LEFT, _RIGHT)
        tallest = max(totals.values())
        return CopiesPlot(
            bars=tuple(self._bar(place, x, tallest) for place in sorted(totals)),
            lines=tuple(
                Line(x.at(copies), _LINE_WORDS + _LINE_STEP * row, words, central)
                for row, (copies, words, central) in enumerate(self._thresholds)
            ),
            x_ticks=tuple(tick for tick in ticks(x, 12) if tick.at < x.at(self._step * self._bins) - _ROOM),
            beyond=number(self._step * self._bins),
            settled=self._settled.total(),
            ranges=self._ranges.total(),
            unknown=self._unknown,
            enlarged=any(
                _height(count, tallest) > _scaled(count, tallest)
                for counts in (self._settled, self._ranges)
                for count in counts.values()
            ),
        )

    def _bar(self, place: int, x: Axis, tallest: int) -> Bar:
        settled, ranges = self._settled[place], self._ranges[place]
        left, right = x.at(place * self._step), x.at((place + 1) * self._step)
        heights = [_height(count, tallest) for count in (settled, ranges)]
        low = number(place * self._step)
        span = f"{low} copies or more" if place == self._bins else f"{low} to under {number((place + 1) * self._step)}"
        begin = f", {ranges} of them a range that begins here" if ranges else ""
        return Bar(
            x=round(left + _GAP / 2, 1),
            width=round(right - left - _GAP, 1),
            settled_y=round(_BOTTOM - heights[0], 1),
            settled_height=heights[0],
            range_y=round(_BOTTOM - heights[0] - heights[1], 1),
            range_height=heights[1],
            total=settled + ranges,
            words=f"{span}: {settled + ranges}{begin}",
        )


def _height(count: int, tallest: int) -> float:
    return max(_scaled(count, tallest), _LEAST_HEIGHT) if count else 0.0


def _scaled(count: int, tallest: int) -> float:
    return round(count / tallest * (_BOTTOM - _TOP), 1)


def _thresholds(protocol: TrialProtocol) -> list[tuple[float, str, bool]]:
    """Copies, words, and whether it is the central laboratory's; a fold is shown at its copies."""
    found = []
    for side, rules in (("local", protocol.local), ("central", protocol.central)):
        asked = [one for rule in rules if rule.criterion == "mdm2_amplification" for one in rule.least]
        found += [(one.copies, f"{side}: {one.words}", side == "central") for one in in_copies(asked)]
    return sorted(found)
