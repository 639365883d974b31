"""What a protocol may set about TP53 wild-type: the fields of the rule, read by every part of it."""

from abc import ABC
from typing import ClassVar, Literal

from mdm2screen.rules.base import FractionNumber, Number, Precedence, Rule
from mdm2screen.rules.tp53_detection import CallabilityPolicy


class Tp53Policy(Rule, ABC):
    """Fields of the criterion.

    ``strictness``: a (likely) pathogenic change always counts. ``pathogenic_or_likely`` sends one of unknown
    significance to review, ``pathogenic_plus_vus`` counts it, ``any_nonsynonymous`` counts every change of the
    protein but the shipped polymorphisms, whatever sources say. ``unfiltered`` says what a variant with FILTER ``.``
    is worth. A called variant below ``vaf_floor`` (fraction) goes to review, and so does one below ``chip_vaf`` in
    plasma without a matched normal. Plasma with a tumor fraction below ``plasma_fraction_min`` shows no wild-type.
    Above ``contamination_max`` (fraction of reads) the sample fails. Below ``deletion_copies`` both copies are deleted;
    a value that is not corrected says so only from a purity of ``deletion_purity`` (fraction) on. ``intron_1`` says
    what it means in an osteosarcoma that rearrangements of intron 1 are not excluded. ``callability`` says when a base
    counts as seen.
    """

    criterion: ClassVar[str] = "tp53_wild_type"
    precedence: ClassVar[Precedence] = Precedence.WORST
    rule: Literal["tp53_wild_type"]
    strictness: Literal["pathogenic_or_likely", "pathogenic_plus_vus", "any_nonsynonymous"]
    unfiltered: Literal["review", "count"]
    vaf_floor: FractionNumber
    chip_vaf: FractionNumber
    plasma_fraction_min: FractionNumber
    contamination_max: FractionNumber
    deletion_copies: Number
    deletion_purity: FractionNumber
    intron_1: Literal["flag", "require"] = "flag"
    callability: CallabilityPolicy

    @property
    def asks(self) -> str:
        """What of TP53 must be tested."""
        return "TP53: all coding exons (2 to 11) with their splice sites, with the depth that was reached"
