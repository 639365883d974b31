"""What the central laboratory should know of an MDM2 value beside the answer: none of it changes the answer."""

from collections.abc import Iterator

from mdm2screen import copy_number
from mdm2screen.mdm2_finding import Extent, Firmness, Flip, NeighbourState
from mdm2screen.numerals import cut, number
from mdm2screen.records import SegmentRecord, Source
from mdm2screen.results import Reason, Status, reason
from mdm2screen.rules.assumed import known_purity
from mdm2screen.rules.gene_copies import GeneCall, contradictory, limits_of, with_number
from mdm2screen.rules.mdm2_answer import Answer, copies_words

_FEW_MARKERS = 2
"""Markers of the smallest segment that DNAcopy makes (its default ``min.width``): so few may be a spike of noise."""

_CHECKED_NEIGHBOUR = "FRS2"
"""The neighbour most often amplified with MDM2 (84% of 10,010 tumors of a 450-gene panel), 0.6 Mb away."""


def cautions(answer: Answer, *, near_miss: float, lowest_purity: float) -> list[Reason]:
    """All cautions. ``near_miss`` is a part of a threshold, ``lowest_purity`` the least that is reckoned with."""
    call = answer.deciding
    if call is None:
        return list(_low_purity(answer, None, lowest_purity))
    return [
        *_of_purity(answer, call, lowest_purity),
        *_of_distance(answer, call, near_miss),
        *_of_records(answer),
        *_of_context(answer),
    ]


def _of_purity(answer: Answer, call: GeneCall, lowest: float) -> Iterator[Reason]:
    purity = known_purity(answer.stated)
    if call.deciding is not None and not copy_number.is_corrected(call.deciding):
        yield reason("M012", f"the value in {call.file} is not known to be corrected for purity")
        if purity is None:
            yield reason("M016", f"neither a file nor an option states the purity{_of_which(answer, call)}")
    yield from _low_purity(answer, call, lowest)
    firm = answer.robustness
    stated = {"purity", "ploidy"} & set(firm.depends_on) if firm else set()
    if firm and firm.verdict is Firmness.FRAGILE and stated and answer.status is not Status.INDETERMINATE:
        turn = "would not be met" if answer.status is Status.MET else "would be met"
        flips = [flip for flip in firm.flips if flip.quantity in stated]
        if answer.given.ploidy.low == answer.given.ploidy.high:  # one ploidy need not be named at each purity
            flips = [flip if flip.quantity == "ploidy" else flip.model_copy(update={"at": None}) for flip in flips]
        where = ", ".join(dict.fromkeys(_flip_words(flip, answer.status) for flip in flips))
        words = f"the answer rests on the stated {' and '.join(sorted(stated))}"
        alone = f"by {call.file} alone " if sum(one.votes for one in answer.calls) > 1 else ""
        yield reason("M019", f"{words}: {alone}it {turn} {where}" if where else words)


def _of_which(answer: Answer, call: GeneCall) -> str:
    """Of which specimen no purity is stated, where it is not the one screened."""
    pairs = zip(answer.calls, answer.sources, strict=True)
    other = next((source.other_specimen for one, source in pairs if one is call), None)
    return "" if other is None else f" of the {other}"


def _flip_words(flip: Flip, status: Status) -> str:
    """On which side of a flip the answer turns; the flip itself is where the threshold is just met."""
    lost = status is Status.MET
    if flip.quantity == "purity":
        side = f"at a purity above {number(flip.value)}" if lost else f"at a purity of {cut(flip.value)} or less"
        return side if flip.at is None else f"{side} (ploidy {number(flip.at)})"
    side = f"at a ploidy below {number(flip.value)}" if lost else f"at a ploidy of {number(flip.value)} or more"
    return side if flip.at is None else f"{side} (purity {number(flip.at)})"


def _low_purity(answer: Answer, call: GeneCall | None, lowest: float) -> Iterator[Reason]:
    purity = known_purity(answer.stated)
    if purity is None or purity >= lowest:
        return
    floor = number(lowest)
    words = f"purity {number(purity)} is below {floor}, where its error rules"
    if call is not None and call.deciding is not None:
        corrected = copy_number.is_corrected(call.deciding)
        words += ": its producer corrected the value at it" if corrected else f": reckoned with up to {floor}"
    yield reason("M013", words)


def _of_distance(answer: Answer, call: GeneCall, near_miss: float) -> Iterator[Reason]:
    if any(_is_near(call, threshold.copies, near_miss) for threshold in answer.thresholds):
        yield reason("M011", f"{copies_words(call)} lies near the threshold ({answer.rule_words})")
    firm, confident = answer.robustness, answer.confident
    if firm and confident and "confidence_limits" in firm.depends_on:
        words = f"within the confidence limits of {call.file} MDM2 has {copies_words(confident)}"
        yield reason("M018", f"{words}: they lie on both sides of the threshold", *_places(_with_limits(call)))


def _is_near(call: GeneCall, threshold: float, band: float) -> bool:
    low, top = call.interval.low if call.interval else None, call.top
    if low is not None and copy_number.reaches(low, threshold):
        return low < threshold * (1 + band)
    return top is not None and threshold * (1 - band) <= top and not copy_number.reaches(top, threshold)


def _of_records(answer: Answer) -> Iterator[Reason]:
    """Doubts about single records over the gene."""
    for call in answer.calls:
        numbered = with_number(call.records)
        few = [r for r in numbered if r.probes is not None and r.probes <= _FEW_MARKERS]
        if few:
            yield reason("M022", f"{call.file} rests on segments of {_FEW_MARKERS} markers or fewer", *_places(few))
        differing = contradictory(call.records)
        if differing:
            words = f"{call.file} has overlapping segments over MDM2 with different values; the lowest decides"
            yield reason("M021", words, *_places(differing))
        part = [r for r in numbered if r.subclonal]
        if part:
            yield reason("M020", f"{call.file} calls the segment over MDM2 subclonal", *_places(part))
    for source in answer.sources:
        if source.other_specimen is not None and source.segments:
            words = f"{source.file} is of {source.other_specimen}, which is not what is screened"
            yield reason("S005", f"{words}: no purity or ploidy but its own would hold for it")
    if answer.evidence.fish is not None and answer.evidence.fish.copies is not None:
        yield reason("M023", "MDM2 was counted by FISH, and the count was given by hand")


def _of_context(answer: Answer) -> Iterator[Reason]:
    """What lies around an MDM2 that is amplified or may be."""
    context = answer.context
    if context is None or not context.raised or answer.status is Status.NOT_MET:
        return
    beside = next((one for one in context.neighbours if one.gene == _CHECKED_NEIGHBOUR), None)
    if beside is not None and beside.state is NeighbourState.NOT_RAISED:
        words = f"{beside.gene}, 0.6 Mb from MDM2, is not raised"
        yield reason("M017", f"{words}: the amplification is very small, or an artefact")
    stretch = context.stretch
    if stretch is not None and stretch.extent in (Extent.ARM, Extent.CHROMOSOME):
        size = number((stretch.end - stretch.start + 1) / 1e6)
        both = "both arms" if stretch.extent is Extent.CHROMOSOME else "one arm"
        words = f"MDM2 is gained together with {size} Mb, more than half of {both} of chromosome 12"
        yield reason("M026", f"{words}: not focal")


def _with_limits(call: GeneCall) -> list[SegmentRecord]:
    return [r for r in with_number(call.records) if limits_of(r) != (r.value, r.value)]


def _places(records: list[SegmentRecord]) -> list[Source]:
    return [record.source for record in records]
