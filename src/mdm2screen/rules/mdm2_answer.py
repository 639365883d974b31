"""What the MDM2 criterion found, before it is put into words: the calls of all files and what they were made under."""

from typing import NamedTuple

from mdm2screen import copy_number, mdm2_finding
from mdm2screen.copy_number import Assumptions
from mdm2screen.evidence import Evidence, GeneCopyNumber
from mdm2screen.genes import MDM2
from mdm2screen.mdm2_finding import AmpliconContext, Robustness
from mdm2screen.numerals import number
from mdm2screen.records import Build, Region, Scale
from mdm2screen.results import Status
from mdm2screen.rules.gene_copies import GeneCall, Threshold, low

_SCALE_WORDS = {
    Scale.LOG2_RATIO: "log2 ratio",
    Scale.LINEAR_RATIO: "linear ratio",
    Scale.TUMOR_COPIES: "tumor copies",
    Scale.OBSERVED_COPIES: "copies as observed",
}


class Answer(NamedTuple):
    """One call and one context for each source, the answer they give together, the call whose value stands for it.

    ``confident`` is that call with the producer's confidence limits in it. ``given`` is what purity and ploidy were
    known or taken to be for it.
    """

    evidence: Evidence
    sources: tuple[GeneCopyNumber, ...]
    calls: tuple[GeneCall, ...]
    contexts: tuple[AmpliconContext | None, ...]
    status: Status
    deciding: GeneCall | None
    thresholds: tuple[Threshold, ...]
    given: Assumptions
    robustness: Robustness | None
    confident: GeneCall | None

    @property
    def stated(self) -> Evidence:
        """The evidence as it holds for the file whose value stands for the answer."""
        pairs = zip(self.calls, self.sources, strict=True)
        source = next((source for call, source in pairs if call is self.deciding), None)
        return self.evidence if source is None else self.evidence.as_of(source)

    @property
    def context(self) -> AmpliconContext | None:
        """What lies around MDM2 in the file whose value stands for the answer."""
        pairs = zip(self.calls, self.contexts, strict=True)
        return next((context for call, context in pairs if call is self.deciding), None)

    @property
    def least(self) -> float | None:
        """Copies that the lowest threshold asks for."""
        return min((threshold.copies for threshold in self.thresholds), default=None)

    @property
    def purity_is_stated(self) -> bool:
        """Whether one purity alone was reckoned with."""
        return self.given.purity.low == self.given.purity.high

    def needed_purity(self, ploidy: float) -> float | None:
        """Purity at or below which the lowest part would meet the lowest threshold."""
        record = self.deciding.deciding if self.deciding else None
        if record is None or self.least is None or copy_number.is_corrected(record):
            return None
        observed = copy_number.linear_ratio(low(record), record.scale)
        return copy_number.needed_purity(observed, self.least, ploidy, record.reference)

    @property
    def rule_words(self) -> str:
        """The thresholds in words."""
        words = {"copies": "{} copies", "fold": "{}-fold"}
        return " or ".join(words[t.measure].format(number(t.value)) for t in self.thresholds)


def locus_of(source: GeneCopyNumber) -> Region:
    """MDM2 on the file's build; a table of named genes without a build is measured on either."""
    return MDM2.loci[source.build or Build.GRCH38]


def copies_words(call: GeneCall) -> str:
    """Copies that a file allows."""
    return "no number" if call.interval is None else mdm2_finding.copies_words(call.interval)


def reported_words(call: GeneCall) -> str:
    """The deciding value as its file gives it."""
    record = call.deciding
    if record is None or record.value is None:
        return "no number"
    return f"{_SCALE_WORDS.get(record.scale, record.scale)} {record.value:g}"
