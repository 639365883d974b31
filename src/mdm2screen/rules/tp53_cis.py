"""What TP53 changes that lie on one molecule, or may, do to wild-type beside what each does alone."""

from collections.abc import Callable, Iterable, Sequence

from mdm2screen.evidence import ObservedVariant, Together
from mdm2screen.records import Presence, VariantRecord
from mdm2screen.results import Disposition, Reason, reason
from mdm2screen.rules.tp53_verdict import Verdict

Judge = Callable[[ObservedVariant], Verdict]
Judged = tuple[ObservedVariant, Verdict]
# What says how well a change is called, not what it does.
_QUALITY = {"presence", "filters", "filter_kinds", "vaf", "depth", "alt_depth", "genotype", "germline"}
_RANK = {Disposition.IGNORED: 0, Disposition.REVIEW: 1, Disposition.DISQUALIFIES: 2}


def set_aside(variant: ObservedVariant) -> Verdict | None:
    """The verdict on a variant that another one stands for."""
    if variant.part_of is None:
        return None
    return Verdict(Disposition.IGNORED, "part of a combined change", f"judged as a part of {variant.part_of}", None)


def reconsidered(judged: Sequence[Judged], together: Iterable[Together], judge: Judge) -> list[Judged]:
    """What takes function away only if it lies alone, of a change of unknown phase, goes to review."""
    doubts: dict[VariantRecord, ObservedVariant] = {}
    for one in together:
        if not one.certain and one.combined is not None:
            doubts |= {part.record: one.combined for part in one.parts if _would_be_less(part, one, judge)}
    return [(variant, _doubted(verdict, doubts.get(variant.record))) for variant, verdict in judged]


def _doubted(verdict: Verdict, whole: ObservedVariant | None) -> Verdict:
    if whole is None or verdict.counts is not Disposition.DISQUALIFIES:
        return verdict
    why = f"{verdict.why}; on one molecule with its neighbor it would be {_named(whole)} instead"
    return Verdict(Disposition.REVIEW, verdict.classification, why, None)  # ``reasons`` tells it once for all parts


def _would_be_less(part: ObservedVariant, one: Together, judge: Judge) -> bool:
    """Whether the change together, called as well as ``part``, weighs less than it: a neighbor that the caller itself
    rejects is no ground for doubt.
    """
    if one.combined is None or not all(_called(mate.record) for mate in one.parts):
        return False
    quality = part.record.model_dump(include=_QUALITY)
    whole = one.combined.model_copy(update={"record": one.combined.record.model_copy(update=quality)})
    return _RANK[judge(whole).counts] < _RANK[judge(part).counts]


def _called(record: VariantRecord) -> bool:
    return record.presence is Presence.PRESENT and record.filters in ((), ("PASS",))


def reasons(together: Iterable[Together], judge: Judge) -> list[Reason]:
    """Codons whose changes would be judged differently on one molecule, and frameshifts that restore the frame."""
    found = []
    for one in together:
        names = " and ".join(_name(part) for part in one.parts)
        sources = [part.record.source for part in one.parts]
        if one.restores_frame:
            words = f"TP53 {names} lie on one molecule and restore the reading frame{_as(one.combined)}"
            found.append(reason("T022", f"{words}; the residues between them are others, so they count", *sources))
        elif one.combined is None:
            words = f"TP53 {names} lie in one codon that an intron parts; what they make together is not worked out"
            found.append(reason("T021", words, *sources))
        elif _differs(one, one.combined, judge):
            words = f"TP53 {names} lie in one codon, and whether on one molecule is not known"
            found.append(reason("T021", f"{words}: together they would be {_named(one.combined)}", *sources))
    return found


def _differs(one: Together, combined: ObservedVariant, judge: Judge) -> bool:
    alone = max(_RANK[judge(part).counts] for part in one.parts)
    return _RANK[judge(combined).counts] > alone or any(_would_be_less(part, one, judge) for part in one.parts)


def _name(variant: ObservedVariant) -> str:
    record, consequence = variant.record, variant.consequence
    return (consequence.hgvs_c if consequence else None) or f"17:{record.pos} {record.ref}>{record.alt}"


def _named(variant: ObservedVariant) -> str:
    protein = variant.consequence.hgvs_p if variant.consequence else None
    return f"{_name(variant)} {protein}" if protein else _name(variant)


def _as(combined: ObservedVariant | None) -> str:
    return "" if combined is None else f" ({_named(combined)})"
