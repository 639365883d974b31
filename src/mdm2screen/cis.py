"""TP53 changes of one file that lie on one molecule, or may: in one codon, or frameshifts that restore the frame.

Two changes of one codon make another residue together than each alone. What is known of the phase comes from the
records: a phase set with haplotypes, a multi-base change that the caller names, or a genotype without another allele.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from math import sqrt
from typing import NamedTuple

from mdm2screen.records import Build, FilterKind, Presence, Source, VariantRecord
from mdm2screen.transcript import Edit, as_written, bases, coding_place, edit_of

# Of so many a codon can hold; more parts than its bases are not looked for.
_MOST_PARTS = 3
# Standard errors between two allele fractions that no longer pass for sampling of the same molecules (1 in 370 does). A
# choice of mdm2screen: where it is exceeded, the more frequent change is also judged alone.
_CLEARLY = 3.0
_REJECTED, _UNFILTERED, _CALLED = range(3)
# A genotype without another allele that most reads contradict says nothing of what lies beside it.
_MOST_READS = 0.5
_DOUBTING_NOTHING = ({FilterKind.GERMLINE}, {FilterKind.INFORMATIONAL})


class Combination(NamedTuple):
    """Changes that lie on one molecule (``certain``), or may, by their index, and the record of all of them together.

    ``record`` is ``None`` where an intron parts them. ``restores_frame``: frameshifts that together shift nothing.
    """

    parts: tuple[int, ...]
    record: VariantRecord | None
    certain: bool
    restores_frame: bool = False


class Joined(NamedTuple):
    """``part_of`` names for a record that is not judged alone the one it is judged with, by index or as a new record.

    ``combined`` are new records that stand for their parts, ``open`` those to be thought of beside their parts.
    """

    part_of: dict[int, VariantRecord]
    combined: tuple[Combination, ...]
    open: tuple[Combination, ...]


class _Change(NamedTuple):
    number: int
    record: VariantRecord
    edit: Edit
    exon: int
    codons: frozenset[int]

    @property
    def shift(self) -> int:
        return (len(self.edit.alt) - self.edit.size) % 3


def join(build: Build, records: Sequence[VariantRecord]) -> Joined:
    """What the TP53 variants of one file in one sample make together. ``records`` hold literal bases that fit REF."""
    part_of = _named_parts(records)
    changes = _changes(build, [(i, record) for i, record in enumerate(records) if i not in part_of])
    known = {change.edit: change.record for change in sorted(changes, key=lambda one: _standing(one.record))}
    combined: list[Combination] = []
    # first without what the caller rejects, so that such a row takes nothing from the others
    together = _merged(_sets_of_one_codon([change for change in changes if _standing(change.record)], certain=True))
    together += [parts for parts in _merged(_sets_of_one_codon(changes, certain=True)) if parts not in together]
    for parts in together:
        edit = _together(parts)
        record = known.get(edit) if edit else None
        found = record or _record(build, parts)
        if edit is None or found is None:
            continue
        if record is None:
            combined.append(Combination(_indices(parts), found, certain=True))
            known[edit] = found
        part_of = {part.number: found for part in parts if _stands_for(found, part.record)} | part_of
    possible = [
        *_split_by_an_intron(changes),
        *_of_unknown_phase(build, changes, part_of, [_indices(parts) for parts in together], set(known)),
        *_restored_frames(build, [change for change in changes if change.number not in part_of]),
    ]
    return Joined(part_of, tuple(combined), tuple(possible))


def _named_parts(records: Sequence[VariantRecord]) -> dict[int, VariantRecord]:
    """Rows that repeat a part of a multi-base change which has a row of its own, as DRAGEN writes them."""
    rows = {(record.pos, record.ref, record.alt): record for record in records}
    found = {}
    for index, record in enumerate(records):
        named = record.phase.whole if record.phase else None
        whole = rows.get(named) if named and named != (record.pos, record.ref, record.alt) else None
        if whole and _stands_for(whole, record):
            found[index] = whole
    return found


def _changes(build: Build, records: Iterable[tuple[int, VariantRecord]]) -> list[_Change]:
    found = []
    for index, record in records:
        edit, _ = edit_of(build, record.pos, record.ref, record.alt)
        place = coding_place(edit)
        if place is not None:
            exon, start = place
            inside = range(start // 3, (start + edit.size + 2) // 3) if edit.size or start % 3 else range(0)
            found.append(_Change(index, record, edit, exon.number, frozenset(inside)))
    return sorted(found, key=_order)


def _order(change: _Change) -> tuple[int, int, str, int]:
    return change.edit.start, change.edit.end, change.edit.alt, change.number


def _sets_of_one_codon(changes: Sequence[_Change], *, certain: bool) -> list[tuple[_Change, ...]]:
    """Sets of changes of one codon: all on one molecule, or (not ``certain``) a pair of unknown phase among them."""
    found = []
    for codon in sorted({codon for change in changes for codon in change.codons}):
        mates = [change for change in changes if codon in change.codons]
        for size in range(2, _MOST_PARTS + 1):
            for parts in combinations(mates, size):
                phases = {_in_cis(a.record, b.record) for a, b in combinations(parts, 2)}
                wanted = phases == {True} if certain else None in phases and False not in phases
                if wanted and _apart(parts):
                    found.append(parts)
    return list(dict.fromkeys(found))


def _merged(sets: Iterable[tuple[_Change, ...]]) -> list[tuple[_Change, ...]]:
    """Sets within one exon, those joined that share a change and lie on one molecule as a whole."""
    found: list[tuple[_Change, ...]] = []
    for parts in sets:
        mates = parts
        for other in [one for one in found if set(one) & set(parts)]:
            union = tuple(sorted({*mates, *other}, key=_order))
            if _all_in_cis(union) and _apart(union):
                mates = union
                found.remove(other)
        if mates[0].exon == mates[-1].exon:
            found.append(mates)
    return found


def _split_by_an_intron(changes: Sequence[_Change]) -> list[Combination]:
    """Changes of one codon in two exons: what they make together is not worked out."""
    sets = [*_sets_of_one_codon(changes, certain=True), *_sets_of_one_codon(changes, certain=False)]
    apart = [parts for parts in sets if parts[0].exon != parts[-1].exon]
    return [Combination(_indices(parts), None, certain=_all_in_cis(parts)) for parts in apart]


def _of_unknown_phase(
    build: Build,
    changes: Sequence[_Change],
    part_of: dict[int, VariantRecord],
    together: Sequence[tuple[int, ...]],
    known: set[Edit],
) -> list[Combination]:
    found = []
    for parts in _sets_of_one_codon(changes, certain=False):
        indices = set(_indices(parts))
        torn = any(indices & set(mates) & set(part_of) and not indices >= set(mates) for mates in together)
        edit = _together(parts)
        record = None if torn or edit is None or edit in known else _record(build, parts)
        if record is not None:
            found.append(Combination(_indices(parts), record, certain=False))
    return found


def _restored_frames(build: Build, changes: Sequence[_Change]) -> list[Combination]:
    """Frameshifts on one molecule that shift nothing together."""
    shifting = [change for change in changes if change.shift]
    pairs = [pair for pair in combinations(shifting, 2) if sum(c.shift for c in pair) % 3 == 0]
    return [
        Combination(_indices(pair), _record(build, pair), certain=True, restores_frame=True)
        for pair in pairs
        if _all_in_cis(pair) and _apart(pair)
    ]


def _indices(parts: Sequence[_Change]) -> tuple[int, ...]:
    return tuple(part.number for part in parts)


def _all_in_cis(parts: Sequence[_Change]) -> bool:
    return all(_in_cis(a.record, b.record) is True for a, b in combinations(parts, 2))


def _in_cis(one: VariantRecord, other: VariantRecord) -> bool | None:
    """Whether two alleles lie on one molecule; ``None`` where nothing says so or against it."""
    if _everywhere(one) or _everywhere(other):
        return True
    if one.phase is None or other.phase is None:
        return None
    if one.phase.whole is not None and one.phase.whole == other.phase.whole:
        return True
    if one.phase.group != other.phase.group:
        return None
    return not set(one.phase.haplotypes).isdisjoint(other.phase.haplotypes)


def _everywhere(record: VariantRecord) -> bool:
    """Whether the genotype has two copies or more, all with the allele."""
    alleles = (record.genotype or "").strip("|/").replace("|", "/").split("/")
    same = len(alleles) > 1 and len(set(alleles)) == 1 and alleles[0] not in ("0", ".")
    return same and record.presence is Presence.PRESENT and (record.vaf is None or record.vaf >= _MOST_READS)


def _apart(parts: Sequence[_Change]) -> bool:
    """Whether the changes, in order, replace different bases, and no two of them are put in at one place."""
    edits = [part.edit for part in parts]
    return all(a.end < b.start and (a.size or b.size or a.start != b.start) for a, b in pairwise(edits))


def _together(parts: Sequence[_Change]) -> Edit | None:
    """All changes as one; ``None`` where an intron parts them, or they undo each other."""
    first, last = parts[0], parts[-1]
    if first.exon != last.exon:
        return None
    built, place = "", first.edit.start
    for edit in (part.edit for part in parts):
        built += "".join(bases()[between] for between in range(place, edit.start)) + edit.alt
        place = edit.end + 1
    size = place - first.edit.start
    whole = Edit(first.edit.start, size, built)
    return None if built == "".join(bases()[p] for p in range(first.edit.start, place)) else whole


def _record(build: Build, parts: Sequence[_Change]) -> VariantRecord | None:
    """The record of all changes together: called, filtered and frequent as the weakest of them."""
    edit = _together(parts)
    if edit is None:
        return None
    pos, ref, alt = as_written(build, edit)
    records = [part.record for part in parts]
    rarest = min(records, key=lambda record: 1.0 if record.vaf is None else record.vaf)
    # beside a change that is not of the normal genome, the whole is not either
    doubted = [record for record in records if set(record.filter_kinds) != {FilterKind.GERMLINE}] or records
    failed = dict.fromkeys(token for record in doubted for token in record.filters if token != "PASS")
    source = records[0].source
    locus = " + ".join(record.source.locus or f"17:{record.pos}" for record in records)
    return VariantRecord(
        contig=records[0].contig,
        pos=pos,
        ref=ref,
        alt=alt,
        presence=Presence.NO_CALL if any(r.presence is Presence.NO_CALL for r in records) else Presence.PRESENT,
        source=Source(file=source.file, line=source.line, locus=locus),
        filters=tuple(failed) or (("PASS",) if all(record.filters for record in records) else ()),
        vaf=rarest.vaf,
        depth=rarest.depth,
        alt_depth=rarest.alt_depth,
        end=pos + len(ref) - 1,
        filter_kinds=tuple(dict.fromkeys(kind for record in doubted for kind in record.filter_kinds)),
        germline=next((r.germline for r in records), None) if all(r.germline for r in records) else None,
    )


def _stands_for(whole: VariantRecord, part: VariantRecord) -> bool:
    """Whether ``part`` need not be judged alone: its whole is called as well, and in as many reads.

    A whole that is rejected stands for nothing: one of its parts may be true and the other an artefact.
    """
    return _standing(whole) >= max(_standing(part), _UNFILTERED) and not _clearly_more(part, whole)


def _standing(record: VariantRecord) -> int:
    """How far its caller stands by a record.

    A filter that calls it germline, and nothing else, does not doubt that it is there.
    """
    if record.presence is Presence.NO_CALL:
        return _REJECTED
    if not record.filters:
        return _UNFILTERED
    harmless = record.filters == ("PASS",) or set(record.filter_kinds) in _DOUBTING_NOTHING
    return _CALLED if harmless else _REJECTED


def _clearly_more(part: VariantRecord, whole: VariantRecord) -> bool:
    """Whether so many reads have the part without the rest that it lies alone on other molecules, too."""
    if part.vaf is None or whole.vaf is None or not part.depth or not whole.depth:
        return False
    pooled = (part.vaf * part.depth + whole.vaf * whole.depth) / (part.depth + whole.depth)
    error = sqrt(pooled * (1 - pooled) * (1 / part.depth + 1 / whole.depth))
    return part.vaf - whole.vaf > _CLEARLY * error
