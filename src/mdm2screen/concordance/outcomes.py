"""Response and progression-free survival of treated and of centrally confirmed patients.

*Centrally confirmed* is molecular: the central laboratory found what the local one did. A *confirmed response* is
RECIST's: a second assessment showed the response again.
"""

from collections import Counter
from collections.abc import Sequence

from mdm2screen.concordance import statistics
from mdm2screen.concordance.result import Group, GroupOutcome, OutcomeSummary, ResponseSummary, SurvivalSummary
from mdm2screen.decision import Decision
from mdm2screen.records import BestResponse, Outcome, OutcomeTable
from mdm2screen.results import CentralStatus


def summarise(decisions: Sequence[Decision], table: OutcomeTable) -> OutcomeSummary:
    """Outcomes of the patients who have both a decision and a row of the table."""
    decided = {decision.patient: decision for decision in decisions}
    rows = sorted(table.rows, key=lambda row: row.patient)
    known = [row for row in rows if row.patient in decided]
    tells_treated = "treated" in table.columns
    confirmed = [row for row in known if centrally_confirmed(decided[row.patient])]
    groups = []
    if tells_treated:
        groups.append(_group(Group.TREATED, "treated patients", [row for row in known if row.treated], table))
        confirmed = [row for row in confirmed if row.treated]
    who = "treated and centrally confirmed patients" if tells_treated else "centrally confirmed patients of the table"
    groups.append(_group(Group.CENTRALLY_CONFIRMED, who, confirmed, table))
    return OutcomeSummary(
        file=table.file,
        sha256=table.sha256,
        groups=tuple(groups),
        without_decision=tuple(row.patient for row in rows if row.patient not in decided),
        without_outcome=tuple(sorted(decided.keys() - {row.patient for row in rows})),
        treatment_missing=tuple(row.patient for row in known if row.treated is None),
    )


def treated(decisions: Sequence[Decision], table: OutcomeTable) -> list[Decision] | None:
    """The decisions of patients stated as treated; ``None`` where the table does not tell of treatment."""
    if "treated" not in table.columns:
        return None
    names = {row.patient for row in table.rows if row.treated}
    return [decision for decision in decisions if decision.patient in names]


def centrally_confirmed(decision: Decision) -> bool:
    """Whether the central laboratory confirmed the molecular result."""
    return decision.central_confirmation.status is CentralStatus.CONFIRMED


def _group(group: Group, who: str, rows: Sequence[Outcome], table: OutcomeTable) -> GroupOutcome:
    return GroupOutcome(
        group=group,
        who=who,
        patients=len(rows),
        response=_response(rows, table) if "best_response" in table.columns else None,
        pfs=_survival(rows, table),
    )


def _response(rows: Sequence[Outcome], table: OutcomeTable) -> ResponseSummary:
    stated = [row for row in rows if row.best_response is not None]
    counts = Counter(row.best_response for row in stated)
    unknown = [row for row in stated if row.responded and row.response_confirmed is None]
    tells_confirmed = "response_confirmed" in table.columns
    confirmed = sum(row.responded and row.response_confirmed is True for row in stated)
    return ResponseSummary(
        best_responses={one: counts[one] for one in BestResponse},
        all_responses=statistics.rate(sum(row.responded for row in stated), len(stated)),
        confirmed_responses=statistics.rate(confirmed, len(stated) - len(unknown)) if tells_confirmed else None,
        missing=tuple(row.patient for row in rows if row.best_response is None),
        confirmation_missing=tuple(row.patient for row in unknown) if tells_confirmed else (),
    )


def _survival(rows: Sequence[Outcome], table: OutcomeTable) -> SurvivalSummary | None:
    if table.pfs_unit is None:
        return None
    known = [(row.pfs, row.pfs_event) for row in rows if row.pfs is not None and row.pfs_event is not None]
    median = statistics.median_survival([time for time, _ in known], [event for _, event in known])
    events = sum(event for _, event in known)
    return SurvivalSummary(
        unit=table.pfs_unit,
        at_risk=len(known),
        events=events,
        censored=len(known) - events,
        median=median.value,
        low=median.low,
        high=median.high,
        missing=tuple(row.patient for row in rows if row.pfs is None or row.pfs_event is None),
    )
