"""SnpEff: ANN (from version 4) and EFF (before).

Source: "Variant annotations in VCF format", version 1.0, and SnpEff's own description of both fields.
"""

import re

from mdm2screen.readers import annotation_words
from mdm2screen.readers.annotation_line import AnnotatedAllele, Said, annotation, stated

_ANN = re.compile(r"Functional annotations|Allele\s*\|\s*Annotation")
_EFF = re.compile(r"Predicted effects|Effect_Impact")
_FEWEST_FIELDS = 11  # up to HGVS.p; what follows are positions, distance and remarks
_REMARKS = 15
_FEWEST_EFF_FIELDS = 9
_EFFECT = re.compile(r"([^(),]+)\(([^()]*)\)")


def read(allele: AnnotatedAllele) -> Said:
    """What SnpEff says of the allele."""
    said = Said()
    for key in allele.keys_where(_ANN, "ANN"):
        said += _ann(allele, key)
    for key in allele.keys_where(_EFF, "EFF"):
        said += _eff(allele, key)
    return said


def _ann(allele: AnnotatedAllele, key: str) -> Said:
    said = Said()
    others = 0
    for text in allele.info[key].split(","):
        parts = [part.strip() for part in text.split("|")]
        if len(parts) < _FEWEST_FIELDS:
            said.unread.append(f"an entry of {key} has {len(parts)} fields, fewer than the {_FEWEST_FIELDS} it needs")
            continue
        whose, germline = parts[0].partition("-")[::2]  # in cancer mode somatic ALT and germline allele
        found = annotation(
            "SnpEff",
            gene=parts[3],
            transcript=parts[6] if parts[5] == "transcript" else None,
            terms=annotation_words.terms(parts[1].split("&")),
            hgvs_c=parts[9],
            hgvs_p=parts[10],
            with_others=bool(germline),
        )
        if found is None or found.transcript is None:
            continue
        if whose.upper() != allele.alt:
            others += 1
            continue
        said.annotations.append(found)
        remarks = "&".join(parts[_REMARKS:])
        if "ERROR" in remarks or "REF_DOES_NOT_MATCH" in remarks:
            said.unread.append(f"SnpEff doubts its own entry on {found.transcript}: {remarks}")
    if others and not said.annotations:
        said.unread.append(f"{key} has entries for other alleles, none for ALT {allele.alt}")
    return said


def _eff(allele: AnnotatedAllele, key: str) -> Said:
    said = Said()
    found = _EFFECT.findall(allele.info[key])
    if not found:
        said.unread.append(f"{key} holds no effect of the form Effect(Impact|...)")
    for effect, inside in found:
        parts = inside.split("|")
        if len(parts) < _FEWEST_EFF_FIELDS:
            said.unread.append(
                f"an effect of {key} has {len(parts)} fields, fewer than the {_FEWEST_EFF_FIELDS} it needs"
            )
            continue
        whose = stated(parts[10]) if len(parts) > 10 else None
        if whose is None and len(allele.alts) > 1:
            said.unread.append(f"an effect of {key} does not say which of {len(allele.alts)} alleles it is of")
            continue
        if whose not in (None, str(allele.number), allele.alt):
            continue
        protein, _, coding = parts[3].partition("/")
        named = annotation(
            "SnpEff",
            gene=parts[5],
            transcript=parts[8],
            terms=annotation_words.terms(re.split(r"[+&]", effect)),
            hgvs_c=coding,
            hgvs_p=protein if protein.startswith("p.") or not protein else f"p.{protein}",
        )
        said.annotations += [named] if named else []
    return said
