"""What the assay could see of TP53, as rows of the terminal page."""

from collections.abc import Iterator

from mdm2screen.callability_result import Callability, DetectionLimit, ExonCallability, NotSeen, UncoveredStretch
from mdm2screen.numerals import number, percent
from mdm2screen.reports import wording
from mdm2screen.reports.terminal_parts import Row, lines, text

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
        yield text("Not seen"), lines(*(text(_stretch(stretch, seen)) for stretch in seen.uncovered))


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


def _stretch(one: UncoveredStretch, seen: Callability) -> str:
    bases = one.end - one.start + 1
    span = f"{one.start}-{one.end} ({bases} bases)" if bases > 1 else f"{one.start} (1 base)"
    if not seen.files:
        return f"exon {one.exon}, 17:{span}"
    depth = "" if one.depth is None else f", depth {one.depth}"
    unknown = ", none shown" if one.depth is None and one.why is NotSeen.TOO_FEW_READS else ""
    return f"exon {one.exon}, 17:{span}: {_WHY[one.why]}{depth}{unknown}"
