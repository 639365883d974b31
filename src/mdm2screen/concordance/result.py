"""What a run says of local and central testing together: agreement per criterion, confirmation, outcomes.

Fractions are from 0 to 1. A denominator of zero gives no fraction.
"""

from enum import StrEnum
from typing import Literal

from mdm2screen.decision import SideValue
from mdm2screen.kleene import Status
from mdm2screen.records import BestResponse, Fraction, Model, TimeUnit
from mdm2screen.results import CentralStatus, ProtocolReference, Reason, Software

CONCORDANCE_VERSION: Literal["1.0"] = "1.0"
"""Version of the JSON of a Concordance: the first number changes when a reader of the old one would break."""

CONFIDENCE = 0.95
"""Confidence level of every interval, the usual one of the field."""


class Limits(Model):
    """Lower and upper limit of an interval."""

    low: float
    high: float


class Rate(Model):
    """``count`` of ``of``, with its exact interval; no fraction where ``of`` is zero."""

    count: int
    of: int
    fraction: Fraction | None
    interval: Limits | None


class Kappa(Model):
    """Cohen's kappa; ``undefined`` says why there is no interval, or not even a value."""

    value: float | None
    interval: Limits | None
    undefined: str | None = None


class Cell(Model):
    """Patients with one pair of answers."""

    local: Status
    central: Status
    patients: int


class TwoByTwo(Model):
    """Patients in whom both sides give an answer."""

    both_met: int
    local_met_alone: int
    central_met_alone: int
    neither_met: int


class Agreement(Model):
    """Percent agreement with the central side as the reference, then the same table read from the local side.

    ``positive``: locally met of those met centrally; ``negative``: locally not met of those not met centrally.
    ``central_met_of_local_met``: what a local MET is worth, ``central_not_met_of_local_not_met``: a local NOT_MET.
    """

    positive: Rate
    negative: Rate
    overall: Rate
    central_met_of_local_met: Rate
    central_not_met_of_local_not_met: Rate


class LimitsOfAgreement(Model):
    """Bland and Altman: most differences are expected from ``low`` to ``high``; each limit has its own interval."""

    low: float
    high: float
    interval_of_low: Limits
    interval_of_high: Limits


class CopyDifference(Model):
    """Central minus local copies, of patients with settled copies on both sides.

    ``lowest`` and ``highest`` are the extremes; no ``sd`` and limits with fewer than two patients.
    """

    patients: int
    median: float
    lowest: float
    highest: float
    mean: float
    sd: float | None
    limits: LimitsOfAgreement | None


class ComparedPatient(Model):
    """One patient's two answers and what differs between them; ``local`` is ``None`` where the protocol has none."""

    patient: str
    local: SideValue | None
    central: SideValue
    why: tuple[Reason, ...]


class CriterionConcordance(Model):
    """One central criterion over all patients with a central result.

    ``table`` has all nine pairs; ``left_out`` are the patients outside of ``two_by_two``, because an answer is
    indeterminate or there is no local one. ``open_as_met`` and ``open_as_not_met`` count indeterminate answers as the
    one or the other. ``notes`` say what must be known before a number is used.
    """

    criterion: str
    patients: int
    table: tuple[Cell, ...]
    without_local: int
    two_by_two: TwoByTwo
    agreement: Agreement
    open_as_met: Agreement
    open_as_not_met: Agreement
    kappa: Kappa
    copies: CopyDifference | None
    discordant: tuple[ComparedPatient, ...]
    left_out: tuple[ComparedPatient, ...]
    notes: tuple[str, ...] = ()


class Confirmation(Model):
    """How many patients the central laboratory confirmed.

    ``of_central_results``: of the patients who needed confirmation and have a central result, indeterminate ones too.
    ``of_treated``: of the patients stated as treated, with or without a central result; ``None`` where nobody says who
    was. ``awaited`` have no central result yet; ``not_needed`` have one though their local result needs none.
    """

    statuses: dict[CentralStatus, int]
    with_central_result: int
    of_central_results: Rate
    of_treated: Rate | None
    awaited: tuple[str, ...]
    not_needed: tuple[str, ...]


class Group(StrEnum):
    """Whose outcomes are reported."""

    TREATED = "treated"
    CENTRALLY_CONFIRMED = "centrally_confirmed"


class ResponseSummary(Model):
    """Best responses by RECIST 1.1. The denominator is every patient with a stated best response, NE included.

    ``all_responses`` are CR and PR, confirmed or not; ``confirmed_responses`` those that a second assessment showed
    again (``None``: the table does not say). ``missing`` patients have no best response, ``confirmation_missing`` a
    response of which nobody says whether it was confirmed; both are outside of the denominator that needs them.
    """

    best_responses: dict[BestResponse, int]
    all_responses: Rate
    confirmed_responses: Rate | None
    missing: tuple[str, ...]
    confirmation_missing: tuple[str, ...]


class SurvivalSummary(Model):
    """Progression-free survival by Kaplan and Meier.

    ``median`` and the limits are ``None`` where the curve, or its limit, does not come down to one half. ``missing``
    patients lack a time, or whether it ended with an event.
    """

    unit: TimeUnit
    at_risk: int
    events: int
    censored: int
    median: float | None
    low: float | None
    high: float | None
    missing: tuple[str, ...]


class GroupOutcome(Model):
    """Outcomes of one group; ``response`` and ``pfs`` are ``None`` where the table has no column of them."""

    group: Group
    who: str
    patients: int
    response: ResponseSummary | None
    pfs: SurvivalSummary | None


class OutcomeSummary(Model):
    """Outcomes of a table beside the decisions.

    Only patients with a decision and an outcome count; ``without_decision`` and ``without_outcome`` have one of both.
    ``treatment_missing``: nobody says whether they were treated.
    """

    file: str
    sha256: str
    groups: tuple[GroupOutcome, ...]
    without_decision: tuple[str, ...]
    without_outcome: tuple[str, ...]
    treatment_missing: tuple[str, ...]


class Methods(Model):
    """How the numbers were made."""

    confidence_level: float
    proportions: str
    kappa: str
    copies: str
    survival: str
    library: str


class Concordance(Model):
    """Local and central testing of a run, under one protocol. Lists of patients are in the order of their names."""

    schema_version: Literal["1.0"] = CONCORDANCE_VERSION
    protocol: ProtocolReference
    patients: int
    central_confirmation: Confirmation
    criteria: tuple[CriterionConcordance, ...]
    outcomes: OutcomeSummary | None
    methods: Methods
    software: Software
