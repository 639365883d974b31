"""MDM2 in detail, as a section of the terminal page."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from mdm2screen.mdm2_finding import (
    Agreement,
    AgreementVerdict,
    AmpliconContext,
    AmplifiedStretch,
    Firmness,
    Flip,
    Mdm2Finding,
    Mdm2Source,
    Neighbour,
    NeighbourState,
    Robustness,
)
from mdm2screen.numerals import cut, number, percent
from mdm2screen.records import Reference
from mdm2screen.reports import wording
from mdm2screen.reports.terminal_genes import as_reported
from mdm2screen.reports.terminal_parts import Row, bold, in_detail, lines, rows, section, text, word
from mdm2screen.results import Status

_AGREEMENT = {
    AgreementVerdict.AGREE: "the files agree",
    AgreementVerdict.DISAGREE: "the files disagree",
    AgreementVerdict.ONE_SOURCE: "one source alone",
    AgreementVerdict.NOT_COMPARABLE: "the files cannot be compared",
}
_STATES = {
    NeighbourState.WITH_MDM2: "raised with MDM2",
    NeighbourState.RAISED: "raised, less than half as high",
    NeighbourState.NOT_RAISED: "not raised",
    NeighbourState.NOT_MEASURED: "without a number",
}
# Beside these no silence is kept: the classic neighbours of an MDM2 amplicon.
_ALWAYS_NAMED = frozenset({"CDK4", "HMGA2", "FRS2"})


def mdm2(finding: Mdm2Finding) -> RenderableType:
    """Copies against the thresholds, how firm that is, then each file as it reports MDM2 and what lies around."""
    return section(bold(in_detail("MDM2", finding.sample)), rows(_rows(finding)))


def _rows(finding: Mdm2Finding) -> Iterator[Row]:
    yield text("Tumor copies"), text(_copies(finding))
    if finding.confidence is not None:
        yield text("Confidence limits"), text(f"{wording.interval(finding.confidence)} tumor copies")
    if purity := _purity(finding):
        yield text("Sample"), text(purity)
    if finding.assumed:
        yield text("Assumed"), text(finding.assumed)
    yield from _judgement(finding)
    if finding.covered_fraction is not None:
        yield text("Gene covered"), text(percent(finding.covered_fraction))
    for source in finding.sources:
        yield text("As reported"), _source(source)
        if source.context is not None:
            yield text("Around MDM2"), _context(source.context)


def _judgement(finding: Mdm2Finding) -> Iterator[Row]:
    """Each threshold, where an open call would turn, how firm the call is and whether the files agree."""
    for branch in finding.branches:
        asked = f"{branch.measure} >= {number(branch.threshold)}"
        yield text(asked), Text.assemble(word(branch.status), text(f" ({wording.margin(branch)})"))
    if finding.needed_purity is not None:
        yield (
            text("Would be met"),
            text(f"at a purity of {cut(finding.needed_purity)} or less (at ploidy {number(finding.ploidy or 2)})"),
        )
    if finding.robustness is not None:
        yield text("Firmness"), _firmness(finding.robustness)
    if finding.agreement is not None and len(finding.agreement.values) > 1:
        yield text("Agreement"), _agreement(finding.agreement)


def _copies(finding: Mdm2Finding) -> str:
    if finding.copies is not None:
        fold = "" if finding.fold is None else f" ({number(finding.fold)}-fold of two copies)"
        return f"{number(finding.copies)}{fold}"
    if finding.interval is not None:
        statuses = {branch.status for branch in finding.branches}
        if statuses == {Status.MET}:
            return f"{number(finding.interval.low)} or more, whatever purity and ploidy"
        settled = statuses == {Status.NOT_MET}
        return f"{'' if settled else 'not settled; possible: '}{wording.interval(finding.interval)}"
    return "no number"


def _purity(finding: Mdm2Finding) -> str:
    known = [
        (f"purity {percent(finding.purity or 0)}", finding.purity_source),
        (f"ploidy {number(finding.ploidy or 0)}", finding.ploidy_source),
    ]
    return ", ".join(f"{words} (from {source.file})" for words, source in known if source is not None)


def _firmness(robustness: Robustness) -> Text:
    if robustness.verdict is Firmness.ROBUST:
        depends = ": the same over the protocol's whole range of purity and ploidy"
    else:
        depends = f": depends on {wording.blanks(', '.join(robustness.depends_on))}" if robustness.depends_on else ""
    flips = dict.fromkeys(_flip(flip) for flip in robustness.flips)
    return lines(Text.assemble(word(robustness.verdict), text(depends)), *map(text, flips))


def _flip(flip: Flip) -> str:
    other = "ploidy" if flip.quantity == "purity" else "purity"
    at = "" if flip.at is None else f" (at {other} {number(flip.at)})"
    if flip.quantity == "purity":
        diploid = ", if the ratio is to two copies" if flip.reference is Reference.DIPLOID else ""
        return f"met at a purity of {cut(flip.value)} or less{at}{diploid}"
    return f"met at a ploidy of {number(flip.value)} or more{at}"


def _agreement(agreement: Agreement) -> Text:
    values = (
        text(f"{one.file}: {'no number' if one.interval is None else wording.interval(one.interval)}")
        for one in agreement.values
    )
    return lines(text(_AGREEMENT[agreement.verdict]), *values)


def _source(source: Mdm2Source) -> Text:
    segments = f"{source.segments} segment{'' if source.segments == 1 else 's'}"
    markers = "" if source.fewest_markers is None else f" (fewest markers {source.fewest_markers})"
    return as_reported(source, _reported_value(source), f"{segments}{markers}, ")


def _reported_value(source: Mdm2Source) -> str:
    labels = f"label {' '.join(source.labels)}, " if source.labels else ""
    if source.lowest is None:
        return f"{labels}no number"
    unit = wording.scale(source.scale, source.reference)
    lowest = number(source.lowest)
    limits = "" if source.confidence is None else f" (confidence limits {wording.interval(source.confidence)})"
    if source.highest is None or source.lowest == source.highest:
        return f"{labels}{unit}: {lowest}{limits}"
    mean = "" if source.mean is None else f", mean {number(source.mean)}"
    return f"{labels}{unit}: lowest {lowest}{limits}{mean}, highest {number(source.highest)}"


def _context(context: AmpliconContext) -> Text:
    parts = [] if context.raised is None else [text(_size(context))]
    for state, words in _STATES.items():
        named = [one for one in context.neighbours if one.state is state and _is_named(one)]
        if named:
            parts.append(text(f"{words}: {', '.join(_neighbour(one) for one in named)}"))
    if context.ecdna:
        parts.append(text(f"amplicon class: {', '.join(context.ecdna)}"))
    return lines(*parts)


def _is_named(neighbour: Neighbour) -> bool:
    return neighbour.state is not NeighbourState.NOT_MEASURED or neighbour.gene in _ALWAYS_NAMED


def _neighbour(neighbour: Neighbour) -> str:
    return neighbour.gene if neighbour.value is None else f"{neighbour.gene} {number(neighbour.value)}"


def _size(context: AmpliconContext) -> str:
    if not context.raised:
        return "MDM2 is not raised"
    if context.stretch is None:
        return "size of the amplified stretch not known"
    more = f"; as high elsewhere on chromosome 12: {context.others}" if context.others else ""
    return f"{_stretch(context.stretch)}{more}"


def _stretch(stretch: AmplifiedStretch) -> str:
    megabases = number((stretch.end - stretch.start + 1) / 1e6)
    extent = "its true size is not known" if stretch.extent is None else wording.EXTENTS[stretch.extent]
    gaps = f", {number(stretch.unmeasured / 1e6)} Mb of it without a number" if stretch.unmeasured else ""
    count = f"{stretch.segments} segment{'' if stretch.segments == 1 else 's'}"
    return f"stretch 12:{stretch.start}-{stretch.end}, {megabases} Mb in {count}{gaps}: {extent}"
