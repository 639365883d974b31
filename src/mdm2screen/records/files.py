"""A file as it was read, and all it says."""

from pydantic import Field

from mdm2screen.records.base import Build, Model, Region, Source
from mdm2screen.records.copy_number import SegmentRecord
from mdm2screen.records.sample import ContaminationRecord, PurityRecord, QcRecord, SeenRun, Specimen
from mdm2screen.records.variants import ClassRecord, ReportedVariant, VariantRecord

BUILD_WAS_STATED = "--build was given"
"""Why a file is read on a build that nothing in it proves."""


class BuildClaim(Model):
    """A statement of a file for (``supports``) or against a genome build."""

    build: Build
    supports: bool
    because: str
    source: Source


class RecordCounts(Model):
    """Every record over the genes, as used or as dropped for a named reason.

    ``total`` counts all records of the file; ``None`` where an index spared the reading of the rest.
    """

    total: int | None
    in_windows: int = 0
    used: int = 0
    dropped: dict[str, int] = Field(default={})


class InputFile(Model):
    """A file as it was read. ``build`` is the build it was read on, ``None`` where it holds no coordinate.

    ``of_patient`` is false for a table of knowledge, whose build and names say nothing of the patient.
    """

    name: str
    sha256: str
    bytes: int
    format: str
    build: Build | None = None
    build_because: str | None = None
    sample: str | None = None
    way: str = "whole file read"
    of_patient: bool = True
    records: RecordCounts
    notes: tuple[str, ...] = ()


class FileContent(Model):
    """All that one file says about the genes and the sample.

    ``context`` holds copy number of MDM2's chromosome beside MDM2, which no count of records includes.
    ``small_variants`` tells whether any record of the file, anywhere, is a small variant (a file of
    structural or copy-number records alone says nothing of TP53 point mutations).
    ``reaches_tp53`` is false where the list ends before TP53 does and is long, on one chromosome, or without line end.
    ``regions`` are an assay's targets, ``unseen`` stretches of which a file says that nothing was seen there.
    ``elsewhere`` holds variants that would lie over TP53 on another build. ``seen`` says what was seen over TP53; a
    file that ``measures_depth`` and leaves a stretch out shows nothing of it. ``mean_depth`` marks a table of means
    over regions, which may hide a hole. ``classes`` is a table of classes of TP53 variants. ``germline`` says why the
    whole file looks like calls of the normal genome; ``matched_normal`` that the patient's normal was called beside the
    tumor. ``reported`` are TP53 variants that a report names without place and alleles. A file that ``annotates``
    repeats the variants of a VCF with their annotation and is no list of its own.
    ``rearrangements`` tells whether the file lists rearrangements, so that one could have stood in it.
    ``specimen`` is what the file itself says its DNA was taken from. A file that ``omits_neutral`` writes no record
    where it sees nothing altered. ``no_purity_of`` names the producer whose fit the file says found no purity. Where
    ``order_assumed``, only those stretches were read where the genes lie in a sorted file, as the user says it is one.
    """

    file: InputFile
    segments: tuple[SegmentRecord, ...] = ()
    context: tuple[SegmentRecord, ...] = ()
    variants: tuple[VariantRecord, ...] = ()
    purities: tuple[PurityRecord, ...] = ()
    qc: tuple[QcRecord, ...] = ()
    regions: tuple[Region, ...] = ()
    unseen: tuple[Region, ...] = ()
    needs_build: bool = True
    copy_number: bool = False
    small_variants: bool = False
    reaches_tp53: bool = True
    elsewhere: tuple[VariantRecord, ...] = ()
    seen: tuple[SeenRun, ...] = ()
    measures_depth: bool = False
    mean_depth: bool = False
    classes: tuple[ClassRecord, ...] = ()
    germline: str | None = None
    rearrangements: bool = False
    matched_normal: bool = False
    contaminations: tuple[ContaminationRecord, ...] = ()
    reported: tuple[ReportedVariant, ...] = ()
    annotates: bool = False
    silence: str | None = None
    specimen: Specimen | None = None
    omits_neutral: bool = False
    no_purity_of: str | None = None
    order_assumed: bool = False
