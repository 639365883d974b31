"""GATK Funcotator: FUNCOTATION, ``[f1|f2|...]`` per ALT, transcripts of one ALT joined by ``#``.

The header names the fields, those of the gene with the release of GENCODE (``Gencode_34_variantClassification``).
Words are those of a MAF; SPLICE_SITE spans two bases on both sides of the border. Source: GATK Funcotator.
"""

import re

from mdm2screen.annotation import TRANSCRIPTS
from mdm2screen.readers import annotation_words
from mdm2screen.readers.annotation_classes import classes_of
from mdm2screen.readers.annotation_line import AnnotatedAllele, Said, annotation, stated

_DECLARED = re.compile(r"Funcotation fields are:\s*(.*)")
_ALLELES = re.compile(r"\[[^\]]*\](?:#\[[^\]]*\])*")
_GENCODE = re.compile(r"Gencode_\d+_(\w+)")
_OTHER = re.compile(r"([^_]+)_((?:ENST|NM_)\d+)(?:\.\d+)?_([A-Z_\d]+?)(?:_(p\..+))?")
_CLASS, _SECOND = "variantClassification", "secondaryVariantClassification"


def read(allele: AnnotatedAllele) -> Said:
    """What Funcotator says of the allele."""
    said = Said()
    for key, description in allele.keys_where(_DECLARED, "FUNCOTATION").items():
        match = _DECLARED.search(description)
        if match is None:
            said.unread.append(f"{key} cannot be read: the header does not name its fields")
            continue
        texts = _ALLELES.findall(allele.info[key])
        if len(texts) != len(allele.alts):
            said.unread.append(f"{key} tells of {len(texts)} alleles, the line has {len(allele.alts)}")
            continue
        for text in texts[allele.number - 1].split("#"):
            said += _transcript(allele, key, match[1].split("|"), text.strip("[]").split("|"))
    return said


def _transcript(allele: AnnotatedAllele, key: str, fields: list[str], values: list[str]) -> Said:
    if len(values) != len(fields):
        return Said(unread=[f"an entry of {key} has {len(values)} fields, the header names {len(fields)}"])
    entry = dict(zip((name.strip() for name in fields), map(_decoded, values), strict=True))
    gene = {match[1]: value for name, value in entry.items() if (match := _GENCODE.fullmatch(name))}
    own = annotation(
        "Funcotator",
        gene=gene.get("hugoSymbol"),
        transcript=gene.get("annotationTranscript"),
        terms=_terms(gene.get(_CLASS, ""), gene.get(_SECOND, "")),
        hgvs_c=gene.get("cDnaChange"),
        hgvs_p=gene.get("proteinChange"),
        chosen=True,
    )
    said = Said(annotations=[own] if own else [])
    for text in gene.get("otherTranscripts", "").split("/"):
        match = _OTHER.fullmatch(text)
        if match and match[2] in TRANSCRIPTS:
            words = annotation(
                "Funcotator", gene=match[1], transcript=match[2], terms=_terms(match[3]), hgvs_p=match[4]
            )
            said.annotations += [words] if words else []
    if said.annotations:
        said += classes_of(entry, allele.source)
    return said


def _terms(word: str, second: str = "") -> tuple[str, ...]:
    """A splice site within an exon is its exonic effect near a border; Funcotator names that as the second class."""
    exonic = stated(second) is not None and second != "INTRON"
    if word == "SPLICE_SITE" and exonic:
        return (*annotation_words.terms([second]), "splice_region_variant")
    return annotation_words.terms([word])


def _decoded(text: str) -> str:
    return re.sub(r"_%([0-9A-Fa-f]{2})_", lambda code: chr(int(code[1], 16)), text)
