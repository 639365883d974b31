"""Illumina TruSight Oncology 500: the local app and DRAGEN TSO 500, tissue and ctDNA.

Documented at https://help.tso500software.illumina.com (analysis output) and in the user guide of the local app
(1000000137777). ``Results/<pair>/<pair>_CombinedVariantOutput.tsv`` and, beside it or in ``Results/<pair>/<sample>/``,
the files of the DNA sample: ``<sample>_MergedSmallVariants.genome.vcf`` and ``_CopyNumberVariants.vcf`` of the local
app; ``.hard-filtered.vcf``, ``.cnv.vcf`` and ``.cnv.fc.txt`` of DRAGEN, which also writes ``_`` for the first ``.``. A
pair is the DNA and the RNA of one person, and so stands as the patient. A combined output in a folder of another name
(a collection of them) stands alone. ``Logs_Intermediates`` holds copies from before
the last steps; only reads are taken from there. Splice variants, fusions and the exon-level VCF (BRCA1 and BRCA2 alone)
are set aside. The panel's BED is not among the results, and nothing says by name whether plasma was sequenced.
"""

from collections import Counter
from itertools import groupby
from pathlib import PurePosixPath

from mdm2screen.run_directories.proposal import ALIGNMENT_ENDS, VCF_ENDS, Draft, Proposal, place_alignments, stem
from mdm2screen.run_directories.tree import Tree

NAME = "TSO 500"
LOOKED_FOR = "Results/<pair>/<pair>_CombinedVariantOutput.tsv"

_COMBINED = "_CombinedVariantOutput.tsv"
INTERMEDIATES = "Logs_Intermediates"
_SMALL = (
    ".hard-filtered.vcf.gz", ".hard-filtered.vcf", "_hard-filtered.vcf.gz", "_hard-filtered.vcf",
    "_MergedSmallVariants.genome.vcf.gz", "_MergedSmallVariants.genome.vcf",
    "_MergedSmallVariants.vcf.gz", "_MergedSmallVariants.vcf",
)  # fmt: skip
_GVCF = (
    ".hard-filtered.gvcf.gz", ".hard-filtered.gvcf", "_hard-filtered.gvcf.gz", "_hard-filtered.gvcf",
)  # fmt: skip
_CNV = (
    ".cnv.vcf.gz", ".cnv.vcf", "_cnv.vcf.gz", "_cnv.vcf", "_CopyNumberVariants.vcf.gz", "_CopyNumberVariants.vcf",
)  # fmt: skip
_FOLD_CHANGES = (".cnv.fc.txt",)
_DNA = (*_SMALL, *_GVCF, *_CNV, *_FOLD_CHANGES)
_READS_FROM = ("DragenCaller", "StitchedRealigned", "IndelRealignment")
_READS = ("_tumor.bam", ".bam", "_tumor.cram", ".cram")
_OTHERS = {
    "_DragenExonCNV.vcf": "exons of BRCA1 and BRCA2 alone",
    "_SpliceVariants.vcf": "splice variants of RNA",
    "_SpliceVariants.vcf.gz": "splice variants of RNA",
}


def roots(tree: Tree) -> set[PurePosixPath]:
    """Folders above Results, or the folder that holds pairs where it has another name."""
    outputs = [path for path in tree.files if is_combined(path)]
    found = {path.parent.parent if _names_its_folder(path) else path.parent for path in outputs}
    return {folder.parent if folder.name == "Results" else folder for folder in found}


def propose(tree: Tree, root: PurePosixPath) -> Proposal:
    """Rows of all DNA samples of a run."""
    draft = Draft(NAME, tree)
    files = tree.below(root)
    every = frozenset(path for path, _ in files)
    results = [path for path, parts in files if INTERMEDIATES not in parts]
    intermediate = [path for path, parts in files if INTERMEDIATES in parts]
    outputs = [path for path in results if is_combined(path)]
    of_pairs = _by_pair(results, {one.parent for one in outputs if _names_its_folder(one)})
    samples = {pair: sorted({name for path in mine if (name := stem(path, *_DNA))}) for pair, mine in of_pairs.items()}
    pairs_of_sample = Counter(name for names in samples.values() for name in names)
    reads = [path for path in intermediate if set(_READS_FROM) & set(path.parts)]
    for combined in outputs:
        # What lies beside an output that was moved elsewhere may be of another person.
        names = samples[combined.parent] if _names_its_folder(combined) else []
        _place_combined(draft, combined, names)
        for name in names:
            mine = of_pairs[combined.parent]
            # Intermediate files are named by sample alone.
            beside = [*mine, *reads] if pairs_of_sample[name] == 1 else mine
            _place_sample(draft, (_pair(combined), name), mine, beside, every)
    for path in results:
        if why := next((why for end, why in _OTHERS.items() if path.name.endswith(end)), None):
            draft.set_aside([path], why)
    _set_intermediates_aside(draft, intermediate)
    draft.note("the results hold no BED: write that of the panel's targets into assay, or TP53 is never wild-type")
    draft.note("nothing names the specimen: for the ctDNA assay write plasma into specimen")
    return draft.finished()


def is_combined(path: PurePosixPath) -> bool:
    """Whether a file is the combined output of a pair, among the results."""
    return bool(stem(path, _COMBINED)) and INTERMEDIATES not in path.parts


def _pair(combined: PurePosixPath) -> str:
    return combined.name.removesuffix(_COMBINED)


def _names_its_folder(combined: PurePosixPath) -> bool:
    return combined.parent.name == _pair(combined)


def _by_pair(files: list[PurePosixPath], pairs: set[PurePosixPath]) -> dict[PurePosixPath, list[PurePosixPath]]:
    """Files by the folder of a pair that they lie in, the nearest."""
    found: dict[PurePosixPath, list[PurePosixPath]] = {pair: [] for pair in pairs}
    for path in files:
        pair = next((folder for folder in path.parents if folder in pairs), None)
        if pair is not None:
            found[pair].append(path)
    return found


def _place_combined(draft: Draft, combined: PurePosixPath, samples: list[str]) -> None:
    """The combined output in the row of the one DNA sample of its pair."""
    pair = _pair(combined)
    if len(samples) > 1:
        listing = ", ".join(samples)
        draft.set_aside([combined], f"speaks of one DNA sample, and {pair} has {listing}; write it into its row")
    else:
        draft.use((pair, samples[0] if samples else pair), "cn", [combined])


def _place_sample(
    draft: Draft,
    row: tuple[str, str],
    mine: list[PurePosixPath],
    beside: list[PurePosixPath],
    every: frozenset[PurePosixPath],
) -> None:
    def found(*ends: str) -> list[PurePosixPath]:
        return [path for end in ends for path in mine if path.name == row[1] + end]

    small, genome = found(*_SMALL), found(*_GVCF)
    draft.use_best(row, "vcf", small or genome)
    draft.use_best(row, "coverage", genome if small else [])
    draft.use_best(row, "cn", found(*_CNV))
    draft.use(row, "cn", found(*_FOLD_CHANGES))
    reads = [path for end in _READS for path in beside if path.name == row[1] + end]
    place_alignments(draft, row, reads, every)


def _set_intermediates_aside(draft: Draft, files: list[PurePosixPath]) -> None:
    """One line for each step of the app instead of one for each of its files."""
    steps = sorted((PurePosixPath(*path.parts[: path.parts.index(INTERMEDIATES) + 2]), path) for path in files)
    for step, group in groupby(steps, key=lambda one: one[0]):
        calls = [path for _, path in group if path.name.endswith((*VCF_ENDS, *ALIGNMENT_ENDS))]
        if calls:
            draft.set_aside([step], f"from before the last steps of the app ({len(calls)} VCFs and alignments in it)")
