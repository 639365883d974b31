"""Ion Reporter and Oncomine: FUNC, a list of maps in single quotes, with commas of its own.

A map says by ``origAlt`` (or ``normalizedAlt``) which ALT it is of. Source: Ion Reporter output.
"""

import re

from mdm2screen.readers import annotation_words
from mdm2screen.readers.annotation_line import AnnotatedAllele, Said, annotation

_FUNC = re.compile(r"(?:^|;)FUNC=(\[\{.*?\}\])(?=;|$)")
_PAIR = re.compile(r"'([^']*)':'([^']*)'")
_MAP = re.compile(r"\{[^{}]*\}")
_LIST = re.compile(r"\[M(?:,M)*\]".replace("M", r"\{(?:P(?:,P)*)?\}").replace("P", r"'[^']*':'[^']*'"))
_FUNCTIONS = {
    "nonsense": "stop_gained",
    "frameshiftInsertion": "frameshift_variant",
    "frameshiftDeletion": "frameshift_variant",
    "frameshiftBlockSubstitution": "frameshift_variant",
    "nonframeshiftInsertion": "inframe_insertion",
    "nonframeshiftDeletion": "inframe_deletion",
    "nonframeshiftBlockSubstitution": "protein_altering_variant",
    "stoploss": "stop_lost",
    "splicesite_5": "splice_site_variant",
    "splicesite_3": "splice_site_variant",
    "utr_5": "5_prime_UTR_variant",
    "utr_3": "3_prime_UTR_variant",
    "intronic": "intron_variant",
}
_NO_EFFECT = ("exonic", "refAllele", "unknown", "exonic_nc")


def read(allele: AnnotatedAllele) -> Said:
    """What Ion Reporter says of the allele."""
    match = _FUNC.search(allele.info_text)
    if match is None:
        return Said()
    if not _LIST.fullmatch(match[1]):
        return Said(unread=["FUNC is no list of maps"])
    said = Said()
    for text in _MAP.findall(match[1]):
        entry = dict(_PAIR.findall(text))
        if _is_of(entry, allele):
            words = [w for key in ("function", "location") if (w := entry.get(key, "")) not in _NO_EFFECT]
            found = annotation(
                "Ion Reporter",
                gene=entry.get("gene"),
                transcript=entry.get("transcript"),
                terms=annotation_words.terms(_FUNCTIONS.get(word, word) for word in words),
                hgvs_c=entry.get("coding"),
                hgvs_p=entry.get("protein"),
            )
            said.annotations += [found] if found else []
    return said


def _is_of(entry: dict[str, str], allele: AnnotatedAllele) -> bool:
    alt = entry.get("origAlt") or entry.get("normalizedAlt")
    return alt == allele.alt if alt else len(allele.alts) == 1
