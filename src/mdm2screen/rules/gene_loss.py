"""Why a gene is called lost or not, and what is shown of it: the answer over all files, then single files."""

from collections.abc import Iterator
from typing import NamedTuple

from mdm2screen import copy_number
from mdm2screen.evidence import Evidence, GeneCopyNumber
from mdm2screen.gene_finding import GeneFinding
from mdm2screen.mdm2_finding import Interval
from mdm2screen.numerals import cut, number, percent
from mdm2screen.records import PurityState
from mdm2screen.results import Reason, Status, reason
from mdm2screen.rules.agreement import disagree
from mdm2screen.rules.assumed import known_ploidy, known_purity
from mdm2screen.rules.gene_copies import Doubt, GeneCall, as_reported, high, may_stay_below, with_number
from mdm2screen.rules.mdm2_answer import copies_words, reported_words


class Loss(NamedTuple):
    """One call for each source, the answer they give together, the call whose value stands for it.

    ``limit`` is the number of copies below which the gene is lost, ``None`` where it is not public.
    """

    gene: str
    evidence: Evidence
    sources: tuple[GeneCopyNumber, ...]
    calls: tuple[GeneCall, ...]
    status: Status
    deciding: GeneCall | None
    limit: float | None

    @property
    def deciding_source(self) -> GeneCopyNumber | None:
        """The file whose value stands for the answer."""
        pairs = zip(self.calls, self.sources, strict=True)
        return next((source for call, source in pairs if call is self.deciding), None)

    @property
    def stated(self) -> Evidence:
        """The evidence as it holds for that file."""
        source = self.deciding_source
        return self.evidence if source is None else self.evidence.as_of(source)


_SEEN_IN_PART: tuple[Doubt, ...] = ("gap", "unwritten", "no_number")


def reasons(loss: Loss) -> list[Reason]:
    """Why the answer over all files is what it is, then one reason for each file that is not conclusive."""
    return [*_over_all_files(loss), *_of_single_files(loss), *may_be_lost(loss)]


def may_be_lost(loss: Loss, *, failed: bool = False) -> list[Reason]:
    """What was seen in a part of the gene, or anywhere in a sample that ``failed``, and may be a loss."""
    if loss.limit is None:
        return []
    seen = [call for call in loss.calls if (failed or call.doubt in _SEEN_IN_PART) and may_stay_below(call, loss.limit)]
    places = [record.source for call in seen for record in call.records]
    words = f"what {' and '.join(call.file for call in seen)} shows of {loss.gene} may be a loss"
    return [reason("G017", words, *places)] if seen else []


def _over_all_files(loss: Loss) -> list[Reason]:
    calls, deciding, gene = loss.calls, loss.deciding, loss.gene
    not_public = f"the number of copies below which {gene} counts as lost is not public"
    if deciding is None or deciding.doubt is not None:
        found = [reason("G012", not_public)] if loss.limit is None else []
        return found if calls else [*found, reason("G006", "no file with copy-number records was given")]
    places = [record.source for call in calls if call.votes for record in call.records]
    if disagree(calls):
        both = "; ".join(f"{copies_words(call)} in {call.file}" for call in calls if call.votes)
        found = [reason("G009", f"files disagree on {gene}: {both}", *places)]
        return [reason("G012", not_public), *found] if loss.limit is None else found
    words = f"{gene} has {copies_words(deciding)}{_top_words(deciding)} ({reported_words(deciding)} in {deciding.file})"
    if loss.limit is None:
        return [reason("G012", f"{not_public}; {words}", *places)]
    below = f"it is lost below {number(loss.limit)}"
    if loss.status is Status.MET:
        return [reason("G001", f"{words}; {below}", *places)]
    if loss.status is Status.NOT_MET:
        return [reason("G002", f"{words}; {below}", *places)]
    return [reason("G003", f"{words}; {below}, {_open_words(loss, deciding)}", *places)]


def _open_words(loss: Loss, deciding: GeneCall) -> str:
    """Below which purity an open value is a loss, where no purity is stated."""
    record, ploidy = deciding.top_record, known_ploidy(loss.stated) or copy_number.DIPLOID
    plain = record is not None and record.purity_state is PurityState.UNCORRECTED and not record.at_least
    if plain and record is not None and loss.limit is not None and known_purity(loss.stated) is None:
        observed = copy_number.linear_ratio(high(record), record.scale)
        purity = copy_number.purity_of_loss(observed, loss.limit, ploidy, record.reference)
        if purity is not None and purity <= 1:
            return f"which it is at a purity below {cut(purity)} (ploidy {number(ploidy)})"
    return "and the value may stand for either"


def _of_single_files(loss: Loss) -> Iterator[Reason]:
    """One reason for each file that is not conclusive for another cause than an open interval."""
    gene = loss.gene
    for source, call in zip(loss.sources, loss.calls, strict=True):
        places = [record.source for record in call.records]
        labels = ", ".join(sorted({record.label for record in call.records if record.label}))
        if call.doubt == "silent":
            yield reason("G005", f"{call.file} has no record over {gene}; {source.silence}")
        elif call.doubt == "label":
            yield reason("G008", f"{call.file} says {labels or 'nothing'} of {gene}, without a number", *places)
        elif call.doubt == "no_number":
            said = f" (it says {labels})" if labels else ""
            yield reason("G007", f"{call.file} has no usable number over {gene}{said}", *places)
        elif call.doubt in ("gap", "unwritten"):
            alone = "" if call.doubt == "gap" else " and writes altered stretches alone"
            words = f"{call.file} has a number for only {percent(call.covered)} of {gene}{alone}"
            yield reason("G010", f"{words} ({copies_words(call)} there)", *places)
        elif call.doubt == "diluted":
            words = f"{call.file} counts in bins wider than {gene}: {reported_words(call)} is a mean over more than it"
            yield reason("G011", words, *places)
        elif call.doubt == "partial":
            words = f"a part of {gene} has {copies_words(call)}, another {_up_to(call)}: lost in part"
            yield reason("G004", f"in {call.file} {words}", *places)
        part = [record.source for record in with_number(call.records) if record.subclonal]
        if part:
            yield reason("G015", f"{call.file} calls the segment over {gene} subclonal", *part)
        if source.other_specimen is not None and source.segments:
            words = f"{call.file} is of {source.other_specimen}, which is not what is screened"
            yield reason("S005", f"{words}: no purity or ploidy but its own would hold for it")


def _top_words(call: GeneCall) -> str:
    """The highest part, where the parts of the gene differ."""
    lowest_part = call.interval.high if call.interval else None
    return "" if call.top == lowest_part else f", {_up_to(call)} in its highest part"


def _up_to(call: GeneCall) -> str:
    return "more" if call.top is None else f"up to {number(call.top)}"


def finding(loss: Loss, criterion: str) -> GeneFinding:
    """The gene over all files."""
    stated, deciding = loss.stated, loss.deciding
    span = None
    if deciding is not None and deciding.interval is not None and deciding.doubt != "diluted":
        span = Interval(low=deciding.interval.low, high=deciding.top)
    return GeneFinding(
        gene=loss.gene,
        criterion=criterion,
        threshold=loss.limit,
        copies=span.low if span is not None and span.low == span.high else None,
        interval=span,
        purity=known_purity(stated),
        ploidy=known_ploidy(stated),
        sources=tuple(map(as_reported, loss.calls)),
    )
