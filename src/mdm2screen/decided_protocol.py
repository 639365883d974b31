"""The protocol that earlier results were decided under: one that ships, or one that the user passes."""

from collections.abc import Iterable, Sequence

from mdm2screen.decision import Decision, Sample
from mdm2screen.errors import UsageError
from mdm2screen.protocol import TrialProtocol, load_shipped, shipped
from mdm2screen.protocol_file import load_protocol
from mdm2screen.results import ProtocolReference


def protocol_of(decision: Decision, *given: TrialProtocol | str | None) -> TrialProtocol:
    """The protocol a decision was made under. Raises UsageError where it is neither ``given`` nor one that ships."""
    trials = [load_protocol(one) for one in given if one is not None]
    reference = decision.protocol
    fitting = [one for one in trials if (one.version, one.digest) == (reference.version, reference.digest)]
    candidates = fitting or ([] if _ships(reference) else trials)
    return one_protocol([decision], next(iter(candidates), None))


def _ships(reference: ProtocolReference) -> bool:
    versions = load_shipped(reference.id).versions if reference.id in shipped() else ()
    return reference.version in [one.version for one in versions]


def protocol_name(results: Iterable[Decision | Sample]) -> str | None:
    """How the protocol of earlier results is called, if any is one."""
    return next((f"{one.protocol.id}@{one.protocol.version}" for one in results if isinstance(one, Decision)), None)


def one_protocol(decided: Sequence[Decision], given: TrialProtocol | str | None) -> TrialProtocol:
    """The protocol given, else that of the decisions. Raises UsageError where a decision was made under another."""
    stated = {(one.protocol.id, one.protocol.version): one.protocol for one in decided}
    if len(stated) > 1:
        listing = " and ".join(f"{name} version {version}" for name, version in stated)
        raise UsageError(f"the local results were decided under {listing}", remedy="decide them under one protocol")
    reference = next(iter(stated.values()), None)
    if given is None and reference is not None and not _ships(reference):
        raise UsageError(
            f"the protocol {reference.id} version {reference.version} of {decided[0].patient} does not ship",
            remedy="pass its file with --protocol (FILE.toml, or FILE.toml@VERSION for an earlier version)",
        )
    if isinstance(given, TrialProtocol):
        trial = given
    else:
        trial = load_protocol(given or (f"{reference.id}@{reference.version}" if reference else "mantra-2"))
    if reference is not None and (trial.version, trial.digest) != (reference.version, reference.digest):
        raise UsageError(
            f"the local result was decided under {reference.id} version {reference.version} with the digest "
            f"{reference.digest[:12]}, and {trial.id} version {trial.version} has {trial.digest[:12]}",
            remedy="pass that protocol's file with --protocol, or run mdm2screen check again",
        )
    return trial
