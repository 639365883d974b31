"""MDM2 amplified: copies in a tumor cell, or their ratio to two, reach a threshold.

A value that is not corrected for purity and ploidy is an interval, and only an interval that lies wholly on one side
of the threshold is a call.
"""

from typing import ClassVar, Literal

from pydantic import model_validator

from mdm2screen import copy_number
from mdm2screen.copy_number import Assumptions, Bounds
from mdm2screen.evidence import Evidence, GeneCopyNumber
from mdm2screen.genes import MDM2
from mdm2screen.numerals import cut, number, percent
from mdm2screen.records import Build, Region, Scale, SegmentRecord, Specimen
from mdm2screen.results import Branch, Call, Interval, Mdm2Finding, Reason, Status, reason
from mdm2screen.rules.base import FractionNumber, Number, NumberRange, PurityRange, Rule
from mdm2screen.rules.gene_copies import GeneCall, Threshold, describe, disagree, join, judge

_SCALE_WORDS = {
    Scale.LOG2_RATIO: "log2 ratio",
    Scale.LINEAR_RATIO: "linear ratio",
    Scale.TUMOR_COPIES: "tumor copies",
    Scale.OBSERVED_COPIES: "copies as observed",
}


class Mdm2Amplification(Rule):
    """Copies >= ``copies_min`` OR fold >= ``fold_min`` (fold: copies over two); both thresholds inclusive.

    ``purity_range`` and ``ploidy_range`` are taken where neither a file nor the user states them. A known purity
    below the range's low end is no firmer than that end. ``near_miss`` is the part of a threshold within which a
    value is pointed out.
    """

    criterion: ClassVar[str] = "mdm2_amplification"
    rule: Literal["mdm2_amplification"]
    copies_min: Number | None = None
    fold_min: Number | None = None
    purity_range: PurityRange
    ploidy_range: NumberRange
    min_covered_fraction: FractionNumber
    near_miss: FractionNumber

    @model_validator(mode="after")
    def _has_threshold(self) -> "Mdm2Amplification":
        if self.copies_min is None and self.fold_min is None:
            raise ValueError("needs copies_min or fold_min")
        return self

    def evaluate(self, evidence: Evidence) -> Call:
        """The call over all files that speak of MDM2."""
        given = self._assumptions(evidence)
        calls = [self._judge(source, given) for source in evidence.mdm2]
        status, deciding = join(calls)
        reasons = [*self._reasons(calls, status, deciding, evidence), *self._doubts(calls, evidence)]
        failed = [record for record in evidence.qc if not record.passed]
        if failed:
            status = Status.INDETERMINATE
            reasons = [reason("M014", f"the sample failed quality control: {q.status}", q.source) for q in failed]
        if status is not Status.MET and self._asks_for_unknown():
            status = Status.INDETERMINATE
            reasons.append(reason("M015", "a number this protocol asks for is not public"))
        if status is Status.NOT_MET and _may_be_diluted_further(deciding, evidence):
            status = Status.INDETERMINATE
            floor = number(self.purity_range.low)
            reasons.append(reason("S005", f"the tumor's share of the DNA in plasma may be below {floor}"))
        if deciding is not None:
            reasons += self._context(deciding, evidence)
        finding = self._finding(calls, deciding, evidence, given)
        return Call(criterion=self.criterion, status=status, reasons=tuple(reasons), mdm2=finding)

    def _asks_for_unknown(self) -> bool:
        """Whether a branch of the rule has no public number: it can be neither met nor missed."""
        return any(branch is not None and branch.known is None for branch in (self.copies_min, self.fold_min))

    def _thresholds(self) -> list[Threshold]:
        """Branches of the rule whose number is public."""
        copies = self.copies_min.known if self.copies_min else None
        fold = self.fold_min.known if self.fold_min else None
        found = [] if copies is None else [Threshold("copies", copies, copies)]
        return found if fold is None else [*found, Threshold("fold", fold, fold * copy_number.DIPLOID)]

    def _assumptions(self, evidence: Evidence) -> Assumptions:
        purity = self.purity_range.around(_purity(evidence))
        if purity.low < self.purity_range.low:
            purity = Bounds(low=purity.low, high=self.purity_range.low)
        return Assumptions(purity=purity, ploidy=self.ploidy_range.around(_ploidy(evidence)))

    def _judge(self, source: GeneCopyNumber, given: Assumptions) -> GeneCall:
        known = self.min_covered_fraction.known
        least = 1.0 if known is None else known
        return judge(source, _locus(source), self._thresholds(), given, least)

    def _reasons(
        self, calls: list[GeneCall], status: Status, deciding: GeneCall | None, evidence: Evidence
    ) -> list[Reason]:
        """Why the answer over all files is what it is."""
        if deciding is None or deciding.doubt is not None:
            return [] if calls else [reason("M006", "no file with copy-number records was given")]
        places = [record.source for call in calls if call.votes for record in call.records]
        if disagree(calls):
            both = "; ".join(f"{_copies(call)} in {call.file}" for call in calls if call.votes)
            return [reason("M009", f"files disagree on MDM2: {both}", *places)]
        words = f"MDM2 has {_copies(deciding)}{_top_words(deciding, status)}"
        words = f"{words} ({_reported(deciding)} in {deciding.file})"
        if status is Status.MET:
            return [reason("M001", f"{words}; the threshold is {self._rule_words()}", *places)]
        if status is Status.NOT_MET:
            return [reason("M002", f"{words}; the threshold is {self._rule_words()}", *places)]
        needed = self._needed_words(deciding, evidence)
        return [reason("M003", f"{words}; the threshold of {self._rule_words()} {needed}", *places)]

    def _doubts(self, calls: list[GeneCall], evidence: Evidence) -> list[Reason]:
        """One reason for each file that is not conclusive for another cause than an open interval."""
        found = []
        for source, call in zip(evidence.mdm2, calls, strict=True):
            places = [record.source for record in call.records]
            if call.doubt == "silent":
                found.append(reason("M005", f"{call.file} has no record over MDM2; {source.silence}"))
            elif call.doubt == "label":
                labels = ", ".join(sorted({record.label or "nothing" for record in call.records}))
                found.append(reason("M008", f"{call.file} says {labels} of MDM2, without a number", *places))
            elif call.doubt == "no_number":
                labels = ", ".join(sorted({record.label for record in call.records if record.label}))
                said = f" (it says {labels})" if labels else ""
                found.append(reason("M007", f"{call.file} has no usable number over MDM2{said}", *places))
            elif call.doubt == "gap":
                covered = f"{call.file} has a number for only {percent(call.covered)} of MDM2"
                found.append(reason("M010", covered, *places))
            elif call.doubt == "partial":
                top = "more" if call.top is None else f"up to {number(call.top)}"
                words = f"a part of MDM2 has {_copies(call)}, another {top}: amplified in part"
                found.append(reason("M004", f"in {call.file} {words} ({self._rule_words()})", *places))
        return found

    def _context(self, call: GeneCall, evidence: Evidence) -> list[Reason]:
        """What the central laboratory should know of the value that stands for the gene."""
        found = []
        purity = _purity(evidence)
        record = call.deciding
        if record is not None and not copy_number.is_corrected(record):
            found.append(reason("M012", f"the value in {call.file} is not known to be corrected for purity"))
            if purity is None:
                found.append(reason("M016", "neither a file nor an option states the purity"))
        if purity is not None and purity < self.purity_range.low:
            floor = number(self.purity_range.low)
            words = f"purity {number(purity)} is below {floor}, where its error rules: reckoned with up to {floor}"
            found.append(reason("M013", words))
        if any(self._is_near(call, threshold.copies) for threshold in self._thresholds()):
            found.append(reason("M011", f"{_copies(call)} lies near the threshold ({self._rule_words()})"))
        return found

    def _is_near(self, call: GeneCall, threshold: float) -> bool:
        band = self.near_miss.known or 0.0
        low, top = call.interval.low if call.interval else None, call.top
        if low is not None and copy_number.reaches(low, threshold):
            return low < threshold * (1 + band)
        return top is not None and threshold * (1 - band) <= top and not copy_number.reaches(top, threshold)

    def _needed_words(self, call: GeneCall, evidence: Evidence) -> str:
        """At which purity an open value would meet the threshold, at both ends of the ploidy."""
        parts = []
        ploidy = self.ploidy_range.around(_ploidy(evidence))
        for y in sorted({ploidy.low, ploidy.high}):
            needed = self._needed_purity(call, y)
            if needed is not None:
                at = "at any purity" if needed >= 1 else f"at a purity of {cut(needed)} or less"
                parts.append(f"{at} (ploidy {number(y)})")
        return f"would be met {', '.join(parts)}" if parts else "is neither surely met nor surely missed"

    def _needed_purity(self, call: GeneCall, ploidy: float) -> float | None:
        record = call.deciding
        if record is None or record.value is None or copy_number.is_corrected(record):
            return None
        observed = copy_number.linear_ratio(record.value, record.scale)
        least = min((t.copies for t in self._thresholds()), default=None)
        return None if least is None else copy_number.needed_purity(observed, least, ploidy, record.reference)

    def _rule_words(self) -> str:
        words = {"copies": "{} copies", "fold": "{}-fold"}
        return " or ".join(words[t.measure].format(number(t.value)) for t in self._thresholds())

    def _finding(
        self, calls: list[GeneCall], deciding: GeneCall | None, evidence: Evidence, given: Assumptions
    ) -> Mdm2Finding:
        loci = map(_locus, evidence.mdm2)
        described = tuple(describe(call, locus) for call, locus in zip(calls, loci, strict=True))
        known = Mdm2Finding(
            purity=_purity(evidence),
            purity_source=evidence.purity.source if evidence.purity else None,
            ploidy=_ploidy(evidence),
            ploidy_source=evidence.ploidy.source if evidence.ploidy else None,
            sources=described,
        )
        if deciding is None or deciding.interval is None or deciding.deciding is None:
            return known
        record, span = deciding.deciding, deciding.interval
        exact = span.low if span.low == span.high else None
        is_open = Status.INDETERMINATE in deciding.branches
        needed = self._needed_purity(deciding, known.ploidy or copy_number.DIPLOID) if is_open else None
        return known.model_copy(
            update={
                "copies": exact,
                "fold": None if exact is None else exact / copy_number.DIPLOID,
                "scale": record.scale,
                "interval": span,
                "covered_fraction": deciding.covered,
                "assumed": None if copy_number.is_corrected(record) else _assumed_words(given, record),
                "needed_purity": needed if needed is not None and needed <= 1 else None,
                "branches": tuple(map(_branch, self._thresholds(), deciding.branches, [span] * len(deciding.branches))),
            }
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
    )


def _may_be_diluted_further(call: GeneCall | None, evidence: Evidence) -> bool:
    """Whether an uncorrected value is of plasma of unknown tumor fraction, which no range of tissue purities bounds."""
    if evidence.specimen is not Specimen.PLASMA or _purity(evidence) is not None:
        return False
    return call is None or call.deciding is None or not copy_number.is_corrected(call.deciding)


def _purity(evidence: Evidence) -> float | None:
    return evidence.purity.purity if evidence.purity else None


def _ploidy(evidence: Evidence) -> float | None:
    return evidence.ploidy.ploidy if evidence.ploidy else None


def _locus(source: GeneCopyNumber) -> Region:
    """MDM2 on the file's build; a table of named genes without a build is measured on either."""
    return MDM2.loci[source.build or Build.GRCH38]


def _copies(call: GeneCall) -> str:
    span = call.interval
    if span is None:
        return "no number"
    if span.high is None:
        return f"at least {number(span.low)} copies"
    return (
        f"{number(span.low)} copies" if span.low == span.high else f"{number(span.low)} to {number(span.high)} copies"
    )


def _top_words(call: GeneCall, status: Status) -> str:
    """That even the highest part stays below, where the parts of the gene differ."""
    lowest_part = call.interval.high if call.interval else None
    if status is not Status.NOT_MET or call.top is None or call.top == lowest_part:
        return ""
    return f", at most {number(call.top)} in its highest part"


def _reported(call: GeneCall) -> str:
    """The deciding value as its file gives it."""
    record = call.deciding
    if record is None or record.value is None:
        return "no number"
    return f"{_SCALE_WORDS.get(record.scale, record.scale)} {record.value:g}"


def _assumed_words(given: Assumptions, record: SegmentRecord) -> str:
    def words(bounds: Bounds) -> str:
        return number(bounds.low) if bounds.low == bounds.high else f"{number(bounds.low)} to {number(bounds.high)}"

    return f"purity {words(given.purity)}, ploidy {words(given.ploidy)}, ratio to {record.reference}"
