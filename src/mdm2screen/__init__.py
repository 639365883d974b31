"""mdm2screen: does a tumor meet the molecular inclusion of an MDM2-inhibitor trial?

``screen`` takes the files of one tumor and returns a ``Decision``; ``confirm`` joins it with what the central
laboratory found. Nothing here prints, exits or reads the environment; errors are ``Mdm2screenError``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mdm2screen.version import __version__

if TYPE_CHECKING:
    from mdm2screen.cohort import concordance_of
    from mdm2screen.comparing import compare
    from mdm2screen.decision import Decision
    from mdm2screen.errors import InputError, Mdm2screenError, ProtocolError, UsageError
    from mdm2screen.patients import confirm, judged_again
    from mdm2screen.protocol import TrialProtocol
    from mdm2screen.protocol_file import load_protocol
    from mdm2screen.readers.decision_file import read_decisions
    from mdm2screen.records import Build
    from mdm2screen.reports.tsv_report import frame as to_frame
    from mdm2screen.requesting import central_request
    from mdm2screen.results import CentralStatus, Eligibility, Status
    from mdm2screen.runs.batch import run_batch, screen_run
    from mdm2screen.screening import read_sample, screen

__all__ = [
    "Build",
    "CentralStatus",
    "Decision",
    "Eligibility",
    "InputError",
    "Mdm2screenError",
    "ProtocolError",
    "Status",
    "TrialProtocol",
    "UsageError",
    "__version__",
    "central_request",
    "compare",
    "concordance_of",
    "confirm",
    "judged_again",
    "load_protocol",
    "read_decisions",
    "read_sample",
    "run_batch",
    "screen",
    "screen_run",
    "to_frame",
]

_HOMES = {
    "run_batch": "runs.batch",
    "screen_run": "runs.batch",
    "central_request": "requesting",
    "compare": "comparing",
    "concordance_of": "cohort",
    "confirm": "patients",
    "judged_again": "patients",
    "read_decisions": "readers.decision_file",
    "read_sample": "screening",
    "Build": "records",
    "CentralStatus": "results",
    "Decision": "decision",
    "Eligibility": "results",
    "InputError": "errors",
    "Mdm2screenError": "errors",
    "ProtocolError": "errors",
    "Status": "results",
    "TrialProtocol": "protocol",
    "UsageError": "errors",
    "load_protocol": "protocol_file",
    "screen": "screening",
}


def __getattr__(name: str) -> Any:
    """Names of the public API, imported when first used."""
    if name == "to_frame":
        return import_module("mdm2screen.reports.tsv_report").frame
    if name in _HOMES:
        return getattr(import_module(f"mdm2screen.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'mdm2screen' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
