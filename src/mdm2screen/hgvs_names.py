"""HGVS names of TP53 changes as programs write them: one spelling for all, and the change they stand for.

Programs differ in prefix, brackets, letters (``Arg``, ``R``), the word for a stop (``Ter``, ``*``, ``X``), and in how
much of a frameshift they tell. Source of the grammar: the HGVS nomenclature (varnomen).
"""

import re
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from mdm2screen.genes import tp53_exons
from mdm2screen.hgvs import UnusableChangeError, locus
from mdm2screen.protein import AMINO_ACIDS, translate

# Expressions stand as text: ``re`` compiles one when it is first used and keeps it, and most runs use few.
_ONE_LETTER = {name: letter for letter, name in AMINO_ACIDS.items()}
_RESIDUE = f"(?:{'|'.join(_ONE_LETTER)})"
_AMINO_ACID = "|".join(name for name in _ONE_LETTER if name != "Ter")
_UNCHANGED = rf"({_RESIDUE})(\d+)\1"
_CHAIN = rf"p\.((?:{_RESIDUE}){{2,}})(\d{{1,4}})((?:{_RESIDUE})+)"  # SnpEff of several residues at once
_FRAMESHIFT = rf"p\.({_RESIDUE})?(\d+)({_RESIDUE})?fs(?:Ter(\d+)?\??)?"
_EXTENSION = rf"p\.Ter\d+({_RESIDUE})(?:ext(?:Ter)?(\d+)?\??)?"
_REPLACED = rf"p\.({_RESIDUE})?(\d{{1,4}})(?:_({_RESIDUE})?(\d{{1,4}}))?(delins|del|dup|ins|=|)({_RESIDUE}*)"
_START_LOST = r"p\.Met1(?!\d)|p\.0"
_UNKNOWN = "p.?"


class Allele(NamedTuple):
    """A change as a VCF writes it: GRCh38, chromosome 17, plus strand, 1-based."""

    pos: int
    ref: str
    alt: str


def coding_name(text: str) -> str | None:
    """A c. name without its transcript, and without bases that a deletion or duplication need not name.

    ``None`` where the text holds no c. name.
    """
    found = re.search(r"(?:^|:)(c\.[-*\d][^:(\s]*)", unquote(text.strip()))
    if found is None:
        return None
    name = re.sub(r"del[ACGT\d]*ins", "delins", found[1])
    return re.sub(r"(del|dup)[ACGT\d]+$", r"\1", name)


def protein_name(text: str) -> str | None:
    """A p. name in three letters, without protein and brackets; ``None`` where the text holds no p. name."""
    found = re.search(r"p\.(.+)$", unquote(text.strip()))
    if found is None:
        return None
    name = re.sub(r"[()\[\]]", "", found[1]).replace("Stop", "Ter").replace("*", "Ter")
    if not re.search(_AMINO_ACID, name):
        name = re.sub(r"Ter|[A-WYZ]", lambda one: AMINO_ACIDS.get(one[0], one[0]), name)
    name = re.sub(r"X(?!aa)", "Ter", name)
    same = re.fullmatch(_UNCHANGED, name)
    return f"p.{same[1]}{same[2]}=" if same else f"p.{name}"


def allele(hgvs_c: str) -> Allele | None:
    """The change that a c. name on NM_000546.6 describes; ``None`` where the known sequence cannot tell."""
    try:
        found = locus(hgvs_c)
    except UnusableChangeError:
        return None
    return None if found is None else Allele(*found)


def same_protein(one: str, other: str) -> bool | None:
    """Whether two p. names (as ``protein_name`` gives them) describe one protein; ``None`` where one does not tell.

    Of a frameshift or an extension programs tell more or less; what both tell must agree.
    """
    if one == other:
        return True
    if _UNKNOWN in (one, other):
        return None
    if re.match(_START_LOST, one) and re.match(_START_LOST, other):
        return True
    for grammar in (_FRAMESHIFT, _EXTENSION):
        told = [re.fullmatch(grammar, _stop_as_frameshift(name)) for name in (one, other)]
        if told[0] and told[1]:
            pairs = zip(told[0].groups(), told[1].groups(), strict=True)
            return all(a == b for a, b in pairs if a is not None and b is not None)
    proteins = applied(one), applied(other)
    return proteins[0] is not None and proteins[0] == proteins[1]


def _stop_as_frameshift(name: str) -> str:
    """A stop at once is what some programs still call a frameshift there."""
    match = re.fullmatch(rf"p\.({_RESIDUE}\d+)Ter", name)
    return f"p.{match[1]}Terfs" if match else name


@cache
def _protein() -> str:
    """TP53's 393 residues and the stop."""
    coding = (e.sequence[: -e.flank][e.c_first - e.c_last - 1 :] for e in tp53_exons())
    return translate("".join(coding))


def applied(hgvs_p: str) -> str | None:
    """The protein that a p. name leaves, up to its stop; ``None`` for one that is not told in full or fits not here."""
    chain = re.fullmatch(_CHAIN, hgvs_p)
    if chain:
        gone, first = _letters(chain[1]), int(chain[2])
        return _replaced(first, first + len(gone) - 1, gone, _letters(chain[3]))
    match = re.fullmatch(_REPLACED, hgvs_p)
    if hgvs_p == "p.=" or match is None:
        return _protein() if hgvs_p == "p.=" else None
    first = int(match[2])
    last = int(match[4] or first)
    ends = (match[1], first), (match[3], last)
    if last > len(_protein()) or any(name and _protein()[at - 1] != _ONE_LETTER[name] for name, at in ends):
        return None
    gone, came = _protein()[first - 1 : last], _letters(match[6])
    kept = {"=": gone, "dup": gone * 2, "ins": gone[:1] + came + gone[1:]}
    return _replaced(first, last, gone, kept.get(match[5], came))


def _letters(names: str) -> str:
    return "".join(_ONE_LETTER[name] for name in re.findall(_RESIDUE, names))


def _replaced(first: int, last: int, gone: str, came: str) -> str | None:
    protein = _protein()
    if protein[first - 1 : last] != gone:
        return None
    changed = protein[: first - 1] + came + protein[last:]
    return changed[: changed.find("*") + 1] or None
