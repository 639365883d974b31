"""nf-core/sarek 3: ``variant_calling/<caller>/<unit>/`` and ``annotation/<caller>/<unit>/``.

Documented in docs/output.md of https://github.com/nf-core/sarek. A unit is a pair, ``<tumor>_vs_<normal>``, or one
sample, or, where Mutect2 called all tumors of a patient at once, the patient. Files are named
``<unit>.mutect2.filtered.vcf.gz``, ``<unit>.strelka.somatic_snvs.vcf.gz``, ``<unit>.manta.somatic_sv.vcf.gz``;
annotated ones end in ``_VEP.ann.vcf.gz``, ``_snpEff.ann.vcf.gz``, ``_snpEff_VEP.ann.vcf.gz``. CNVkit, ASCAT and
Control-FREEC lie under their own names, alignments in ``preprocessing/<step>/<sample>/``, mosdepth in
``reports/mosdepth/<sample>/``. ``csv/*.csv`` name the patient of a sample and whether it is a tumor (status 1) or a
normal (0). Version 2 (``VariantCalling/``) is laid out otherwise and is not recognised.

The VCFs of several somatic callers are all proposed: to drop one would be to choose which variants of TP53 count. Of
one caller the filtered file goes before the unfiltered, the annotated before the plain. Callers of germline variants,
and FreeBayes and TIDDIT, which call both alike, are never a tumor's. ``.cns`` goes before ``.call.cns``, in which a
purity may have been worked in; ``segments_raw.txt`` before ``segments.txt``, which is rounded; ``_ratio.txt`` before
``_CNVs``, which leaves neutral stretches out. The tree does not tell a genome from an exome.
"""

import csv
import io
from collections.abc import Iterable
from itertools import groupby
from pathlib import PurePosixPath
from typing import NamedTuple

from mdm2screen.run_directories.proposal import ALIGNMENT_ENDS, VCF_ENDS, Draft, Proposal, place_alignments
from mdm2screen.run_directories.tree import Tree

NAME = "nf-core/sarek"
LOOKED_FOR = "variant_calling/ or annotation/ with folders of callers (mutect2, strelka, manta, cnvkit ...)"

_CALLING, _ANNOTATION = "variant_calling", "annotation"
_PAIRS_ALONE = ("muse", "sentieon_tnscope")
_SOMATIC = ("mutect2", "lofreq", *_PAIRS_ALONE)
_GERMLINE = ("haplotypecaller", "deepvariant", "sentieon_haplotyper", "sentieon_dnascope", "bcftools", "mpileup")
_BOTH_ALIKE = ("freebayes", "tiddit", "indexcov")
_STRELKA_SOMATIC = ("somatic_snvs", "somatic_indels")
_MANTA_SOMATIC = ("somatic_sv", "tumor_sv")
_CN_TOOLS = ("cnvkit", "ascat", "controlfreec")
_CALLERS = frozenset({*_SOMATIC, *_GERMLINE, *_BOTH_ALIKE, *_CN_TOOLS, "strelka", "manta"})
_ANNOTATED = ("_snpEff_VEP.ann.", "_VEP.ann.", "_snpEff.ann.", "_BCF.ann.", "_bcfann.ann.")
"""What annotated files are named by, the richest first."""
_DEPTH_ENDS = (".per-base.bed.gz", ".quantized.bed.gz", ".thresholds.bed.gz")
_STEPS = ("recalibrated", "sentieon_dedup", "markduplicates", "mapped")
"""Where alignments lie, the one that callers were given first."""
_LARGEST_SHEET = 16 << 20


class _Samples(NamedTuple):
    """What the tree tells of samples."""

    patients: dict[str, str]
    tumors: frozenset[str]
    normals: frozenset[str]


class _Called(NamedTuple):
    """A file of a caller."""

    path: PurePosixPath
    caller: str
    unit: str


def roots(tree: Tree) -> set[PurePosixPath]:
    """Folders that are laid out like an output folder of sarek."""
    found = set()
    for path in tree.files:
        for depth, part in enumerate(path.parts[:-2]):
            if part in (_CALLING, _ANNOTATION) and _CALLERS & set(path.parts[depth + 1 : depth + 3]):
                found.add(PurePosixPath(*path.parts[:depth]))
    return found


def propose(tree: Tree, root: PurePosixPath) -> Proposal:
    """Rows of all tumors of one output folder."""
    draft = Draft(NAME, tree)
    files = tree.below(root)
    called = [one for path, parts in files if (one := _called(path, parts)) is not None]
    samples = _samples(tree, files, called, draft)
    _place_variants(draft, samples, called)
    _place_copy_number(draft, samples, called)
    _place_reads(draft, samples, files)
    for sample in sorted(samples.tumors - draft.samples()):
        draft.note(f"{sample}: nothing that was called of this tumor was found; it has no row")
    return draft.finished()


def _called(path: PurePosixPath, parts: tuple[str, ...]) -> _Called | None:
    if len(parts) < 4 or parts[0] not in (_CALLING, _ANNOTATION):
        return None
    if parts[1] in _CALLERS:
        return _Called(path, parts[1], parts[2])
    # Until version 3.1 annotated files lay in annotation/<unit>/<caller>/.
    return _Called(path, parts[2], parts[1]) if parts[2] in _CALLERS else None


def _samples(
    tree: Tree, files: list[tuple[PurePosixPath, tuple[str, ...]]], called: list[_Called], draft: Draft
) -> _Samples:
    """Patients and sides of samples: by sarek's own tables, else by pairs and by somatic callers of one sample."""
    patients: dict[str, str] = {}
    status: dict[str, str] = {}
    for path in (path for path, parts in files if parts[0] == "csv" and path.suffix == ".csv"):
        for row in _table(tree, path, draft):
            patients.setdefault(row["sample"], row["patient"])
            status.setdefault(row["sample"], row["status"])
    tumors = {sample for sample, side in status.items() if side == "1"}
    normals = {sample for sample, side in status.items() if side == "0"}
    units = sorted({one.unit for one in called})
    for unit in units:
        for tumor, normal in _splits(unit, frozenset(status)):
            tumors |= {tumor} - normals
            normals |= {normal} - tumors
    for one in called:
        alone = "_vs_" not in one.unit and one.unit not in normals and one.unit not in patients.values()
        if alone and not status and (one.caller in ("mutect2", "lofreq") or ".tumor_sv." in one.path.name):
            tumors.add(one.unit)
    if not patients:
        draft.note(
            "csv/ of sarek is not there, so the patient of a tumor is not known: each tumor stands as a patient of its "
            "own; write the same patient into the rows of one person"
        )
    return _Samples(patients, frozenset(tumors), frozenset(normals))


def _table(tree: Tree, path: PurePosixPath, draft: Draft) -> list[dict[str, str]]:
    """Samples with a status, of one of sarek's own samplesheets; its list of VCFs has none."""
    file = tree.folder / path
    try:
        if file.stat().st_size > _LARGEST_SHEET:
            return []
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        draft.note(f"{path} could not be read ({exc}); it says nothing of samples")
        return []
    known = ("patient", "sample", "status")
    cells = ({name: (row.get(name) or "").strip() for name in known} for row in rows)
    return [row for row in cells if row["patient"] and row["sample"] and row["status"] in ("0", "1")]


def _splits(unit: str, known: frozenset[str]) -> list[tuple[str, str]]:
    """Tumor and normal of a pair's name; names may hold ``_vs_`` themselves, then only known samples tell."""
    parts = unit.split("_vs_")
    ways = [("_vs_".join(parts[:cut]), "_vs_".join(parts[cut:])) for cut in range(1, len(parts))]
    ways = [way for way in ways if all(way)]
    return ways if len(ways) == 1 else [way for way in ways if known.issuperset(way)]


def _owner(draft: Draft, samples: _Samples, one: _Called) -> tuple[str, str] | None:
    """Patient and tumor that a unit speaks of; ``None``, with the file set aside, where it speaks of none."""
    unit = one.unit
    if "_vs_" in unit and unit not in samples.patients:
        ways = _splits(unit, frozenset(samples.patients))
        if len(ways) != 1:
            draft.set_aside([one.path], f"{unit} can be split into tumor and normal in more than one way")
            return None
        unit = ways[0][0]
    if unit in samples.tumors:
        return samples.patients.get(unit, unit), unit
    if unit in samples.normals:
        draft.set_aside([one.path], f"{unit} is a normal")
    else:
        draft.set_aside([one.path], f"nothing in the tree says that {unit} is a tumor")
    return None


def _place_variants(draft: Draft, samples: _Samples, called: Iterable[_Called]) -> None:
    """VCFs by caller and unit, the best of each."""
    chosen: dict[tuple[str, str, str, str], list[_Called]] = {}
    for one in called:
        if not one.path.name.endswith(VCF_ENDS):
            continue
        column, kind, wrong = _kind(one)
        if wrong:
            draft.set_aside([one.path], wrong)
        else:
            chosen.setdefault((column, one.caller, kind, one.unit), []).append(one)
    paired = {(caller, split[0]) for _, caller, _, unit in chosen for split in _splits(unit, frozenset())}
    for (column, caller, _, unit), files in sorted(chosen.items()):
        best, *others = sorted(files, key=_worth)
        together = _tumors_called_together(samples, unit)
        if not together and (caller, unit) in paired:
            draft.set_aside([one.path for one in files], f"{caller} called {unit} against its normal too; that is used")
            continue
        rows = [(unit, tumor) for tumor in together] or [
            owner for one in files if (owner := _owner(draft, samples, one))
        ]
        draft.set_aside([one.path for one in others], f"{best.path} of the same caller goes before it")
        for row in dict.fromkeys(rows):
            draft.use(row, column, [best.path])
        for row in rows if together else ():
            # Sarek names a sample in its read groups by patient and sample.
            draft.state(row, "tumor_sample", f"{row[0]}_{row[1]}")
        if rows and caller == "mutect2" and ".filtered" not in best.path.name:
            draft.note(f"{unit}: Mutect2 was not filtered, so that none of its variants has passed")


def _tumors_called_together(samples: _Samples, unit: str) -> list[str]:
    """Tumors of a patient whose name is the unit, if it is one."""
    if "_vs_" in unit or unit in samples.patients:
        return []
    return sorted(one for one, patient in samples.patients.items() if patient == unit and one in samples.tumors)


def _kind(one: _Called) -> tuple[str, str, str | None]:
    """Column and kind of a VCF, or why it is no tumor's."""
    name = one.path.name
    if one.caller == "manta":
        kind = next((kind for kind in _MANTA_SOMATIC if f".{kind}." in name or f".{kind}_" in name), None)
        return "sv", "sv", None if kind else "Manta's germline calls and candidates are not the tumor's somatic ones"
    if one.caller == "strelka":
        kind = next((kind for kind in _STRELKA_SOMATIC if f".{kind}." in name or f".{kind}_" in name), None)
        return "vcf", kind or "", None if kind else "Strelka called one sample: germline variants"
    if one.caller in _SOMATIC:
        return "vcf", "", None
    if one.caller in _CN_TOOLS:
        return "cn", "", f"the table that {one.caller} wrote beside it says more"
    if one.caller in _BOTH_ALIKE:
        return "", "", f"{one.caller} does not tell somatic from germline; write it into a row if it is to count"
    return "", "", f"{one.caller} calls germline variants"


def _worth(one: _Called) -> tuple[int, int, str]:
    """Order of the files of one caller and unit, the best first."""
    annotated = next((rank for rank, mark in enumerate(_ANNOTATED) if mark in one.path.name), len(_ANNOTATED))
    return (0 if ".filtered" in one.path.name else 1, annotated, str(one.path))


def _place_copy_number(draft: Draft, samples: _Samples, called: Iterable[_Called]) -> None:
    """Tables of copy number and contamination, by tool and unit."""
    found = [one for one in called if not one.path.name.endswith(VCF_ENDS)]
    by_unit = sorted(found, key=lambda one: (one.caller, one.unit, str(one.path)))
    for (caller, _), group in groupby(by_unit, key=lambda one: (one.caller, one.unit)):
        files = list(group)
        wanted, why = _tables(caller, [one.path for one in files], files[0].unit)
        if wanted and (owner := _owner(draft, samples, files[0])) is not None:
            draft.use(owner, "cn", wanted)
            draft.set_aside([path for path in _interesting(files) if path not in wanted], why)


def _interesting(files: Iterable[_Called]) -> list[PurePosixPath]:
    ends = (".cns", ".cnr", ".genemetrics.tsv", ".txt", "_CNVs")
    return [one.path for one in files if one.path.name.endswith(ends)]


def _tables(caller: str, paths: list[PurePosixPath], unit: str) -> tuple[list[PurePosixPath], str]:
    """The tables of a tool that say most, and why its others are not used."""

    def ending(*ends: str, without: tuple[str, ...] = ()) -> list[PurePosixPath]:
        return [path for path in paths if path.name.endswith(ends) and not any(mark in path.name for mark in without)]

    if caller == "cnvkit":
        plain = ending(".cns", without=(".call.cns", ".bintest.cns"))
        return plain or ending(".call.cns", without=(".germline.",)), "the segments of the same sample (.cns) say more"
    if caller == "ascat":
        segments = ending("segments_raw.txt") or ending("segments.txt")
        return [*segments, *ending("purityploidy.txt")], "made of ASCAT's segments, which are used"
    if caller == "controlfreec":
        of_normal = (".normal.", f"{unit}.normal")
        windows = ending("_ratio.txt", without=of_normal) or ending("_CNVs", without=of_normal)
        return [*windows, *ending("_info.txt", without=of_normal)], "made of Control-FREEC's windows, which are used"
    return ending("contamination.table"), ""


def _place_reads(draft: Draft, samples: _Samples, files: list[tuple[PurePosixPath, tuple[str, ...]]]) -> None:
    """Alignments and depth of the tumors."""
    alignments: dict[str, list[tuple[int, PurePosixPath]]] = {}
    for path, parts in files:
        if len(parts) == 4 and parts[0] == "preprocessing" and path.name.endswith(ALIGNMENT_ENDS):
            step = _STEPS.index(parts[1]) if parts[1] in _STEPS else len(_STEPS)
            alignments.setdefault(parts[2], []).append((step, path))
        elif len(parts) == 4 and parts[:2] == ("reports", "mosdepth"):
            _place_depth(draft, samples, path, parts[2])
    every = frozenset(path for path, _ in files)
    for sample, found in sorted(alignments.items()):
        ordered = [path for _, path in sorted(found)]
        if (owner := _owner_of_reads(draft, samples, sample, ordered)) is not None:
            place_alignments(draft, owner, ordered, every)


def _place_depth(draft: Draft, samples: _Samples, path: PurePosixPath, sample: str) -> None:
    if path.name.endswith(_DEPTH_ENDS):
        if (owner := _owner_of_reads(draft, samples, sample, [path])) is not None:
            draft.use(owner, "coverage", [path])
    elif path.name.endswith(".regions.bed.gz"):
        draft.set_aside([path], "means of windows say nothing of a base")


def _owner_of_reads(draft: Draft, samples: _Samples, sample: str, paths: list[PurePosixPath]) -> tuple[str, str] | None:
    owners = [_owner(draft, samples, _Called(path, "", sample)) for path in paths]
    return owners[0] if owners else None
