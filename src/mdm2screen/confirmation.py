"""Central confirmation: a table of states, and each central criterion beside the local one.

The central laboratory's criteria are judged on its own samples. Nothing here looks back into the local answer.
"""

from collections.abc import Mapping, Sequence

from mdm2screen import disagreement
from mdm2screen.decision import (
    AgreementOfSides,
    CentralConfirmation,
    CriterionComparison,
    SideValue,
)
from mdm2screen.joining import NOT_MET_WORDS, OPEN_WORDS, JoinedCall, value
from mdm2screen.kleene import Status, all_of
from mdm2screen.records import Specimen
from mdm2screen.results import CallSummary, CentralStatus, Eligibility, Reason, reason

_YES, _NO, _OPEN = Status.MET, Status.NOT_MET, Status.INDETERMINATE

TRANSITIONS: Mapping[tuple[Eligibility, Status | None], tuple[CentralStatus, str]] = {
    (Eligibility.ELIGIBLE, None): (CentralStatus.REQUIRED, "C001"),
    (Eligibility.ELIGIBLE, _YES): (CentralStatus.CONFIRMED, "C004"),
    (Eligibility.ELIGIBLE, _NO): (CentralStatus.NOT_CONFIRMED, "C005"),
    (Eligibility.ELIGIBLE, _OPEN): (CentralStatus.INDETERMINATE, "C006"),
    (Eligibility.INDETERMINATE, None): (CentralStatus.REQUIRED, "C001"),
    (Eligibility.INDETERMINATE, _YES): (CentralStatus.CONFIRMED, "C004"),
    (Eligibility.INDETERMINATE, _NO): (CentralStatus.NOT_CONFIRMED, "C005"),
    (Eligibility.INDETERMINATE, _OPEN): (CentralStatus.INDETERMINATE, "C006"),
    (Eligibility.NOT_ELIGIBLE, None): (CentralStatus.NOT_REQUIRED, "C002"),
    (Eligibility.NOT_ELIGIBLE, _YES): (CentralStatus.NOT_REQUIRED, "C007"),
    (Eligibility.NOT_ELIGIBLE, _NO): (CentralStatus.NOT_REQUIRED, "C007"),
    (Eligibility.NOT_ELIGIBLE, _OPEN): (CentralStatus.NOT_REQUIRED, "C007"),
}
"""State and reason code by the local answer and the central one (``None``: no central sample yet).

A protocol without central criteria is NOT_REQUIRED (C003) whatever either side says.
"""

_FOUND = {
    _YES: ("meets its criteria", "meet the central criteria"),
    _NO: ("does not meet its criteria", "do not meet the central criteria"),
    _OPEN: ("cannot be read either way", "cannot be read either way"),
}


def confirm(
    eligibility: Eligibility,
    local: Sequence[JoinedCall],
    central: Sequence[JoinedCall],
    *,
    asked: bool,
    warnings: Sequence[Reason],
) -> CentralConfirmation:
    """The state of central confirmation. ``asked``: the protocol has central criteria; ``central`` is empty before any
    central sample; ``warnings`` and the reasons of the calls of both sides raise the flags.
    """
    if not asked:
        why = reason("C003", "the protocol names no central criteria")
        return CentralConfirmation(status=CentralStatus.NOT_REQUIRED, reasons=(why,))
    found = all_of(one.call.status for one in central) if central else None
    status, code = TRANSITIONS[eligibility, found]
    reasons = (
        reason(code, _words(code, found, central)),
        *_plasma_only(local, "C008", "local"),
        *_plasma_only(central, "C009", "central"),
    )
    of_calls = [one for joined in (*local, *central) for one in joined.call.reasons]
    raised = dict.fromkeys(one.flag for one in (*warnings, *of_calls, *reasons) if one.flag)
    by_name = {joined.rule.criterion: joined for joined in local}
    return CentralConfirmation(
        status=status,
        reasons=reasons,
        flags=() if status is CentralStatus.NOT_REQUIRED else tuple(raised),
        calls=tuple(summary(joined) for joined in central),
        criteria=tuple(_compared(by_name.get(one.rule.criterion), one) for one in central),
    )


def _words(code: str, found: Status | None, central: Sequence[JoinedCall]) -> str:
    if found is None:
        wanted = {"C001": "the central laboratory must confirm MDM2 and TP53", "C002": "not eligible on local testing"}
        return wanted[code]
    names = NOT_MET_WORDS if found is _NO else OPEN_WORDS
    short = [one for one in central if one.call.status is found and found is not _YES]
    parts = [f"{names.get(one.rule.criterion, one.rule.criterion)} ({value(one.call)})" for one in short]
    listing = f": {'; '.join(parts)}" if parts else ""
    samples = {answer.sample.name for one in central for answer in one.answers}
    subject = "the central sample" if len(samples) == 1 else "the central samples together"
    torn = any(why.code == "S006" for one in central for why in one.call.reasons)
    said = f"{subject} {_FOUND[found][len(samples) > 1]}{listing}{'; they contradict each other' if torn else ''}"
    return f"not eligible on local testing; {said}, which does not change that" if code == "C007" else said


def _plasma_only(joined: Sequence[JoinedCall], code: str, side: str) -> list[Reason]:
    """That no tissue has a vote in what one side tested."""
    voting = [a.sample for one in joined if one.rule.genomic for a in one.answers if a.votes]
    samples = voting or [a.sample for one in joined for a in one.answers]
    if samples and all(sample.evidence.specimen is Specimen.PLASMA for sample in samples):
        return [reason(code, f"{side} testing rests on plasma alone")]
    return []


def summary(joined: JoinedCall) -> CallSummary:
    """A joined call as a decision states it."""
    return CallSummary(criterion=joined.call.criterion, status=joined.call.status, reasons=joined.call.reasons)


def _compared(local: JoinedCall | None, central: JoinedCall) -> CriterionComparison:
    if local is None or Status.INDETERMINATE in (local.call.status, central.call.status):
        agreement = AgreementOfSides.OPEN
    else:
        agreement = AgreementOfSides.AGREE if local.call.status is central.call.status else AgreementOfSides.DIFFER
    differs = local is not None and local.call.status is not central.call.status
    return CriterionComparison(
        criterion=central.rule.criterion,
        local=None if local is None else _side(local),
        central=_side(central),
        agreement=agreement,
        why=disagreement.why(local, central) if local is not None and differs else (),
    )


def _side(joined: JoinedCall) -> SideValue:
    found = joined.call.mdm2 or joined.call.gene
    return SideValue(
        status=joined.call.status,
        value=value(joined.call),
        copies=found.copies if found else None,
        interval=found.interval if found else None,
        samples=tuple(answer.sample.name for answer in joined.deciding),
    )
