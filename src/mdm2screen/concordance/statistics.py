"""Statistics of the library, imported only here and only when a number is asked for."""

import math
import statistics
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from mdm2screen.concordance.result import (
    CONFIDENCE,
    CopyDifference,
    Kappa,
    Limits,
    LimitsOfAgreement,
    Methods,
    Rate,
    TwoByTwo,
)
from mdm2screen.errors import UsageError

_SD_NEEDS = 2
"""So many differences a standard deviation needs; no published minimum for limits of agreement was found."""
_WITHIN_LIMITS = 1.96
"""Standard deviations from the mean to a limit of agreement: Bland and Altman 1999, section 2."""
_HALF = 0.5
_NOISE = 1e-9
"""Binary noise of a product of fractions: a curve that is one half is computed a little above or below it."""


@contextmanager
def _extra() -> Iterator[None]:
    """Raise UsageError where the libraries of the extra are not there."""
    try:
        yield
    except ImportError as exc:
        raise UsageError(
            f"concordance needs statsmodels, which cannot be imported ({exc})",
            remedy="pip install 'mdm2screen[statistics]'",
        ) from exc


def methods() -> Methods:
    """The methods by name, with the version of the library. Raises UsageError where it is not installed."""
    with _extra():
        import scipy
        import statsmodels
    return Methods(
        confidence_level=CONFIDENCE,
        proportions="exact interval of Clopper and Pearson (1934)",
        kappa="Cohen (1960), interval by the asymptotic standard error of Fleiss, Cohen and Everitt (1969)",
        copies="central minus local; limits of agreement of Bland and Altman (1986, 1999)",
        survival="Kaplan and Meier (1958), median with the interval of Brookmeyer and Crowley (1982), log-log",
        library=f"statsmodels {statsmodels.__version__}, scipy {scipy.__version__}",
    )


def rate(count: int, of: int) -> Rate:
    """``count`` of ``of`` with the exact interval; no number where ``of`` is zero."""
    if of == 0:
        return Rate(count=count, of=of, fraction=None, interval=None)
    with _extra():
        from statsmodels.stats.proportion import proportion_confint
    low, high = proportion_confint(count, of, alpha=1 - CONFIDENCE, method="beta")
    return Rate(count=count, of=of, fraction=count / of, interval=Limits(low=float(low), high=float(high)))


def kappa(table: TwoByTwo) -> Kappa:
    """Cohen's kappa; undefined where agreement by chance alone would be complete.

    The library divides by zero, or gives an interval of no width, where a side never varies or the two never differ.
    """
    rows = [[table.both_met, table.local_met_alone], [table.central_met_alone, table.neither_met]]
    local, central = [sum(row) for row in rows], [sum(column) for column in zip(*rows, strict=True)]
    if not sum(local):
        return Kappa(value=None, interval=None, undefined="no patient has an answer on both sides")
    if sum(local) in (table.both_met, table.neither_met):
        answer = "met" if table.both_met else "not met"
        return Kappa(value=None, interval=None, undefined=f"every patient is {answer} on both sides")
    if 0 in local or 0 in central:  # chance alone explains all agreement
        return Kappa(value=0.0, interval=None, undefined="no interval: one side gives all patients the same answer")
    if not table.local_met_alone and not table.central_met_alone:
        return Kappa(value=1.0, interval=None, undefined="no interval: the two sides never differ")
    with _extra():
        from statsmodels.stats.inter_rater import cohens_kappa
    found = cohens_kappa(rows)
    value, variance = float(found.kappa), float(found.var_kappa)
    reach = statistics.NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * math.sqrt(variance)
    return Kappa(value=value, interval=Limits(low=max(value - reach, -1.0), high=min(value + reach, 1.0)))


def copy_difference(differences: Sequence[float]) -> CopyDifference | None:
    """Differences summarised, in copies; ``None`` where there is none."""
    if not differences:
        return None
    mean = statistics.fmean(differences)
    enough = len(differences) >= _SD_NEEDS
    sd = statistics.stdev(differences) if enough else None
    return CopyDifference(
        patients=len(differences),
        median=statistics.median(differences),
        lowest=min(differences),
        highest=max(differences),
        mean=mean,
        sd=sd,
        limits=None if sd is None else _limits(mean, sd, len(differences)),
    )


def _limits(mean: float, sd: float, patients: int) -> LimitsOfAgreement:
    """The limits, each with its interval: standard error root of 3 sd^2 / n (Bland and Altman 1986), Student's t."""
    with _extra():
        from scipy.stats import t
    reach = float(t.ppf((1 + CONFIDENCE) / 2, patients - 1)) * math.sqrt(3 / patients) * sd
    low, high = mean - _WITHIN_LIMITS * sd, mean + _WITHIN_LIMITS * sd
    return LimitsOfAgreement(
        low=low,
        high=high,
        interval_of_low=Limits(low=low - reach, high=low + reach),
        interval_of_high=Limits(low=high - reach, high=high + reach),
    )


class Median(NamedTuple):
    """A median time and its interval; ``None`` where a curve does not come down to one half."""

    value: float | None
    low: float | None
    high: float | None


def median_survival(times: Sequence[float], events: Sequence[bool]) -> Median:
    """Median by Kaplan and Meier in the unit of ``times``; where the curve is one half over a stretch, its middle.

    The limits are where the limits of the curve come down to one half.
    """
    if not any(events):
        return Median(None, None, None)
    with _extra():
        from scipy import stats
    sample = stats.CensoredData.right_censored(times, [not event for event in events])
    curve = stats.ecdf(sample).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # where the curve ends at zero it has no limits
        band = curve.confidence_interval(confidence_level=CONFIDENCE, method="log-log")
    at = curve.quantiles
    reached, passed = _first_below(at, curve.probabilities, _NOISE), _first_below(at, curve.probabilities, -_NOISE)
    value = reached if reached is None or passed is None else (reached + passed) / 2
    return Median(value, _first_below(at, band.low.probabilities), _first_below(at, band.high.probabilities))


def _first_below(times: Sequence[float], survival: Sequence[float], noise: float = 0.0) -> float | None:
    """The first time at which a curve is at one half or below; never where it is no number."""
    return next((float(t) for t, s in zip(times, survival, strict=True) if s <= _HALF + noise), None)
