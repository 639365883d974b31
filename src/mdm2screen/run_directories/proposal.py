"""A proposed samplesheet while it is made: each file of interest is given a row, or a reason why it has none."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from mdm2screen.run_directories.tree import Tree

VCF_ENDS = (".vcf", ".vcf.gz", ".vcf.bgz", ".gvcf", ".gvcf.gz", ".bcf")
ALIGNMENT_ENDS = (".bam", ".cram")
_TABLE_ENDS = (
    ".cns", ".cnr", ".genemetrics.tsv",
    ".seg", ".seg.called", ".seg.called.merged", ".cnv.fc.txt",
    "segments.txt", "segments_raw.txt", "purityploidy.txt", ".cnvs.txt",
    "_ratio.txt", "_info.txt", "_CNVs", "_CNVs.p.value.txt", ".p.value.txt",
    ".purple.cnv.gene.tsv", ".purple.cnv.somatic.tsv", ".purple.purity.tsv", ".purple.qc",
    ".driver.catalog.somatic.tsv", ".linx.driver.catalog.tsv",
    "_CombinedVariantOutput.tsv", "contamination.table",
    ".per-base.bed.gz", ".quantized.bed.gz", ".thresholds.bed.gz", ".regions.bed.gz",
)  # fmt: skip
_OF_INTEREST = (*VCF_ENDS, *ALIGNMENT_ENDS, *_TABLE_ENDS)
_CALLED = ("vcf", "sv", "cn")
"""Columns of what was called; a row with none of them says nothing of a tumor."""
_LONGEST_IDENTIFIER = 128
_LONGEST_CELL = 4096
_NOT_GIVEN = frozenset({"", "NA", "."})
"""Cells that a samplesheet reads as empty."""


class Unassigned(NamedTuple):
    """A file or folder that stands in no row; ``path`` is relative to the folder that was looked at."""

    path: PurePosixPath
    why: str


class Proposal(NamedTuple):
    """Rows of a samplesheet as columns and cells; paths are relative to ``folder``, several parted by ``;``."""

    folder: PurePosixPath
    pipeline: str
    rows: tuple[Mapping[str, str], ...]
    unassigned: tuple[Unassigned, ...]
    notes: tuple[str, ...]


class Draft:
    """Rows by patient and sample. A file is used or set aside; what is neither in the end is listed as well."""

    def __init__(self, pipeline: str, tree: Tree) -> None:
        self._pipeline = pipeline
        self._tree = tree
        self._cells: dict[tuple[str, str], dict[str, list[PurePosixPath]]] = {}
        self._stated: dict[tuple[str, str], dict[str, str]] = {}
        self._aside: dict[PurePosixPath, str] = dict(tree.skipped)
        self._notes: dict[str, None] = {}

    def use(self, row: tuple[str, str], column: str, paths: Iterable[PurePosixPath]) -> None:
        """Put files into a cell of the row of a patient and sample."""
        for path in paths:
            if wrong := _unwritable(path):
                self.set_aside([path], wrong)
            else:
                self._cells.setdefault(row, {}).setdefault(column, []).append(path)
                self._aside.pop(path, None)

    def samples(self) -> set[str]:
        """Samples that have a row with calls so far."""
        return {sample for (_, sample), cells in self._cells.items() if not cells.keys().isdisjoint(_CALLED)}

    def state(self, row: tuple[str, str], column: str, value: str) -> None:
        """Write a value that the tree proves."""
        self._stated.setdefault(row, {})[column] = value

    def use_best(self, row: tuple[str, str], column: str, found: Sequence[PurePosixPath]) -> None:
        """Put the first of some files into a cell, and set the others aside."""
        if found:
            self.use(row, column, found[:1])
            self.set_aside(found[1:], f"{found[0]} goes before it")

    def set_aside(self, paths: Iterable[PurePosixPath], why: str) -> None:
        """Say why files or folders are not used; the first reason stands."""
        for path in paths:
            self._aside.setdefault(path, why)

    def note(self, text: str) -> None:
        """Say something of the proposal as a whole."""
        self._notes.setdefault(text)

    def finished(self) -> Proposal:
        """The proposal, with everything that has no row listed."""
        rows = tuple(row for key in sorted(self._cells) if (row := self._row(key)) is not None)
        used = {path for cells in self._cells.values() for paths in cells.values() for path in paths}
        for path in self._tree.files:
            listed_above = path in self._aside or not self._aside.keys().isdisjoint(path.parents)
            if path not in used and not listed_above and _is_of_interest(path):
                self._aside[path] = f"{self._pipeline} is not known to write a tumor's result there"
        listed = tuple(Unassigned(path, why) for path, why in sorted(self._aside.items()) if path not in used)
        return Proposal(PurePosixPath(self._tree.folder), self._pipeline, rows, listed, tuple(self._notes))

    def _row(self, key: tuple[str, str]) -> Mapping[str, str] | None:
        """One row; ``None``, with its files set aside, where the samplesheet could not hold it."""
        cells = {column: ";".join(map(str, sorted(paths))) for column, paths in self._cells[key].items()}
        wrong = next(filter(None, map(_wrong_identifier, key)), None)
        if wrong is None and cells.keys().isdisjoint(_CALLED):
            wrong = "nothing that was called of this tumor was found beside it"
        if wrong is None and any(len(cell) > _LONGEST_CELL for cell in cells.values()):
            wrong = f"its paths are longer than a cell may be ({_LONGEST_CELL} characters)"
        if wrong is not None:
            paths = [path for paths in self._cells.pop(key).values() for path in paths]
            self.set_aside(paths, f"{wrong} (patient {key[0]!r}, sample {key[1]!r})")
            return None
        for column, what in (("vcf", "VCF of small variants"), ("cn", "copy-number file")):
            if column not in cells:
                self.note(f"{key[1]}: no {what} was found; the row has none")
        return {"patient": key[0], "sample": key[1], "role": "local", **cells, **self._stated.get(key, {})}


def _is_of_interest(path: PurePosixPath) -> bool:
    return path.name.endswith(_OF_INTEREST)


def _unwritable(path: PurePosixPath) -> str | None:
    """Why a path cannot stand in a cell, if so."""
    text = str(path)
    if ";" in text:
        return "its path holds a semicolon, which parts paths in a samplesheet"
    if not text.isprintable() or text != text.strip():
        return "its path holds characters that a samplesheet cannot hold"
    return None


def _wrong_identifier(name: str) -> str | None:
    if name in _NOT_GIVEN or name != name.strip() or not name.isprintable() or len(name) > _LONGEST_IDENTIFIER:
        return "its name cannot stand in a samplesheet"
    if name == ".." or "/" in name or "\\" in name:
        return "its name looks like a path"
    return None


def stem(path: PurePosixPath, *ends: str) -> str | None:
    """What stands before the first of these ends in a file's name; ``None`` if it has none of them."""
    return next((path.name.removesuffix(end) for end in ends if path.name.endswith(end)), None)


def indexed(path: PurePosixPath, files: frozenset[PurePosixPath]) -> bool:
    """Whether the index of a BAM lies beside it."""
    return path.with_name(f"{path.name}.bai") in files or path.with_suffix(".bai") in files


def place_alignments(
    draft: Draft, row: tuple[str, str], found: Iterable[PurePosixPath], files: frozenset[PurePosixPath]
) -> None:
    """The best alignment of a tumor, ``found`` in that order: a BAM with its index; others are set aside."""
    taken: PurePosixPath | None = None
    for path in found:
        if path.suffix == ".cram":
            draft.set_aside([path], "a CRAM needs its reference: write both into the columns bam and reference")
        elif not indexed(path, files):
            draft.set_aside([path], "has no index (.bai) beside it; make one with samtools index")
        elif taken is None:
            taken = path
            draft.use(row, "bam", [path])
        else:
            draft.set_aside([path], f"{taken} of the same sample is used")
