"""What a run of many patients came to, as its folder states it."""

from typing import Literal

from pydantic import Field

from mdm2screen.records import Model
from mdm2screen.results import CentralStatus, Eligibility, ProtocolReference, Software

RUN_VERSION: Literal["1.0"] = "1.0"
"""Version of the JSON of a run."""


class Failure(Model):
    """Why a patient has no decision: ``file`` says where it lies, ``code`` is short and stable, ``message`` for people.

    Codes are those of ``errors``, ``worker_died``, ``out_of_memory``, and ``internal`` for a fault of mdm2screen.
    """

    patient: str
    file: str | None
    code: str
    message: str
    remedy: str | None = None


class RunCounts(Model):
    """Patients of a run by their answer."""

    patients: int = 0
    decided: int = 0
    failed: int = 0
    molecular: dict[Eligibility, int] = Field(default={})
    eligibility: dict[Eligibility, int] = Field(default={})
    central_confirmation: dict[CentralStatus, int] = Field(default={})


class RunInput(Model):
    """The samplesheet of a run, and how many patients it has."""

    name: str
    sha256: str
    patients: int


class RunSummary(Model):
    """A run: what was asked, by which program and protocol, what came of it. ``complete``: no patient is left to do."""

    schema_version: Literal["1.0"] = RUN_VERSION
    samplesheet: RunInput
    protocol: ProtocolReference
    software: Software
    complete: bool
    counts: RunCounts
    warnings: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
