"""The class of one small TP53 variant, joined from every source that speaks of it.

No source overrides another. (Likely) pathogenic against (likely) benign is a conflict for a person. A source that says
"uncertain" opposes nobody who says pathogenic, but keeps a benign one from settling the matter. The shipped
polymorphisms alone stand against doubt: frequency in the population is benign evidence that stands alone (ClinGen TP53
expert panel, BA1).
"""

from collections.abc import Iterable
from typing import NamedTuple

from mdm2screen.consequence import Consequence
from mdm2screen.evidence import ObservedVariant
from mdm2screen.known_classes import HOTSPOTS, POLYMORPHISMS
from mdm2screen.records import ClassRecord, Significance, Source

CONSEQUENCE = "consequence"
PATHOGENIC, LIKELY_PATHOGENIC, BENIGN, LIKELY_BENIGN, UNKNOWN, SPLICE, CONFLICTING, NO_EFFECT = (
    "pathogenic",
    "likely pathogenic",
    "benign",
    "likely benign",
    "unknown significance",
    "possible splice effect",
    "conflicting classes",
    "no effect expected",
)
DISQUALIFYING = frozenset({PATHOGENIC, LIKELY_PATHOGENIC})

_LOSS = {
    "stop_gained": "nonsense",
    "frameshift_variant": "frameshift",
    "start_lost": "start lost",
    "stop_lost": "stop lost",
    "splice_donor_variant": "canonical splice site",
    "splice_acceptor_variant": "canonical splice site",
}
_FIRST_INTRON = "intron 1"
_NONSYNONYMOUS = frozenset({"missense_variant", "inframe_deletion", "inframe_insertion", "protein_altering_variant"})
_AGAINST = {Significance.PATHOGENIC: PATHOGENIC, Significance.LIKELY_PATHOGENIC: LIKELY_PATHOGENIC}
_FOR = {Significance.BENIGN: BENIGN, Significance.LIKELY_BENIGN: LIKELY_BENIGN}
# Sources whose words are a sentence of their own; of others it is said who says them.
_OWN_WORDS = frozenset({CONSEQUENCE, HOTSPOTS, POLYMORPHISMS})


class Class(NamedTuple):
    """The joined class, the sentence behind it, what each source says, and the code of a disagreement."""

    name: str
    why: str
    sources: tuple[ClassRecord, ...]
    code: str | None = None


def classify(variant: ObservedVariant) -> Class:
    """Join all sources on a variant whose consequence is known."""
    consequence = variant.consequence
    assert consequence is not None
    sources = (*_loss(consequence), *variant.classes)
    against = [one for one in sources if one.significance in _AGAINST]
    benign = [one for one in sources if one.significance in _FOR]
    unsettled = [one for one in sources if one.significance not in {*_AGAINST, *_FOR}]
    if against and benign:
        return Class(CONFLICTING, f"sources disagree: {_said([*against, *benign])}", sources, "T026")
    if against:
        return Class(_AGAINST[_strongest(against, _AGAINST)], _said(against), sources)
    if any(one.origin == POLYMORPHISMS for one in benign):
        return Class(BENIGN, _said(benign), sources)
    if any(one.significance is Significance.CONFLICTING for one in unsettled):
        return Class(CONFLICTING, _said([*unsettled, *benign]), sources, "T027")
    splice = _splice(consequence)
    if benign and unsettled:
        return Class(UNKNOWN, f"sources leave it open: {_said([*benign, *unsettled])}", sources, "T027")
    if benign and splice and all(map(_of_protein_alone, benign)):
        return Class(SPLICE, f"{splice}, of which a class of the protein says nothing; {_said(benign)}", sources)
    if benign:
        return Class(_FOR[_strongest(benign, _FOR)], _said(benign), sources)
    name, why = _unclassified(consequence, splice, listed=bool(unsettled))
    return Class(name, f"{why}; {_said(unsettled)}" if unsettled else why, sources)


def changes_protein(variant: ObservedVariant) -> bool:
    """Whether a variant changes or takes away the protein, the shipped polymorphisms excepted."""
    consequence = variant.consequence
    polymorphism = any(one.origin == POLYMORPHISMS for one in variant.classes)
    if consequence is None or polymorphism:
        return False
    return bool(_NONSYNONYMOUS & set(consequence.terms) or _loss(consequence))


def _loss(consequence: Consequence) -> tuple[ClassRecord, ...]:
    """The class by consequence alone: what takes the protein away. The donor of the non-coding exon 1 may not."""
    terms = set(consequence.terms) - ({"splice_donor_variant"} if consequence.region == _FIRST_INTRON else set())
    words = next((words for term, words in _LOSS.items() if term in terms), None)
    if words is None:
        return ()
    return (
        ClassRecord(
            origin=CONSEQUENCE,
            significance=Significance.PATHOGENIC,
            words=f"{words}: takes the protein's function away",
            source=Source(file="NM_000546.6", locus=consequence.hgvs_c),
        ),
    )


def _splice(consequence: Consequence) -> str | None:
    """Why a change that leaves the protein, or one residue of it, may still disturb splicing."""
    if consequence.region == _FIRST_INTRON and "splice_donor_variant" in consequence.terms:
        return "changes the splice donor of the non-coding exon 1"
    if consequence.last_exonic_base:
        return "changes the last base of an exon"
    if "splice_region_variant" in consequence.terms:
        return "lies in a splice region"
    if consequence.weaker_acceptor:
        return "weakens the polypyrimidine tract before an exon, or makes an AG in it"
    return None


def _unclassified(consequence: Consequence, splice: str | None, *, listed: bool) -> tuple[str, str]:
    """Class and sentence where no source says pathogenic or benign; ``listed`` where one says uncertain."""
    if _NONSYNONYMOUS & set(consequence.terms):
        last = ", and the last base of an exon" if consequence.last_exonic_base else ""
        return UNKNOWN, f"changes the protein{last}; not at a known hotspot residue"
    if splice is not None:
        return SPLICE, splice
    words = f"{consequence.terms[0].replace('_', ' ')} away from splice sites"
    if "splice_polypyrimidine_tract_variant" in consequence.terms:
        words = "leaves the polypyrimidine tract before an exon as strong as it was"
    return (UNKNOWN if listed else NO_EFFECT), words


def _of_protein_alone(record: ClassRecord) -> bool:
    """A class of the protein change says nothing of splicing."""
    return record.hgvs_p is not None and record.hgvs_c is None


def _strongest(records: Iterable[ClassRecord], order: Iterable[Significance]) -> Significance:
    said = {record.significance for record in records}
    return next(one for one in order if one in said)


def _said(records: Iterable[ClassRecord]) -> str:
    """What sources say, each once."""
    words = (one.words if one.origin in _OWN_WORDS else f"{one.origin} says {one.words}" for one in records)
    return "; ".join(dict.fromkeys(words))
