"""Why a local and a central answer differ: what of both is not the same. Statements of fact, no verdict on either."""

from collections.abc import Iterator

from mdm2screen.callability_result import Exposure
from mdm2screen.joining import JoinedCall, SampleAnswer
from mdm2screen.kleene import Status
from mdm2screen.mdm2_finding import Interval, Mdm2Finding, copies_words
from mdm2screen.numerals import number
from mdm2screen.records import Specimen
from mdm2screen.results import Disposition, Reason, Tp53Finding, Tp53Variant, reason

_SAME_NUMBER = 1e-9
"""Noise of binary arithmetic."""


def why(local: JoinedCall, central: JoinedCall) -> tuple[Reason, ...]:
    """What differs between the samples that speak for each side; never empty."""
    here, there = _speaker(local), _speaker(central)
    found = [
        *_thresholds(here, local, central),
        *_open(local, "local"),
        *_open(central, "central"),
        *_mdm2(local.call.mdm2, central.call.mdm2),
        *_tp53(local.call.tp53, central.call.tp53),
        *_samples(here, there),
    ]
    return tuple(found) or (reason("C030", "nothing in the files of either side says why"),)


def _speaker(joined: JoinedCall) -> SampleAnswer:
    return (*joined.deciding, *joined.answers)[0]


def _thresholds(here: SampleAnswer, local: JoinedCall, central: JoinedCall) -> Iterator[Reason]:
    """That the local sample would get another answer by the central criterion."""
    other = central.rule.evaluate(here.sample.evidence)
    if other.status is not local.call.status:
        words = f"by the central criterion the local sample would be {_said(other.status)}: {other.reasons[0].message}"
        yield reason("C020", words)


def _open(joined: JoinedCall, side: str) -> Iterator[Reason]:
    if joined.call.status is Status.INDETERMINATE:
        first = joined.call.reasons[0]
        yield reason("C021", f"the {side} answer is open: {first.message}", *first.evidence, resolve=first.resolve)


def _mdm2(here: Mdm2Finding | None, there: Mdm2Finding | None) -> Iterator[Reason]:
    if here is None or there is None:
        return
    if here.interval and there.interval and _apart(here.interval, there.interval):
        yield reason(
            "C022", f"MDM2 has {copies_words(here.interval)} locally and {copies_words(there.interval)} centrally"
        )
    scales = _scale(here), _scale(there)
    if all(scales) and scales[0] != scales[1]:
        yield reason("C023", f"the values are of different kinds: {scales[0]} locally, {scales[1]} centrally")
    for quantity, mine, theirs in (("purity", here.purity, there.purity), ("ploidy", here.ploidy, there.ploidy)):
        if mine != theirs and not (mine and theirs and abs(mine - theirs) <= _SAME_NUMBER):
            yield reason("C024", f"{quantity} is {_or_unknown(mine)} locally and {_or_unknown(theirs)} centrally")


def _apart(one: Interval, other: Interval) -> bool:
    lower, upper = sorted((one, other), key=lambda interval: interval.low)
    return lower.high is not None and lower.high < upper.low


def _scale(found: Mdm2Finding) -> str | None:
    source = next((one for one in found.sources if one.scale is found.scale), None)
    if found.scale is None or source is None or source.purity_state is None:
        return None
    return f"{found.scale} ({source.purity_state})".replace("_", " ")


def _or_unknown(known: float | None) -> str:
    return "not known" if known is None else number(known)


def _tp53(here: Tp53Finding | None, there: Tp53Finding | None) -> Iterator[Reason]:
    if here is None or there is None:
        return
    mine, theirs = _that_matter(here), _that_matter(there)
    yield from _one_sided(mine, theirs, there, "local", "central")
    yield from _one_sided(theirs, mine, here, "central", "local")
    for name in sorted(mine.keys() & theirs.keys()):
        if mine[name].counts is not theirs[name].counts:
            words = f"{name} {mine[name].counts} locally ({mine[name].why}), {theirs[name].counts} centrally"
            yield reason("C026", f"{words} ({theirs[name].why})", mine[name].source, theirs[name].source)
    exposures = here.callability.exposure, there.callability.exposure
    if exposures[0] is not exposures[1]:
        words = f"coverage of TP53 is {exposures[0]} locally and {exposures[1]} centrally"
        yield reason("C027", words)


def _that_matter(found: Tp53Finding) -> dict[str, Tp53Variant]:
    return {variant.name: variant for variant in found.variants if variant.counts is not Disposition.IGNORED}


def _one_sided(
    having: dict[str, Tp53Variant],
    other: dict[str, Tp53Variant],
    missing: Tp53Finding,
    side: str,
    other_side: str,
) -> Iterator[Reason]:
    """Variants that one side alone has, with whether the other could have seen them."""
    ignored = {variant.name for variant in missing.variants}
    for name in (name for name in having if name not in other):
        variant = having[name]
        share = "" if variant.vaf is None else f" at an allele fraction of {number(variant.vaf)}"
        seen = "lists it and ignores it" if name in ignored else _could_see(missing)
        words = f"{name}{share} is in the {side} sample alone; the {other_side} one {seen}"
        yield reason("C025", words, variant.source)


def _could_see(found: Tp53Finding) -> str:
    seen = found.callability
    if seen.exposure is Exposure.UNKNOWN:
        return "is not known to cover TP53"
    if seen.uncovered:
        return f"covers {seen.covered} of {seen.bases} bases ({seen.exposure})"
    return f"covers TP53 ({seen.exposure})"


def _samples(here: SampleAnswer, there: SampleAnswer) -> Iterator[Reason]:
    specimens = [answer.sample.evidence.specimen for answer in (here, there)]
    if specimens[0] is not specimens[1] and Specimen.PLASMA in specimens:
        here_was, there_was = (specimen or "a specimen that is not stated" for specimen in specimens)
        yield reason("C028", f"{here_was} was tested locally and {there_was} centrally")
    days = here.sample.collected, there.sample.collected
    if days[0] and days[1] and days[0] != days[1]:
        apart = abs((days[1] - days[0]).days)
        plural = "" if apart == 1 else "s"
        yield reason(
            "C029", f"the samples were taken {apart} day{plural} apart: {days[0]} locally, {days[1]} centrally"
        )


def _said(status: Status) -> str:
    return {Status.MET: "met", Status.NOT_MET: "not met", Status.INDETERMINATE: "open"}[status]
