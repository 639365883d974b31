"""Words and numbers of a concordance for people: percentages with one decimal, as trials are published."""

from mdm2screen.concordance.result import Limits, Rate, SurvivalSummary
from mdm2screen.numerals import number

NONE = "no number: nobody to count"


def rate(found: Rate) -> str:
    """``31 of 40 = 77.5% (61.5-89.2)``; without a denominator no number."""
    if found.fraction is None or found.interval is None:
        return f"{found.count} of {found.of}; {NONE}"
    low, high = percent(found.interval.low), percent(found.interval.high)
    return f"{found.count} of {found.of} = {percent(found.fraction)}% ({low}-{high})"


def percent(fraction: float) -> str:
    """A fraction in percent with one decimal; what is neither none nor all is shown as neither."""
    shown = f"{100 * fraction:.1f}"
    if shown == "100.0":
        return "100" if fraction == 1 else ">99.9"
    if shown == "0.0":
        return "0" if fraction == 0 else "<0.1"
    return shown


def between(limits: Limits) -> str:
    """An interval of plain numbers; ``to``, because they can be below zero."""
    return f"{number(limits.low)} to {number(limits.high)}"


def median(pfs: SurvivalSummary) -> str:
    """``3.5 months (1.8-3.7)``; where the curve does not come down to one half, that."""
    if not pfs.at_risk:
        return NONE
    limits = f"({_reached(pfs.low)}-{_reached(pfs.high)})" if pfs.low is not None or pfs.high is not None else ""
    value = "not reached" if pfs.median is None else f"{number(pfs.median)} {pfs.unit}"
    return f"{value} {limits or '(no interval)'}"


def _reached(limit: float | None) -> str:
    return "not reached" if limit is None else number(limit)
