"""A made run shaped like the published trial: 40 treated, 31 centrally confirmed, 6 responses among those, 1 confirmed.

Only these four counts are published. Who the other nine are, every copy number and every time is invented here.
"""

from collections.abc import Sequence
from pathlib import Path

import evidence_builder as eb
from mdm2screen.concordance import Concordance, of_run
from mdm2screen.decision import Decision, Role, Sample
from mdm2screen.eligibility import decide_patient
from mdm2screen.evidence import Evidence
from mdm2screen.readers.outcomes_table import read_outcomes
from mdm2screen.records import OutcomeTable
from mdm2screen.reports import json_report
from mdm2screen.results import Software

SOFTWARE = Software(version="0")
TREATED, CONFIRMED = 40, 31


def copies(number: float | None) -> Evidence:
    """Evidence of so many corrected copies of MDM2; ``None``: nothing is known of MDM2."""
    return eb.evidence(mdm2=() if number is None else (eb.source(eb.segment(number)),))


def mutated(number: float = 20.0) -> Evidence:
    """Amplified, and TP53 mutated."""
    return copies(number).model_copy(update={"variants": eb.observed(eb.variant())})


def patient(name: str, local: Evidence, *central: Evidence) -> Decision:
    """The decision for a patient with one local sample and any central ones."""
    samples = [Sample(name=f"{name}-L", inputs=(), evidence=local, software=SOFTWARE)]
    samples += [
        Sample(name=f"{name}-C{n}", role=Role.CENTRAL, inputs=(), evidence=one, software=SOFTWARE)
        for n, one in enumerate(central, start=1)
    ]
    return decide_patient(eb.protocol(), samples, patient=name, software=SOFTWARE)


def trial_shaped() -> tuple[Decision, ...]:
    """40 locally eligible patients: 31 confirmed, 6 below the central threshold, 1 mutated, 2 that cannot be read."""
    central = [copies(9.0 + number % 12) for number in range(CONFIRMED)]
    central += [copies(2.0 + number) for number in range(6)] + [mutated()] + [copies(None)] * 2
    return tuple(
        patient(f"P{number:02}", copies(12.0 + number % 10), found) for number, found in enumerate(central, start=1)
    )


def trial_outcomes(folder: Path) -> Path:
    """Outcomes of the run: P01 a confirmed PR, P02-P06 unconfirmed ones, P32 one more without central confirmation."""
    lines = ["patient,treated,best_response,response_confirmed,pfs_months,pfs_event"]
    for number in range(1, TREATED + 1):
        best = "PR" if number <= 6 or number == 32 else ("SD", "PD", "NE")[number % 3]
        confirmed = {True: "yes" if number == 1 else "no"}.get(best == "PR", "")
        lines.append(f"P{number:02},yes,{best},{confirmed},{1 + number % 8 / 2},{'no' if number % 9 == 0 else 'yes'}")
    return table(folder, *lines)


def table(folder: Path, *lines: str, name: str = "outcomes.csv") -> Path:
    """A table of outcomes as a file."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def outcomes(folder: Path, *lines: str) -> OutcomeTable:
    return read_outcomes(table(folder, *lines))


def run_of(decisions: Sequence[Decision], given: OutcomeTable | None = None) -> Concordance:
    return of_run(decisions, given)


def decision_file(path: Path, *decisions: Decision) -> Path:
    """Decisions as JSON Lines."""
    path.write_text("".join(map(json_report.line, decisions)), encoding="utf-8")
    return path
