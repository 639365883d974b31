"""VEP's CSQ under any name, and the fields of that manner that Illumina's annotator writes (CSQ, CSQT).

The header names the fields in the order of the file (``Format: Allele|Consequence|...``). ``Allele`` is not the ALT of
the line: VEP takes the first base off where alleles differ in length and all begin alike. CLIN_SIG is of the allele
since release 98; before, of every allele known at the place. Source: ensembl-vep, release notes of 97 and 98.
"""

import re

from mdm2screen.readers.annotation_classes import classes_of
from mdm2screen.readers.annotation_line import AnnotatedAllele, Said, annotation, shortest, stated
from mdm2screen.readers.vcf_fields import is_whole
from mdm2screen.records import Annotation, Significance

_DECLARED = re.compile(r"^(?!.*BCFtools/csq).*Format:\s*'?([^'\"]*\bConsequence\b[^'\"]*)")
_ILLUMINA = re.compile(r"Illumina|Nirvana|\bIAE\b")
_ALIASES = {"GenotypeIndex": "ALLELE_NUM", "HGNC": "SYMBOL", "TranscriptID": "Feature", "Transcript ID": "Feature"}
_CHOSEN = {"PICK": {"1"}, "CANONICAL": {"YES", "True"}}
_CLIN_SIG_OF_ALLELE = 98
_HARMLESS = frozenset({Significance.BENIGN, Significance.LIKELY_BENIGN})
_HGVS_C, _HGVS_P = "HGVSc", "HGVSp"


def read(allele: AnnotatedAllele) -> Said:
    """What VEP says of the allele."""
    said = Said()
    for key, description in allele.keys_where(_DECLARED, "CSQ").items():
        match = _DECLARED.search(description)
        if match is None:
            said.unread.append(f"{key} cannot be read: the header does not name its fields (Format: ...)")
            continue
        fields = [_ALIASES.get(name.strip(), name.strip()) for name in match[1].split("|")]
        if "Feature" in fields:
            program = "Nirvana" if _ILLUMINA.search(description) else "VEP"
            said += _of_key(allele, key, fields, program)
    return said


def _of_key(allele: AnnotatedAllele, key: str, fields: list[str], program: str) -> Said:
    said = Said()
    of_gene: list[Annotation] = []
    words: dict[str, str] = {}
    for text in allele.info[key].split(","):
        parts = text.split("|")
        if len(parts) != len(fields):
            said.unread.append(f"an entry of {key} has {len(parts)} fields, the header names {len(fields)}")
            continue
        entry = dict(zip(fields, parts, strict=True))
        found = _annotation(entry, program)
        if found is None:
            continue
        of_gene.append(found)
        if _is_of(entry, allele):
            said.annotations.append(found)
            words = {name: value for name, value in entry.items() if stated(value)} | words
    if of_gene and not said.annotations:
        said.unread.append(f"{key} has entries for other alleles, none for ALT {allele.alt}")
    if allele.vep_release is not None and allele.vep_release < _CLIN_SIG_OF_ALLELE:
        said += _of_any_allele(words.pop("CLIN_SIG", ""), allele)
    said += classes_of(words, allele.source)
    return said


def _of_any_allele(text: str, allele: AnnotatedAllele) -> Said:
    """A significance that may be another allele's: it asks for a look, and clears nothing."""
    said = classes_of({"CLIN_SIG": text}, allele.source)
    found = [one for one in said.classes if one.significance not in _HARMLESS]
    words = f", but VEP {allele.vep_release} does not say of which allele at this place"
    changes = {"significance": Significance.UNCERTAIN}
    said.classes = [one.model_copy(update=changes | {"words": one.words + words}) for one in found]
    return said


def _annotation(entry: dict[str, str], program: str) -> Annotation | None:
    chosen = any(entry.get(key) in values for key, values in _CHOSEN.items())
    return annotation(
        program,
        gene=stated(entry.get("SYMBOL")) or stated(entry.get("Gene")),
        transcript=entry["Feature"],
        terms=entry["Consequence"].split("&"),
        hgvs_c=entry.get(_HGVS_C),
        hgvs_p=entry.get(_HGVS_P),
        chosen=chosen or stated(entry.get("MANE_SELECT")) is not None,
    )


def _is_of(entry: dict[str, str], allele: AnnotatedAllele) -> bool:
    """Whether an entry is the allele's own: by its text, by its number where the text could be another's too."""
    number, text = entry.get("ALLELE_NUM", ""), entry.get("Allele")
    if is_whole(number) and 1 <= int(number) <= len(allele.alts) and (text is None or len(allele.alts) > 1):
        return int(number) == allele.number
    if text is None:
        return False
    exact = _written(allele.ref, allele.alts)
    others = [name for at, name in enumerate(exact, start=1) if at != allele.number]
    return text == exact[allele.number - 1] or (text in _names(allele.ref, allele.alt) and text not in others)


def _written(ref: str, alts: tuple[str, ...]) -> list[str]:
    """Each ALT as VEP writes it."""
    spelled = [alt for alt in alts if alt.isalpha()]
    indel = any(len(alt) != len(ref) for alt in spelled)
    cut = indel and all(alt[:1].upper() == ref[:1] for alt in spelled)
    return [(alt[1:] or "-") if cut and alt.isalpha() else alt for alt in alts]


def _names(ref: str, alt: str) -> set[str]:
    """All that VEP may call an ALT that once stood among others: whole, without its first base, at its shortest."""
    short = {one for _, one in shortest(ref, alt)}
    return {alt, *short} | ({alt[1:] or "-"} if alt[:1] == ref[:1] else set())
