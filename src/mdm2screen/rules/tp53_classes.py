"""The class of one small TP53 variant: does it take function away?"""

from mdm2screen.consequence import Consequence
from mdm2screen.evidence import ObservedVariant

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


def classify(variant: ObservedVariant) -> tuple[str, str]:
    """Class of a change and the sentence behind it."""
    consequence = variant.consequence
    assert consequence is not None
    loss = next((words for term, words in _LOSS.items() if term in consequence.terms), None)
    if loss is not None and consequence.region == _FIRST_INTRON and "splice_donor_variant" in consequence.terms:
        return "possible splice effect", "changes the splice donor of the non-coding exon 1"
    if loss is not None:
        return "pathogenic", f"{loss}: takes the protein's function away"
    if variant.hotspot is not None:
        return "pathogenic", f"missense at the hotspot residue {variant.hotspot}"
    if _NONSYNONYMOUS & set(consequence.terms):
        splice = ", and the last base of an exon" if consequence.last_exonic_base else ""
        return "unknown significance", f"changes the protein{splice}; not at a known hotspot residue"
    return _splicing(consequence)


def _splicing(consequence: Consequence) -> tuple[str, str]:
    """Class of a change that leaves the protein as it is, where it is spliced as before."""
    if consequence.last_exonic_base:
        return "possible splice effect", "changes the last base of an exon"
    if "splice_region_variant" in consequence.terms:
        return "possible splice effect", "lies in a splice region"
    if consequence.weaker_acceptor:
        return "possible splice effect", "weakens the polypyrimidine tract before an exon, or makes an AG in it"
    if "splice_polypyrimidine_tract_variant" in consequence.terms:
        return "no effect expected", "leaves the polypyrimidine tract before an exon as strong as it was"
    return "no effect expected", f"{consequence.terms[0].replace('_', ' ')} away from splice sites"
