"""nf-core/oncoanalyser: ``<group_id>/purple/<tumor>.purple.*`` and its neighbours.

Documented in docs/output.md of https://github.com/nf-core/oncoanalyser (versions 1 and 2). A group is one person
(``group_id`` of its samplesheet); files carry the tumor's DNA identifier before their type. PURPLE's somatic VCF is
SAGE's with PAVE's annotation and the purity worked in, so it goes before those; the same holds of PURPLE's structural
variants and those of ESVEE or GRIPSS. ``pipeline_info/params*.json`` state the mode: ``wgts`` is a whole genome,
``targeted`` a panel whose BED is not among the results. RNA and everything of the normal stay out.
"""

import json
from collections import Counter
from pathlib import PurePosixPath

from mdm2screen.run_directories.proposal import ALIGNMENT_ENDS, VCF_ENDS, Draft, Proposal, place_alignments, stem
from mdm2screen.run_directories.tree import Tree

NAME = "nf-core/oncoanalyser"
LOOKED_FOR = "<group>/purple/<tumor>.purple.* or <group>/sage/somatic/<tumor>.sage.somatic*.vcf.gz"

_SOMATIC_VCFS = (
    ("purple", ".purple.somatic.vcf.gz"),
    ("pave", ".sage.somatic.filtered.pave.vcf.gz"),
    ("pave", ".sage.somatic.pave.vcf.gz"),
    ("pave", ".pave.somatic.vcf.gz"),
    ("sage", ".sage.somatic.filtered.vcf.gz"),
    ("sage", ".sage.somatic.vcf.gz"),
)
"""Where a tumor's small variants lie, what says most first."""
_SV_VCFS = (
    ("purple", ".purple.sv.vcf.gz"),
    ("purple", ".purple.sv.somatic.vcf.gz"),
    ("esvee", ".esvee.somatic.vcf.gz"),
    ("gripss", ".gripss.filtered.somatic.vcf.gz"),
)
_TABLES = (
    ".purple.cnv.gene.tsv", ".purple.cnv.somatic.tsv", ".purple.purity.tsv", ".purple.qc",
    ".purple.driver.catalog.somatic.tsv", ".driver.catalog.somatic.tsv",
)  # fmt: skip
_LINX_DRIVERS = ".linx.driver.catalog.tsv"
_NAMED_BY = (".purple.purity.tsv", ".purple.cnv.gene.tsv", ".purple.somatic.vcf.gz")
"""Files of PURPLE whose names begin with the tumor."""
_READS = (".redux", ".markdups", "")
_MODES = {"wgts": "wgs"}
_LARGEST_PARAMETERS = 1 << 20
_TOOLS = frozenset({"purple", "pave", "sage", "esvee", "gripss", "linx"})


def roots(tree: Tree) -> set[PurePosixPath]:
    """Folders that hold groups."""
    return {
        PurePosixPath(*path.parts[:depth])
        for path in tree.files
        for depth in range(len(path.parts) - 2)
        if _tumor(path.parts[depth:]) is not None
    }


def propose(tree: Tree, root: PurePosixPath) -> Proposal:
    """Rows of all tumors of one output folder."""
    draft = Draft(NAME, tree)
    files = [(path, parts) for path, parts in tree.below(root) if len(parts) > 1]
    every = frozenset(path for path, _ in files)
    rows = {(parts[0], tumor) for _, parts in files if (tumor := _tumor(parts)) is not None}
    whole = _assay(tree, [path for path, parts in files if parts[0] == "pipeline_info"])
    for row in sorted(rows):
        group, tumor = row
        mine = [(path, parts) for path, parts in files if parts[0] == group]
        _place_best(draft, row, "vcf", _SOMATIC_VCFS, mine)
        _place_best(draft, row, "sv", _SV_VCFS, mine)
        tables = [path for path, parts in mine if parts[1] == "purple" and stem(path, *_TABLES) == tumor]
        tables += [path for path, _ in mine if stem(path, _LINX_DRIVERS) == tumor]
        draft.use(row, "cn", tables)
        reads = [
            path
            for read in _READS
            for path, parts in mine
            if parts[1:3] == ("alignments", "dna") and stem(path, *(f"{read}{end}" for end in ALIGNMENT_ENDS)) == tumor
        ]
        place_alignments(draft, row, reads, every)
        if whole is not None:
            draft.state(row, "assay", whole)
    groups = {group for group, _ in rows}
    for tumor, several in sorted(Counter(tumor for _, tumor in rows).items()):
        if several > 1:
            listing = ", ".join(sorted(group for group, one in rows if one == tumor))
            draft.note(
                f"{tumor} lies in the groups {listing}, which are patients of their own in the sheet; if one is a copy "
                "of another, strike out its row"
            )
    _set_rest_aside(draft, [(path, parts) for path, parts in files if parts[0] in groups])
    if whole is None and rows:
        draft.note("pipeline_info does not state the mode wgts: write the panel's BED, wes or wgs into assay")
    return draft.finished()


def _tumor(parts: tuple[str, ...]) -> str | None:
    """The tumor that a file of PURPLE or of SAGE's somatic folder is named by; ``parts`` begin with the group."""
    path = PurePosixPath(parts[-1])
    if len(parts) == 3 and parts[1] == "purple":
        return stem(path, *_NAMED_BY) or None
    if len(parts) == 4 and parts[1:3] == ("sage", "somatic"):
        return stem(path, ".sage.somatic.filtered.vcf.gz", ".sage.somatic.vcf.gz") or None
    return None


def _place_best(
    draft: Draft,
    row: tuple[str, str],
    column: str,
    places: tuple[tuple[str, str], ...],
    files: list[tuple[PurePosixPath, tuple[str, ...]]],
) -> None:
    """The first of these files that is there; the others are set aside."""
    found = [
        path
        for tool, end in places
        for path, parts in files
        if parts[1] == tool and "germline" not in parts[2:-1] and stem(path, end) == row[1]
    ]
    draft.use_best(row, column, found)


def _set_rest_aside(draft: Draft, files: list[tuple[PurePosixPath, tuple[str, ...]]]) -> None:
    for path, parts in files:
        if "rna" in parts:
            why = "is of RNA"
        elif "germline" in path.name or "germline" in parts[:-1]:
            why = "holds germline calls"
        elif path.name.endswith(ALIGNMENT_ENDS) and parts[1:3] == ("alignments", "dna"):
            why = "is of the normal"
        elif path.name.endswith(VCF_ENDS) and parts[1] in _TOOLS:
            why = "is from before the last step of the callers"
        elif path.name.endswith(VCF_ENDS) and parts[1] == "amber":
            why = "sites of AMBER, no variants of the tumor"
        else:
            continue
        draft.set_aside([path], why)


def _assay(tree: Tree, files: list[PurePosixPath]) -> str | None:
    """The assay that the parameters of all runs in this folder state; ``None`` where they state none or several."""
    modes = set()
    for path in files:
        file = tree.folder / path
        if path.name.startswith("params") and path.suffix == ".json":
            try:
                stated = json.loads(file.read_bytes()) if file.stat().st_size <= _LARGEST_PARAMETERS else None
            except (OSError, ValueError, RecursionError):
                return None
            modes.add(stated.get("mode") if isinstance(stated, dict) else None)
    return _MODES.get(str(modes.pop())) if len(modes) == 1 else None
