"""A gene's copies in one file against thresholds: the minimum over the gene decides, the maximum can object."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from mdm2screen import copy_number
from mdm2screen.copy_number import Assumptions
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.records import Region, Scale, SegmentRecord
from mdm2screen.results import Interval, Mdm2Source, Status, any_of

Measure = Literal["copies", "fold"]
Doubt = Literal["silent", "label", "no_number", "gap", "partial"]


class Threshold(NamedTuple):
    """A threshold in its own measure and in copies; inclusive."""

    measure: Measure
    value: float
    copies: float


class GeneCall(NamedTuple):
    """One file's answer on a gene.

    ``interval`` is that of the lowest part of the gene, ``deciding`` the record of that part, ``top`` the most
    copies its highest part may have.
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
) -> GeneCall:
    """What one file says of the gene at ``locus``."""
    numbered = [record for record in source.segments if _has_number(record)]
    if not numbered:
        return GeneCall(source.file, source.segments, Status.INDETERMINATE, doubt=_why_no_number(source))
    lows = [copy_number.interval(_low(record), record, given) for record in numbered]
    highs = [copy_number.interval(_high(record), record, given) for record in numbered]
    covered = copy_number.covered_fraction(locus, [(r.start, r.end) for r in numbered])
    branches = tuple(_status(lows, highs, threshold.copies) for threshold in thresholds)
    status = any_of(branches) if branches else Status.INDETERMINATE
    doubt: Doubt | None = None
    if covered < 1 and any(record.value is None and record.scale is not Scale.LABEL for record in source.segments):
        doubt = "no_number"
    elif covered < min_covered:
        doubt = "gap"
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
        covered=covered,
        doubt=doubt,
    )


def join(calls: Sequence[GeneCall]) -> tuple[Status, GeneCall | None]:
    """The answer over all files that vote, and the file whose value stands for it.

    Files that are certain must agree; a file that sees the gene amplified in part is never outvoted; a file whose
    interval is open yields to one that is certain.
    """
    voting = [call for call in calls if call.votes]
    if not voting:
        return Status.INDETERMINATE, None
    certain = {call.status for call in voting} - {Status.INDETERMINATE}
    settled = len(certain) == 1 and not any(call.doubt == "partial" for call in voting)
    status = certain.pop() if settled else Status.INDETERMINATE
    agreeing = [call for call in voting if call.status is status] or voting
    return status, min(agreeing, key=lambda call: (_width(call), call.file))


def disagree(calls: Iterable[GeneCall]) -> bool:
    """Whether one file says MET and another NOT_MET."""
    return {Status.MET, Status.NOT_MET} <= {call.status for call in calls if call.votes}


def describe(call: GeneCall, locus: Region) -> Mdm2Source:
    """The file's values as reported, for the decision."""
    numbered = [record for record in call.records if _has_number(record)]
    first = (*numbered, *call.records, None)[0]
    return Mdm2Source(
        file=call.file,
        producer=first.producer if first else "unknown",
        scale=first.scale if first else None,
        reference=first.reference if first else None,
        purity_state=first.purity_state if first else None,
        lowest=min(map(_low, numbered), default=None),
        mean=copy_number.weighted_mean(locus, [(r.start, r.end, _low(r)) for r in numbered]),
        highest=max(map(_high, numbered), default=None),
        segments=len(call.records),
        covered_fraction=call.covered,
        labels=tuple(sorted({r.label for r in call.records if r.label})),
        interval=call.interval,
        status=call.status,
        evidence=tuple(r.source for r in call.records),
    )


def _has_number(record: SegmentRecord) -> bool:
    return record.value is not None and record.scale is not Scale.LABEL


def _low(record: SegmentRecord) -> float:
    assert record.value is not None
    return record.value


def _high(record: SegmentRecord) -> float:
    return _low(record) if record.highest is None else record.highest


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
    ends = [float("inf") if i.high is None else i.high for i in intervals]
    chosen = choose(ends)
    return None if chosen == float("inf") else chosen


def _width(call: GeneCall) -> float:
    if call.interval is None or call.interval.high is None:
        return float("inf")
    return call.interval.high - call.interval.low
