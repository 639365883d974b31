"""Status, reasons, calls and the decision: what mdm2screen says of a patient."""

from mdm2screen.results.decision import (
    SCHEMA_VERSION,
    Call,
    CallSummary,
    CentralConfirmation,
    Decision,
    ProtocolReference,
    SiteCheck,
    Software,
)
from mdm2screen.results.mdm2 import Branch, Interval, Mdm2Finding, Mdm2Source
from mdm2screen.results.reasons import Reason, ReasonCode, reason, reason_codes
from mdm2screen.results.status import CentralStatus, Eligibility, Status, all_of, any_of
from mdm2screen.results.tp53 import ClassSource, Disposition, Heterozygosity, Tp53Finding, Tp53Variant

__all__ = [
    "SCHEMA_VERSION",
    "Branch",
    "Call",
    "CallSummary",
    "CentralConfirmation",
    "CentralStatus",
    "ClassSource",
    "Decision",
    "Disposition",
    "Eligibility",
    "Heterozygosity",
    "Interval",
    "Mdm2Finding",
    "Mdm2Source",
    "ProtocolReference",
    "Reason",
    "ReasonCode",
    "SiteCheck",
    "Software",
    "Status",
    "Tp53Finding",
    "Tp53Variant",
    "all_of",
    "any_of",
    "reason",
    "reason_codes",
]
