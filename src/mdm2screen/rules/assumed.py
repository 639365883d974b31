"""What purity and ploidy a criterion on copies reckons with."""

from mdm2screen.copy_number import Assumptions, Bounds
from mdm2screen.evidence import Evidence
from mdm2screen.rules.base import NumberRange, PurityRange


def known_purity(evidence: Evidence) -> float | None:
    """Purity that a file or the user states."""
    return evidence.purity.purity if evidence.purity else None


def known_ploidy(evidence: Evidence) -> float | None:
    """Ploidy that a file or the user states."""
    return evidence.ploidy.ploidy if evidence.ploidy else None


def assumptions(evidence: Evidence, purities: PurityRange, ploidies: NumberRange) -> Assumptions:
    """What is known, else the protocol's whole range; a purity below its low end is no firmer than that end."""
    purity = purities.around(known_purity(evidence))
    if purity.low < purities.low:
        purity = Bounds(low=purity.low, high=purities.low)
    return Assumptions(purity=purity, ploidy=ploidies.around(known_ploidy(evidence)))
