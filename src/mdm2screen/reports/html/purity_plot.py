"""Copies of MDM2 as a function of purity, with the purity at which the answer turns: a picture's numbers."""

from collections.abc import Iterator
from typing import NamedTuple

from mdm2screen import copy_number
from mdm2screen.decision import Decision
from mdm2screen.numerals import cut, number, percent
from mdm2screen.records import Reference
from mdm2screen.reports.html.mdm2_numbers import Mdm2Numbers, mdm2_numbers
from mdm2screen.reports.html.scales import Axis, Tick, ticks

_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 944, 20, 232
_LOWEST_PURITY = 0.05
"""Where the curve begins: below, copies grow without end. A choice of how the picture looks."""
_POINTS = 96
_ABOVE_THRESHOLD = 2.5
_ABOVE_CURVE = 1.25


class Curve(NamedTuple):
    """Copies over purity at one ploidy, as the points of a line."""

    points: str
    words: str


class Mark(NamedTuple):
    """A purity on the axis."""

    x: float
    y: float
    words: str


class PurityPlot(NamedTuple):
    """The picture: curves, the purity that is stated or the range that was taken, threshold lines, turning points."""

    curves: tuple[Curve, ...]
    lines: tuple[Mark, ...]
    flips: tuple[Mark, ...]
    stated: Mark | None
    taken: tuple[float, float] | None
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    summary: str


def purity_plot(decision: Decision) -> PurityPlot | None:
    """The picture; ``None`` where there is no number, or one that its producer corrected already."""
    numbers = mdm2_numbers(decision)
    if numbers is None or copy_number.is_corrected(numbers.record) or not numbers.thresholds:
        return None
    record, finding = numbers.record, numbers.finding
    observed = copy_number.linear_ratio(record.value or 0.0, record.scale)
    lines = list(_lines(numbers))
    pure = [copy_number.copies(observed, 1.0, ploidy, reference) for reference, ploidy, _ in lines]
    # Each curve begins on the picture, also where every purity gives more copies than the thresholds ask for.
    top = max(max(one.copies for one in numbers.thresholds) * _ABOVE_THRESHOLD, max(pure) * _ABOVE_CURVE)
    x, y = Axis(0.0, 1.0, _LEFT, _RIGHT), Axis(0.0, top, _BOTTOM, _TOP)
    curves = [Curve(_points(observed, ploidy, reference, x, y), words) for reference, ploidy, words in lines]
    flips = []
    if finding.robustness is not None:
        for flip in finding.robustness.flips:
            if flip.quantity == "purity":
                at = "" if flip.at is None else f" at ploidy {number(flip.at)}"
                level = numbers.thresholds[0].copies
                flips.append(Mark(x.at(flip.value), y.at(level), f"turns at purity {cut(flip.value)}{at}"))
    bounds = numbers.given.purity
    known = None if finding.purity is None else Mark(x.at(finding.purity), 0, f"purity {percent(finding.purity)}")
    return PurityPlot(
        curves=tuple(curves),
        lines=tuple(Mark(_LEFT, y.at(one.copies), one.words) for one in numbers.thresholds),
        flips=tuple(dict.fromkeys(flips)),
        stated=known,
        taken=None if bounds.low == bounds.high else (x.at(bounds.low), x.at(bounds.high)),
        x_ticks=ticks(x, 10),
        y_ticks=ticks(y),
        summary="; ".join(flip.words for flip in flips)
        or ("" if finding.robustness is None else "no purity between 0 and 1 turns the answer"),
    )


def _lines(numbers: Mdm2Numbers) -> Iterator[tuple[Reference, float, str]]:
    """What the value may be relative to, at the lowest and the highest ploidy where ploidy matters."""
    ploidies = sorted({numbers.given.ploidy.low, numbers.given.ploidy.high})
    for reference in copy_number.references(numbers.record):
        if reference is Reference.SAMPLE:
            yield from ((reference, ploidy, f"ploidy {number(ploidy)}") for ploidy in ploidies)
        else:
            yield reference, copy_number.DIPLOID, "ratio to two copies"


def _points(observed: float, ploidy: float, reference: Reference, x: Axis, y: Axis) -> str:
    """The curve from the highest purity down to where it leaves the picture."""
    found = []
    for step in range(_POINTS + 1):
        purity = 1.0 - (1.0 - _LOWEST_PURITY) * step / _POINTS
        copies = copy_number.copies(observed, purity, ploidy, reference)
        if copies > y.high:
            leaves = copy_number.needed_purity(observed, y.high, ploidy, reference)
            found.append(f"{x.at(leaves or purity)},{y.at(y.high)}")
            break
        found.append(f"{x.at(purity)},{y.at(copies)}")
    return " ".join(found)
