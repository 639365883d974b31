"""A gene's copies in one file against thresholds: the minimum over the gene decides, the maximum can object.

A loss is the opposite of a gain: it is met where every part of the gene surely stays below the threshold.
"""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from mdm2screen import copy_number
from mdm2screen.copy_number import Assumptions
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.mdm2_finding import GeneSource, Interval
from mdm2screen.records import Region, Scale, SegmentRecord
from mdm2screen.results import Status, any_of
from mdm2screen.rules.labels import says_gain, says_loss

Measure = Literal["copies", "fold"]
Doubt = Literal["silent", "label", "no_number", "gap", "unwritten", "partial", "diluted"]

# Part of MDM2 that targets in its coding exons span (exon 2 to the stop codon: 82%); what lies further out, no file of
# targets can show. A choice of mdm2screen.
_SPANNED_BY_TARGETS = 0.8

_OPPOSITE = {
    Status.MET: Status.NOT_MET,
    Status.NOT_MET: Status.MET,
    Status.INDETERMINATE: Status.INDETERMINATE,
}


class Threshold(NamedTuple):
    """A threshold in its own measure and in copies; inclusive for a gain, so exclusive for a loss."""

    measure: Measure
    value: float
    copies: float


class GeneCall(NamedTuple):
    """One file's answer on a gene.

    ``interval`` is that of the lowest part of the gene, ``deciding`` the record of that part; ``top`` is the most
    copies its highest part may have, ``top_record`` the record of that part.
    ``branches`` holds one status per threshold. ``doubt`` says why a file is not conclusive for another cause than
    an open interval; a file that is silent, or gives a label or no number, has no vote.
    """

    file: str
    records: tuple[SegmentRecord, ...]
    status: Status
    branches: tuple[Status, ...] = ()
    interval: Interval | None = None
    deciding: SegmentRecord | None = None
    top: float | None = None
    top_record: SegmentRecord | None = None
    covered: float = 0.0
    doubt: Doubt | None = None

    @property
    def votes(self) -> bool:
        """Whether the file has a number for the gene."""
        return self.interval is not None


def judge(
    source: GeneCopyNumber,
    locus: Region,
    thresholds: Sequence[Threshold],
    given: Assumptions,
    min_covered: float,
    *,
    limits: bool = False,
    lost: bool = False,
) -> GeneCall:
    """What one file says of the gene at ``locus``; with ``limits`` a value may be anything within its confidence.

    With ``lost`` the thresholds are those below which the gene is lost.
    """
    numbered = with_number(source.segments)
    if not numbered:
        return GeneCall(source.file, source.segments, Status.INDETERMINATE, doubt=_why_no_number(source))
    lows = [_allowed(record, given, limits=limits, lost=lost) for record in numbered]
    highs = [_allowed(record, given, limits=limits, lost=lost, highest=True) for record in numbered]
    covered = copy_number.covered_fraction(locus, [(r.start, r.end) for r in numbered])
    branches = tuple(_status(lows, highs, threshold.copies) for threshold in thresholds)
    if lost:
        branches = tuple(_OPPOSITE[branch] for branch in branches)
    status = any_of(branches) if branches else Status.INDETERMINATE
    doubt: Doubt | None = None
    if lost and any(_dilutes(record, locus) for record in numbered):
        doubt = "diluted"
    elif covered < 1 and any(record.value is None and record.scale is not Scale.LABEL for record in source.segments):
        doubt = "no_number"
    elif covered < min_covered:
        doubt = "gap"
    elif source.omits_neutral and status is not Status.NOT_MET and covered < _SPANNED_BY_TARGETS:
        doubt = "unwritten"
    elif status is Status.INDETERMINATE and any(_is_partial(lows, highs, t.copies) for t in thresholds):
        doubt = "partial"
    return GeneCall(
        file=source.file,
        records=source.segments,
        status=Status.INDETERMINATE if doubt else status,
        branches=tuple(Status.INDETERMINATE for _ in branches) if doubt else branches,
        interval=Interval(low=min(i.low for i in lows), high=_extreme(lows, min)),
        deciding=min(zip(lows, numbered, strict=True), key=lambda pair: pair[0].low)[1],
        top=_extreme(highs, max),
        top_record=max(zip(highs, numbered, strict=True), key=lambda pair: _upper(pair[0]))[1],
        covered=covered,
        doubt=doubt,
    )


def may_reach(call: GeneCall, copies: float) -> bool:
    """Whether the part of the gene that was seen may have that many copies: a word such as AMP may stand for them."""
    if call.interval is None:
        return any(record.label and says_gain(record.label) for record in call.records)
    return call.top is None or copy_number.reaches(call.top, copies)


def may_stay_below(call: GeneCall, copies: float) -> bool:
    """Whether the part of the gene that was seen may have fewer copies: a word such as LOSS may stand for them."""
    if call.interval is None:
        return any(record.label and says_loss(record.label) for record in call.records)
    return not copy_number.reaches(call.interval.low, copies)


def as_reported(call: GeneCall) -> GeneSource:
    """One file's values as it reports them."""
    numbered = with_number(call.records)
    first = (*numbered, *call.records, None)[0]
    return GeneSource(
        file=call.file,
        producer=first.producer if first else "unknown",
        scale=first.scale if first else None,
        reference=first.reference if first else None,
        purity_state=first.purity_state if first else None,
        lowest=min(map(low, numbered), default=None),
        highest=max(map(high, numbered), default=None),
        covered_fraction=call.covered,
        labels=tuple(sorted({record.label for record in call.records if record.label})),
        interval=call.interval,
        status=call.status,
        evidence=tuple(record.source for record in call.records),
    )


def with_number(records: Sequence[SegmentRecord]) -> list[SegmentRecord]:
    """Records that hold a number and not a label."""
    return [record for record in records if record.value is not None and record.scale is not Scale.LABEL]


def low(record: SegmentRecord) -> float:
    """The value of a record that has a number, in its own scale."""
    assert record.value is not None
    return record.value


def high(record: SegmentRecord) -> float:
    """The highest value of a record that has a number, in its own scale."""
    return low(record) if record.highest is None else record.highest


def limits_of(record: SegmentRecord) -> tuple[float, float]:
    """The producer's confidence limits of the value; the value itself where it gives none."""
    value = low(record)
    lower = value if record.ci_low is None else min(value, record.ci_low)
    upper = value if record.ci_high is None else max(value, record.ci_high)
    return lower, upper


def contradictory(records: Sequence[SegmentRecord]) -> list[SegmentRecord]:
    """Records of one file that lie over the same bases with different values."""
    found = []
    for one, other in combinations(with_number(records), 2):
        shared = one.start <= other.end and other.start <= one.end
        if shared and (low(one), high(one)) != (low(other), high(other)):
            found += [one, other]
    return list(dict.fromkeys(found))


def _allowed(record: SegmentRecord, given: Assumptions, *, limits: bool, lost: bool, highest: bool = False) -> Interval:
    """Copies that a record allows in its lowest part, or in its highest one."""
    value = high(record) if highest else low(record)
    if not limits:
        return copy_number.interval(value, record, given, half_counts=lost)
    lower, upper = limits_of(record)
    least = copy_number.interval(value if highest and record.highest is not None else lower, record, given)
    most = copy_number.interval(max(value, upper), record, given)
    return Interval(low=least.low, high=most.high)


def _dilutes(record: SegmentRecord, locus: Region) -> bool:
    """Whether a bin is wider than the gene: what lies beside it hides a narrow loss, or is lost in its place."""
    return record.bin_width is not None and record.bin_width > locus.end - locus.start + 1


def _why_no_number(source: GeneCopyNumber) -> Doubt:
    if not source.segments:
        return "silent"
    return "label" if all(r.scale is Scale.LABEL for r in source.segments) else "no_number"


def _status(lows: Sequence[Interval], highs: Sequence[Interval], copies: float) -> Status:
    if all(copy_number.reaches(interval.low, copies) for interval in lows):
        return Status.MET
    return Status.NOT_MET if all(_is_below(i, copies) for i in highs) else Status.INDETERMINATE


def _is_partial(lows: Sequence[Interval], highs: Sequence[Interval], copies: float) -> bool:
    """Some part surely reaches the threshold and some part surely does not."""
    return any(_is_below(i, copies) for i in lows) and any(copy_number.reaches(i.low, copies) for i in highs)


def _is_below(interval: Interval, copies: float) -> bool:
    return interval.high is not None and not copy_number.reaches(interval.high, copies)


def _extreme(intervals: Sequence[Interval], choose: Callable[[list[float]], float]) -> float | None:
    """Least or greatest upper end; an open end is greater than any."""
    chosen = choose([_upper(interval) for interval in intervals])
    return None if chosen == float("inf") else chosen


def _upper(interval: Interval) -> float:
    return float("inf") if interval.high is None else interval.high
