"""Concordance of a run: local against central testing over many patients, and what became of them.

``of_run`` makes no decision and looks into no file; it counts what decisions and a table of outcomes say.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from mdm2screen.concordance import criteria, outcomes, statistics
from mdm2screen.concordance.result import Concordance, Confirmation
from mdm2screen.decision import Decision
from mdm2screen.errors import UsageError
from mdm2screen.records import OutcomeTable
from mdm2screen.results import CentralStatus, Software
from mdm2screen.version import __version__

__all__ = ["Concordance", "of_run"]


def of_run(decisions: Iterable[Decision], table: OutcomeTable | None = None) -> Concordance:
    """The concordance of a run, one decision per patient under one protocol; the order does not matter.

    Raises UsageError: no decision, a patient twice, several protocols, or the statistics library is not installed.
    """
    found = sorted(decisions, key=lambda decision: decision.patient)
    _check(found)
    return Concordance(
        protocol=found[0].protocol,
        patients=len(found),
        central_confirmation=_confirmation(found, None if table is None else outcomes.treated(found, table)),
        criteria=criteria.compare(found),
        outcomes=None if table is None else outcomes.summarise(found, table),
        methods=statistics.methods(),
        software=Software(version=__version__),
    )


def _check(decisions: Sequence[Decision]) -> None:
    if not decisions:
        raise UsageError("no decision was given", remedy="pass files that 'mdm2screen check --format json' wrote")
    counts = Counter(decision.patient for decision in decisions)
    twice = [patient for patient, times in counts.items() if times > 1]
    if twice:
        raise UsageError(
            f"more than one decision of: {', '.join(twice)}",
            remedy="pass one decision per patient, the one with the central result",
        )
    protocols = {(one.protocol.id, one.protocol.version, one.protocol.digest) for one in decisions}
    if len(protocols) > 1:
        listing = ", ".join(f"{name} {version} ({digest[:12]})" for name, version, digest in sorted(protocols))
        raise UsageError(
            f"the decisions were made under different protocols: {listing}",
            remedy="pass the decisions of one protocol at a time",
        )


def _confirmation(decisions: Sequence[Decision], treated: Sequence[Decision] | None) -> Confirmation:
    statuses = Counter(decision.central_confirmation.status for decision in decisions)
    came = [decision for decision in decisions if decision.central_confirmation.criteria]
    needed = [decision for decision in came if decision.central_confirmation.status is not CentralStatus.NOT_REQUIRED]
    return Confirmation(
        statuses={status: statuses[status] for status in CentralStatus},
        with_central_result=len(came),
        of_central_results=statistics.rate(sum(map(outcomes.centrally_confirmed, needed)), len(needed)),
        of_treated=None
        if treated is None
        else statistics.rate(sum(map(outcomes.centrally_confirmed, treated)), len(treated)),
        awaited=tuple(one.patient for one in decisions if one.central_confirmation.status is CentralStatus.REQUIRED),
        not_needed=tuple(one.patient for one in came if one.central_confirmation.status is CentralStatus.NOT_REQUIRED),
    )
