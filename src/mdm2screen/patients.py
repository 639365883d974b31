"""Patients from what was decided earlier: local and central results joined, or judged again under another protocol."""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Unpack

from mdm2screen import eligibility, pseudonyms, sample_files, sample_options
from mdm2screen.decided_protocol import one_protocol, protocol_of
from mdm2screen.decision import Decision, PriorTreatment, Role, Sample
from mdm2screen.errors import MalformedFileError, UsageError
from mdm2screen.protocol import TrialProtocol
from mdm2screen.protocol_file import load_protocol
from mdm2screen.readers.decision_file import is_decision_file, read_decisions
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.results import Reason, Software, reason
from mdm2screen.sample_options import SampleOptions, StrPath
from mdm2screen.sample_warnings import is_somebody
from mdm2screen.screening import read_sample
from mdm2screen.version import __version__

_SHOWN = 5


class Pair(NamedTuple):
    """One patient's local results and those of the central laboratory (none, if none came)."""

    patient: str
    local: tuple[Decision | Sample, ...]
    central: tuple[Decision | Sample, ...]


def paired(
    local: Sequence[Decision | Sample], central: Sequence[Decision | Sample], *, patient: str | None = None
) -> list[Pair]:
    """Results paired by patient. Samples of raw files, one on each side, are one pair, whatever the two are called.

    ``patient`` says that all results are of one, whom it names. Raises UsageError for central results of a patient
    without a local one, and where one result on each side names another patient.
    """
    if patient is not None:
        return [Pair(patient, tuple(local), tuple(central))]
    here, there = _by_patient(local), _by_patient(central)
    if len(here) == len(there) == 1:
        ((name, mine),), ((other, theirs),) = here.items(), there.items()
        if name != other and all(map(_names_patient, (*mine, *theirs))):
            raise UsageError(
                f"the local result is of {name}, the central one of {other}",
                remedy=f"if both are of one patient say who it is: --patient {name}",
            )
        return [Pair(name, tuple(mine), tuple(theirs))]
    lost = [name for name in there if name not in here]
    if lost:
        more = f" and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
        raise UsageError(
            f"central results of {', '.join(lost[:_SHOWN])}{more} have no local result",
            remedy="both sides must call a patient by one name: pass --patient to check, or confirm them one by one",
        )
    return [Pair(name, tuple(mine), tuple(there.get(name, ()))) for name, mine in here.items()]


def _names_patient(one: Decision | Sample) -> bool:
    return isinstance(one, Decision) and is_somebody(one.patient)


def _by_patient(results: Sequence[Decision | Sample]) -> dict[str, list[Decision | Sample]]:
    found: dict[str, list[Decision | Sample]] = {}
    for one in results:
        found.setdefault(one.patient if isinstance(one, Decision) else one.name, []).append(one)
    return found


def confirm(
    local: Decision | Sample | Iterable[Decision | Sample],
    central: Decision | Sample | Iterable[Decision | Sample] = (),
    *,
    protocol: TrialProtocol | str | None = None,
    patient: str | None = None,
    mdm2_inhibitor: PriorTreatment | None = None,
) -> Decision:
    """The decision for one patient with the central laboratory's samples, if any came, beside the local ones.

    A side is made of decisions that were written earlier and of samples that ``read_sample`` read. The protocol is that
    of the local decisions, which must be one. ``mdm2_inhibitor`` overrides what the decisions state of it. Raises
    UsageError, InputError (both sides rest on the same files) or ProtocolError.
    """
    patient = sample_options.patient(patient)
    here, there = _listed(local), _listed(central)
    decided = [one for one in here if isinstance(one, Decision)]
    trial = one_protocol(decided, protocol)
    samples: list[Sample] = []
    for sample in (*chain.from_iterable(map(_samples, here)), *chain.from_iterable(map(_of_central, there))):
        if sample not in samples:  # a result may come twice
            samples.append(sample)
    sample_files.check(samples)
    names = list(dict.fromkeys(one.patient for one in decided))
    if patient is None and len(names) > 1:
        raise UsageError(
            f"the local results are of different patients: {', '.join(names[:_SHOWN])}",
            remedy="confirm one patient at a time, or pass --patient if they are one",
        )
    made = eligibility.decide_patient(
        trial,
        samples,
        patient=patient or (*names, samples[0].name)[0],
        mdm2_inhibitor=mdm2_inhibitor or _treatment([one for one in (*here, *there) if isinstance(one, Decision)]),
        software=Software(version=__version__),
    )
    changed = [warning for one in decided for warning in _answered_otherwise(one, judged_again(one, trial))]
    others = [warning for one in there if isinstance(one, Decision) for warning in _under_another(one, trial)]
    unlike = [] if patient else _not_said_to_be_one(here, there)
    return eligibility.with_warnings(made, [*changed, *others, *unlike])


def judged_again(decision: Decision, protocol: TrialProtocol) -> Decision:
    """The same patient and samples under another protocol, or by another version of mdm2screen."""
    return eligibility.decide_patient(
        protocol,
        _samples(decision),
        patient=decision.patient,
        mdm2_inhibitor=decision.mdm2_inhibitor,
        software=Software(version=__version__),
    )


def judged_under(decisions: Iterable[Decision], protocol: str) -> list[Decision]:
    """The evidence of decisions judged by another protocol. Raises ProtocolError."""
    trial = load_protocol(protocol)
    return [judged_again(decision, trial) for decision in decisions]


def once_each(paths: Iterable[Path]) -> list[Decision]:
    """All decisions of some files. Raises UsageError where a patient stands in them twice."""
    found = [decision for path in paths for decision in read_decisions(path)]
    names = [decision.patient for decision in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(
            f"decided twice: {', '.join(twice[:_SHOWN])}", remedy="pass one decision a patient; confirm joins samples"
        )
    return found


def pseudonymised(
    decisions: Iterable[Decision], key_file: Path, *protocols: TrialProtocol | str | None
) -> list[Decision]:
    """Decisions with every identifier replaced by a pseudonym under the key in a file.

    ``protocols`` are those of the decisions that do not ship. Raises what ``key_of`` and ``protocol_of`` raise.
    """
    key = key_of(key_file)
    trials = [load_protocol(one) for one in protocols if one is not None]
    return [_renamed(one, key, protocol_of(one, *trials)) for one in decisions]


def _renamed(decision: Decision, key: bytes, trial: TrialProtocol) -> Decision:
    """The decision under pseudonyms; it is judged again, so a version that answers otherwise is said."""
    made = pseudonyms.pseudonymised(decision, key, trial)
    return eligibility.with_warnings(made, _answered_otherwise(decision, made))


def key_of(path: Path) -> bytes:
    """The key in a file. Raises FileAccessError, MalformedFileError for one that is too short."""
    file = SourceFile(path)
    try:
        return pseudonyms.check_key(path.read_bytes())
    except ValueError as exc:
        remedy = "make one with: openssl rand -hex 32 > KEYFILE, and keep it apart from the results"
        raise MalformedFileError(f"the key {exc}", where=file.name, remedy=remedy) from exc


def read_side(
    path: StrPath,
    *more: StrPath,
    role: Role,
    protocol: TrialProtocol | StrPath,
    **options: Unpack[SampleOptions],
) -> tuple[Decision | Sample, ...]:
    """Results that mdm2screen wrote earlier, or one sample from raw files (``path`` and ``more``).

    Raises UsageError where results come with options that only raw files need, InputError and ProtocolError.
    """
    if not is_decision_file(Path(path)):
        return (read_sample(path, *more, role=role, protocol=protocol, **options),)
    if more or options:
        given = ", ".join([*options, *(["file"] if more else [])])
        raise UsageError(
            f"{Path(path).name} holds results of mdm2screen, which need no options ({given})",
            remedy=f"leave out --{role} {given.split(',', maxsplit=1)[0]}=..., or pass the raw files",
        )
    return read_decisions(Path(path))


def _listed(side: Decision | Sample | Iterable[Decision | Sample]) -> list[Decision | Sample]:
    return [side] if isinstance(side, (Decision, Sample)) else list(side)


def _samples(one: Decision | Sample) -> list[Sample]:
    """Samples as they were read."""
    if isinstance(one, Sample):
        return [one]
    read = (Sample(**{name: getattr(sample, name) for name in Sample.model_fields}) for sample in one.samples)
    return [sample.model_copy(update={"patient": sample.patient or one.patient}) for sample in read]


def _of_central(one: Decision | Sample) -> list[Sample]:
    """The central samples of a result; all of one that has none, as the central laboratory wrote it on its own."""
    samples = _samples(one)
    own = [sample for sample in samples if sample.role is Role.CENTRAL]
    return own or [sample.model_copy(update={"role": Role.CENTRAL}) for sample in samples]


def _treatment(decided: Sequence[Decision]) -> PriorTreatment | None:
    """What the decisions of both sides state of an earlier MDM2 inhibitor. Raises UsageError where two contradict."""
    stated = {one.mdm2_inhibitor: one.patient for one in decided if one.mdm2_inhibitor is not None}
    dated = {one: patient for one, patient in stated.items() if one.since is not None or not one.given}
    if len(dated or stated) > 1 or (any(one.given for one in stated) and any(not one.given for one in stated)):
        said = "; ".join(f"{_treated(one)} in the result of {patient}" for one, patient in stated.items())
        raise UsageError(
            f"the results contradict each other about an earlier MDM2 inhibitor: {said}",
            remedy="say which holds with --mdm2-inhibitor DATE, yes or no",
        )
    return next(iter(dated or stated), None)


def _treated(prior: PriorTreatment) -> str:
    if not prior.given:
        return "none"
    return "given" if prior.since is None else f"given since {prior.since}"


def _under_another(decided: Decision, trial: TrialProtocol) -> list[Reason]:
    """That a central result was decided under another protocol than it is judged by here."""
    theirs = decided.protocol
    if (theirs.id, theirs.digest) == (trial.id, trial.digest):
        return []
    words = f"the central result was decided under {theirs.id} version {theirs.version}"
    return [reason("S015", f"{words}, and is judged again under {trial.id} version {trial.version}")]


def _not_said_to_be_one(*sides: Sequence[Decision | Sample]) -> list[Reason]:
    """That raw files of the two sides name different samples, or that a result names no patient."""
    here, there = ({one.name for one in side if isinstance(one, Sample) and is_somebody(one.name)} for side in sides)
    nameless = [one.patient for side in sides for one in side if isinstance(one, Decision) and not _names_patient(one)]
    if all(sides) and nameless:
        return [reason("S016", f"a result calls the patient {nameless[0]}, which names nobody")]
    if not here or not there or here & there:
        return []
    return [reason("S016", "the local files and the central ones name different samples: see the samples below")]


def _answered_otherwise(old: Decision, again: Decision) -> list[Reason]:
    """That a decision says something else than its own evidence gives now."""
    if _answers(old) == _answers(again):
        return []
    words = f"mdm2screen {old.software.version} wrote {_said(old)}; on the same evidence {again.software.version}"
    return [reason("S011", f"{words} says {_said(again)}")]


def _answers(decision: Decision) -> tuple[object, ...]:
    return decision.eligibility, [(call.criterion, call.status) for call in decision.calls]


def _said(decision: Decision) -> str:
    calls = ", ".join(f"{call.criterion} {call.status}" for call in decision.calls)
    return f"{decision.eligibility} ({calls})"
