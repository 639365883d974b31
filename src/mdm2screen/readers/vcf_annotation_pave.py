"""PAVE (Hartwig): IMPACT of ten values, for the first ALT of a line and the canonical transcript.

PAVE calls D-1, D+5 and, for a G, A+3 splice donor and acceptor too, and joins variants of one local phase set.
IMPACT of other programs is a single word. Source: hmftools pave/README.md.
"""

import re

from mdm2screen.readers import annotation_words
from mdm2screen.readers.annotation_line import AnnotatedAllele, Said, annotation

_DECLARED = re.compile(r"Canonical ?Effect|Variant Impact", re.IGNORECASE)
_VALUES = 10


def read(allele: AnnotatedAllele) -> Said:
    """What PAVE says of the allele."""
    said = Said()
    for key in allele.info:
        if key != "IMPACT":
            continue
        values = allele.info[key].strip("[]").split(",")
        if not _DECLARED.search(allele.declared.get(key, "")) and len(values) != _VALUES:
            continue
        if len(values) != _VALUES:
            said.unread.append(f"{key} has {len(values)} values, PAVE writes {_VALUES}")
        elif allele.number == 1:
            said += _impact([value.strip() for value in values])
    return said


def _impact(values: list[str]) -> Said:
    gene, transcript, effects, _, near_splice_site, coding, protein = values[:7]
    effects_named = effects.split("&")
    region = ["splice_region_variant"] if near_splice_site.lower() == "true" else []
    found = annotation(
        "PAVE",
        gene=gene,
        transcript=transcript,
        terms=(*annotation_words.terms(effects_named), *region),
        hgvs_c=coding,
        hgvs_p=protein,
        chosen=True,
        with_others=any(effect.startswith("phased_") for effect in effects_named),
    )
    return Said(annotations=[found] if found else [])
