"""CDKN2A lost: copies in a tumor cell stay below a threshold.

It is the opposite of an amplification and judged alike: a value that is not corrected for purity and ploidy is an
interval, and normal cells hide a loss, so that little purity leaves it open. A gene lost in part is open too.
"""

from typing import ClassVar, Literal

from mdm2screen import copy_number
from mdm2screen.evidence import Evidence, GeneCopyNumber
from mdm2screen.genes import CDKN2A, Locus
from mdm2screen.numerals import number
from mdm2screen.records import Build, PurityState, Region, Specimen
from mdm2screen.results import Call, Reason, Status, reason
from mdm2screen.rules.agreement import join
from mdm2screen.rules.assumed import assumptions, known_ploidy, known_purity
from mdm2screen.rules.base import FractionNumber, Number, NumberRange, Precedence, PurityRange, Rule
from mdm2screen.rules.gene_copies import Threshold, judge, low, with_number
from mdm2screen.rules.gene_loss import Loss, finding, may_be_lost, reasons


class Cdkn2aLoss(Rule):
    """Copies < ``copies_max`` over the whole gene (exclusive); the ranges are those of ``mdm2_amplification``."""

    criterion: ClassVar[str] = "cdkn2a_loss"
    precedence: ClassVar[Precedence] = Precedence.BEST
    copies_of: ClassVar[tuple[Locus, ...]] = (CDKN2A,)
    rule: Literal["cdkn2a_loss"]
    copies_max: Number
    purity_range: PurityRange
    ploidy_range: NumberRange
    min_covered_fraction: FractionNumber

    @property
    def asks(self) -> str:
        """The number that is asked for, and how it must be stated."""
        limit = self.copies_max.known
        asked = "a number that is not public" if limit is None else f"fewer than {number(limit)} copies in a tumor cell"
        return f"CDKN2A copy number, corrected for purity and ploidy, which are to be stated; the criterion is {asked}"

    def evaluate(self, evidence: Evidence) -> Call:
        """The call over all files that speak of CDKN2A."""
        loss = self._loss(evidence)
        if CDKN2A.symbol in evidence.not_read:
            unread = reason("G016", "the files were read for a protocol that does not ask for CDKN2A")
            return Call(criterion=self.criterion, status=Status.INDETERMINATE, reasons=(unread,))
        failed = [
            reason("G013", f"the sample failed quality control: {q.status}", q.source)
            for q in evidence.qc
            if not q.passed
        ]
        doubted = [*_diluted(loss), *_too_few_reads(loss)]
        status = Status.INDETERMINATE if failed or doubted else loss.status
        said = may_be_lost(loss, failed=True) if failed else reasons(loss)  # else no value of a failed sample counts
        found = (*failed, *doubted, *said)
        return Call(criterion=self.criterion, status=status, reasons=found, gene=finding(loss, self.criterion))

    def _loss(self, evidence: Evidence) -> Loss:
        limit = self.copies_max.known
        thresholds = () if limit is None else (Threshold("copies", limit, limit),)
        # without a public fraction the whole gene must have a number
        known = self.min_covered_fraction.known
        least = 1.0 if known is None else known
        sources = evidence.cdkn2a
        assumed = [assumptions(evidence.as_of(source), self.purity_range, self.ploidy_range) for source in sources]
        pairs = zip(sources, assumed, strict=True)
        calls = tuple(judge(one, locus_of(one), thresholds, given, least, lost=True) for one, given in pairs)
        status, deciding = join(calls)
        return Loss(CDKN2A.symbol, evidence, sources, calls, status, deciding, limit)


def locus_of(source: GeneCopyNumber) -> Region:
    """CDKN2A on the file's build; a table of named genes without a build is measured on either."""
    return CDKN2A.loci[source.build or Build.GRCH38]


def _diluted(loss: Loss) -> list[Reason]:
    """Why a gene that looks kept may be lost: the tumor's share of the DNA in plasma has no least value."""
    deciding = loss.deciding
    if loss.status is not Status.NOT_MET or deciding is None or known_purity(loss.stated) is not None:
        return []
    if Specimen.PLASMA not in (loss.evidence.specimen, loss.deciding_source and loss.deciding_source.other_specimen):
        return []
    if deciding.deciding is not None and copy_number.is_corrected(deciding.deciding):
        return []
    return [reason("S005", "the tumor's share of the DNA in plasma is not known, and may hide a loss")]


def _too_few_reads(loss: Loss) -> list[Reason]:
    """Why a gene that looks lost may not be: normal cells, whose share is known, give more reads than there are."""
    purity, ploidy = known_purity(loss.stated), known_ploidy(loss.stated)
    if loss.status is not Status.MET or loss.deciding is None or loss.limit is None or purity is None:
        return []
    found = []
    for record in with_number(loss.deciding.records):
        if record.purity_state not in (PurityState.UNCORRECTED, PurityState.UNKNOWN):
            continue
        observed = copy_number.linear_ratio(low(record), record.scale)
        ploidy = ploidy or copy_number.DIPLOID
        if copy_number.is_below_normal_cells(observed, purity, ploidy, copy_number.references(record), loss.limit):
            found.append(record.source)
    words = f"at a purity of {number(purity)} the normal cells alone would give more reads over {loss.gene}"
    return [reason("G014", words, *found)] if found else []
