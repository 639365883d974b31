"""What a TP53 variant does to transcript and protein, on NM_000546.6, on either genome build.

The changed coding sequence is translated and compared with the unchanged one. Sources: the HGVS nomenclature (3' rule,
inv and dup before delins and ins); the Sequence Ontology, in the order of severity of Ensembl.
"""

from collections.abc import Iterable, Mapping

from mdm2screen.errors import MalformedFileError, ReferenceMismatchError
from mdm2screen.genes import reference_mismatch, reverse_complement, tp53_exons
from mdm2screen.protein import Effect, Replacement, coding_effect
from mdm2screen.records import Build, Model
from mdm2screen.transcript import (
    CODING,
    TRACT,
    Edit,
    coding_sequence,
    edit_of,
    exons,
    leader,
    location,
    placements,
    places,
)

# Ensembl's order of severity; a term's position in this text is its rank.
_SEVERITY = (
    "splice_acceptor_variant splice_donor_variant stop_gained frameshift_variant stop_lost start_lost "
    "inframe_insertion inframe_deletion missense_variant protein_altering_variant splice_donor_5th_base_variant "
    "splice_region_variant splice_donor_region_variant splice_polypyrimidine_tract_variant start_retained_variant "
    "stop_retained_variant synonymous_variant coding_sequence_variant 5_prime_UTR_variant "
    "3_prime_UTR_variant intron_variant upstream_gene_variant downstream_gene_variant"
)
_CANONICAL = ("splice_acceptor_variant", "splice_donor_variant")
# Said only where no canonical site is hit. SO means exonic 1 to 3 and intronic 3 to 8 by the first; Ensembl (since
# release 105) leaves it out where one of the two donor terms says more.
_POLYPYRIMIDINE = "splice_polypyrimidine_tract_variant"
_NEAR_SPLICE_SITES = (
    "splice_region_variant",
    "splice_donor_5th_base_variant",
    "splice_donor_region_variant",
    _POLYPYRIMIDINE,
)


class Consequence(Model):
    """What one variant does to NM_000546.6 and to the protein.

    ``terms`` are Sequence Ontology terms, most severe first. ``hgvs_c`` is shifted 3' on the transcript;
    ``None`` where the known sequence cannot settle it or the variant lies outside the transcript. ``hgvs_p``
    is ``p.?`` where a canonical splice site is hit and ``None`` where no coding base is changed. ``residues``
    are the residues replaced, removed or doubled, both neighbours of an insertion, or the first one changed by
    a frameshift. ``last_exonic_base``: the change touches the last base of an exon that has a donor after it.
    ``weaker_acceptor``: it leaves fewer pyrimidines at acceptor -3 to -17, or an AG that was not there, before which
    the spliceosome may stop (Lord et al., Genome Res 2019;29:159 found pyrimidine to purine the damaging change).
    """

    terms: tuple[str, ...]
    hgvs_c: str | None
    hgvs_p: str | None
    region: str
    residues: tuple[int, ...]
    last_exonic_base: bool
    weaker_acceptor: bool = False


def predict(build: Build, pos: int, ref: str, alt: str) -> Consequence:
    """The consequence of a variant as a VCF writes it: chromosome 17, plus strand, 1-based ``pos``.

    ``ref`` and ``alt`` are literal bases, anchored or not; every writing of one change gives one answer, as
    far as the known sequence reaches. An indel in a repeat has several equivalent places: a splice site counts
    as hit only where none of them spares it, because the changed sequence then still holds the site; it is a change of
    the splice region then, for a site that is doubled may be used at either place.

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
    written, known = edit_of(build, pos, ref, alt)
    equivalent, settled = placements(written, known)
    edit = max(equivalent, key=_preference)
    effect = _effect(edit)
    terms = effect.terms | _near_splice_site(edit, effect.terms)
    if terms.isdisjoint(_CANONICAL) and (_parts_a_site(equivalent) or _holds_an_exon(edit.alt)):
        terms.add("splice_region_variant")
    return Consequence(
        terms=tuple(sorted(terms, key=_SEVERITY.index)),
        hgvs_c=_hgvs_c(equivalent[-1], known) if settled else None,
        hgvs_p=effect.hgvs_p,
        region=_region(edit),
        residues=effect.residues,
        last_exonic_base=not places()["last_base_of_exon"].isdisjoint(edit.span),
        weaker_acceptor=_POLYPYRIMIDINE in terms and _weakens_acceptor(edit, known),
    )


def _preference(edit: Edit) -> tuple[int, int]:
    """Highest for the place that leaves most of the gene as it was; among equals for the most 3' one."""
    if any(edit.touches(places()[term]) for term in _CANONICAL):
        return 0, edit.start
    return 2 if places()["exon_variant"].isdisjoint(edit.span) else 1, edit.start


def _hgvs_c(edit: Edit, known: Mapping[int, str]) -> str | None:
    first, last, what = edit.start, edit.end, f"delins{edit.alt}" if edit.alt else "del"
    if not edit.size:
        before = [known.get(place) for place in range(first - len(edit.alt), first)]
        differs = any(base not in {None, new} for base, new in zip(before, edit.alt, strict=True))
        if None in before and not differs:
            return None
        first, last = (last, first) if differs else (first - len(edit.alt), last)
        what = f"ins{edit.alt}" if differs else "dup"
    elif edit.size == len(edit.alt) == 1:
        what = f"{known[first]}>{edit.alt}"
    elif edit.alt == reverse_complement("".join(known[place] for place in edit.span)):
        what = "inv"
    left, right = location(first)[0], location(last)[0]
    if left is None or right is None:
        return None
    return f"c.{left}{what}" if first == last else f"c.{left}_{right}{what}"


def _region(edit: Edit) -> str:
    names = [location(edit.span[0])[1], location(edit.span[-1])[1]]
    if not edit.size:  # on a border an insertion lengthens the exon, and the UTR rather than the coding part
        return min(names, key=lambda name: (name.startswith("intron"), name.startswith("exon")))
    return names[0] if names[0] == names[1] else " to ".join(names)


def _effect(edit: Edit) -> Effect:
    terms = {term for term in _CANONICAL if edit.touches(places()[term])}
    exonic = not places()["exon_variant"].isdisjoint(edit.span)
    if terms:  # which exons the transcript keeps is not known, so no reading frame is claimed
        coding = edit.end >= exons()[1].first - exons()[1].c
        name = "coding_sequence_variant" if coding else "5_prime_UTR_variant"
        return Effect(terms | ({name} if exonic else set()), "p.?")
    if exonic:
        return _exonic_effect(edit)
    if edit.end < 1:
        return Effect({"upstream_gene_variant"})
    return Effect({"intron_variant" if edit.start <= exons()[-1].last else "downstream_gene_variant"})


def _exonic_effect(edit: Edit) -> Effect:
    exon = next(exon for exon in exons() if exon.first <= max(edit.start, 1) <= exon.last + 1)
    start, known = exon.c + edit.start - exon.first, coding_sequence()
    if start + edit.size <= 0 or start >= CODING:
        return Effect({"5_prime_UTR_variant" if start < CODING else "3_prime_UTR_variant"})
    before = leader() + known
    at = start + len(leader())
    changed = before[:at] + edit.alt + before[at + edit.size :]
    if start < 3 and changed.endswith(known):  # the whole coding sequence is still there: only the leader changed
        return Effect({"start_retained_variant", "5_prime_UTR_variant"}, "p.=")
    coding = changed[len(leader()) :]
    if start < 0 or not coding.startswith("ATG"):
        return Effect({"start_lost"}, "p.Met1?", (1,))
    return coding_effect(known, coding, Replacement(start, edit.size, len(edit.alt)))


def _near_splice_site(edit: Edit, terms: set[str]) -> set[str]:
    """Terms of a place near a splice site, where no canonical site is hit.

    As Ensembl: the fifth base is not also called donor region.
    """
    if not terms.isdisjoint(_CANONICAL):
        return set()
    found = {term for term in _NEAR_SPLICE_SITES if edit.touches(places()[term])}
    if "splice_donor_5th_base_variant" in found:
        found.discard("splice_donor_region_variant")
    return found


def _parts_a_site(equivalent: Iterable[Edit]) -> bool:
    """Whether some place of the change hits a canonical site that another spares."""
    return any(edit.touches(places()[term]) for edit in equivalent for term in _CANONICAL)


def _holds_an_exon(put_in: str) -> bool:
    """Whether an exon with both its splice sites is among the bases put in: it would be spliced in a second time."""
    return any(exon.sequence[exon.flank - 2 : 2 - exon.flank] in put_in for exon in tp53_exons()[:-1])


def _weakens_acceptor(edit: Edit, known: Mapping[int, str]) -> bool:
    exon = next(exon for exon in exons() if exon.first > edit.end)
    before = "".join(known.get(place, "N") for place in range(exon.first - 2 * TRACT - edit.size, exon.first))
    at = len(before) - (exon.first - edit.start)
    after = (before[:at] + edit.alt + before[at + edit.size :])[-TRACT:]
    was, now = (sum(base in "CT" for base in tract[:-2]) for tract in (before[-TRACT:], after))
    return now < was or after.count("AG") > before[-TRACT:].count("AG")
