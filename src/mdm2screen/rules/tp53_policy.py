"""What a protocol may set about TP53 wild-type: the fields of the rule, read by every part of it."""

from abc import ABC
from typing import ClassVar, Literal

from mdm2screen.rules.base import FractionNumber, Number, Rule
from mdm2screen.rules.tp53_detection import CallabilityPolicy


class Tp53Policy(Rule, ABC):
    """Fields of the criterion.

    ``strictness``: ``pathogenic_or_likely`` sends a change of unknown significance to review,
    ``any_nonsynonymous`` counts it. ``unfiltered`` says what a variant with FILTER ``.`` is worth. A called variant
    below ``vaf_floor`` (fraction) goes to review. Below ``deletion_copies`` both copies are deleted.
    ``callability`` says when a base counts as seen.
    """

    criterion: ClassVar[str] = "tp53_wild_type"
    rule: Literal["tp53_wild_type"]
    strictness: Literal["pathogenic_or_likely", "any_nonsynonymous"]
    unfiltered: Literal["review", "count"]
    vaf_floor: FractionNumber
    deletion_copies: Number
    callability: CallabilityPolicy
