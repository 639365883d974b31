"""From samples to a decision. Two answers, never merged: eligibility on local testing, and central confirmation."""

from collections.abc import Iterable, Sequence

from mdm2screen import confirmation, sample_warnings
from mdm2screen.decision import Decision, PriorTreatment, Role, Sample
from mdm2screen.evidence import Evidence
from mdm2screen.joining import NOT_MET_WORDS, OPEN_WORDS, JoinedCall, join, named_apart, result
from mdm2screen.protocol import TrialProtocol
from mdm2screen.records import InputFile
from mdm2screen.results import (
    Call,
    CallSummary,
    CentralStatus,
    Disposition,
    Eligibility,
    Reason,
    Software,
    Status,
    all_of,
    reason,
)
from mdm2screen.rules import Rule

_ELIGIBILITY = {
    Status.MET: Eligibility.ELIGIBLE,
    Status.NOT_MET: Eligibility.NOT_ELIGIBLE,
    Status.INDETERMINATE: Eligibility.INDETERMINATE,
}
_NAMED = 4
"""So many variants the first line names."""
_NOT_INCLUDED = "D006"
_CENTRAL_WORDS = {
    CentralStatus.NOT_REQUIRED: "",
    CentralStatus.REQUIRED: "; the central laboratory must confirm",
    CentralStatus.CONFIRMED: "; confirmed by the central laboratory",
    CentralStatus.NOT_CONFIRMED: "; not confirmed by the central laboratory",
    CentralStatus.INDETERMINATE: "; the central result cannot be read either way",
}


def decide(
    protocol: TrialProtocol,
    evidence: Evidence,
    *,
    patient: str,
    inputs: Iterable[InputFile],
    software: Software,
) -> Decision:
    """The decision for a patient with one local sample that bears the patient's name."""
    sample = Sample(name=patient, inputs=tuple(inputs), evidence=evidence, software=software)
    return decide_patient(protocol, [sample], patient=patient, software=software)


def decide_patient(
    protocol: TrialProtocol,
    samples: Sequence[Sample],
    *,
    patient: str,
    software: Software,
    mdm2_inhibitor: PriorTreatment | None = None,
) -> Decision:
    """The decision for one patient. ELIGIBLE needs every criterion MET; one NOT_MET decides against.

    Local samples give eligibility, central ones the confirmation. Raises ValueError without a local sample.
    """
    ordered = named_apart(samples)
    local = [sample for sample in ordered if sample.role is Role.LOCAL]
    if not local:
        raise ValueError("no local sample")
    central = [sample for sample in ordered if sample.role is Role.CENTRAL]
    joined = [_with_central_view(one, protocol.central) for one in join(protocol.local, local)]
    joined_central = join(protocol.central, central) if central else ()
    calls = [one.call for one in joined]
    shown = [one.shown for one in joined] if len(local) > 1 else calls
    molecular = _ELIGIBILITY[all_of(one.call.status for one in joined if one.rule.genomic)]
    eligibility = _ELIGIBILITY[all_of(call.status for call in calls)]
    warnings = [
        *_warnings(protocol, local, joined, mdm2_inhibitor),
        *_warnings(protocol, central, joined_central, mdm2_inhibitor),
        *sample_warnings.of_samples(patient, ordered),
    ]
    confirmed = confirmation.confirm(
        eligibility, joined, joined_central, asked=bool(protocol.central), warnings=warnings
    )
    files = {(file.name, file.sha256): file for sample in ordered for file in sample.inputs}
    builds = {file.build for sample in local for file in sample.inputs if file.of_patient and file.build is not None}
    specimens = {sample.evidence.specimen for sample in local}
    tumor_types = {sample.evidence.tumor_type.code for sample in local if sample.evidence.tumor_type}
    return Decision(
        patient=patient,
        protocol=protocol.reference,
        headline=_headline(molecular, eligibility, joined, confirmed.status),
        molecular=molecular,
        eligibility=eligibility,
        central_confirmation=confirmed,
        calls=tuple(CallSummary(criterion=c.criterion, status=c.status, reasons=c.reasons) for c in calls),
        mdm2=next((call.mdm2 for call in shown if call.mdm2), None),
        tp53=next((call.tp53 for call in shown if call.tp53), None),
        genes=tuple(call.gene for call in shown if call.gene),
        tumor_type=tumor_types.pop() if len(tumor_types) == 1 else None,
        specimen=specimens.pop() if len(specimens) == 1 else None,
        mdm2_inhibitor=mdm2_inhibitor,
        build=builds.pop() if len(builds) == 1 else None,
        warnings=tuple(dict.fromkeys(warnings)),
        to_resolve=() if eligibility is Eligibility.NOT_ELIGIBLE else _to_resolve(calls),
        verify_at_site=protocol.verify_at_site,
        inputs=tuple(files[key] for key in sorted(files)),
        samples=tuple(result(s, joined if s.role is Role.LOCAL else joined_central) for s in ordered),
        software=software,
    )


def with_warnings(decision: Decision, more: Iterable[Reason]) -> Decision:
    """The decision with further warnings, and their flags where the central laboratory is asked."""
    warnings = tuple(dict.fromkeys((*decision.warnings, *more)))
    central = decision.central_confirmation
    if central.status is not CentralStatus.NOT_REQUIRED:
        raised = dict.fromkeys((*central.flags, *(one.flag for one in warnings if one.flag)))
        central = central.model_copy(update={"flags": tuple(raised)})
    return decision.model_copy(update={"warnings": warnings, "central_confirmation": central})


def _warnings(
    protocol: TrialProtocol, samples: Sequence[Sample], joined: Sequence[JoinedCall], prior: PriorTreatment | None
) -> list[Reason]:
    """What a person must check of the samples of one side; each names its sample where the side has several."""
    found = []
    for sample in samples:
        named = {"sample": sample.name} if len(samples) > 1 or sample.role is Role.CENTRAL else {}
        found += [one.model_copy(update=named) for one in sample_warnings.of_sample(sample)]
    found += sample_warnings.of_protocol(protocol)
    return [*found, *sample_warnings.of_exposure(prior, joined)]


def _with_central_view(joined: JoinedCall, central: Sequence[Rule]) -> JoinedCall:
    """A local NOT_MET that the central criterion would not share is named; the status stays."""
    call = joined.call
    if call.status is not Status.NOT_MET or call.mdm2 is None:
        return joined
    for rule in central:
        would = (rule.evaluate(answer.sample.evidence).status for answer in joined.deciding)
        if rule.criterion == call.criterion and Status.MET in would:
            words = "below the local threshold, at or above the central one"
            return joined._replace(call=call.model_copy(update={"reasons": (*call.reasons, reason("C010", words))}))
    return joined


def _to_resolve(calls: Sequence[Call]) -> tuple[str, ...]:
    """What would settle the open calls, each said once."""
    open_reasons: list[Reason] = [r for call in calls if call.status is Status.INDETERMINATE for r in call.reasons]
    return tuple(dict.fromkeys(r.resolve for r in open_reasons if r.resolve))


def _headline(
    molecular: Eligibility, eligibility: Eligibility, joined: Sequence[JoinedCall], central: CentralStatus
) -> str:
    """The first line a person reads."""
    calls = [one.call for one in joined]
    against = [_against(one) for one in joined if one.call.status is Status.NOT_MET]
    still_open = [OPEN_WORDS.get(c.criterion, c.criterion) for c in calls if c.status is Status.INDETERMINATE]
    if eligibility is Eligibility.NOT_ELIGIBLE:
        return f"Not eligible: {'; '.join(against)}"
    if eligibility is Eligibility.ELIGIBLE:
        return f"Eligible on local testing{_CENTRAL_WORDS[central]}"
    came = "" if central is CentralStatus.REQUIRED else _CENTRAL_WORDS[central]
    if molecular is Eligibility.ELIGIBLE:
        return f"Molecularly eligible; diagnosis to be verified{came}"
    listing = " and ".join(part for part in (", ".join(still_open[:-1]), still_open[-1]) if part)
    return f"Indeterminate: {listing} cannot be settled from these files{came}"


def _against(joined: JoinedCall) -> str:
    call = joined.call
    words = NOT_MET_WORDS.get(call.criterion, call.criterion)
    if any(why.code == _NOT_INCLUDED for why in call.reasons):
        words = "the trial is not for the tumor type"
    findings = [answer.call.tp53 for answer in joined.deciding]
    variants = [variant for found in findings if found for variant in found.variants]
    counted = (variant.name for variant in variants if variant.counts is Disposition.DISQUALIFIES)
    names = list(dict.fromkeys(counted))
    if len(names) > _NAMED:
        names = [*names[:_NAMED], f"and {len(names) - _NAMED} more"]
    return f"{words} ({', '.join(names)})" if names else words
