"""A run as one HTML page: counts, the distribution of copies, failures, and a table of all patients."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

from markupsafe import Markup

from mdm2screen.decision import Decision
from mdm2screen.protocol import TrialProtocol
from mdm2screen.reports import wording
from mdm2screen.reports.html.copies_plot import CopiesPlot
from mdm2screen.reports.html.environment import environment
from mdm2screen.reports.protocol_numbers import protocol_numbers
from mdm2screen.results import CallSummary, CentralStatus, Disposition, Eligibility, Status
from mdm2screen.run_result import RunSummary

_MDM2, _TP53 = "mdm2_amplification", "tp53_wild_type"
_PARTS = 64
"""Pieces of the page that are joined before they are written."""


class Row(NamedTuple):
    """A patient in the table; ``sort`` is the number by which copies are ordered, lowest possible first."""

    patient: str
    link: str | None
    decision: Decision
    mdm2: CallSummary | None
    copies: str | None
    sort: float | None
    tp53: CallSummary | None
    variants: tuple[str, ...]
    flags: tuple[str, ...]
    warnings: tuple[str, ...]


def render(
    summary: RunSummary,
    protocol: TrialProtocol,
    decisions: Iterable[Decision],
    *,
    plot: CopiesPlot | None,
    link: Callable[[str], str | None],
) -> Iterator[str]:
    """The page in pieces, so that no more than one patient is in memory.

    ``decisions`` are those of ``summary``; ``plot`` was counted over them; ``link`` says where the page of a patient
    lies, seen from this one, if there is one.
    """
    script = files(__package__).joinpath("templates", "run.js").read_text(encoding="utf-8")
    stream = (
        environment()
        .get_template("run.html.j2")
        .stream(
            summary=summary,
            counts=summary.counts,
            protocol=summary.protocol,
            trial_status=wording.trial_status(summary.protocol),
            closing=wording.CLOSING,
            choices=_choices(),
            rows=(_row(decision, link(decision.patient)) for decision in decisions),
            plot=plot,
            numbers=tuple(protocol_numbers(protocol)),
            central=summary.counts.central_confirmation.get(CentralStatus.REQUIRED, 0),
            script=Markup(script),
            digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )
    stream.enable_buffering(_PARTS)
    yield from stream


def _choices() -> Sequence[tuple[str, int, list[str]]]:
    """Label, column and values of each filter."""
    return (
        ("Molecular", 1, [str(one) for one in Eligibility]),
        ("Eligibility", 2, [str(one) for one in Eligibility]),
        ("MDM2", 3, [str(one) for one in Status]),
        ("TP53", 5, [str(one) for one in Status]),
        ("Central laboratory", 6, [str(one) for one in CentralStatus]),
    )


def _row(decision: Decision, link: str | None) -> Row:
    calls = {call.criterion: call for call in decision.calls}
    found = decision.mdm2.interval if decision.mdm2 else None
    variants = decision.tp53.variants if decision.tp53 else ()
    return Row(
        patient=decision.patient,
        link=link,
        decision=decision,
        mdm2=calls.get(_MDM2),
        copies=None if found is None else wording.interval(found),
        sort=None if found is None else found.low,
        tp53=calls.get(_TP53),
        variants=tuple(dict.fromkeys(one.name for one in variants if one.counts is not Disposition.IGNORED)),
        flags=tuple(wording.flag(code) for code in decision.central_confirmation.flags),
        warnings=tuple(dict.fromkeys(one.code for one in decision.warnings)),
    )
