"""What a person must check before trusting an answer. None of it changes one."""

from collections.abc import Iterable, Sequence

from mdm2screen.decision import PriorTreatment, Role, Sample
from mdm2screen.evidence import Evidence
from mdm2screen.joining import JoinedCall, described
from mdm2screen.protocol import TrialProtocol, is_changed_copy
from mdm2screen.records import InputFile, Specimen
from mdm2screen.results import Reason, reason

# Column names that callers write for every patient.
NAMES_OF_NOBODY = frozenset({"tumor", "tumour", "sample", "primary"})


def is_somebody(name: str) -> bool:
    """Whether a name tells one person from another."""
    return name.lower() not in NAMES_OF_NOBODY


def of_protocol(protocol: TrialProtocol) -> list[Reason]:
    """That the protocol is not the one it calls itself."""
    if not is_changed_copy(protocol):
        return []
    words = f"it calls itself {protocol.id} version {protocol.version} but is not the one that ships"
    return [reason("S003", f"the protocol is a changed copy: {words}")]


def of_sample(sample: Sample) -> list[Reason]:
    """What a person must know of one sample and its files."""
    files = [file for file in sample.inputs if file.of_patient]
    return [*_files(files), *_evidence(sample.evidence), *_unread_annotations(sample.evidence)]


def _files(files: Sequence[InputFile]) -> list[Reason]:
    found = []
    named = [file for file in files if file.sample and is_somebody(file.sample)]
    if len({file.sample for file in named}) > 1:
        listing = "; ".join(f"{file.sample} in {file.name}" for file in named)
        found.append(reason("S001", f"the files name different samples: {listing}"))
    builds = {file.build for file in files if file.build}
    if len(builds) > 1:
        listing = "; ".join(f"{file.build} in {file.name}" for file in files if file.build)
        found.append(reason("S002", f"the files are on different genome builds: {listing}"))
    return found


def _evidence(evidence: Evidence) -> list[Reason]:
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
    return found


def _unread_annotations(evidence: Evidence) -> list[Reason]:
    """Annotation of TP53 variants that does not parse: each variant's own consequence was taken."""
    return [
        reason("T024", f"annotation not understood: {'; '.join(variant.record.unread)}", variant.record.source)
        for variant in evidence.variants
        if variant.record.unread
    ]


def of_exposure(prior: PriorTreatment | None, joined: Iterable[JoinedCall]) -> list[Reason]:
    """That a TP53 result is older than an earlier MDM2 inhibitor, which selects TP53 mutations, or may be."""
    if prior is None or not prior.given:
        return []
    seen = [a.sample for one in joined if one.call.tp53 for a in one.answers if a.votes]
    dates = [(sample.collected, prior.since) for sample in seen]
    if not seen or any(taken and since and taken > since for taken, since in dates):
        return []
    listing = ", ".join(f"{described(sample)} ({sample.role})" for sample in seen)
    if all(taken and since for taken, since in dates):
        words = f"TP53 was tested no later than the first day of the MDM2 inhibitor, {prior.since}"
        return [reason("S008", f"{words}: {listing}")]
    began = "an unknown date" if prior.since is None else str(prior.since)
    return [reason("S009", f"nothing says that TP53 was tested after the MDM2 inhibitor of {began}: {listing}")]


def of_samples(patient: str, samples: Sequence[Sample]) -> list[Reason]:
    """That the samples of both sides may not be of one patient, or that both sides rest on one file."""
    found = []
    patients = _by((one.patient, one) for one in samples if one.patient and is_somebody(one.patient))
    if len(patients) > 1:
        found.append(reason("S010", f"the results name different patients: {_listing(patients)}"))
    elif patients and is_somebody(patient) and patient not in patients:
        found.append(reason("S010", f"the patient is called {patient} here, and {_listing(patients)} in the results"))
    types = [(one.evidence.tumor_type, one) for one in samples]
    diagnoses = _by((known.code, one) for known, one in types if known is not None)
    if len(diagnoses) > 1:
        found.append(reason("S013", f"the samples have different diagnoses: {_listing(diagnoses)}"))
    here, there = (_digests(one for one in samples if one.role is role) for role in (Role.LOCAL, Role.CENTRAL))
    shared = sorted(there[digest] for digest in there if digest in here)
    return [*found, *([reason("S012", f"both sides rest on {', '.join(shared)}")] if shared else [])]


def _by(stated: Iterable[tuple[str, Sample]]) -> dict[str, list[str]]:
    """What is stated, with the samples that state it."""
    found: dict[str, list[str]] = {}
    for what, sample in stated:
        found.setdefault(what, []).append(f"{sample.name}, {sample.role}")
    return found


def _listing(stated: dict[str, list[str]]) -> str:
    return "; ".join(f"{what} ({'; '.join(samples)})" for what, samples in stated.items())


def _digests(samples: Iterable[Sample]) -> dict[str, str]:
    return {file.sha256: file.name for sample in samples for file in sample.inputs if file.of_patient}
