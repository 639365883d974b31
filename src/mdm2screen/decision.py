"""The answer for a patient: local criteria, central confirmation, and the samples both rest on."""

import datetime
import hashlib
import json
from enum import StrEnum
from typing import Any, Literal

from mdm2screen.evidence import Evidence
from mdm2screen.gene_finding import GeneFinding
from mdm2screen.kleene import Status
from mdm2screen.mdm2_finding import Interval, Mdm2Finding
from mdm2screen.records import Build, InputFile, Model, Specimen
from mdm2screen.results import (
    CallSummary,
    CentralStatus,
    Eligibility,
    ProtocolReference,
    Reason,
    SiteCheck,
    Software,
    Tp53Finding,
)

SCHEMA_VERSION: Literal["1.1"] = "1.1"
"""Version of the JSON of a Decision: the first number changes when a reader of the old one would break."""


class Role(StrEnum):
    """Whose laboratory tested a sample."""

    LOCAL = "local"
    CENTRAL = "central"


class PriorTreatment(Model):
    """Earlier treatment with an MDM2 inhibitor: whether, and its first day where that is known."""

    given: bool
    since: datetime.date | None = None


class Sample(Model):
    """One sample of a patient: what was read of it, and when it was taken (``collected``).

    ``patient`` is whom an earlier decision says it is of.
    """

    name: str
    patient: str | None = None
    role: Role = Role.LOCAL
    collected: datetime.date | None = None
    inputs: tuple[InputFile, ...]
    evidence: Evidence
    software: Software


class SampleCall(Model):
    """What one sample says of one criterion of its side.

    A sample without a vote says nothing of the gene, such as one whose assay did not cover it. ``value`` is for people.
    """

    criterion: str
    status: Status
    votes: bool
    value: str
    codes: tuple[str, ...]


class SampleResult(Sample):
    """A sample as it was judged by the criteria of its side. ``specimen`` repeats that of the evidence."""

    specimen: Specimen | None
    calls: tuple[SampleCall, ...]


class SideValue(Model):
    """What one side says of a criterion. ``value`` is for people; ``copies`` are set where they are settled.

    ``interval`` holds the copies that are possible. ``samples`` are those that decide; empty where none has a vote.
    """

    status: Status
    value: str
    copies: float | None = None
    interval: Interval | None = None
    samples: tuple[str, ...] = ()


class AgreementOfSides(StrEnum):
    """Whether both laboratories give one answer; ``OPEN`` where one of them gives none."""

    AGREE = "agree"
    DIFFER = "differ"
    OPEN = "open"


class CriterionComparison(Model):
    """A central criterion beside the local one of the same name; ``local`` is ``None`` where the protocol has none.

    ``why`` says what differs between the two where they do not agree.
    """

    criterion: str
    local: SideValue | None
    central: SideValue
    agreement: AgreementOfSides
    why: tuple[Reason, ...] = ()


class CentralConfirmation(Model):
    """Whether the central laboratory must confirm, what it should look at, and what it found.

    ``calls`` and ``criteria`` are empty until there is a central sample.
    """

    status: CentralStatus
    reasons: tuple[Reason, ...]
    flags: tuple[str, ...] = ()
    calls: tuple[CallSummary, ...] = ()
    criteria: tuple[CriterionComparison, ...] = ()


class Decision(Model):
    """The answer for one patient under one protocol.

    ``molecular`` joins the genomic criteria alone, ``eligibility`` all criteria; both rest on local samples.
    ``warnings`` change no answer: they say what a person must check before trusting one. ``genes`` are those a
    criterion asks for beside MDM2 and TP53. ``to_resolve`` is empty where nothing could change the answer.
    ``samples`` hold the evidence, from which the decision can be made again.
    ``digest`` is the SHA-256 of the JSON without it, set when the decision is written.
    """

    schema_version: Literal["1.1"] = SCHEMA_VERSION
    patient: str
    protocol: ProtocolReference
    headline: str
    molecular: Eligibility
    eligibility: Eligibility
    central_confirmation: CentralConfirmation
    calls: tuple[CallSummary, ...]
    mdm2: Mdm2Finding | None = None
    tp53: Tp53Finding | None = None
    genes: tuple[GeneFinding, ...] = ()
    tumor_type: str | None = None
    specimen: Specimen | None = None
    mdm2_inhibitor: PriorTreatment | None = None
    build: Build | None = None
    warnings: tuple[Reason, ...] = ()
    to_resolve: tuple[str, ...] = ()
    verify_at_site: tuple[SiteCheck, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    samples: tuple[SampleResult, ...] = ()
    software: Software
    digest: str | None = None


def content_digest(document: dict[str, Any]) -> str:
    """SHA-256 over a decision's JSON without its ``digest``: sorted, without blanks, 20.0 as 20."""
    rest = {key: _plain(value) for key, value in document.items() if key != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _plain(node: Any) -> Any:
    """JSON with one spelling for 20.0 and 20, which many programs do not tell apart."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return int(node) if isinstance(node, float) and node.is_integer() else node


def sealed(decision: Decision) -> Decision:
    """The decision with the digest of its content, by which a later reader sees that nothing was changed."""
    digest = content_digest(json.loads(decision.model_dump_json()))
    return decision.model_copy(update={"digest": digest})
