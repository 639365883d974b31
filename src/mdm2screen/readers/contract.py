"""What every reader module offers, and what its result must account for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Protocol

from mdm2screen import builds
from mdm2screen.genes import GENES, Locus
from mdm2screen.readers.segment_checks import (
    check_plausible,
    is_context,
    is_plausible,
    touches_genes,
    without_no_reads,
)
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import (
    Build,
    BuildClaim,
    ClassRecord,
    ContaminationRecord,
    FileContent,
    InputFile,
    Model,
    PurityRecord,
    QcRecord,
    RecordCounts,
    Region,
    ReportedVariant,
    SeenRun,
    SegmentRecord,
    Source,
    Specimen,
    VariantRecord,
)


class CnScale(StrEnum):
    """Scale of a copy-number column, as a user may state it."""

    LOG2 = "log2"
    LOG10 = "log10"
    RATIO = "ratio"
    COPIES = "copies"


# Floors for counting reads where a protocol states none: the defaults of GATK CallableLoci (bases) and Mutect2 (reads).
MIN_BASE_QUALITY = 20
MIN_MAPPING_QUALITY = 20


@dataclass(frozen=True)
class Options:
    """What the user said about the files; quality floors (phred) and ``genes`` to read copies of are a protocol's."""

    build: Build | None = None
    tumor_sample: str | None = None
    cn_sample: str | None = None
    cn_scale: CnScale | None = None
    reference: Path | None = None
    assume_sorted: bool = False
    min_base_quality: int = MIN_BASE_QUALITY
    min_mapping_quality: int = MIN_MAPPING_QUALITY
    genes: tuple[Locus, ...] = GENES


class Absence(StrEnum):
    """What it means that a file of copy number says nothing of a gene. In no format does it mean two copies."""

    NOT_ASSAYED = "not assayed"
    NEUTRAL_NOT_WRITTEN = "neutral is not written"
    CUT_DOWN = "cut down"


class Format(Model):
    """A file format: its short name, what it is, what it answers and cannot, and what its silence about a gene means.

    ``absence`` says the same as ``silence`` in one word, for formats of copy number. ``takes_scale``: its scale may be
    stated by the user, because the file does not tell it.
    """

    name: str
    title: str
    answers: str
    cannot: str = ""
    silence: str
    absence: Absence | None = None
    documented: str
    takes_scale: bool = False


@dataclass(frozen=True)
class Head:
    """The beginning of a file, unpacked, for recognising it."""

    name: str
    raw: bytes

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Lines of the head as text, without byte-order mark."""
        return tuple(self.raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace").splitlines())

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Column names of a table: the first line that is no comment, folded by ``column_name``.

        A single leading ``#`` belongs to the header line; ``##``, ``@`` and ``#type``/``#track`` begin comments.
        """
        return table_columns(next((line for line in self.lines if not is_comment(line)), ""))


def is_comment(line: str) -> bool:
    """Whether a line of a table comes before its header; one of nothing but separators is empty."""
    return not line.strip("\t ,;\r\n") or line.startswith(("##", "@", "#type", "#track", "track ", "WARNING:"))


def table_columns(line: str) -> tuple[str, ...]:
    """Column names of a tab-separated header line."""
    return tuple(column_name(token) for token in line.removeprefix("#").rstrip("\t").split("\t"))


def column_name(token: str) -> str:
    """A column's name folded: no quotes, lower case, ``.`` and blanks as ``_``."""
    return token.strip().strip("\"'").lower().replace(".", "_").replace(" ", "_")


class Reader(Protocol):
    """A reader module."""

    FORMAT: Format

    def sniff(self, head: Head) -> bool:
        """Whether the content is this format, judged by content alone."""

    def read(self, file: SourceFile, options: Options) -> FileContent:
        """Read the file. Raises InputError with file, line and remedy."""


@dataclass(frozen=True)
class Dropped:
    """A record over the genes that is not used, and why."""

    source: Source
    contig: str
    start: int
    end: int
    reason: str
    gene: str | None = None


@dataclass
class Gathering:
    """What a reader has found so far; ``finish`` settles the build and accounts for every record."""

    file: SourceFile
    options: Options
    format: Format
    total: int | None = 0
    segments: list[SegmentRecord] = field(default_factory=list)
    variants: list[VariantRecord] = field(default_factory=list)
    classes: list[ClassRecord] = field(default_factory=list)
    reported: list[ReportedVariant] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    claims: list[BuildClaim] = field(default_factory=list)
    unseen: list[Region] = field(default_factory=list)
    seen: list[SeenRun] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sample: str | None = None
    specimen: Specimen | None = None
    silence: str | None = None  # where the file itself tells more than its format does

    def claim(self, claims: Iterable[BuildClaim]) -> None:
        """Add build claims, the first of each kind: what a thousand contigs or rows say alike is said once."""
        for claim in claims:
            if all((claim.build, claim.supports) != (known.build, known.supports) for known in self.claims):
                self.claims.append(claim)

    def finish(
        self,
        *,
        way: str = "whole file read",
        needs_build: bool = True,
        copy_number: bool = False,
        small_variants: bool = False,
        reaches_tp53: bool = True,
        germline: str | None = None,
        matched_normal: bool = False,
        contaminations: Iterable[ContaminationRecord] = (),
        purities: Iterable[PurityRecord] = (),
        qc: Iterable[QcRecord] = (),
        regions: Iterable[Region] = (),
        rearrangements: bool = False,
        measures_depth: bool = False,
        mean_depth: bool = False,
    ) -> FileContent:
        """The content on the one build it was read on. Raises BuildError."""
        build, because = None, None
        if needs_build:
            build, because = builds.resolve_build(self.claims, self.options.build, self.file.name)
        segments, context = self._sorted_segments(build)
        variants, elsewhere = _parted(build, self.variants)
        seen = [s for s in self.seen if touches_genes(build, s.contig, s.start, s.end, None)]
        dropped = [d for d in self.dropped if self._is_of_genes(build, d)]
        sources = [*(s.source for s in segments), *(v.source for v in variants), *(run.source for run in seen)]
        sources += [*(one.source for one in self.classes), *(named.source for named in self.reported)]
        used = {_record_key(source) for source in sources}
        reasons = {_record_key(d.source): d.reason for d in dropped}
        lost = Counter(reason for key, reason in reasons.items() if key not in used)
        counts = RecordCounts(
            total=self.total,
            in_windows=len(used) + lost.total(),
            used=len(used),
            dropped=dict(sorted(lost.items())),
        )
        notes = list(self.notes)
        if not self.file.ends_with_newline():
            notes.append("the last line has no line end: the file may be cut")
        summary = InputFile(
            name=self.file.name,
            sha256=self.file.sha256,
            bytes=self.file.bytes,
            format=self.format.name,
            build=build,
            build_because=because,
            sample=self.sample,
            way=way,
            of_patient=not self.classes,
            records=counts,
            notes=tuple(notes),
        )
        return FileContent(
            file=summary,
            segments=tuple(segments),
            context=tuple(context),
            variants=tuple(variants),
            purities=tuple(purities),
            qc=tuple(qc),
            regions=tuple(regions),
            unseen=tuple(self.unseen),
            needs_build=needs_build,
            copy_number=copy_number,
            small_variants=small_variants,
            reaches_tp53=reaches_tp53,
            rearrangements=rearrangements,
            germline=germline,
            matched_normal=matched_normal,
            contaminations=tuple(contaminations),
            seen=tuple(seen),
            measures_depth=measures_depth,
            mean_depth=mean_depth,
            elsewhere=tuple(elsewhere),
            classes=tuple(self.classes),
            reported=tuple(self.reported),
            silence=self.silence or self.format.silence,
            specimen=self.specimen,
            omits_neutral=self.format.absence is Absence.NEUTRAL_NOT_WRITTEN,
        )

    def _is_of_genes(self, build: Build | None, one: SegmentRecord | Dropped) -> bool:
        """Whether a record is of a gene that is asked for."""
        return touches_genes(build, one.contig, one.start, one.end, one.gene, self.options.genes)

    def _sorted_segments(self, build: Build | None) -> tuple[list[SegmentRecord], list[SegmentRecord]]:
        """Segments over the genes, and those that are context. Raises ScaleError for an impossible value of a gene.

        Context decides nothing, so an impossible value there refuses no file: it is left out, with a note.
        """
        over, beside, impossible = [], [], 0
        for segment in map(without_no_reads, self.segments):
            if self._is_of_genes(build, segment):
                check_plausible(segment)
                over.append(segment)
            elif is_context(segment) and is_plausible(segment):
                beside.append(segment)
            else:
                impossible += not is_plausible(segment)
        if impossible:
            self.notes.append(f"records beside the genes with an impossible copy number, left out: {impossible}")
        return over, beside


def _record_key(source: Source) -> Source | int:
    """What tells records apart: the source; its identity where no line number is known and two may read alike."""
    return source if source.line is not None else id(source)


def _parted(build: Build | None, variants: Iterable[VariantRecord]) -> tuple[list[VariantRecord], list[VariantRecord]]:
    """Variants over the genes, and those elsewhere."""
    inside: list[VariantRecord] = []
    outside: list[VariantRecord] = []
    for one in variants:
        (inside if touches_genes(build, one.contig, one.pos, one.end or one.pos, one.gene) else outside).append(one)
    return inside, outside
