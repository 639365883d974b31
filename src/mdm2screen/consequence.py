"""What a TP53 variant does to transcript and protein, on NM_000546.6, on either genome build.

The changed coding sequence is translated and compared with the unchanged one. Inside this module a base has
a *place*: 1 is the first base of the transcript, counted along the coding strand with introns included, so
that both builds and the minus strand are dealt with once. Known are exons 2 to 11 with 60 bases on each side,
and the bases a variant's own REF states. Sources: ``genes.tp53_exons``; MANE Select NM_000546.6 for the ends
of the transcript and of exon 1; the HGVS nomenclature (3' rule, dup before ins); the Sequence Ontology.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from mdm2screen.errors import MalformedFileError, ReferenceMismatchError
from mdm2screen.genes import reference_mismatch, reverse_complement, tp53_bases, tp53_exons
from mdm2screen.protein import Effect, Replacement, coding_effect, common_prefix
from mdm2screen.records import Build, Model

# On GRCh38. NM_000546.6 is 2,512 bases: 142 of 5' UTR, 1,182 coding, 1,188 of 3' UTR.
_TRANSCRIPT_START, _EXON_1_END, _TRANSCRIPT_END = 7687490, 7687377, 7668421
_UTR5, _CODING = 142, 1182

# Ensembl's order of severity; a term's position in this text is its rank.
_SEVERITY = (
    "splice_acceptor_variant splice_donor_variant stop_gained frameshift_variant stop_lost start_lost "
    "inframe_insertion inframe_deletion missense_variant protein_altering_variant splice_region_variant "
    "stop_retained_variant synonymous_variant coding_sequence_variant 5_prime_UTR_variant "
    "3_prime_UTR_variant intron_variant upstream_gene_variant downstream_gene_variant"
)
_CANONICAL = ("splice_acceptor_variant", "splice_donor_variant")


class Consequence(Model):
    """What one variant does to NM_000546.6 and to the protein.

    ``terms`` are Sequence Ontology terms, most severe first. ``hgvs_c`` is shifted 3' on the transcript;
    ``None`` where the known sequence cannot settle it or the variant lies outside the transcript. ``hgvs_p``
    is ``p.?`` where a canonical splice site is hit and ``None`` where no coding base is changed. ``residues``
    are the residues replaced, removed or doubled, both neighbours of an insertion, or the first one changed by
    a frameshift. ``last_exonic_base``: the change touches the last base of an exon that has a donor after it.
    """

    terms: tuple[str, ...]
    hgvs_c: str | None
    hgvs_p: str | None
    region: str
    residues: tuple[int, ...]
    last_exonic_base: bool


class _Exon(NamedTuple):
    number: int
    first: int
    last: int
    c: int  # of its first base, counted from 0 at the A of the start codon


class _Edit(NamedTuple):
    """``size`` bases from ``start`` on replaced by ``alt``; an insertion (size 0) stands before ``start``."""

    start: int
    size: int
    alt: str

    @property
    def end(self) -> int:
        return self.start + self.size - 1

    @property
    def span(self) -> range:
        """The places changed; of an insertion the two it parts."""
        return range(min(self.start, self.end), max(self.start, self.end) + 1)

    def touches(self, places: frozenset[int]) -> bool:
        return not places.isdisjoint(self.span) if self.size else places.issuperset(self.span)


def predict(build: Build, pos: int, ref: str, alt: str) -> Consequence:
    """The consequence of a variant as a VCF writes it: chromosome 17, plus strand, 1-based ``pos``.

    ``ref`` and ``alt`` are literal bases, anchored or not; every writing of one change gives one answer, as
    far as the known sequence reaches. An indel in a repeat has several equivalent places: a splice site counts
    as hit only where none of them spares it, because the changed sequence then still holds the site.

    Raises ReferenceMismatchError where ``ref`` is not the reference, and MalformedFileError for alleles that
    are the same or hold anything but A, C, G and T.
    """
    ref, alt = ref.upper(), alt.upper()
    if not (ref and alt and set(ref + alt) <= set("ACGT")) or ref == alt:
        what = f"REF {ref!r} and ALT {alt!r} are not two different sequences of bases"
        raise MalformedFileError(what, where=f"17:{pos}", remedy="have the file made again or drop this record")
    if mismatch := reference_mismatch(build, pos, ref):
        what = f"REF has {mismatch[1]} where TP53 on {build} has {mismatch[2]}"
        raise ReferenceMismatchError(what, where=f"17:{mismatch[0]}", remedy="pass the build of the file")
    start = tp53_exons()[0].start
    first = _TRANSCRIPT_START + 2 - len(ref) - (pos + start[Build.GRCH38] - start[build])
    ref, alt = reverse_complement(ref), reverse_complement(alt)
    bases = _bases() | dict(enumerate(ref, first))
    placements, settled = _placements(_trimmed(first, ref, alt), bases)
    edit = max(placements, key=_preference)
    effect = _effect(edit)
    if edit.touches(_places()["splice_region_variant"]) and effect.terms.isdisjoint(_CANONICAL):
        effect.terms.add("splice_region_variant")
    return Consequence(
        terms=tuple(sorted(effect.terms, key=_SEVERITY.index)),
        hgvs_c=_hgvs_c(placements[-1], bases) if settled else None,
        hgvs_p=effect.hgvs_p,
        region=_region(edit),
        residues=effect.residues,
        last_exonic_base=not _places()["last_base_of_exon"].isdisjoint(edit.span),
    )


@cache
def _exons() -> tuple[_Exon, ...]:
    top = _TRANSCRIPT_START + 1
    exons = [_Exon(1, 1, top - _EXON_1_END, -_UTR5)]
    for exon in tp53_exons():
        start, end, cds_end = exon.start[Build.GRCH38], exon.end[Build.GRCH38], exon.cds_end[Build.GRCH38]
        last = top - (_TRANSCRIPT_END if exon.number == 11 else start)
        exons.append(_Exon(exon.number, top - end, last, exon.c_first - 1 - (end - cds_end)))
    return tuple(exons)


@cache
def _bases() -> dict[int, str]:
    known = tp53_bases(Build.GRCH38)
    return {_TRANSCRIPT_START + 1 - pos: reverse_complement(base) for pos, base in known.items()}


@cache
def _known() -> str:
    """The coding sequence with the known part of the 3' UTR behind it."""
    start = _exons()[1].first - _exons()[1].c
    return "".join(_bases().get(p, "") for e in _exons()[1:] for p in range(max(e.first, start), e.last + 1))


@cache
def _places() -> dict[str, frozenset[int]]:
    """Places by what a change there is called."""
    donors, acceptors = [e.last for e in _exons()[:-1]], [e.first for e in _exons()[1:]]
    near = [range(p - 2, p + 9) for p in donors] + [range(p - 8, p + 3) for p in acceptors]
    return {
        "exon_variant": frozenset(p for e in _exons() for p in range(e.first, e.last + 1)),
        "splice_donor_variant": frozenset(p + i for p in donors for i in (1, 2)),
        "splice_acceptor_variant": frozenset(p - i for p in acceptors for i in (1, 2)),
        "splice_region_variant": frozenset().union(*near),
        "last_base_of_exon": frozenset(donors),
    }


def _trimmed(first: int, ref: str, alt: str) -> _Edit:
    lead = common_prefix(ref, alt)
    ref, alt = ref[lead:], alt[lead:]
    tail = common_prefix(ref[::-1], alt[::-1])
    return _Edit(first + lead, len(ref) - tail, alt[: len(alt) - tail])


def _placements(edit: _Edit, bases: Mapping[int, str]) -> tuple[list[_Edit], bool]:
    """Every equivalent place of ``edit``, 5' first, and whether the last is known to be the most 3'."""
    if edit.size and edit.alt:
        return [edit], True
    unit = edit.alt or "".join(bases[place] for place in range(edit.start, edit.end + 1))
    left = right = 0
    while bases.get(edit.start - 1 - left) == unit[-1 - left % len(unit)]:
        left += 1
    while bases.get(edit.end + 1 + right) == unit[right % len(unit)]:
        right += 1
    turned = [(step, step % len(unit)) for step in range(-left, right + 1)]
    found = [_Edit(edit.start + step, edit.size, edit.alt[by:] + edit.alt[:by]) for step, by in turned]
    return found, edit.end + 1 + right in bases


def _preference(edit: _Edit) -> tuple[int, int]:
    """Highest for the place that leaves most of the gene as it was; among equals for the most 3' one."""
    if any(edit.touches(_places()[term]) for term in _CANONICAL):
        return 0, edit.start
    return 2 if _places()["exon_variant"].isdisjoint(edit.span) else 1, edit.start


def _c_number(c: int) -> str:
    return str(c) if c < 0 else f"*{c - _CODING + 1}" if c >= _CODING else str(c + 1)


def _location(place: int) -> tuple[str | None, str]:
    """The c. position of a place and the name of its region."""
    here = next((e for e in _exons() if 1 <= place <= e.last), None)
    if here is None:
        return None, "outside the coding exons"
    c = here.c + place - here.first
    if place >= here.first:
        return _c_number(c), "5' UTR" if c < 0 else "3' UTR" if c >= _CODING else f"exon {here.number}"
    down, up = place - _exons()[here.number - 2].last, here.first - place
    label = f"{_c_number(here.c - 1)}+{down}" if down <= up else f"{_c_number(here.c)}-{up}"
    return label, f"intron {here.number - 1}"


def _hgvs_c(edit: _Edit, bases: Mapping[int, str]) -> str | None:
    first, last, what = edit.start, edit.end, f"delins{edit.alt}" if edit.alt else "del"
    if not edit.size:
        before = [bases.get(place) for place in range(first - len(edit.alt), first)]
        differs = any(known not in {None, base} for known, base in zip(before, edit.alt, strict=True))
        if None in before and not differs:
            return None
        first, last = (last, first) if differs else (first - len(edit.alt), last)
        what = f"ins{edit.alt}" if differs else "dup"
    elif edit.size == len(edit.alt) == 1:
        what = f"{bases[first]}>{edit.alt}"
    left, right = _location(first)[0], _location(last)[0]
    if left is None or right is None:
        return None
    return f"c.{left}{what}" if first == last else f"c.{left}_{right}{what}"


def _region(edit: _Edit) -> str:
    names = [_location(edit.span[0])[1], _location(edit.span[-1])[1]]
    if not edit.size:  # on a border an insertion lengthens the exon, and the UTR rather than the coding part
        return min(names, key=lambda name: (name.startswith("intron"), name.startswith("exon")))
    return names[0] if names[0] == names[1] else " to ".join(names)


def _effect(edit: _Edit) -> Effect:
    terms = {term for term in _CANONICAL if edit.touches(_places()[term])}
    exonic = not _places()["exon_variant"].isdisjoint(edit.span)
    if terms:  # which exons the transcript keeps is not known, so no reading frame is claimed
        coding = edit.end >= _exons()[1].first - _exons()[1].c
        name = "coding_sequence_variant" if coding else "5_prime_UTR_variant"
        return Effect(terms | ({name} if exonic else set()), "p.?")
    if exonic:
        return _exonic_effect(edit)
    if edit.end < 1:
        return Effect({"upstream_gene_variant"})
    return Effect({"intron_variant" if edit.start <= _exons()[-1].last else "downstream_gene_variant"})


def _exonic_effect(edit: _Edit) -> Effect:
    exon = next(e for e in _exons() if e.first <= max(edit.start, 1) <= e.last + 1)
    start = exon.c + edit.start - exon.first
    if start + edit.size <= 0 or start >= _CODING:
        return Effect({"5_prime_UTR_variant" if start < _CODING else "3_prime_UTR_variant"})
    changed = _known()[: max(start, 0)] + edit.alt + _known()[start + edit.size :]
    if start < 0 or not changed.startswith("ATG"):
        return Effect({"start_lost"}, "p.Met1?", (1,))
    return coding_effect(_known(), changed, Replacement(start, edit.size, len(edit.alt)))
