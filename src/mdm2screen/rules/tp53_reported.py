"""TP53 variants that reports name without place and alleles: each is judged in a VCF, or stays open."""

import re
from collections.abc import Iterable

from mdm2screen import data
from mdm2screen.evidence import Evidence, ObservedVariant
from mdm2screen.protein import one_letter
from mdm2screen.records import FilterKind, Presence, VariantRecord
from mdm2screen.results import Reason, reason

_SPELLED = re.compile(r"(del|dup)[ACGT]+", re.IGNORECASE)
_FRAMESHIFT = re.compile(r"([A-Z*]\d+)[A-Z]?fs.*")


def reasons(evidence: Evidence) -> list[Reason]:
    """Why reported TP53 variants leave wild-type open: those that are neither known as harmless nor in a VCF."""
    known = _names(evidence.variants)
    found = []
    for variant in evidence.reported:
        status = f" ({variant.status})" if variant.status else ""
        if variant.undetermined:
            words = f"{variant.source.file} says of TP53: {variant.words}{status}"
            found.append(reason("T041", words, variant.source))
        elif known.isdisjoint(_names_of(variant.hgvs_c, variant.hgvs_p)):
            words = f"{variant.source.file} names TP53 {variant.words}{status}, which no VCF here holds"
            found.append(reason("T040", words, variant.source))
    return found


def _names(variants: Iterable[ObservedVariant]) -> set[str]:
    """Names of harmless variants, and of those a VCF holds as called and passed: these are judged there."""
    found: set[str] = set()
    for row in data.table("genes/tp53_benign.tsv"):
        found |= _names_of(row["hgvs_c"], row["hgvs_p"])
    for variant in variants:
        if _is_called(variant.record) and variant.consequence is not None:
            found |= _names_of(variant.consequence.hgvs_c, variant.consequence.hgvs_p)
    return found


def _is_called(record: VariantRecord) -> bool:
    """Whether the caller stands by a variant: present, and no filter that rejects failed."""
    passed = record.filters in ((), ("PASS",)) or set(record.filter_kinds) == {FilterKind.INFORMATIONAL}
    return passed and record.presence is Presence.PRESENT


def _names_of(hgvs_c: str | None, hgvs_p: str | None) -> set[str]:
    """A variant's names in one spelling: no transcript, no deleted bases, amino acids by letter, frameshifts by
    where they begin.
    """
    names = set()
    if hgvs_c:
        coding = re.sub(r"\s", "", hgvs_c.rpartition(":")[2]).removeprefix("c.")
        names.add("c." + _SPELLED.sub(r"\1", coding))
    if hgvs_p:
        protein = re.sub(r"[\s()\[\]]", "", hgvs_p.rpartition(":")[2]).removeprefix("p.")
        protein = _FRAMESHIFT.sub(r"\1fs", one_letter(protein))
        if re.search(r"\d", protein):  # "p.=" or "p.?" names no variant
            names.add("p." + protein)
    return names
