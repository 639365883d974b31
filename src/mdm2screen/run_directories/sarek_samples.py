"""Whose a file of nf-core/sarek is: by sarek's own tables of samples, by the names of pairs, by the name of the file.

Where two of them contradict each other nothing is assigned: a reason says who says what.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from mdm2screen.run_directories.proposal import Draft
from mdm2screen.run_directories.tree import Tree

_SIDES = {"0": "a normal", "1": "a tumor"}
_COLUMNS = ("patient", "sample", "status")
_LARGEST_SHEET = 16 << 20


class Called(NamedTuple):
    """A file of a caller."""

    path: PurePosixPath
    caller: str
    unit: str


class Samples(NamedTuple):
    """What the tree tells of samples; ``known`` are those in sarek's tables, ``contradicted`` those with a reason."""

    patients: dict[str, str]
    tumors: frozenset[str]
    normals: frozenset[str]
    known: frozenset[str]
    contradicted: dict[str, str]
    units: frozenset[str]

    def owner(self, unit: str) -> tuple[tuple[str, str] | None, str]:
        """Patient and tumor that a unit speaks of; ``None`` with the reason where it speaks of none."""
        tumor, normal = unit, None
        if "_vs_" in unit and unit not in self.known:
            ways = splits(unit, self.known)
            if len(ways) != 1:
                return None, f"{unit} can be split into tumor and normal in more than one way"
            tumor, normal = ways[0]
        for sample in (tumor, normal):
            if sample in self.contradicted:
                return None, self.contradicted[sample]
        if tumor in self.normals:
            return None, f"{tumor} is a normal"
        if tumor not in self.tumors:
            return None, f"nothing in the tree says that {tumor} is a tumor"
        if normal in self.tumors:
            return None, f"{unit} has {normal} for the normal, and csv/ has it for a tumor"
        ours, theirs = self.patients.get(tumor), self.patients.get(normal or "")
        if ours is not None and theirs is not None and ours != theirs:
            return None, f"csv/ has {tumor} for patient {ours}, and its normal {normal} for {theirs}"
        return (self.patients.get(tumor, tumor), tumor), ""

    def foreign(self, one: Called) -> str | None:
        """Why the name of a file is not that of the unit it lies with, or of the unit's tumor, if so."""
        ways = [] if one.unit in self.known else splits(one.unit, self.known)
        own = {one.unit, *(tumor for tumor, _ in ways if len(ways) == 1)}
        # Samples may be called T1 and T1.2: the longest name that fits is meant.
        name = one.path.name
        begins = (name[:at] for at in range(len(name) - 1, 0, -1) if name[at] == ".")
        names = (own, self.units, self.tumors, self.normals, self.known)
        named = next((begin for begin in begins if any(begin in known for known in names)), None)
        if named in own:
            return None
        return f"lies with {one.unit}, and is named {f'by {named}' if named else 'otherwise'}"


def splits(unit: str, known: frozenset[str]) -> list[tuple[str, str]]:
    """Tumor and normal of a pair's name; names may hold ``_vs_`` themselves, then only known samples tell."""
    parts = unit.split("_vs_")
    ways = [("_vs_".join(parts[:cut]), "_vs_".join(parts[cut:])) for cut in range(1, len(parts))]
    ways = [way for way in ways if all(way)]
    return ways if len(ways) == 1 else [way for way in ways if known.issuperset(way)]


def samples_of(tree: Tree, tables: Iterable[PurePosixPath], called: list[Called], draft: Draft) -> Samples:
    """Patients and sides of samples: by sarek's own tables, else by pairs and by somatic callers of one sample."""
    stated = _Stated()
    tables = list(tables)
    for path in tables:
        for row in _table(tree, path, draft):
            stated.add(row, path)
    known = frozenset(stated.sides)
    tumors = {sample for sample, sides in stated.sides.items() if "1" in sides}
    normals = {sample for sample, sides in stated.sides.items() if "0" in sides}
    contradicted = stated.contradictions()
    _add_pairs(called, known, tumors, normals, contradicted)
    patients = {sample: next(iter(says)) for sample, says in stated.patients.items() if sample not in contradicted}
    for one in called:
        alone = "_vs_" not in one.unit and one.unit not in normals
        if alone and not known and (one.caller in ("mutect2", "lofreq") or ".tumor_sv." in one.path.name):
            tumors.add(one.unit)
    tumors -= contradicted.keys()
    _say(draft, tables, patients, tumors, contradicted)
    units = frozenset(one.unit for one in called)
    return Samples(patients, frozenset(tumors), frozenset(normals - contradicted.keys()), known, contradicted, units)


class _Stated:
    """What tables state of each sample, with the first table that says so."""

    def __init__(self) -> None:
        self.patients: dict[str, dict[str, PurePosixPath]] = {}
        self.sides: dict[str, dict[str, PurePosixPath]] = {}

    def add(self, row: dict[str, str], path: PurePosixPath) -> None:
        self.patients.setdefault(row["sample"], {}).setdefault(row["patient"], path)
        self.sides.setdefault(row["sample"], {}).setdefault(row["status"], path)

    def contradictions(self) -> dict[str, str]:
        """Samples that are of two patients, or of both sides, with a reason."""
        found = {}
        for sample in self.sides:
            of_patients = [f"of patient {name} in {path.name}" for name, path in self.patients[sample].items()]
            of_sides = [f"{_SIDES[side]} in {path.name}" for side, path in self.sides[sample].items()]
            wrong = [says for says in (of_patients, of_sides) if len(says) > 1]
            if wrong:
                found[sample] = f"csv/ contradicts itself: {sample} is {', and '.join(' and '.join(w) for w in wrong)}"
        return found


def _add_pairs(
    called: list[Called], known: frozenset[str], tumors: set[str], normals: set[str], contradicted: dict[str, str]
) -> None:
    """Sides of samples that no table names, by the names of pairs."""
    sides: dict[str, dict[bool, str]] = {}
    for unit in sorted({one.unit for one in called} - known):
        for tumor, normal in splits(unit, known):
            sides.setdefault(tumor, {}).setdefault(True, unit)
            sides.setdefault(normal, {}).setdefault(False, unit)
    for sample, units in sides.items():
        if sample in known:
            continue
        if len(units) > 1:
            contradicted[sample] = f"{sample} is the tumor of {units[True]} and the normal of {units[False]}"
        (tumors if True in units else normals).add(sample)


def _say(
    draft: Draft, tables: list[PurePosixPath], patients: dict[str, str], tumors: set[str], contradicted: dict[str, str]
) -> None:
    for reason in contradicted.values():
        draft.note(f"{reason}; it has no row: write it into the sheet if you know which is right")
    if not patients and not contradicted:
        why = "names no sample with its patient" if tables else "is not there"
        draft.note(
            f"csv/ of sarek {why}, so the patient of a tumor is not known: each tumor stands as a patient of its own; "
            "write the same patient into the rows of one person"
        )
        return
    for tumor in sorted(tumors - patients.keys()):
        draft.note(f"{tumor}: csv/ does not name its patient; it stands as a patient of its own")


def _table(tree: Tree, path: PurePosixPath, draft: Draft) -> list[dict[str, str]]:
    """Samples with a status, of one of sarek's own samplesheets; its list of VCFs has none."""
    file = tree.folder / path
    try:
        if file.stat().st_size > _LARGEST_SHEET:
            draft.note(f"{path} is larger than a table of samples; it says nothing of samples")
            return []
        text = file.read_text("utf-8-sig")
        first = text.partition("\n")[0]
        # A spreadsheet that saved it again may have parted it by semicolons.
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
        rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        draft.note(f"{path} could not be read ({exc}); it says nothing of samples")
        return []
    header = reader.fieldnames or ()
    if not set(_COLUMNS) <= set(header):
        if "variantcaller" not in header:
            draft.note(f"{path} has not the columns {', '.join(_COLUMNS)}; it says nothing of samples")
        return []
    cells = [{name: (row.get(name) or "").strip() for name in _COLUMNS} for row in rows]
    told = [row for row in cells if row["patient"] and row["sample"] and row["status"] in _SIDES]
    if len(told) < len(cells):
        draft.note(f"{path}: rows without patient, sample and status 0 or 1 are left out ({len(cells) - len(told)})")
    return told
