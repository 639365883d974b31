"""What one structural record over TP53 does to wild-type."""

from mdm2screen.evidence import ObservedVariant
from mdm2screen.results import Disposition
from mdm2screen.rules.tp53_policy import Tp53Policy
from mdm2screen.rules.tp53_verdict import Verdict


def judge(_variant: ObservedVariant, _policy: Tp53Policy) -> Verdict:
    """The verdict on a breakend, a symbolic allele or another record that spells no bases."""
    why = "a structural record over TP53 may break the gene"
    return Verdict(Disposition.REVIEW, "structural", why, "T014")
