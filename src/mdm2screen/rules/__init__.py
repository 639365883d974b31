"""Criteria, one module each, listed once in ``RULES``."""

from mdm2screen.rules.base import Number, Precedence, Rule
from mdm2screen.rules.cdkn2a_loss import Cdkn2aLoss
from mdm2screen.rules.mdm2_amplification import Mdm2Amplification
from mdm2screen.rules.tp53_wild_type import Tp53WildType
from mdm2screen.rules.tumor_type import TumorType

RULES: dict[str, type[Rule]] = {
    rule.criterion: rule for rule in (Mdm2Amplification, Tp53WildType, Cdkn2aLoss, TumorType)
}
"""Rule classes by the name that protocol files use."""

__all__ = ["RULES", "Number", "Precedence", "Rule"]
