"""Illumina DRAGEN, somatic: files of one prefix (``--output-file-prefix``) side by side.

Documented at https://help.dragen.illumina.com (DNA pipeline: small variant calling, CNV output, SV output):
``<prefix>.hard-filtered.vcf.gz``, ``.hard-filtered.gvcf.gz``, ``.sv.vcf.gz``, ``.cnv.vcf.gz``, ``.seg.called.merged``,
``<prefix>_tumor.bam``. A germline run names its VCFs alike. What shows a tumor is what only a somatic run writes beside
them: names with ``tumor`` after the prefix (``.tumor.target.counts.gz``, ``.wgs_coverage_metrics_tumor.csv``),
``.cnv.purity.coverage.models.tsv``, ``.tmb.*``, ``.microsat_*``. Both copy-number files are proposed: the VCF states
purity and ploidy and mostly leaves neutral stretches out, the table of segments has them and states neither. The
patient is not in the tree, nor is a genome told from an exome.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from mdm2screen.run_directories import tso500
from mdm2screen.run_directories.proposal import Draft, Proposal, place_alignments, stem
from mdm2screen.run_directories.tree import Tree

NAME = "DRAGEN"
LOOKED_FOR = "<prefix>.hard-filtered.vcf.gz or <prefix>.seg.called.merged"

_SMALL = (".hard-filtered.vcf.gz", ".hard-filtered.vcf")
_UNFILTERED = (".vcf.gz", ".vcf")
_GVCF = (".hard-filtered.gvcf.gz", ".gvcf.gz")
_SV = (".sv.vcf.gz", ".sv.vcf")
_CNV = (".cnv.vcf.gz", ".cnv.vcf")
_SEGMENTS = ".seg.called.merged"
_READS = ("_tumor.bam", "_tumor.cram", ".bam", ".cram")
_NAMED_BY = (*_SMALL, *_GVCF[:1], _SEGMENTS)
_SOMATIC_ALONE = (".cnv.purity.coverage.models.tsv", ".tmb.", ".microsat_", ".microsat.")
_OTHERS = {
    ".seg": "segments before they were merged and called",
    ".seg.called": "segments before they were merged",
    ".targeted.vcf.gz": "calls of single genes of the germline",
    ".ploidy.vcf.gz": "whole chromosomes",
    ".repeats.vcf.gz": "repeats",
    ".snv.vcf.gz": "a part of the calls",
    "_normal.bam": "is of the normal",
    "_normal.cram": "is of the normal",
}


def roots(tree: Tree) -> set[PurePosixPath]:
    """The folder itself, where files named by a prefix lie in it; a run has a folder a sample, or one for all."""
    return {PurePosixPath()} if _prefixes(tree) else set()


def propose(tree: Tree, root: PurePosixPath) -> Proposal:
    """Rows of all tumors of a folder."""
    draft = Draft(NAME, tree)
    files = [path for path, _ in tree.below(root)]
    every = frozenset(files)
    runs: dict[str, list[list[PurePosixPath]]] = {}
    for (_, prefix), mine in sorted(_by_prefix(files, _prefixes(tree)).items()):
        runs.setdefault(prefix, []).append(mine)
    for prefix, found in runs.items():
        mine = [path for files_of_one in found for path in files_of_one]
        if len(found) > 1:
            places = ", ".join(sorted({str(path.parent) for path in mine}))
            draft.set_aside(mine, f"results of {prefix} lie in {len(found)} folders ({places}): keep those that hold")
        elif not any(_is_somatic(path.name.removeprefix(prefix)) for path in mine):
            draft.set_aside(mine, f"no file of {prefix} shows that it is a tumor; a germline run names its files alike")
        else:
            _place(draft, prefix, mine, every)
    draft.note("DRAGEN's files do not name the patient: each tumor stands as a patient of its own")
    draft.note("they do not tell genome, exome and panel apart: write wgs, wes or the BED into assay")
    return draft.finished()


def _prefixes(tree: Tree) -> set[tuple[PurePosixPath, str]]:
    """Folders and prefixes for which DRAGEN wrote calls, but for the folders of TSO 500, which is built on it."""
    pairs = {path.parent for path in tree.files if tso500.is_combined(path)}
    return {
        (path.parent, prefix)
        for path in tree.files
        if (prefix := stem(path, *_NAMED_BY))
        and tso500.INTERMEDIATES not in path.parts
        and pairs.isdisjoint(path.parents)
    }


def _by_prefix(
    files: Iterable[PurePosixPath], prefixes: set[tuple[PurePosixPath, str]]
) -> dict[tuple[PurePosixPath, str], list[PurePosixPath]]:
    """Files by the longest prefix that their names go on from with a dot or an underscore."""
    found: dict[tuple[PurePosixPath, str], list[PurePosixPath]] = {}
    for path in files:
        ends = [at for at, mark in enumerate(path.name) if mark in "._"]
        keys = [key for at in reversed(ends) if (key := (path.parent, path.name[:at])) in prefixes]
        if keys:
            found.setdefault(keys[0], []).append(path)
    return found


def _is_somatic(rest: str) -> bool:
    """Whether only a somatic run writes a file that goes on like this after its prefix."""
    return "tumor" in rest.replace("_", ".").split(".") or any(mark in rest for mark in _SOMATIC_ALONE)


def _place(draft: Draft, prefix: str, mine: list[PurePosixPath], every: frozenset[PurePosixPath]) -> None:
    row = (prefix, prefix)

    def found(*ends: str) -> list[PurePosixPath]:
        return [path for end in ends for path in mine if path.name == prefix + end]

    small, genome = found(*_SMALL, *_UNFILTERED), found(*_GVCF)
    draft.use_best(row, "vcf", small or genome)
    draft.use_best(row, "sv", found(*_SV))
    draft.use_best(row, "coverage", genome if small else [])
    draft.use_best(row, "cn", found(*_CNV))
    draft.use(row, "cn", found(_SEGMENTS))
    place_alignments(draft, row, found(*_READS), every)
    for path in mine:
        if why := _OTHERS.get(path.name.removeprefix(prefix)):
            draft.set_aside([path], why)
