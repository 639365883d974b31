"""What is known of a TP53 change before any rule judges it: shipped lists, tables of classes, the protein's domains.

Every source keeps its own voice: a change has as many classes as sources speak of it. Joining them is a rule's work.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from mdm2screen import data, hgvs
from mdm2screen.consequence import Consequence
from mdm2screen.protein import AMINO_ACIDS
from mdm2screen.records import Build, ClassRecord, Significance, Source, VariantRecord

HOTSPOTS = "cancerhotspots v2"
POLYMORPHISMS = "known polymorphisms"
"""Origins of the lists that ship with the package."""

_HOTSPOT_FILE, _BENIGN_FILE, _DOMAIN_FILE = (f"genes/tp53_{name}.tsv" for name in ("hotspots", "benign", "domains"))
_SUBSTITUTION = rf"p\.(?P<old>[A-Z][a-z]{{2}})(?P<residue>\d+)(?P<new>{'|'.join(AMINO_ACIDS.values())})"
_LETTERS = {three: letter for letter, three in AMINO_ACIDS.items()}

Index = Mapping[str, Sequence[ClassRecord]]
"""Rows of tables of classes by the key of the change they mean."""


def index(tables: Iterable[ClassRecord]) -> Index:
    """Rows by change: its bases where they are known, else its protein change."""
    found: dict[str, list[ClassRecord]] = {}
    for record in tables:
        key = record.hgvs_c or (_locus(*record.locus) if record.locus else record.hgvs_p)
        if key is not None:
            found.setdefault(key, []).append(record)
    return found


def of_variant(
    record: VariantRecord, build: Build, consequence: Consequence | None, tables: Index
) -> tuple[ClassRecord, ...]:
    """All classes that sources give one allele: in its own line, in the shipped lists, in tables of classes.

    A row of a table means a variant by its bases, or by its protein change where the row gives no bases. A frameshift
    row without the place of the new stop means every frameshift that begins at its residue.
    """
    if consequence is None:
        return record.classes
    keys = [consequence.hgvs_c, _locus(build, record.pos, record.ref, record.alt), *_protein_keys(consequence.hgvs_p)]
    rows = [row for key in dict.fromkeys(keys) if key for row in tables.get(key, ())]
    return (*record.classes, *_hotspot(consequence), *_polymorphism(consequence), *rows)


def domain(residues: Sequence[int]) -> str | None:
    """The domain of p53 that a change touches, both where it reaches over two; ``None`` between them.

    Source: UniProt P04637.
    """
    touched = [
        row["domain"]
        for row in data.table(_DOMAIN_FILE)
        if any(int(row["first"]) <= residue <= int(row["last"]) for residue in residues)
    ]
    return " and ".join(touched) or None


def _locus(build: Build, pos: int, ref: str, alt: str) -> str:
    return f"{build} 17:{pos} {ref}>{alt}"


def _protein_keys(hgvs_p: str | None) -> list[str | None]:
    return [] if hgvs_p in (None, "p.?") else [hgvs_p, hgvs.short_frameshift(hgvs_p or "")]


def _hotspot(consequence: Consequence) -> list[ClassRecord]:
    """The hotspot a missense change falls on; the exact change weighs more than another at the same residue."""
    if "missense_variant" not in consequence.terms:
        return []
    for residue in consequence.residues:
        row = _hotspots().get(residue)
        if row is not None:
            return [_hotspot_record(row, residue, consequence.hgvs_p or "")]
    return []


def _hotspot_record(row: Mapping[str, str], residue: int, hgvs_p: str) -> ClassRecord:
    counts = dict(pair.split("=") for pair in row["variants"].split(";"))
    match = re.fullmatch(_SUBSTITUTION, hgvs_p)
    new = _LETTERS[match["new"]] if match else None
    name = f"{row['reference']}{residue}"
    of_all = f"{row['tumors']} tumors in {HOTSPOTS}"
    if new in counts:
        significance, words = Significance.PATHOGENIC, f"hotspot change {name}{new} ({counts[new]} of {of_all})"
    else:
        significance, words = Significance.LIKELY_PATHOGENIC, f"another change at the hotspot residue {name} ({of_all})"
    source = Source(file=_HOTSPOT_FILE, locus=name)
    return ClassRecord(origin=HOTSPOTS, significance=significance, words=words, source=source, hgvs_p=hgvs_p or None)


def _polymorphism(consequence: Consequence) -> list[ClassRecord]:
    row = _polymorphisms().get(consequence.hgvs_c or "")
    if row is None:
        return []
    return [
        ClassRecord(
            origin=POLYMORPHISMS,
            significance=Significance.BENIGN,
            words=f"known polymorphism ({row['rsid']}, {row['source']})",
            source=Source(file=_BENIGN_FILE, locus=row["hgvs_c"]),
            hgvs_c=row["hgvs_c"],
        )
    ]


@cache
def _hotspots() -> dict[int, dict[str, str]]:
    return {int(row["residue"]): row for row in data.table(_HOTSPOT_FILE)}


@cache
def _polymorphisms() -> dict[str, dict[str, str]]:
    return {row["hgvs_c"]: row for row in data.table(_BENIGN_FILE)}
