"""What the central laboratory is asked for one patient: what was found, what to test, and why. No judgement."""

import datetime
from collections.abc import Iterator
from typing import Literal

from mdm2screen import data
from mdm2screen.decision import Decision, Role
from mdm2screen.errors import UsageError
from mdm2screen.protocol import TrialProtocol
from mdm2screen.records import Model, Specimen
from mdm2screen.results import CentralStatus, ProtocolReference, Reason, Software, Status

REQUEST_VERSION: Literal["1.0"] = "1.0"
"""Version of the JSON of a request."""

_ASKED = (CentralStatus.REQUIRED, CentralStatus.INDETERMINATE)
_MOST_STRETCHES = 6


class Finding(Model):
    """What local testing found for one criterion, in a few words."""

    criterion: str
    status: Status
    value: str


class RequestedTest(Model):
    """What to test, and why: ``flag`` is the point it comes from, ``None`` for a criterion of the protocol."""

    what: str
    why: str
    flag: str | None = None


class SentFile(Model):
    """A file that local testing rests on."""

    name: str
    sha256: str
    format: str


class LocalSample(Model):
    """A sample that local testing rests on."""

    name: str
    specimen: Specimen | None
    collected: datetime.date | None


class CentralRequest(Model):
    """One page for the central laboratory."""

    schema_version: Literal["1.0"] = REQUEST_VERSION
    patient: str
    protocol: ProtocolReference
    found: tuple[Finding, ...]
    tests: tuple[RequestedTest, ...]
    samples: tuple[LocalSample, ...]
    files: tuple[SentFile, ...]
    software: Software


def central_request(decision: Decision, protocol: TrialProtocol) -> CentralRequest:
    """The request for one patient. Raises UsageError where the central laboratory has nothing to test."""
    central = decision.central_confirmation
    if central.status not in _ASKED:
        why = "; ".join(one.message for one in central.reasons)
        raise UsageError(
            f"there is nothing to ask the central laboratory about {decision.patient}: "
            f"central confirmation is {central.status} ({why})",
            remedy="a request is written where confirmation is REQUIRED, or where a central result stayed open",
        )
    local = [sample for sample in decision.samples if sample.role is Role.LOCAL]
    digests = {file.sha256 for sample in local for file in sample.inputs}
    return CentralRequest(
        patient=decision.patient,
        protocol=decision.protocol,
        found=tuple(found(decision)),
        tests=tuple(_tests(decision, protocol)),
        samples=tuple(LocalSample(name=s.name, specimen=s.specimen, collected=s.collected) for s in local),
        files=tuple(
            SentFile(name=file.name, sha256=file.sha256, format=file.format)
            for file in decision.inputs
            if file.sha256 in digests
        ),
        software=decision.software,
    )


def found(decision: Decision) -> Iterator[Finding]:
    """What local testing says of each criterion, with the value of the samples that decide."""
    local = [sample for sample in decision.samples if sample.role is Role.LOCAL]
    for call in decision.calls:
        said = [one for sample in local for one in sample.calls if one.criterion == call.criterion]
        voting = [one for one in said if one.votes]
        same = [one for one in voting if one.status is call.status] or voting or said
        values = "; ".join(dict.fromkeys(one.value for one in same))
        yield Finding(criterion=call.criterion, status=call.status, value=values)


def _tests(decision: Decision, protocol: TrialProtocol) -> Iterator[RequestedTest]:
    """The protocol's own tests, then one for each point to look at."""
    for rule in protocol.central:
        yield RequestedTest(what=rule.asks, why=f"central criterion of {protocol.id} version {protocol.version}")
    wanted = data.toml("central_tests.toml")
    meanings = {one.flag: one.message for one in _reasons(decision) if one.flag}
    flags = decision.central_confirmation.flags
    settled = {wanted[flag].get("instead_of") for flag in flags}
    for flag in (flag for flag in flags if flag not in settled):
        what = wanted[flag]["test"]
        if flag == "tp53_not_fully_callable":
            what += _not_seen(decision)
        yield RequestedTest(what=what, why=meanings.get(flag, flag.replace("_", " ")), flag=flag)


def _reasons(decision: Decision) -> Iterator[Reason]:
    for call in decision.calls:
        yield from call.reasons
    yield from decision.warnings
    yield from decision.central_confirmation.reasons
    for call in decision.central_confirmation.calls:
        yield from call.reasons


def _not_seen(decision: Decision) -> str:
    """The stretches of TP53 that local testing could not see, as far as they are known."""
    stretches = decision.tp53.callability.uncovered if decision.tp53 else ()
    if not stretches:
        return ""
    build = decision.tp53.callability.build if decision.tp53 else None
    listing = "; ".join(f"exon {one.exon} 17:{one.start}-{one.end}" for one in stretches[:_MOST_STRETCHES])
    more = f"; and {len(stretches) - _MOST_STRETCHES} more" if len(stretches) > _MOST_STRETCHES else ""
    return f". Not seen locally ({build or 'build not known'}): {listing}{more}"
