"""What the assay could see of TP53, as rows of the terminal page."""

from collections.abc import Iterator

from mdm2screen.callability_result import Callability, DetectionLimit, ExonCallability, NotSeen, UncoveredStretch
from mdm2screen.numerals import number, percent
from mdm2screen.reports import wording
from mdm2screen.reports.terminal_parts import Row, lines, text

_STRETCHES_SHOWN = 12
_WHY = {
    NotSeen.NOT_TARGETED: "not covered",
    NotSeen.NOTHING_SEEN: "the file says that nothing was seen",
    NotSeen.TOO_FEW_READS: "too few reads",
    NotSeen.NOT_CALLABLE: "not callable by its producer",
}


def rows(seen: Callability) -> Iterator[Row]:
    """How it is known what was seen, what a base needed, each exon, and the stretches that were not seen."""
    assay = f"{wording.blanks(seen.exposure)}{f': {seen.assay}' if seen.assay else ''}"
    yield text("Seen by the assay"), text(f"{assay}; {_covered(seen)}")
    if seen.limit is not None:
        yield text("Reads needed"), text(_limit(seen.limit))
    if seen.files:
        yield text("By exon"), lines(*(text(_exon(exon, seen)) for exon in seen.exons))
    if seen.uncovered:
        yield text("Not seen"), lines(*(text(words) for words in _not_seen(seen)))


def _covered(seen: Callability) -> str:
    if seen.covered is None:
        return "no file and no option says what it sees of TP53"
    of_all = f"{seen.covered} of {seen.bases} coding and splice-site bases"
    if not seen.files:
        return f"{of_all} taken as covered, depth not shown"
    return f"{of_all} could have shown a variant ({percent(seen.covered_fraction or 0)})"


def _limit(limit: DetectionLimit) -> str:
    words = f"{limit.needed_depth}, for {limit.min_alt_reads} reads of a variant at VAF {percent(limit.vaf)}"
    words += f" in {percent(limit.confidence)} of cases"
    if limit.purity is not None and limit.copies is not None:
        words += f" (one of {number(limit.copies)} copies, purity {percent(limit.purity)})"
    if limit.assumed:
        words += f"; assumed: {', '.join(limit.assumed)}"
    if limit.detectable_vaf is not None:
        words += f"; the lowest depth shows VAF {percent(limit.detectable_vaf)} or more"
    return words


def _exon(one: ExonCallability, seen: Callability) -> str:
    depth = "no depth shown at some base" if one.lowest_depth is None else f"lowest depth {one.lowest_depth}"
    worst = " (worst)" if one.exon == seen.worst_exon and one.covered < one.bases else ""
    return f"exon {one.exon:>2}: {one.covered:>3} of {one.bases:>3} bases, {depth}{worst}"


def _not_seen(seen: Callability) -> Iterator[str]:
    """One line for each exon and cause: a depth that goes up and down makes hundreds of stretches."""
    alike: dict[tuple[int, NotSeen], list[UncoveredStretch]] = {}
    for one in seen.uncovered:
        alike.setdefault((one.exon, one.why), []).append(one)
    for (exon, why), stretches in alike.items():
        bases = sum(one.end - one.start + 1 for one in stretches)
        cause = f": {_WHY[why]}{_depths(stretches)}" if seen.files else ""
        yield f"exon {exon}, 17:{_places(stretches)} ({bases} base{'' if bases == 1 else 's'}){cause}"


def _places(stretches: list[UncoveredStretch]) -> str:
    spans = [str(one.start) if one.start == one.end else f"{one.start}-{one.end}" for one in stretches]
    more = len(spans) - _STRETCHES_SHOWN
    return ", ".join(spans[:_STRETCHES_SHOWN]) + (f" and {more} more stretches" if more > 0 else "")


def _depths(stretches: list[UncoveredStretch]) -> str:
    known = sorted({one.depth for one in stretches if one.depth is not None})
    if known:
        return f", depth {known[0]}" + (f" to {known[-1]}" if len(known) > 1 else "")
    return ", none shown" if stretches[0].why is NotSeen.TOO_FEW_READS else ""
