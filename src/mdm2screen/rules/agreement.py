"""Several files of one tumor: the answer they give together, and whether they say the same. No value is averaged."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from mdm2screen import copy_number
from mdm2screen.mdm2_finding import Agreement, AgreementVerdict, FileCopies, Interval
from mdm2screen.results import Status
from mdm2screen.rules.gene_copies import GeneCall

# Many producers print whole copies; less than this between two values is their rounding.
_ROUNDING = 0.5


def join(calls: Sequence[GeneCall]) -> tuple[Status, GeneCall | None]:
    """The answer over all files that vote, and the file whose value stands for it.

    Files that are certain must agree; a file that sees the gene amplified in part is never outvoted; a file whose
    interval is open yields to one that is certain, unless its interval shuts the other's value out.
    """
    voting = [call for call in calls if call.votes]
    if not voting:
        return Status.INDETERMINATE, None
    certain = {call.status for call in voting} - {Status.INDETERMINATE}
    settled = len(certain) == 1 and not any(call.doubt == "partial" for call in voting) and not disagree(calls)
    status = certain.pop() if settled else Status.INDETERMINATE
    agreeing = [call for call in voting if call.status is status] or voting
    # of equal ones the first: evidence has an order of its own, which no pseudonym changes
    return status, min(agreeing, key=_width)


def disagree(calls: Iterable[GeneCall]) -> bool:
    """Whether one file says MET and another NOT_MET, or an open interval shuts out what another file allows."""
    calls = list(calls)
    if {Status.MET, Status.NOT_MET} <= {call.status for call in calls if call.votes}:
        return True
    pairs = combinations([call for call in calls if _is_comparable(call)], 2)
    return any(
        Status.INDETERMINATE in (one.status, other.status) and _apart(one.interval, other.interval)
        for one, other in pairs
    )


def agreement(calls: Sequence[GeneCall]) -> Agreement | None:
    """The verdict over all files with a record over the gene, and the value of each; ``None`` without a number."""
    speaking = [call for call in calls if call.records]
    comparable = [call for call in speaking if _is_comparable(call)]
    if not any(call.votes for call in speaking):
        return None
    verdict = AgreementVerdict.NOT_COMPARABLE
    if len(speaking) == 1:
        verdict = AgreementVerdict.ONE_SOURCE
    elif disagree(calls):
        verdict = AgreementVerdict.DISAGREE
    elif len(comparable) > 1:
        verdict = AgreementVerdict.AGREE
    values = (FileCopies(file=call.file, interval=call.interval, status=call.status) for call in speaking)
    return Agreement(verdict=verdict, values=tuple(values))


def _is_comparable(call: GeneCall) -> bool:
    """Whether a file's interval is that of the whole gene: no label, no gap, not amplified in part."""
    return call.votes and call.doubt is None


def _apart(one: Interval | None, other: Interval | None) -> bool:
    """Whether no number of copies lies in both, rounding aside."""
    if one is None or other is None:
        return False
    pairs = ((one, other), (other, one))
    return any(a.high is not None and not copy_number.reaches(a.high + _ROUNDING, b.low) for a, b in pairs)


def _width(call: GeneCall) -> float:
    if call.interval is None or call.interval.high is None:
        return float("inf")
    return call.interval.high - call.interval.low
