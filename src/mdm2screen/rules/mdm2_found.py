"""The MDM2 finding of a decision: values as reported, copies, branches, firmness and agreement, as they were judged."""

from mdm2screen import copy_number
from mdm2screen.copy_number import Assumptions, Bounds
from mdm2screen.mdm2_finding import AmpliconContext, Branch, Interval, Mdm2Finding, Mdm2Source
from mdm2screen.numerals import number
from mdm2screen.records import Region, SegmentRecord
from mdm2screen.results import Status
from mdm2screen.rules.agreement import agreement
from mdm2screen.rules.assumed import known_ploidy, known_purity
from mdm2screen.rules.gene_copies import GeneCall, Threshold, as_reported, limits_of, low, with_number
from mdm2screen.rules.mdm2_answer import Answer, locus_of


def finding(answer: Answer) -> Mdm2Finding:
    """MDM2 over all files."""
    evidence, deciding = answer.stated, answer.deciding
    described = zip(answer.calls, map(locus_of, answer.sources), answer.contexts, strict=True)
    known = Mdm2Finding(
        purity=known_purity(evidence),
        purity_source=evidence.purity.source if evidence.purity else None,
        ploidy=known_ploidy(evidence),
        ploidy_source=evidence.ploidy.source if evidence.ploidy else None,
        agreement=agreement(answer.calls),
        sources=tuple(_source(call, locus, context) for call, locus, context in described),
    )
    if deciding is None or deciding.interval is None or deciding.deciding is None:
        return known
    record, span = deciding.deciding, deciding.interval
    exact = span.low if span.low == span.high else None
    is_open = Status.INDETERMINATE in deciding.branches and not answer.purity_is_stated
    needed = answer.needed_purity(known.ploidy or copy_number.DIPLOID) if is_open else None
    branches = zip(answer.thresholds, deciding.branches, strict=True)
    return known.model_copy(
        update={
            "copies": exact,
            "fold": None if exact is None else exact / copy_number.DIPLOID,
            "scale": record.scale,
            "interval": span,
            "confidence": answer.confident.interval if answer.confident else None,
            "covered_fraction": deciding.covered,
            "assumed": None if copy_number.is_corrected(record) else _assumed_words(answer.given, record),
            "needed_purity": needed if needed is not None and needed <= 1 else None,
            "branches": tuple(_branch(threshold, status, span) for threshold, status in branches),
            "robustness": answer.robustness,
            "file": deciding.file,
            "purities": Interval(low=answer.given.purity.low, high=answer.given.purity.high),
            "ploidies": Interval(low=answer.given.ploidy.low, high=answer.given.ploidy.high),
        }
    )


def has_limits(call: GeneCall) -> bool:
    """Whether the producer gives confidence limits of a value over the gene."""
    return any(limits_of(record) != (record.value, record.value) for record in with_number(call.records))


def _source(call: GeneCall, locus: Region, context: AmpliconContext | None) -> Mdm2Source:
    """One file's values as reported."""
    numbered = with_number(call.records)
    lower, upper = limits_of(call.deciding) if call.deciding else (None, None)
    limits = None if lower is None or lower == upper else Interval(low=lower, high=upper)
    return Mdm2Source(
        **dict(as_reported(call)),
        mean=copy_number.weighted_mean(locus, [(r.start, r.end, low(r)) for r in numbered]),
        confidence=limits,
        segments=len(call.records),
        fewest_markers=min((r.probes for r in numbered if r.probes is not None), default=None),
        context=context,
    )


def _branch(threshold: Threshold, status: Status, span: Interval) -> Branch:
    unit = threshold.copies / threshold.value
    scaled = Interval(low=span.low / unit, high=None if span.high is None else span.high / unit)
    return Branch(
        measure=threshold.measure,
        threshold=threshold.value,
        status=status,
        interval=scaled,
        margin=scaled.low - threshold.value,
        margin_high=None if scaled.high is None else scaled.high - threshold.value,
    )


def _assumed_words(given: Assumptions, record: SegmentRecord) -> str:
    def words(bounds: Bounds) -> str:
        return number(bounds.low) if bounds.low == bounds.high else f"{number(bounds.low)} to {number(bounds.high)}"

    return f"purity {words(given.purity)}, ploidy {words(given.ploidy)}, ratio to {record.reference}"
