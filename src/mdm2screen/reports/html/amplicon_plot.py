"""Copies along 12q around MDM2, as its file shows them: a picture's numbers, nothing is judged."""

from collections.abc import Iterator
from typing import NamedTuple

from mdm2screen import copy_number
from mdm2screen.decision import Decision
from mdm2screen.genes import MDM2
from mdm2screen.mdm2_finding import Interval, copies_words
from mdm2screen.mdm2_neighbourhood import neighbours
from mdm2screen.records import Build, Scale, SegmentRecord
from mdm2screen.reports.html.mdm2_numbers import Mdm2Numbers, Threshold, mdm2_numbers
from mdm2screen.reports.html.scales import Axis, Tick, ticks

_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 944, 34, 252
_NAMED = ("CDK4", "HMGA2", "FRS2")
_MARGIN = 1_500_000
"""Bases shown beyond the outermost gene, either side: a choice of how the picture looks."""
_MEGABASE = 1_000_000
_ABOVE_THRESHOLD = 2.0
"""How far the axis goes beyond the highest threshold; what is higher is drawn at its end and says its number."""
_NARROWEST = 9.0
"""Pixels of a gene or stretch that would be too small to be seen."""


class Bar(NamedTuple):
    """A record as drawn: pixels, the pixel of its least and most copies, whether it is cut, and its words."""

    x: float
    width: float
    least: float
    most: float
    cut: bool
    is_mdm2: bool
    words: str


class GeneMark(NamedTuple):
    """A gene on the axis."""

    x: float
    symbol: str
    is_mdm2: bool


class Line(NamedTuple):
    """A threshold as a line."""

    y: float
    words: str


class AmpliconPlot(NamedTuple):
    """The picture: bars, genes, threshold lines, ticks, and what a reader who does not see it is told."""

    bars: tuple[Bar, ...]
    genes: tuple[GeneMark, ...]
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    build: str
    file: str
    beside: int
    outside: int
    assumed: str | None


def amplicon_plot(decision: Decision) -> AmpliconPlot | None:
    """The picture; ``None`` where no file has a number and a place on the genome."""
    numbers = mdm2_numbers(decision)
    if numbers is None or numbers.source.build is None:
        return None
    build = numbers.source.build
    marked = {symbol: neighbours()[symbol].loci[build] for symbol in _NAMED} | {MDM2.symbol: MDM2.loci[build]}
    first, last = min(r.start for r in marked.values()) - _MARGIN, max(r.end for r in marked.values()) + _MARGIN
    x = Axis(first / _MEGABASE, last / _MEGABASE, _LEFT, _RIGHT)
    records = _records(numbers)
    shown = [one for one in records if one.end >= first and one.start <= last]
    y = _copies_axis(numbers, shown)
    return AmpliconPlot(
        bars=tuple(_bars(shown, numbers, x, y)),
        genes=tuple(
            GeneMark(x.at((region.start + region.end) / 2 / _MEGABASE), symbol, symbol == MDM2.symbol)
            for symbol, region in sorted(marked.items(), key=lambda pair: pair[1].start)
        ),
        lines=tuple(_line(one, y) for one in numbers.thresholds),
        x_ticks=ticks(x, 8),
        y_ticks=ticks(y),
        build=Build(build).value,
        file=numbers.source.file,
        beside=len(shown) - sum(_over_mdm2(one, build) for one in shown),
        outside=len(records) - len(shown),
        assumed=numbers.finding.assumed,
    )


def _records(numbers: Mdm2Numbers) -> list[SegmentRecord]:
    """All records of the file on the chromosome that have a number, each once, by place."""
    found = {(r.start, r.end, r.value): r for r in (*numbers.source.context, *numbers.source.segments)}
    known = [one for one in found.values() if one.value is not None and one.scale is not Scale.LABEL]
    return sorted(known, key=lambda record: (record.start, record.end))


def _copies_axis(numbers: Mdm2Numbers, shown: list[SegmentRecord]) -> Axis:
    highest = max(copy_number.interval(one.value or 0.0, one, numbers.given).low for one in shown)
    top = max((one.copies for one in numbers.thresholds), default=0.0) * _ABOVE_THRESHOLD
    return Axis(0.0, max(top, min(highest * 1.1, top or highest), 4.0), _BOTTOM, _TOP)


def _bars(shown: list[SegmentRecord], numbers: Mdm2Numbers, x: Axis, y: Axis) -> Iterator[Bar]:
    build = numbers.source.build
    assert build is not None
    for record in shown:
        copies = _possible(record, numbers)
        start, end = x.at(record.start / _MEGABASE), x.at(record.end / _MEGABASE)
        width = max(end - start, _NARROWEST)
        most = y.high if copies.high is None else copies.high
        place = f"12:{record.start:,}-{record.end:,}".replace(",", " ")
        yield Bar(
            x=round(start - (width - (end - start)) / 2, 1),
            width=round(width, 1),
            least=y.at(copies.low),
            most=y.at(most),
            cut=copies.high is None or copies.high > y.high,
            is_mdm2=_over_mdm2(record, build),
            words=f"{record.gene or place}: {copies_words(copies)}",
        )


def _possible(record: SegmentRecord, numbers: Mdm2Numbers) -> Interval:
    """Copies from the fewest of the row's lowest part to the most of its highest."""
    lowest = copy_number.interval(record.value or 0.0, record, numbers.given)
    if record.highest is None:
        return lowest
    return Interval(low=lowest.low, high=copy_number.interval(record.highest, record, numbers.given).high)


def _over_mdm2(record: SegmentRecord, build: Build) -> bool:
    return MDM2.overlaps(build, record.contig, record.start, record.end) and record.gene in (None, MDM2.symbol)


def _line(threshold: Threshold, y: Axis) -> Line:
    return Line(y.at(threshold.copies), threshold.words)
