"""Samples of a patient joined into one answer per criterion. Conflicts are shown, never averaged.

A presence (amplification, a deletion) takes the best evidence of all samples, an absence of mutations the worst.
A sample has a vote where its assay says something of the gene.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from mdm2screen.decision import Role, Sample, SampleCall, SampleResult
from mdm2screen.kleene import Status, all_of, any_of
from mdm2screen.mdm2_finding import copies_words
from mdm2screen.numerals import percent
from mdm2screen.results import Call, Disposition, Reason, ReasonCode, reason, reason_codes
from mdm2screen.rules import Precedence, Rule

_JOIN: Mapping[Precedence, Callable[[Iterable[Status]], Status]] = {
    Precedence.BEST: any_of,
    Precedence.WORST: all_of,
}
NOT_MET_WORDS = {
    "mdm2_amplification": "MDM2 is not amplified",
    "tp53_wild_type": "TP53 is not wild-type",
    "cdkn2a_loss": "CDKN2A is not lost",
    "tumor_type": "the tumor type is excluded",
}
OPEN_WORDS = {
    "mdm2_amplification": "MDM2 amplification",
    "tp53_wild_type": "TP53 wild-type",
    "cdkn2a_loss": "CDKN2A loss",
    "tumor_type": "the diagnosis",
}
_IN_PARTS = ("M004", "M009", "G004", "G009")
"""Reasons that one number cannot stand for: parts of the gene, or files, that say different things."""
_NAMED = 4
"""So many variants a value names."""


class SampleAnswer(NamedTuple):
    """What one sample says of a criterion; without a vote it says nothing of the gene."""

    sample: Sample
    call: Call
    votes: bool


class JoinedCall(NamedTuple):
    """One criterion over all samples of a side; ``deciding`` are those that give the answer, the latest first."""

    rule: Rule
    call: Call
    deciding: tuple[SampleAnswer, ...]
    answers: tuple[SampleAnswer, ...]

    @property
    def shown(self) -> Call:
        """The call of one sample that speaks for all, its findings with the sample's name."""
        speaker = (*self.deciding, *self.answers)[0]
        named = {"sample": speaker.sample.name}
        found = {name: getattr(speaker.call, name) for name in ("mdm2", "tp53", "gene")}
        return speaker.call.model_copy(update={k: v.model_copy(update=named) for k, v in found.items() if v})


def named_apart(samples: Sequence[Sample]) -> tuple[Sample, ...]:
    """The samples in an order of their own, local ones and the latest first; one name twice gets a number."""
    found: list[Sample] = []
    for sample in sorted(samples, key=_order):
        taken = {other.name for other in found}
        names = (sample.name, *(f"{sample.name} ({count})" for count in range(2, len(samples) + 1)))
        found.append(sample.model_copy(update={"name": next(name for name in names if name not in taken)}))
    return tuple(found)


def _order(sample: Sample) -> tuple[object, ...]:
    """Local ones before central ones, the latest first; undated samples after dated ones; names, which may be replaced
    by pseudonyms, last.
    """
    day = -sample.collected.toordinal() if sample.collected else 0
    digests = sorted(file.sha256 for file in sample.inputs)
    return sample.role is Role.CENTRAL, sample.collected is None, day, digests, sample.name, sample.model_dump_json()


def join(rules: Sequence[Rule], samples: Sequence[Sample]) -> tuple[JoinedCall, ...]:
    """Each criterion over all samples, at least one. The order of samples does not matter."""
    found = [_joined(rule, samples) for rule in rules]
    return tuple(_of_one_tumor(one, found) for one in found)


def _of_one_tumor(joined: JoinedCall, all_joined: Sequence[JoinedCall]) -> JoinedCall:
    """A wild-type stays open where every sample that shows it lacks what another one shows of the tumor.

    Where none of them shows it, and nothing is said against it, the answer stands and is pointed out.
    """
    if joined.call.tp53 is None or joined.call.status is not Status.MET:
        return joined
    for other in all_joined:
        if other.rule.precedence is not Precedence.BEST or other.call.status is not Status.MET:
            continue
        names = {answer.sample.name for answer in joined.deciding}
        own = [answer for answer in other.answers if answer.sample.name in names]
        if not own or any(answer.call.status is Status.MET for answer in own):
            continue
        shown = ", ".join(answer.sample.name for answer in other.deciding)
        listing = ", ".join(answer.sample.name for answer in own)
        if all(map(_lacks, own)):
            words = f"{listing} may hold too little of the tumor: {shown} shows what is not seen there"
            update = {"status": Status.INDETERMINATE, "reasons": (reason("S014", words), *joined.call.reasons)}
        else:
            words = f"nothing says that {listing} holds the tumor that {shown} shows amplified"
            update = {"reasons": (*joined.call.reasons, reason("S017", words))}
        return joined._replace(call=joined.call.model_copy(update=update))
    return joined


def _lacks(answer: SampleAnswer) -> bool:
    """Whether what a sample shows speaks against a presence, be it a number, a part or a word."""
    codes = [reason_codes()[one.code] for one in answer.call.reasons]
    is_open = answer.call.status is Status.INDETERMINATE
    return answer.call.status is Status.NOT_MET or (is_open and not answer.votes and any(c.against for c in codes))


def _joined(rule: Rule, samples: Sequence[Sample]) -> JoinedCall:
    answers = tuple(_answer(rule, sample) for sample in samples)
    voting = [answer for answer in answers if answer.votes]
    status = _JOIN[rule.precedence](answer.call.status for answer in voting or answers)
    deciding = tuple(answer for answer in voting if answer.call.status is status)
    first = (*deciding, *answers)[0].call
    if len(samples) == 1:
        return JoinedCall(rule, first, deciding, answers)
    speaking = deciding or answers
    reasons = [_of(answer, one) for answer in speaking for one in answer.call.reasons]
    reasons += _conflict(voting)
    reasons += [_of(answer, one) for answer in answers if answer not in speaking for one in _to_look_at(answer.call)]
    reasons += [_silent(answer) for answer in answers if not answer.votes and voting]
    return JoinedCall(rule, first.model_copy(update={"status": status, "reasons": tuple(reasons)}), deciding, answers)


def _answer(rule: Rule, sample: Sample) -> SampleAnswer:
    call = rule.evaluate(sample.evidence)
    return SampleAnswer(sample, call, has_vote(call))


def has_vote(call: Call) -> bool:
    """Whether a call says something of the gene: an open one does where something was seen, also in a failed sample.

    Where only absence leaves it open, it does not.
    """
    codes = [reason_codes()[one.code] for one in call.reasons]
    absent_alone = any(code.resolve for code in codes) and not any(map(_was_seen, codes))
    return call.status is not Status.INDETERMINATE or not absent_alone


def _was_seen(code: ReasonCode) -> bool:
    """Whether a reason for an open answer speaks of what was seen, and not of a note beside it."""
    return not code.absence and (code.decides or code.resolve is not None)


def _to_look_at(call: Call) -> list[Reason]:
    """What of a call that does not decide the central laboratory must still hear; what was not seen is no news."""
    return [one for one in call.reasons if one.flag and not reason_codes()[one.code].absence]


def _of(answer: SampleAnswer, one: Reason) -> Reason:
    return one.model_copy(update={"sample": answer.sample.name})


def _conflict(voting: Sequence[SampleAnswer]) -> list[Reason]:
    """That one sample says yes and another no."""
    if not {Status.MET, Status.NOT_MET} <= {answer.call.status for answer in voting}:
        return []
    said = "; ".join(f"{value(answer.call)} in {described(answer.sample)}" for answer in voting)
    return [reason("S006", f"the samples contradict each other: {said}")]


def _silent(answer: SampleAnswer) -> Reason:
    why = next(one.message for one in answer.call.reasons)
    return _of(answer, reason("S007", f"has no vote: {why}"))


def described(sample: Sample) -> str:
    """A sample for people: its name, specimen and date."""
    facts = [sample.evidence.specimen, sample.collected and sample.collected.isoformat()]
    listing = ", ".join(str(fact) for fact in facts if fact)
    return f"{sample.name} ({listing})" if listing else sample.name


def result(sample: Sample, joined: Sequence[JoinedCall]) -> SampleResult:
    """A sample with what it says of each criterion of its side."""
    own = [answer for one in joined for answer in one.answers if answer.sample is sample]
    fields = {name: getattr(sample, name) for name in Sample.model_fields}
    return SampleResult(**fields, specimen=sample.evidence.specimen, calls=tuple(map(_summary, own)))


def _summary(answer: SampleAnswer) -> SampleCall:
    call = answer.call
    codes = tuple(dict.fromkeys(one.code for one in call.reasons))
    return SampleCall(criterion=call.criterion, status=call.status, votes=answer.votes, value=value(call), codes=codes)


def value(call: Call) -> str:
    """What a call found, for people, in a few words."""
    if call.tp53 is not None:
        return _tp53(call)
    found = call.mdm2 or call.gene
    in_parts = next((one.message for one in call.reasons if one.code in _IN_PARTS), None)
    if found is None or found.interval is None or in_parts:
        return in_parts or call.reasons[0].message
    covered = call.mdm2.covered_fraction if call.mdm2 else None
    is_open = call.status is Status.INDETERMINATE
    in_part = f" over {percent(covered)} of MDM2" if is_open and covered is not None and covered < 1 else ""
    return f"{copies_words(found.interval)}{in_part}"


def _tp53(call: Call) -> str:
    variants = call.tp53.variants if call.tp53 else ()
    for counts, words in ((Disposition.DISQUALIFIES, "mutated"), (Disposition.REVIEW, "to review")):
        names = [variant.name for variant in variants if variant.counts is counts]
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            return f"{words}: {', '.join(names[:_NAMED])}{more}"
    return "wild-type" if call.status is Status.MET else call.reasons[0].message
