"""Why MDM2 is called as it is: the answer over all files, and what stands against single files."""

from collections.abc import Iterator

from mdm2screen import copy_number
from mdm2screen.numerals import cut, number, percent
from mdm2screen.records import PurityState, Reference
from mdm2screen.results import Reason, Status, reason
from mdm2screen.rules import fish
from mdm2screen.rules.agreement import disagree
from mdm2screen.rules.gene_copies import Doubt, GeneCall, may_reach
from mdm2screen.rules.mdm2_answer import Answer, copies_words, reported_words

_SEEN_IN_PART: tuple[Doubt, ...] = ("gap", "unwritten", "no_number")


def reasons(answer: Answer) -> list[Reason]:
    """Why the answer over all files is what it is, then one reason for each file that is not conclusive."""
    return [*_over_all_files(answer), *_of_single_files(answer), *may_be_amplified(answer)]


def may_be_amplified(answer: Answer, *, failed: bool = False) -> list[Reason]:
    """What was seen in a part of MDM2, or anywhere in a sample that ``failed``, and may reach the threshold."""
    least = answer.least
    if least is None:
        return []
    seen = [call for call in answer.calls if (failed or call.doubt in _SEEN_IN_PART) and may_reach(call, least)]
    words = "; ".join(f"{_seen_words(call)} in {call.file}" for call in seen)
    places = [record.source for call in seen for record in call.records]
    return [reason("M028", f"what was seen of MDM2 may reach {answer.rule_words}: {words}", *places)] if seen else []


def _seen_words(call: GeneCall) -> str:
    if call.interval is None:
        return ", ".join(sorted({record.label for record in call.records if record.label}))
    same = call.top == call.interval.high
    top = "more" if call.top is None else f"up to {number(call.top)}"
    return copies_words(call) if same else f"{copies_words(call)}, {top} in another part"


def not_public(answer: Answer) -> Reason:
    """That a number of the rule is not public; where none is, with what the files say."""
    if answer.thresholds:
        return reason("M015", "a number this protocol asks for is not public")
    words = "the number of copies that counts as amplified is not public"
    if answer.deciding is None or answer.deciding.doubt is not None or disagree(answer.calls):
        return reason("M015", words)
    places = [record.source for call in answer.calls if call.votes for record in call.records]
    return reason("M015", f"{words}; {_value_words(answer, answer.deciding)}", *places)


def _over_all_files(answer: Answer) -> list[Reason]:
    calls, deciding = answer.calls, answer.deciding
    if deciding is None or deciding.doubt is not None:
        return [] if calls else [reason("M006", "no file with copy-number records was given")]
    places = [record.source for call in calls if call.votes for record in call.records]
    if disagree(calls):
        both = "; ".join(f"{copies_words(call)} in {call.file}" for call in calls if call.votes)
        return [reason("M009", f"files disagree on MDM2: {both}", *places)]
    if not answer.thresholds:
        return []  # said with the number that is not public
    words = _value_words(answer, deciding)
    if answer.status is Status.MET:
        return [reason("M001", f"{words}; the threshold is {answer.rule_words}", *places)]
    if answer.status is Status.NOT_MET:
        return [reason("M002", f"{words}; the threshold is {answer.rule_words}", *places)]
    return [reason("M003", f"{words}; the threshold of {answer.rule_words} {_needed_words(answer)}", *places)]


def _value_words(answer: Answer, deciding: GeneCall) -> str:
    words = f"MDM2 has {copies_words(deciding)}{_top_words(deciding, answer.status)}"
    return f"{words} ({reported_words(deciding)} in {deciding.file})"


def _of_single_files(answer: Answer) -> list[Reason]:
    """One reason for each file that is not conclusive for another cause than an open interval."""
    found = []
    for source, call in zip(answer.sources, answer.calls, strict=True):
        places = [record.source for record in call.records]
        labels = ", ".join(sorted({record.label for record in call.records if record.label}))
        if call.doubt == "silent":
            found.append(reason("M005", f"{call.file} has no record over MDM2; {source.silence}"))
        elif call.doubt == "label" and not fish.may_be_amplified(call.records):
            said = f"{call.file} says {labels or 'nothing'} of MDM2"
            found.append(reason("M029", f"{said}: no amplification, and no number of copies", *places))
        elif call.doubt == "label" and call.file == fish.FILE:
            found.append(reason("M024", f"{labels}: a ratio, not a number of copies", *places))
        elif call.doubt == "label":
            found.append(reason("M008", f"{call.file} says {labels or 'nothing'} of MDM2, without a number", *places))
        elif call.doubt == "no_number":
            said = f" (it says {labels})" if labels else ""
            found.append(reason("M007", f"{call.file} has no usable number over MDM2{said}", *places))
        elif call.doubt == "gap":
            covered = f"{call.file} has a number for only {percent(call.covered)} of MDM2"
            found.append(reason("M010", covered, *places))
        elif call.doubt == "unwritten":
            covered = (
                f"{call.file} has a number for only {percent(call.covered)} of MDM2 and writes altered stretches alone"
            )
            found.append(reason("M010", f"{covered}: the rest may be neutral, and the gene amplified in part", *places))
        elif call.doubt == "partial":
            top = "more" if call.top is None else f"up to {number(call.top)}"
            words = f"a part of MDM2 has {copies_words(call)}, another {top}: amplified in part"
            found.append(reason("M004", f"in {call.file} {words} ({answer.rule_words})", *places))
    return found


def _needed_words(answer: Answer) -> str:
    """At which purity an open value would meet the threshold, and what else leaves it open."""
    parts = [] if answer.purity_is_stated else list(_purities_words(answer))
    words = f"would be met {', '.join(parts)}" if parts else "is neither surely met nor surely missed"
    causes = list(_causes(answer, if_not_corrected=bool(parts)))
    return f"{words}; {' and '.join(causes)}" if causes else words


def _purities_words(answer: Answer) -> Iterator[str]:
    record = answer.deciding.deciding if answer.deciding else None
    no_ploidy = record is not None and record.reference is Reference.DIPLOID
    for y in sorted({answer.given.ploidy.low, answer.given.ploidy.high})[: 1 if no_ploidy else None]:
        needed = answer.needed_purity(y)
        if needed is not None:
            at = "at any purity" if needed >= 1 else f"at a purity of {cut(needed)} or less"
            yield at if no_ploidy else f"{at} (ploidy {number(y)})"


def _causes(answer: Answer, *, if_not_corrected: bool) -> Iterator[str]:
    """What no purity would settle; ``if_not_corrected``: what was said before holds for a value that is not."""
    record = answer.deciding.deciding if answer.deciding else None
    if record is None:
        return
    if record.at_least:
        yield "the value is only the least it can be"
    if record.purity_state is PurityState.UNKNOWN and not copy_number.is_corrected(record):
        given = ", and that purity holds if it is not" if if_not_corrected else ""
        yield f"nothing says whether it is corrected for purity{given}"
    if record.reference is Reference.UNKNOWN and not copy_number.is_corrected(record):
        yield "nothing says whether it is relative to two copies or to the sample's own mean"


def _top_words(call: GeneCall, status: Status) -> str:
    """That even the highest part stays below, where the parts of the gene differ."""
    lowest_part = call.interval.high if call.interval else None
    if status is not Status.NOT_MET or call.top is None or call.top == lowest_part:
        return ""
    return f", at most {number(call.top)} in its highest part"
