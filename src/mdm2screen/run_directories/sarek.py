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

from collections.abc import Iterable
from itertools import groupby
from pathlib import PurePosixPath

from mdm2screen.run_directories.proposal import ALIGNMENT_ENDS, VCF_ENDS, Draft, Proposal, place_alignments
from mdm2screen.run_directories.sarek_samples import Called, Samples, samples_of, splits
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
_CN_ENDS = (".cns", ".cnr", ".genemetrics.tsv", ".txt", "_CNVs", "contamination.table")
"""Tables of copy number and contamination."""
_STEPS = ("recalibrated", "sentieon_dedup", "markduplicates", "mapped")
"""Where alignments lie, the one that callers were given first."""


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
    tables = (path for path, parts in files if parts[0] == "csv" and path.suffix == ".csv")
    samples = samples_of(tree, tables, called, draft)
    _place_variants(draft, samples, called)
    _place_copy_number(draft, samples, called)
    _place_reads(draft, samples, files)
    for sample in sorted(samples.tumors - draft.samples()):
        draft.note(f"{sample}: nothing that was called of this tumor was found; it has no row")
    return draft.finished()


def _called(path: PurePosixPath, parts: tuple[str, ...]) -> Called | None:
    if len(parts) < 4 or parts[0] not in (_CALLING, _ANNOTATION):
        return None
    if parts[1] in _CALLERS:
        return Called(path, parts[1], parts[2])
    # Until version 3.1 annotated files lay in annotation/<unit>/<caller>/.
    return Called(path, parts[2], parts[1]) if parts[2] in _CALLERS else None


def _owner(draft: Draft, samples: Samples, one: Called) -> tuple[str, str] | None:
    """Patient and tumor of a file; ``None``, with the file set aside, where it is of none."""
    owner, why = samples.owner(one.unit)
    if owner is not None and (foreign := samples.foreign(one)):
        owner, why = None, foreign
    if owner is None:
        draft.set_aside([one.path], why)
    return owner


def _place_variants(draft: Draft, samples: Samples, called: Iterable[Called]) -> None:
    """VCFs by caller and unit, the best of each."""
    chosen: dict[tuple[str, str, str, str], list[Called]] = {}
    for one in called:
        if not one.path.name.endswith(VCF_ENDS):
            continue
        column, kind, wrong = _kind(one)
        if wrong := wrong or samples.foreign(one):
            draft.set_aside([one.path], wrong)
        else:
            chosen.setdefault((column, one.caller, kind, one.unit), []).append(one)
    pairs = {
        (caller, unit) for _, caller, _, unit in chosen if unit not in samples.known and splits(unit, samples.known)
    }
    paired = {(caller, owner[1]) for caller, unit in pairs if (owner := samples.owner(unit)[0])}
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


def _tumors_called_together(samples: Samples, unit: str) -> list[str]:
    """Tumors of a patient whose name is the unit, if it is one."""
    if "_vs_" in unit or unit in samples.patients:
        return []
    return sorted(one for one, patient in samples.patients.items() if patient == unit and one in samples.tumors)


def _kind(one: Called) -> tuple[str, str, str | None]:
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


def _worth(one: Called) -> tuple[int, int, str]:
    """Order of the files of one caller and unit, the best first."""
    annotated = next((rank for rank, mark in enumerate(_ANNOTATED) if mark in one.path.name), len(_ANNOTATED))
    return (0 if ".filtered" in one.path.name else 1, annotated, str(one.path))


def _place_copy_number(draft: Draft, samples: Samples, called: Iterable[Called]) -> None:
    """Tables of copy number and contamination, by tool and unit."""
    found = [one for one in called if not one.path.name.endswith(VCF_ENDS)]
    by_unit = sorted(found, key=lambda one: (one.caller, one.unit, str(one.path)))
    for (caller, _), group in groupby(by_unit, key=lambda one: (one.caller, one.unit)):
        every = list(group)
        owners = {owner for one in every if one.path.name.endswith(_CN_ENDS) and (owner := _owner(draft, samples, one))}
        files = [one.path for one in every if samples.foreign(one) is None]
        wanted, why = _tables(caller, files, every[0].unit)
        for owner in owners if wanted else ():
            draft.use(owner, "cn", wanted)
            draft.set_aside([path for path in files if path.name.endswith(_CN_ENDS) and path not in wanted], why)


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


def _place_reads(draft: Draft, samples: Samples, files: list[tuple[PurePosixPath, tuple[str, ...]]]) -> None:
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
        owners = {path: _owner(draft, samples, Called(path, "", sample)) for _, path in sorted(found)}
        for owner in sorted({owner for owner in owners.values() if owner is not None}):
            place_alignments(draft, owner, [path for path, whose in owners.items() if whose == owner], every)


def _place_depth(draft: Draft, samples: Samples, path: PurePosixPath, sample: str) -> None:
    if path.name.endswith(_DEPTH_ENDS):
        if (owner := _owner(draft, samples, Called(path, "", sample))) is not None:
            draft.use(owner, "coverage", [path])
    elif path.name.endswith(".regions.bed.gz"):
        draft.set_aside([path], "means of windows say nothing of a base")
