"""From calls to a decision. Two answers, never merged: eligibility on local testing, and central confirmation."""

from collections.abc import Iterable, Sequence

from mdm2screen.evidence import Evidence
from mdm2screen.protocol import TrialProtocol, is_changed_copy
from mdm2screen.records import InputFile, Specimen
from mdm2screen.results import (
    Call,
    CallSummary,
    CentralConfirmation,
    CentralStatus,
    Decision,
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
# Column names that callers write for every patient.
_NAMES_OF_NOBODY = frozenset({"tumor", "tumour", "sample", "primary"})
_NOT_MET_WORDS = {
    "mdm2_amplification": "MDM2 is not amplified",
    "tp53_wild_type": "TP53 is not wild-type",
    "cdkn2a_loss": "CDKN2A is not lost",
    "tumor_type": "the tumor type is excluded",
}
_NOT_INCLUDED = "D006"
_OPEN_WORDS = {
    "mdm2_amplification": "MDM2 amplification",
    "tp53_wild_type": "TP53 wild-type",
    "cdkn2a_loss": "CDKN2A loss",
    "tumor_type": "the diagnosis",
}


def decide(
    protocol: TrialProtocol,
    evidence: Evidence,
    *,
    patient: str,
    inputs: Iterable[InputFile],
    software: Software,
) -> Decision:
    """The decision for one patient. ELIGIBLE needs every criterion MET; one NOT_MET decides against."""
    calls = [rule.evaluate(evidence) for rule in protocol.local]
    genomic = [call for call, rule in zip(calls, protocol.local, strict=True) if rule.genomic]
    molecular = _ELIGIBILITY[all_of(call.status for call in genomic)]
    eligibility = _ELIGIBILITY[all_of(call.status for call in calls)]
    calls = [_with_central_view(call, protocol.central, evidence) for call in calls]
    files = sorted(inputs, key=lambda file: (file.name, file.sha256))
    of_patient = [file for file in files if file.of_patient]
    warnings = (*_warnings(of_patient, protocol), *_sample_warnings(evidence), *_unread_annotations(evidence))
    central = _central(protocol, eligibility, [*warnings, *(r for call in calls for r in call.reasons)])
    builds = {file.build for file in of_patient if file.build is not None}
    return Decision(
        patient=patient,
        protocol=protocol.reference,
        headline=_headline(molecular, eligibility, calls, central.status),
        molecular=molecular,
        eligibility=eligibility,
        central_confirmation=central,
        calls=tuple(CallSummary(criterion=c.criterion, status=c.status, reasons=c.reasons) for c in calls),
        mdm2=next((call.mdm2 for call in calls if call.mdm2), None),
        tp53=next((call.tp53 for call in calls if call.tp53), None),
        genes=tuple(call.gene for call in calls if call.gene),
        tumor_type=evidence.tumor_type.code if evidence.tumor_type else None,
        specimen=evidence.specimen,
        build=builds.pop() if len(builds) == 1 else None,
        warnings=warnings,
        to_resolve=() if eligibility is Eligibility.NOT_ELIGIBLE else _to_resolve(calls),
        verify_at_site=protocol.verify_at_site,
        inputs=tuple(files),
        software=software,
    )


def _with_central_view(call: Call, central: Sequence[Rule], evidence: Evidence) -> Call:
    """A local NOT_MET that the central criterion would not share is named; the status stays."""
    if call.status is not Status.NOT_MET or call.mdm2 is None:
        return call
    for rule in central:
        if rule.criterion == call.criterion and rule.evaluate(evidence).status is Status.MET:
            words = "below the local threshold, at or above the central one"
            return call.model_copy(update={"reasons": (*call.reasons, reason("C010", words))})
    return call


def _warnings(files: Sequence[InputFile], protocol: TrialProtocol) -> tuple[Reason, ...]:
    """What a person must check before trusting the answer."""
    found = []
    named = [file for file in files if file.sample and file.sample.lower() not in _NAMES_OF_NOBODY]
    if len({file.sample for file in named}) > 1:
        listing = "; ".join(f"{file.sample} in {file.name}" for file in named)
        found.append(reason("S001", f"the files name different samples: {listing}"))
    builds = {file.build for file in files if file.build}
    if len(builds) > 1:
        listing = "; ".join(f"{file.build} in {file.name}" for file in files if file.build)
        found.append(reason("S002", f"the files are on different genome builds: {listing}"))
    if is_changed_copy(protocol):
        words = f"it calls itself {protocol.id} version {protocol.version} but is not the one that ships"
        found.append(reason("S003", f"the protocol is a changed copy: {words}"))
    return tuple(found)


def _sample_warnings(evidence: Evidence) -> tuple[Reason, ...]:
    """What a person must know of the sample itself."""
    found = []
    for record in evidence.contaminations:
        if record.fraction > 0:
            error = "" if record.error is None else f" (error {record.error:.2g})"
            words = f"a fraction of {record.fraction:.2g}{error} of the reads comes from another person"
            found.append(reason("S004", words, record.source))
    if evidence.specimen is Specimen.PLASMA:
        words = "the specimen is plasma: a low tumor fraction hides amplifications and mutations alike"
        found.append(reason("S005", words))
    for unused in evidence.unused_purities:
        states = "tissue" if evidence.specimen is Specimen.PLASMA else "plasma"
        words = f"{unused.source.file} states a purity of {states}, which is not what is screened: it is not used"
        found.append(reason("S005", words, unused.source))
    return tuple(found)


def _unread_annotations(evidence: Evidence) -> list[Reason]:
    """Annotation of TP53 variants that does not parse: each variant's own consequence was taken."""
    return [
        reason("T024", f"annotation not understood: {'; '.join(variant.record.unread)}", variant.record.source)
        for variant in evidence.variants
        if variant.record.unread
    ]


def _central(protocol: TrialProtocol, eligibility: Eligibility, reasons: Sequence[Reason]) -> CentralConfirmation:
    """Whether the central laboratory must test, and what it is told."""
    if not protocol.central:
        why = reason("C003", "the protocol asks for no central confirmation")
        return CentralConfirmation(status=CentralStatus.NOT_REQUIRED, reasons=(why,))
    if eligibility is Eligibility.NOT_ELIGIBLE:
        why = reason("C002", "not eligible on local testing")
        return CentralConfirmation(status=CentralStatus.NOT_REQUIRED, reasons=(why,))
    why = reason("C001", "the central laboratory must confirm MDM2 and TP53")
    flags = dict.fromkeys(r.flag for r in reasons if r.flag)
    return CentralConfirmation(status=CentralStatus.REQUIRED, reasons=(why,), flags=tuple(f for f in flags if f))


def _to_resolve(calls: Sequence[Call]) -> tuple[str, ...]:
    """What would settle the open calls, each said once."""
    open_reasons: list[Reason] = [r for call in calls if call.status is Status.INDETERMINATE for r in call.reasons]
    return tuple(dict.fromkeys(r.resolve for r in open_reasons if r.resolve))


def _headline(molecular: Eligibility, eligibility: Eligibility, calls: Sequence[Call], central: CentralStatus) -> str:
    """The first line a person reads."""
    against = [_against(call) for call in calls if call.status is Status.NOT_MET]
    still_open = [_OPEN_WORDS.get(c.criterion, c.criterion) for c in calls if c.status is Status.INDETERMINATE]
    if eligibility is Eligibility.NOT_ELIGIBLE:
        return f"Not eligible: {'; '.join(against)}"
    if eligibility is Eligibility.ELIGIBLE:
        confirm = "; the central laboratory must confirm" if central is CentralStatus.REQUIRED else ""
        return f"Eligible on local testing{confirm}"
    if molecular is Eligibility.ELIGIBLE:
        return "Molecularly eligible; diagnosis to be verified"
    listing = " and ".join(part for part in (", ".join(still_open[:-1]), still_open[-1]) if part)
    return f"Indeterminate: {listing} cannot be settled from these files"


def _against(call: Call) -> str:
    words = _NOT_MET_WORDS.get(call.criterion, call.criterion)
    if any(why.code == _NOT_INCLUDED for why in call.reasons):
        words = "the trial is not for the tumor type"
    variants = call.tp53.variants if call.tp53 else ()
    names = [variant.name for variant in variants if variant.counts is Disposition.DISQUALIFIES]
    if len(names) > _NAMED:
        names = [*names[:_NAMED], f"and {len(names) - _NAMED} more"]
    return f"{words} ({', '.join(names)})" if names else words
