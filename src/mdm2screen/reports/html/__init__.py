"""A decision as one HTML page: no network, no script, opens from disk, prints; for a person who never saw the tool."""

from collections.abc import Iterator
from typing import NamedTuple

from mdm2screen.decision import Decision, Role, SideValue, sealed
from mdm2screen.protocol import TrialProtocol
from mdm2screen.reports import wording
from mdm2screen.reports.html.amplicon_plot import amplicon_plot
from mdm2screen.reports.html.environment import environment
from mdm2screen.reports.html.lollipop import lollipop
from mdm2screen.reports.html.purity_plot import purity_plot
from mdm2screen.reports.protocol_numbers import protocol_numbers
from mdm2screen.requesting import Finding, found
from mdm2screen.results import CallSummary, CentralStatus, Eligibility, Reason

_CENTRAL = {
    CentralStatus.REQUIRED: ("Yes", "the central laboratory must confirm before treatment"),
    CentralStatus.CONFIRMED: ("Done", "the central laboratory confirmed"),
    CentralStatus.NOT_CONFIRMED: ("Done", "the central laboratory did not confirm"),
    CentralStatus.INDETERMINATE: ("Once more", "the central result cannot be read either way"),
    CentralStatus.NOT_REQUIRED: ("No", "nothing is asked of the central laboratory"),
}
"""Whether the patient goes to the central laboratory, in a word and in words."""

_WHY_CONFIRM = {
    Eligibility.ELIGIBLE: "local testing meets every criterion; the protocol has the central laboratory test too",
    Eligibility.INDETERMINATE: "local testing leaves the patient open, not excluded; the central laboratory must test",
}
"""Why a patient without a central result goes there, by the local answer."""


_DELETED = ("T015", "T016")
"""Reasons that copy number gives, which stand at no residue."""


class Card(NamedTuple):
    """A criterion on the first screen: the local call with the value of the samples that decide, the central one."""

    call: CallSummary
    value: str
    central: SideValue | None


def render(decision: Decision, protocol: TrialProtocol | None = None, *, back: str | None = None) -> str:
    """The page. With ``protocol``, the one of the decision, its numbers stand on it; ``back`` leads to a run's page."""
    decision = sealed(decision)
    answer, words = _CENTRAL[decision.central_confirmation.status]
    return (
        environment()
        .get_template("patient.html.j2")
        .render(
            decision=decision,
            headline=wording.headline(decision).lstrip(": "),
            trial_status=wording.trial_status(decision.protocol),
            closing=wording.CLOSING,
            diagnosis=wording.diagnosis(decision),
            cards=tuple(_cards(decision)),
            central_answer=answer,
            central_words=words,
            central_why=tuple(_central_why(decision)),
            amplicon=amplicon_plot(decision),
            purity=purity_plot(decision),
            lollipop=lollipop(decision),
            numbers=() if protocol is None else tuple(protocol_numbers(protocol)),
            sides=_sides(decision),
            deleted=next((one.message for one in _reasons(decision) if one.code in _DELETED), None),
            back=back,
        )
    )


def _sides(decision: Decision) -> dict[str, list[str]]:
    """Which laboratories each file is of, by its digest."""
    found: dict[str, list[str]] = {file.sha256: [] for file in decision.inputs}
    for role in Role:
        for digest in {file.sha256 for one in decision.samples if one.role is role for file in one.inputs}:
            found.setdefault(digest, []).append(role.value)
    return {digest: roles or [Role.LOCAL.value] for digest, roles in found.items()}


def _reasons(decision: Decision) -> Iterator[Reason]:
    return (one for call in decision.calls for one in call.reasons)


def _central_why(decision: Decision) -> Iterator[str]:
    central = decision.central_confirmation
    if central.status is CentralStatus.REQUIRED:
        yield _WHY_CONFIRM[decision.eligibility]
    else:
        yield from (reason.message for reason in central.reasons)


def _cards(decision: Decision) -> list[Card]:
    values: dict[str, Finding] = {one.criterion: one for one in found(decision)}
    central = {one.criterion: one.central for one in decision.central_confirmation.criteria}
    return [Card(call, values[call.criterion].value, central.get(call.criterion)) for call in decision.calls]
