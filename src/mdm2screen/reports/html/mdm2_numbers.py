"""What both pictures of MDM2 start from: the file that decides, what was reckoned with, the thresholds in copies."""

from collections.abc import Iterable
from typing import NamedTuple

from mdm2screen import copy_number
from mdm2screen.copy_number import Assumptions, Bounds
from mdm2screen.decision import Decision
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.mdm2_finding import Interval, Mdm2Finding
from mdm2screen.numerals import number
from mdm2screen.records import Scale, SegmentRecord


class Threshold(NamedTuple):
    """A threshold in copies, with how the protocol states it."""

    copies: float
    words: str


class Mdm2Numbers(NamedTuple):
    """The finding, the file whose value stands for it, and purity and ploidy as it was reckoned with."""

    finding: Mdm2Finding
    source: GeneCopyNumber
    given: Assumptions

    @property
    def record(self) -> SegmentRecord:
        """The record of the lowest value over MDM2."""
        return min(numbered(self.source), key=lambda record: record.value or 0.0)

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The protocol's thresholds, one for each number of copies."""
        return in_copies((branch.measure, branch.threshold) for branch in self.finding.branches)


def in_copies(asked: Iterable[tuple[str, float]]) -> tuple[Threshold, ...]:
    """Thresholds given as ``copies`` or ``fold`` with their value: one for each number of copies, lowest first."""
    found: dict[float, list[str]] = {}
    for measure, value in asked:
        is_fold = measure == "fold"
        copies = value * (copy_number.DIPLOID if is_fold else 1)
        found.setdefault(copies, []).append(f"{number(value)}{'-fold' if is_fold else ' copies'}")
    return tuple(Threshold(copies, " or ".join(words)) for copies, words in sorted(found.items()))


def mdm2_numbers(decision: Decision) -> Mdm2Numbers | None:
    """The numbers behind the MDM2 call; ``None`` where no file has one."""
    finding = decision.mdm2
    if finding is None or finding.file is None or finding.purities is None or finding.ploidies is None:
        return None
    samples = [one for one in decision.samples if finding.sample in (None, one.name)]
    sources = [source for sample in samples for source in sample.evidence.mdm2 if source.file == finding.file]
    source = next((one for one in sources if numbered(one)), None)
    if source is None:
        return None
    given = Assumptions(purity=_bounds(finding.purities), ploidy=_bounds(finding.ploidies))
    return Mdm2Numbers(finding, source, given)


def numbered(source: GeneCopyNumber) -> list[SegmentRecord]:
    """Records over MDM2 that hold a number and not a label."""
    return [one for one in source.segments if one.value is not None and one.scale is not Scale.LABEL]


def _bounds(interval: Interval) -> Bounds:
    return Bounds(low=interval.low, high=interval.low if interval.high is None else interval.high)
