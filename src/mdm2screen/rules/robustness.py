"""ROBUST or FRAGILE: whether a call holds over the whole range of purity and ploidy, and where it would flip."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mdm2screen import copy_number
from mdm2screen.copy_number import Assumptions, Bounds
from mdm2screen.mdm2_finding import Dependence, Firmness, Flip, Robustness
from mdm2screen.records import PurityState, Reference, SegmentRecord
from mdm2screen.results import Status
from mdm2screen.rules.gene_copies import GeneCall, high, low

Judge = Callable[[Assumptions, bool], Status]
"""The status over all files under assumptions, with or without the producers' confidence limits."""


class Setting(NamedTuple):
    """What a call was made under: ``given`` as known or assumed, ``whole`` the protocol's ranges and what is known."""

    given: Assumptions
    whole: Assumptions
    threshold: float


def robustness(status: Status, deciding: GeneCall, setting: Setting, judge: Judge) -> Robustness:
    """How firm a call over all files is; ``deciding`` is the file whose value stands for it."""
    if status is Status.INDETERMINATE:
        depends = _open_dependences(deciding, setting)
    else:
        depends = _dependences(status, setting, judge)
    fragile = depends or status is Status.INDETERMINATE
    # a NOT_MET rests on the highest part of the gene, every other answer on the lowest
    record = deciding.top_record if status is Status.NOT_MET else deciding.deciding
    at_stake = high if status is Status.NOT_MET else low
    return Robustness(
        verdict=Firmness.FRAGILE if fragile else Firmness.ROBUST,
        depends_on=depends,
        flips=() if record is None else tuple(_flips(at_stake(record), record, setting)),
    )


def _flips(reported: float, record: SegmentRecord, setting: Setting) -> Iterator[Flip]:
    """Purities and ploidies at which ``reported``, in the scale of ``record``, is exactly the threshold's copies."""
    if record.purity_state not in (PurityState.UNCORRECTED, PurityState.UNKNOWN):
        return
    value = copy_number.linear_ratio(reported, record.scale)
    for reference in copy_number.references(record):
        by_sample = reference is Reference.SAMPLE
        for ploidy in _ends(setting.given.ploidy) if by_sample else [None]:
            needed = copy_number.needed_purity(value, setting.threshold, ploidy or copy_number.DIPLOID, reference)
            if needed is not None and 0 < needed <= 1:
                yield Flip(quantity="purity", value=needed, at=ploidy, reference=reference)
        for purity in _ends(setting.given.purity) if by_sample and value > 0 else []:
            needed = copy_number.needed_ploidy(value, setting.threshold, purity)
            if setting.whole.ploidy.low <= needed <= setting.whole.ploidy.high:
                yield Flip(quantity="ploidy", value=needed, at=purity, reference=reference)


def _ends(bounds: Bounds) -> list[float]:
    return sorted({bounds.low, bounds.high})


def _dependences(status: Status, setting: Setting, judge: Judge) -> tuple[Dependence, ...]:
    """What would change a call that is certain under what is given."""
    given, whole = setting.given, setting.whole
    tried: Sequence[tuple[Dependence, Assumptions, bool]] = (
        ("purity", Assumptions(purity=whole.purity, ploidy=given.ploidy), False),
        ("ploidy", Assumptions(purity=given.purity, ploidy=whole.ploidy), False),
        ("confidence_limits", given, True),
    )
    found = tuple(name for name, assumed, limits in tried if judge(assumed, limits) is not status)
    if not found and judge(whole, False) is not status:
        return ("purity", "ploidy")
    return found


def _open_dependences(deciding: GeneCall, setting: Setting) -> tuple[Dependence, ...]:
    """Which unknowns leave a call open."""
    records = [r for r in (deciding.deciding, deciding.top_record) if r is not None]
    uncorrected = [r for r in records if not copy_number.is_corrected(r)]
    causes: dict[Dependence, bool] = {
        "purity": bool(uncorrected) and setting.given.purity.low < setting.given.purity.high,
        "ploidy": setting.given.ploidy.low < setting.given.ploidy.high
        and any(r.reference is not Reference.DIPLOID for r in uncorrected),
        "correction": any(r.purity_state is PurityState.UNKNOWN for r in uncorrected),
        "reference": any(r.reference is Reference.UNKNOWN for r in uncorrected),
        "ceiling": any(r.at_least for r in records),
    }
    return tuple(name for name, holds in causes.items() if holds)
