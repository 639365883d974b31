"""MDM2 amplified: copies in a tumor cell, or their ratio to two, reach a threshold.

A value that is not corrected for purity and ploidy is an interval, and only an interval that lies wholly on one side
of the threshold is a call. How a file is judged stands in ``gene_copies``, how files join in ``agreement``.
"""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import model_validator

from mdm2screen import copy_number
from mdm2screen.copy_number import Assumptions
from mdm2screen.evidence import Evidence, GeneCopyNumber
from mdm2screen.mdm2_finding import AmpliconContext, Robustness
from mdm2screen.numerals import number
from mdm2screen.records import Specimen
from mdm2screen.results import Call, Reason, Status, reason
from mdm2screen.rules import fish
from mdm2screen.rules.agreement import disagree, join
from mdm2screen.rules.amplicon import amplicon
from mdm2screen.rules.assumed import assumptions, known_ploidy, known_purity
from mdm2screen.rules.base import FractionNumber, Number, NumberRange, Precedence, PurityRange, Rule
from mdm2screen.rules.gene_copies import GeneCall, Threshold, judge
from mdm2screen.rules.mdm2_answer import Answer, locus_of
from mdm2screen.rules.mdm2_build import on_other_build
from mdm2screen.rules.mdm2_cautions import cautions
from mdm2screen.rules.mdm2_found import finding, has_limits
from mdm2screen.rules.mdm2_reasons import may_be_amplified, not_public, reasons
from mdm2screen.rules.robustness import Setting, robustness


class Mdm2Amplification(Rule):
    """Copies >= ``copies_min`` OR fold >= ``fold_min`` (fold: copies over two); both thresholds inclusive.

    ``purity_range`` and ``ploidy_range`` are taken where neither a file nor the user states them. A known purity
    below the range's low end is no firmer than that end. ``near_miss`` is the part of a threshold within which a
    value is pointed out.
    """

    criterion: ClassVar[str] = "mdm2_amplification"
    precedence: ClassVar[Precedence] = Precedence.BEST
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

    @property
    def asks(self) -> str:
        """The number that is asked for, and how it must be stated."""
        branches = ((self.copies_min, "{} copies in a tumor cell"), (self.fold_min, "{}-fold of two copies"))
        known = [words.format(number(one.known)) for one, words in branches if one and one.known is not None]
        asked = " or ".join(known) if known else "a number that is not public"
        return f"MDM2 copy number, corrected for purity and ploidy, which are to be stated; the criterion is {asked}"

    def evaluate(self, evidence: Evidence) -> Call:
        """The call over all files that speak of MDM2, and FISH if it was given."""
        answer = self._answer(evidence)
        found = reasons(answer)
        overruled = self._overruled(answer)
        status = Status.INDETERMINATE if overruled else answer.status
        if any(one.code == "M014" for one in overruled):
            found = may_be_amplified(answer, failed=True)  # no other value of a failed sample is worth saying
        found = [*overruled, *found]
        found += cautions(answer, near_miss=self.near_miss.known or 0.0, lowest_purity=self.purity_range.low)
        return Call(criterion=self.criterion, status=status, reasons=tuple(found), mdm2=finding(answer))

    def _overruled(self, answer: Answer) -> list[Reason]:
        """What leaves the criterion open, whatever the copies say."""
        evidence = answer.evidence
        found = [
            reason("M014", f"the sample failed quality control: {q.status}", q.source)
            for q in evidence.qc
            if not q.passed
        ]
        if answer.status is not Status.MET and self._asks_for_unknown():
            found.append(not_public(answer))
        if answer.status is Status.NOT_MET and (diluted := _diluted(answer, self.purity_range.low)):
            found.append(reason("S005", f"the tumor's share of the DNA in plasma {diluted}"))
        if answer.status is Status.NOT_MET and (shifted := self._on_other_build(answer)):
            found.append(reason("M027", shifted))
        contradicted = fish.contradiction(evidence.fish, answer.status, [t.copies for t in answer.thresholds])
        if contradicted:
            found.append(reason("M025", contradicted))
        return found

    def _on_other_build(self, answer: Answer) -> str | None:
        """That every file that says no may be on another build than the user states, where MDM2 may be amplified."""
        pairs = zip(answer.sources, answer.calls, strict=True)
        against = [source for source, call in pairs if call.votes and call.status is Status.NOT_MET]

        def judged(source: GeneCopyNumber) -> GeneCall:
            return self._judge_all([source], [self._assumptions(answer.evidence.as_of(source))])[0]

        found = [on_other_build(source, judged) for source in against]
        return found[0] if all(found) else None

    def _answer(self, evidence: Evidence) -> Answer:
        sources = (*evidence.mdm2, *fish.sources(evidence.fish))
        assumed = [self._assumptions(evidence.as_of(source)) for source in sources]
        calls = self._judge_all(sources, assumed)
        status, deciding = join(calls)
        confident = None
        if deciding is not None and has_limits(deciding):
            ranged = self._judge_all(sources, assumed, limits=True)
            confident = ranged[calls.index(deciding)]
        return Answer(
            evidence=evidence,
            sources=sources,
            calls=calls,
            contexts=tuple(_context(source, evidence.as_of(source)) for source in sources),
            status=status,
            deciding=deciding,
            thresholds=self._thresholds(),
            given=self._assumptions(evidence) if deciding is None else assumed[calls.index(deciding)],
            robustness=self._robustness(sources, calls, assumed),
            confident=confident,
        )

    def _robustness(
        self, sources: Sequence[GeneCopyNumber], calls: Sequence[GeneCall], assumed: Sequence[Assumptions]
    ) -> Robustness | None:
        """How firm the answer is; ``None`` where it is open for another cause than purity and ploidy."""
        thresholds = self._thresholds()
        status, deciding = join(calls)
        if deciding is None or deciding.doubt is not None or disagree(calls) or not thresholds:
            return None
        given = assumed[calls.index(deciding)]
        whole = Assumptions(
            purity=self.purity_range.with_known(given.purity), ploidy=self.ploidy_range.with_known(given.ploidy)
        )
        setting = Setting(given, whole, min(threshold.copies for threshold in thresholds))

        def again(other: Assumptions, limits: bool) -> Status:
            # what is tried for one specimen is not tried for another
            tried = [other if one == given else one for one in assumed]
            return join(self._judge_all(sources, tried, limits=limits))[0]

        return robustness(status, deciding, setting, again)

    def _asks_for_unknown(self) -> bool:
        """Whether a branch of the rule has no public number: it can be neither met nor missed."""
        return any(branch is not None and branch.known is None for branch in (self.copies_min, self.fold_min))

    @property
    def least(self) -> tuple[tuple[str, float], ...]:
        """Copies and fold that are asked for, as far as their number is public."""
        return tuple((threshold.measure, threshold.value) for threshold in self._thresholds())

    def _thresholds(self) -> tuple[Threshold, ...]:
        """Branches of the rule whose number is public."""
        copies = self.copies_min.known if self.copies_min else None
        fold = self.fold_min.known if self.fold_min else None
        found = () if copies is None else (Threshold("copies", copies, copies),)
        return found if fold is None else (*found, Threshold("fold", fold, fold * copy_number.DIPLOID))

    def _assumptions(self, evidence: Evidence) -> Assumptions:
        return assumptions(evidence, self.purity_range, self.ploidy_range)

    def _judge_all(
        self, sources: Sequence[GeneCopyNumber], assumed: Sequence[Assumptions], *, limits: bool = False
    ) -> tuple[GeneCall, ...]:
        """Each file on its own; without a public fraction the whole gene must have a number."""
        known = self.min_covered_fraction.known
        least = 1.0 if known is None else known
        thresholds = self._thresholds()
        pairs = zip(sources, assumed, strict=True)
        return tuple(judge(one, locus_of(one), thresholds, given, least, limits=limits) for one, given in pairs)


def _context(source: GeneCopyNumber, evidence: Evidence) -> AmpliconContext | None:
    return amplicon(source, known_purity(evidence), known_ploidy(evidence))


def _diluted(answer: Answer, floor: float) -> str | None:
    """Why a value of plasma may hide an amplification: no range of tissue purities bounds its dilution.

    Below the floor a correction is one of noise; one whose tumor fraction is not stated stands as its producer made it.
    """
    if answer.evidence.specimen is not Specimen.PLASMA:
        return None
    purity = known_purity(answer.stated)
    if purity is not None:
        return f"is stated as {number(purity)}, below {number(floor)}" if purity < floor else None
    record = answer.deciding.deciding if answer.deciding else None
    corrected = record is not None and copy_number.is_corrected(record)
    return None if corrected else f"may be below {number(floor)}"
