"""Calls, and the decision they make for one patient."""

from typing import Literal

from mdm2screen.records import Build, InputFile, Model, Specimen
from mdm2screen.results.mdm2 import Mdm2Finding
from mdm2screen.results.reasons import Reason
from mdm2screen.results.status import CentralStatus, Eligibility, Status
from mdm2screen.results.tp53 import Tp53Finding

SCHEMA_VERSION: Literal["1.0"] = "1.0"
"""Version of the JSON of a Decision: the first number changes when a reader of the old one would break."""


class Call(Model):
    """One criterion's answer with at least one reason."""

    criterion: str
    status: Status
    reasons: tuple[Reason, ...]
    mdm2: Mdm2Finding | None = None
    tp53: Tp53Finding | None = None

    def model_post_init(self, _context: object, /) -> None:
        """A call without a reason is a fault of mdm2screen."""
        if not self.reasons:
            raise ValueError(f"call {self.criterion} has no reason")


class CallSummary(Model):
    """A call within a decision; findings stand beside the calls."""

    criterion: str
    status: Status
    reasons: tuple[Reason, ...]


class ProtocolReference(Model):
    """The protocol a decision was made under; ``digest`` is the SHA-256 of its content."""

    id: str
    version: str
    digest: str
    title: str
    status: str


class CentralConfirmation(Model):
    """Whether the central laboratory must confirm, and what it should look at."""

    status: CentralStatus
    reasons: tuple[Reason, ...]
    flags: tuple[str, ...] = ()


class SiteCheck(Model):
    """A criterion no file can answer, to be verified by the site."""

    item: str
    source: str


class Software(Model):
    """Which program made the decision."""

    name: str = "mdm2screen"
    version: str


class Decision(Model):
    """The answer for one patient under one protocol.

    ``molecular`` joins the genomic criteria alone, ``eligibility`` all criteria. ``warnings`` change no answer: they
    say what a person must check before trusting one. ``to_resolve`` is empty where nothing could change the answer.
    """

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    patient: str
    protocol: ProtocolReference
    headline: str
    molecular: Eligibility
    eligibility: Eligibility
    central_confirmation: CentralConfirmation
    calls: tuple[CallSummary, ...]
    mdm2: Mdm2Finding | None = None
    tp53: Tp53Finding | None = None
    tumor_type: str | None = None
    specimen: Specimen | None = None
    build: Build | None = None
    warnings: tuple[Reason, ...] = ()
    to_resolve: tuple[str, ...] = ()
    verify_at_site: tuple[SiteCheck, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    software: Software
