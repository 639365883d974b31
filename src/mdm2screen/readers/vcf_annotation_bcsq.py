"""bcftools csq: BCSQ, ``consequence|gene|transcript|biotype|strand|amino_acid_change|dna_change``.

A leading ``*`` marks what lies behind a stop of the same haplotype. A change worked out of several records stands at
one of them, and the others point there (``@POS``). Source: bcftools csq.
"""

import re

from mdm2screen.protein import AMINO_ACIDS, common_prefix
from mdm2screen.readers import annotation_words
from mdm2screen.readers.annotation_line import AnnotatedAllele, Said, annotation, items_of
from mdm2screen.readers.vcf_fields import is_whole

_DECLARED = re.compile(r"BCFtools/csq")
_FEWEST_FIELDS = 4
_RESIDUES = re.compile(r"(\d{1,4})([AC-IK-NP-TVWY*]+)(?:>\1([AC-IK-NP-TVWY*]+))?")


def read(allele: AnnotatedAllele) -> Said:
    """What bcftools says of the allele."""
    said = Said()
    for key in allele.keys_where(_DECLARED, "BCSQ"):
        for text in allele.info[key].split(","):
            if text.startswith("@"):
                said += _elsewhere(allele, key, text[1:])
            else:
                said += _entry(allele, key, text)
    return said


def _elsewhere(allele: AnnotatedAllele, key: str, pos: str) -> Said:
    """The entry at the record that ``@POS`` points to, in which the allele takes part."""
    infos = allele.info_at.get(int(pos), ()) if is_whole(pos) else ()
    texts = [text for info in infos for text in dict(items_of(info)).get(key, "").split(",")]
    own = [text for text in texts if _dna(allele) in text.split("|")[-1].split("+")]
    said = Said()
    for text in own:
        said += _entry(allele, key, text)
    if not own:
        said.unread.append(f"{key} points to the record at {pos}, which does not tell of this allele")
    return said


def _entry(allele: AnnotatedAllele, key: str, text: str) -> Said:
    parts = text.split("|")
    if len(parts) < _FEWEST_FIELDS:
        return Said(unread=[f"an entry of {key} has {len(parts)} fields, fewer than the {_FEWEST_FIELDS} it needs"])
    changes = parts[6].split("+") if len(parts) > 6 else []
    if not changes and len(allele.alts) > 1:
        return Said(unread=[f"an entry of {key} does not say which of {len(allele.alts)} alleles it is of"])
    if changes and _dna(allele) not in changes:
        return Said()
    effects = annotation_words.terms(parts[0].lstrip("*").split("&"))
    named = annotation(
        "bcftools csq",
        gene=parts[1],
        transcript=parts[2],
        terms=effects,
        hgvs_p=_protein(parts[5], "frameshift_variant" in effects) if len(parts) > 5 else None,
        with_others=len(changes) > 1 or parts[0].startswith("*"),
    )
    return Said(annotations=[named] if named else [])


def _dna(allele: AnnotatedAllele) -> str:
    return f"{allele.pos}{allele.ref}>{allele.alt}"


def _protein(change: str, shifted: bool) -> str | None:
    """``175R>175H`` as HGVS; of a frameshift the whole new end stands there."""
    match = _RESIDUES.fullmatch(change)
    if match is None:
        return None
    first, old, new = int(match[1]), match[2], match[3]
    if new is None:
        return f"p.{AMINO_ACIDS[old]}{first}=" if len(old) == 1 else "p.="
    if shifted:
        same = common_prefix(old, new)
        old, new, first = old[same:], new[same:], first + same
        if not old or not new:
            return None
        length = new.find("*") + 1
        end = "Ter" if new[0] == "*" else f"{AMINO_ACIDS[new[0]]}fsTer{length or '?'}"
        return f"p.{AMINO_ACIDS[old[0]]}{first}{end}"
    names = "".join(AMINO_ACIDS[residue] for residue in new)
    if len(old) == len(new) == 1:
        return f"p.{AMINO_ACIDS[old]}{first}{names}"
    until = f"_{AMINO_ACIDS[old[-1]]}{first + len(old) - 1}" if len(old) > 1 else ""
    return f"p.{AMINO_ACIDS[old[0]]}{first}{until}delins{names}"
