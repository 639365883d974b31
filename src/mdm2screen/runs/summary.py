"""What a run gives as a whole: counts, and whether they can be true."""

from collections import Counter

from mdm2screen.decision import Decision
from mdm2screen.protocol import ExpectedShare
from mdm2screen.results import CentralStatus, Eligibility
from mdm2screen.run_result import RunCounts


class Counting:
    """Counts that grow patient by patient."""

    def __init__(self) -> None:
        self.failed = 0
        self._molecular: Counter[Eligibility] = Counter()
        self._eligibility: Counter[Eligibility] = Counter()
        self._central: Counter[CentralStatus] = Counter()

    def add(self, decision: Decision) -> None:
        """Count one decision."""
        self._molecular[decision.molecular] += 1
        self._eligibility[decision.eligibility] += 1
        self._central[decision.central_confirmation.status] += 1

    @property
    def counts(self) -> RunCounts:
        """What was counted so far; every answer is named, also that of nobody."""
        decided = self._eligibility.total()
        return RunCounts(
            patients=decided + self.failed,
            decided=decided,
            failed=self.failed,
            molecular={one: self._molecular[one] for one in Eligibility},
            eligibility={one: self._eligibility[one] for one in Eligibility},
            central_confirmation={one: self._central[one] for one in CentralStatus},
        )


def warnings(counts: RunCounts, expected: ExpectedShare | None) -> tuple[str, ...]:
    """What of a run can hardly be true, by the share of eligible patients the protocol expects."""
    eligible, decided = counts.molecular.get(Eligibility.ELIGIBLE, 0), counts.decided
    if expected is None or not decided or eligible / decided <= expected.warn_above:
        return ()
    low, high = (f"{100 * share:.3g}" for share in (expected.low, expected.high))
    found = f"{eligible} of {decided} patients ({100 * eligible / decided:.1f}%) are molecularly eligible"
    return (
        f"{found}; of {expected.unit} {low} to {high}% are. Look at the unit of the copy numbers first (a ratio read "
        "as copies, a value that was corrected twice). A run of selected tumors, or a small one, may have more.",
    )
