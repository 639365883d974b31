"""Output folders of pipelines: recognised by the names in them, and made into a samplesheet that people check.

A pipeline is one module with ``NAME``, ``LOOKED_FOR``, ``roots(tree)`` (folders laid out like its output) and
``propose(tree, root)``, and stands once in ``_PIPELINES``. Nothing is read but names and the pipeline's own tables of
samples; purity and diagnosis are never proposed, the assay only where a file states it. Each VCF, copy-number table and
alignment stands in a row, or is listed with the reason why not.
"""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from mdm2screen.errors import InputError
from mdm2screen.run_directories import dragen, oncoanalyser, sarek, tso500
from mdm2screen.run_directories.proposal import Proposal, Unassigned
from mdm2screen.run_directories.tree import Tree, walk
from mdm2screen.samplesheet import COLUMNS, FILE_COLUMNS

__all__ = ["Proposal", "Unassigned", "as_samplesheet", "propose"]


class _Pipeline(NamedTuple):
    name: str
    looked_for: str
    roots: Callable[[Tree], set[PurePosixPath]]
    propose: Callable[[Tree, PurePosixPath], Proposal]


_PIPELINES = tuple(
    _Pipeline(module.NAME, module.LOOKED_FOR, module.roots, module.propose)
    for module in (sarek, oncoanalyser, tso500, dragen)
)


def propose(folder: Path) -> Proposal:
    """A samplesheet of what a pipeline wrote into a folder, with paths relative to that folder.

    Raises InputError where no layout is recognised, or more than one, or where the folder cannot be walked.
    """
    tree = walk(folder)
    found = [(one, root) for one in _PIPELINES for root in sorted(one.roots(tree))]
    if not found:
        raise InputError(
            "is laid out like no pipeline's output that is known; looked for:" + _listing(),
            where=str(folder),
            remedy="pass the folder that the pipeline wrote its results into, or write a samplesheet",
        )
    if len(found) > 1:
        places = "".join(f"\n  - {one.name} in {folder / root}" for one, root in found)
        raise InputError(
            f"holds {len(found)} output folders:{places}", where=str(folder), remedy="pass one of them at a time"
        )
    ((pipeline, root),) = found
    proposal = pipeline.propose(tree, root)
    if not proposal.rows:
        reasons = dict.fromkeys(one.why for one in proposal.unassigned)
        listing = "".join(f"\n  - {why}" for why in reasons)
        raise InputError(
            f"looks like {pipeline.name}, but no file in it is a tumor's:{listing}",
            where=str(folder),
            remedy="write a samplesheet that says which files are whose",
        )
    return proposal


def as_samplesheet(proposal: Proposal, beside: Path | None = None) -> str:
    """The proposal as CSV with all columns, those left empty that nobody but the laboratory knows.

    Paths are relative to the folder that was looked at, or to ``beside``, the folder that the sheet is written into.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in proposal.rows:
        writer.writerow({column: _cell(proposal, column, cell, beside) for column, cell in row.items()})
    return text.getvalue()


def _cell(proposal: Proposal, column: str, cell: str, beside: Path | None) -> str:
    if beside is None or column not in FILE_COLUMNS:
        return cell
    return ";".join(os.path.relpath(proposal.folder / path, beside) for path in cell.split(";"))


def _listing() -> str:
    return "".join(f"\n  - {one.name}: {one.looked_for}" for one in _PIPELINES)
