"""Words for the class of a variant, as laboratories, ClinVar, ClinGen and OncoKB write them.

ACMG/AMP 2015 names five classes; ClinVar joins those of several submitters with a slash and words on other axes
(drug response, risk) with a bar, and reports submitters that disagree as conflicting. OncoKB says oncogenic and
neutral. A bare number is no class: 5 is pathogenic in the IARC scheme, while tier 1 is the strongest of AMP/ASCO/CAP.
"""

import re

from mdm2screen.records import Significance

_WORDS = {
    Significance.PATHOGENIC: "pathogenic; p; oncogenic; disease causing",
    Significance.LIKELY_PATHOGENIC: "likely pathogenic; likely; lp; probably pathogenic; likely oncogenic",
    Significance.UNCERTAIN: "uncertain significance; uncertain; vus; unknown significance; unknown; inconclusive; "
    "variant of uncertain significance; variant of unknown significance; vus high; vus mid; vus low",
    Significance.LIKELY_BENIGN: "likely benign; lb; probably benign; likely neutral",
    Significance.BENIGN: "benign; b; neutral",
    Significance.CONFLICTING: "conflicting; conflicting interpretations of pathogenicity; "
    "conflicting classifications of pathogenicity; conflicting classifications of oncogenicity; "
    "conflicting data from submitters",
}
_CLASSES = {word: significance for significance, words in _WORDS.items() for word in words.split("; ")}
# Words that are no class of pathogenicity at all.
_OTHER_AXES = frozenset(
    {
        "drug response", "risk factor", "association", "association not found", "affects", "protective", "other",
        "confers sensitivity", "not provided", "not specified", "na", "none",
        "no classification for the single variant", "no classifications from unflagged records",
        "no interpretation for the single variant",
    }
)  # fmt: skip
_LOW_PENETRANCE = "low penetrance"
# ClinVar's scale for risk alleles stands beside that of pathogenicity; alone it settles nothing.
_RISK = frozenset({"established risk allele", "likely risk allele", "uncertain risk allele"})
_SIDES = (
    frozenset({Significance.PATHOGENIC, Significance.LIKELY_PATHOGENIC}),
    frozenset({Significance.UNCERTAIN}),
    frozenset({Significance.LIKELY_BENIGN, Significance.BENIGN}),
)


def parts(words: str) -> list[str]:
    """The single words of a class, folded: lower case, blanks for underscores."""
    folded = words.lower().replace("_", " ").replace("-", " ")
    return [part for part in (re.sub(r"\s+", " ", one).strip(" .()\"'") for one in re.split(r"[|/,;]", folded)) if part]


def unknown(words: str) -> list[str]:
    """The single words that are no known class."""
    known = _CLASSES.keys() | _OTHER_AXES | _RISK | {_LOW_PENETRANCE}
    return [part for part in parts(words) if part not in known]


def significance(words: str) -> Significance | None:
    """The class that words state; ``None`` where they state none.

    Of two on one side the weaker holds, because that is what all submitters agree on; of two sides none does. A word
    that is not known here is a class that is not known: uncertain.
    """
    said = {_CLASSES[part] for part in parts(words) if part in _CLASSES}
    said |= {Significance.UNCERTAIN for _ in unknown(words)}
    if not said:
        return Significance.UNCERTAIN if _RISK & set(parts(words)) else None
    sides = [side for side in _SIDES if side & said]
    if Significance.CONFLICTING in said or len(sides) > 1:
        return Significance.CONFLICTING
    if _LOW_PENETRANCE in parts(words):
        said = {Significance.LIKELY_PATHOGENIC if one is Significance.PATHOGENIC else one for one in said}
    weaker = (Significance.LIKELY_PATHOGENIC, Significance.LIKELY_BENIGN)
    return next((one for one in weaker if one in said), min(said))
