"""What a change of the coding sequence does to the protein: Sequence Ontology terms, HGVS p., residues."""

import re
from functools import lru_cache
from typing import NamedTuple

_AMINO_ACIDS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
_CODONS = dict(zip((a + b + c for a in "TCAG" for b in "TCAG" for c in "TCAG"), _AMINO_ACIDS, strict=True))
_NAMES = "Ala Cys Asp Glu Phe Gly His Ile Lys Leu Met Asn Pro Gln Arg Ser Thr Val Trp Tyr Ter"
_THREE = dict(zip("ACDEFGHIKLMNPQRSTVWY*", _NAMES.split(), strict=True))
AMINO_ACIDS = _THREE
"""Three-letter name of each amino acid, and of the stop, by its letter."""
# The unchanged sequence is asked for with every change.
_SEQUENCES_KEPT = 16


class Replacement(NamedTuple):
    """``size`` bases from ``start`` (0 is the A of the start codon) replaced by ``inserted`` others."""

    start: int
    size: int
    inserted: int


class Effect(NamedTuple):
    """Sequence Ontology terms, HGVS p. and the 1-based residues meant."""

    terms: set[str]
    hgvs_p: str | None = None
    residues: tuple[int, ...] = ()


def one_letter(hgvs_p: str) -> str:
    """A protein change with its amino acids as single letters: ``Arg213Ter`` and ``R213X`` are both ``R213*``."""
    for letter, name in zip(_THREE, _NAMES.split(), strict=True):
        hgvs_p = hgvs_p.replace(name, letter)
    return re.sub(r"(?<=\d)X$|(?<=fs)X", "*", hgvs_p)


def common_prefix(one: str, other: str) -> int:
    """How many letters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=_SEQUENCES_KEPT)
def translate(coding: str) -> str:
    """Amino acids up to and with the first stop; without a stop where the known sequence ends before it."""
    protein = []
    for i in range(0, len(coding) - 2, 3):
        protein.append(_CODONS[coding[i : i + 3]])
        if protein[-1] == "*":
            break
    return "".join(protein)


def _kind(edit: Replacement) -> str:
    if (edit.size - edit.inserted) % 3:
        return "frameshift_variant"
    if edit.size and edit.inserted:
        return "missense_variant" if edit.size == edit.inserted else "protein_altering_variant"
    return "inframe_insertion" if edit.inserted else "inframe_deletion"


def coding_effect(known: str, changed: str, edit: Replacement) -> Effect:
    """Effect of ``edit`` that leaves the start codon: ``known`` and ``changed`` begin at the start codon and end in
    the 3' UTR.
    """
    old, new = translate(known), translate(changed)
    codon, end, stop = edit.start // 3, edit.start + edit.size, len(old) - 1
    if old == new:
        term = "stop_retained_variant" if codon == stop else "synonymous_variant"
        return Effect({term}, f"p.{_THREE[old[codon]]}{codon + 1}=" if codon == (end - 1) // 3 else "p.=")
    first, far, kind = common_prefix(old, new), new.find("*"), _kind(edit)
    shifted = kind == "frameshift_variant"
    due = stop + (edit.inserted - edit.size) // 3  # where an in-frame change leaves the stop
    lost = (end > 3 * stop and (shifted or not 0 <= far <= due)) or (shifted and first == stop)
    in_frame = not (shifted or lost or first == stop)
    early = in_frame and far != due  # a stop among the new residues
    special = "stop_gained" if early or far == first else "stop_lost" if lost else kind
    terms = {special} | {kind} - {"missense_variant"}
    if first == len(new) or (lost and far < 0 and first < stop):  # only bases beyond the known ones could tell
        return Effect(terms, "p.?", (first + 1,))
    if far == first:
        what = "Ter"
    elif first == stop:
        what = f"{_THREE[new[first]]}extTer{far - stop if far > 0 else '?'}"
    elif shifted:
        what = f"{_THREE[new[first]]}fsTer{far - first + 1 if far > 0 else '?'}"
    else:
        tail = common_prefix(old[first:][::-1], new[first:][::-1]) if in_frame and not early else 0
        gone = old[first : (end + 2) // 3 if early else len(old) - tail]
        return Effect(terms, *_replaced(old, first, gone, new[first : len(new) - tail]))
    return Effect(terms, f"p.{_THREE[old[first]]}{first + 1}{what}", (first + 1,))


def _replaced(old: str, first: int, gone: str, came: str) -> tuple[str, tuple[int, ...]]:
    """HGVS of ``gone`` replaced by ``came`` behind ``first`` residues of ``old``, and the residues meant."""
    last, what = first + len(gone), "delins" if came else "del"
    if len(gone) == len(came) == 1:
        what = ""
    elif not gone and old[:first].endswith(came):
        first, what, came = first - len(came), "dup", ""
    elif not gone:
        first, last, what = first - 1, first + 1, "ins"
    until = f"_{_THREE[old[last - 1]]}{last}" if last - first > 1 else ""
    written = f"p.{_THREE[old[first]]}{first + 1}{until}{what}" + "".join(_THREE[residue] for residue in came)
    return written, tuple(range(first + 1, last + 1))
